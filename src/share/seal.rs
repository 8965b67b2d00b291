//! Sealing: what only the holder of one key reads. Read [`seal`] and [`open`] first; `docs/seal.md` says what this protects.
//!
//! A sealed response is an age file (<https://age-encryption.org/v1>) to one X25519 recipient, and what is in it is the
//! response as the store keeps it: `age -d -i key.txt` opens it without this program. The secret key is kept under a
//! passphrase: Argon2id makes a second X25519 key of the passphrase, and the secret key is an age file to that.
//!
//! Only the binary `seal` may reach what encrypts: the other binaries ask it, through [`Sealing`].

use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bech32::{ToBase32, Variant};

use crate::form::json::{Members, Writer, parse};

/// The format number of the record that holds a locked key.
pub const FORMAT: u32 = 1;
/// What every secret key begins with.
const SECRET: &str = "AGE-SECRET-KEY-";
/// How many random bytes a new key takes: the key itself, and the salt of its passphrase.
pub const RANDOM: usize = 32 + 16;
/// The fewest characters of a passphrase, unless it has [`FEWEST_WORDS`].
const FEWEST_CHARACTERS: usize = 12;
/// The fewest words of a passphrase, unless it has [`FEWEST_CHARACTERS`].
const FEWEST_WORDS: usize = 4;
/// The most memory that a record may ask for, in KiB: it may come from elsewhere.
const MOST_MEMORY: u32 = 1 << 20;
/// The most passes that a record may ask for.
const MOST_PASSES: u32 = 64;

/// What trying one passphrase costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// KiB of memory.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for Cost {
    /// 64 MiB and three passes, as RFC 9106 has it for where memory is short.
    fn default() -> Cost {
        Cost { memory: 64 * 1024, passes: 3 }
    }
}

/// A key just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKey {
    /// What seals: public.
    pub recipient: String,
    /// What opens: never stored as it is.
    pub secret: String,
    /// The secret key under the passphrase, as it is kept.
    pub record: String,
}

/// What a job asks of whoever can seal and open: [`Here`] natively, the binary `seal` in a browser.
pub trait Sealing {
    /// [`make_key`].
    fn make_key(&self, passphrase: &str) -> Option<NewKey>;
    /// [`unlock`].
    fn unlock(&self, record: &str, passphrase: &str) -> Option<String>;
    /// [`recipient_of`].
    fn recipient_of(&self, secret: &str) -> Option<String>;
    /// [`open`].
    fn open(&self, secret: &str, sealed: &[u8]) -> Option<Vec<u8>>;
}

/// Seals and opens in this very program.
#[derive(Debug, Clone, Copy)]
pub struct Here {
    /// Where randomness for new keys comes from.
    pub random: fn() -> [u8; RANDOM],
    /// What a new key's passphrase costs.
    pub cost: Cost,
}

impl Sealing for Here {
    fn make_key(&self, passphrase: &str) -> Option<NewKey> {
        make_key(passphrase, &(self.random)(), self.cost)
    }

    fn unlock(&self, record: &str, passphrase: &str) -> Option<String> {
        unlock(record, passphrase)
    }

    fn recipient_of(&self, secret: &str) -> Option<String> {
        recipient_of(secret)
    }

    fn open(&self, secret: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        open(secret, sealed)
    }
}

/// Seals bytes to a recipient (`age1...`). `None`: it is no recipient.
pub fn seal(recipient: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let recipient: Recipient = recipient.parse().ok()?;
    age::encrypt(&recipient, bytes).ok()
}

/// Opens what [`seal`] made, with the secret key (`AGE-SECRET-KEY-1...`). `None`: it is sealed to another key, or was changed.
pub fn open(secret: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    let identity: Identity = secret.parse().ok()?;
    age::decrypt(&identity, sealed).ok()
}

/// A new key under a passphrase. `random` is of [`RANDOM`] bytes. `None`: it is not, or the cost is none that can be paid.
pub fn make_key(passphrase: &str, random: &[u8], cost: Cost) -> Option<NewKey> {
    let (key, salt) = random.split_at_checked(32).filter(|_| random.len() == RANDOM)?;
    let secret = secret_of(key)?;
    let locked = seal(&recipient_of(&derived(passphrase, salt, cost)?)?, secret.as_bytes())?;
    let recipient = recipient_of(&secret)?;
    let mut writer = Writer::default();
    writer.open('{');
    writer.count_member("format", FORMAT.into());
    writer.text_member("recipient", &recipient);
    writer.open_member("argon2id", '{');
    writer.count_member("memory", cost.memory.into());
    writer.count_member("passes", cost.passes.into());
    writer.count_member("lanes", 1);
    writer.text_member("salt", &STANDARD.encode(salt));
    writer.close('}');
    writer.text_member("age", &STANDARD.encode(locked));
    writer.close('}');
    Some(NewKey { recipient, secret, record: writer.finish() })
}

/// The secret key that a record holds. `None`: another passphrase, or no record that this version reads.
pub fn unlock(record: &str, passphrase: &str) -> Option<String> {
    let record = parse(record)?;
    let record = Members::of(&record).filter(|record| record.count("format") == Some(FORMAT))?;
    let made = Members::of(record.get("argon2id")?).filter(|made| made.count("lanes") == Some(1))?;
    let cost = Cost { memory: made.count("memory")?, passes: made.count("passes")? };
    if cost.memory > MOST_MEMORY || cost.passes > MOST_PASSES {
        return None;
    }
    let salt = STANDARD.decode(made.text("salt")?).ok()?;
    let locked = STANDARD.decode(record.text("age")?).ok()?;
    let secret = String::from_utf8(open(&derived(passphrase, &salt, cost)?, &locked)?).ok()?;
    (recipient_of(&secret) == record.text("recipient")).then_some(secret)
}

/// The recipient that a secret key opens for. `None`: it is none, or has a typing error.
pub fn recipient_of(secret: &str) -> Option<String> {
    secret.parse::<Identity>().ok().map(|identity| identity.to_public().to_string())
}

/// The recipient that a record of a locked key names. `None`: it is no record.
pub fn recipient_in(record: &str) -> Option<String> {
    let record = parse(record)?;
    let record = Members::of(&record).filter(|record| record.count("format").is_some())?;
    record.get("argon2id")?;
    record.text("recipient").filter(|recipient| recipient.starts_with("age1"))
}

/// A secret key as somebody typed it from paper: without the spaces, in one case. `None`: it is not meant as one.
pub fn typed_secret(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.to_uppercase();
    text.starts_with(SECRET).then_some(text)
}

/// A secret key in the groups in which it is printed and read aloud: what it begins with, then four characters each.
pub fn in_groups(secret: &str) -> Vec<String> {
    let (head, rest) = secret.split_at_checked(SECRET.len() + 1).unwrap_or(("", secret));
    let rest: Vec<char> = rest.chars().collect();
    let groups = rest.chunks(4).map(|group| group.iter().collect());
    [head.to_owned()].into_iter().filter(|head| !head.is_empty()).chain(groups).collect()
}

/// Whether a passphrase is long enough to keep others out: twelve characters, or four words.
pub fn is_long_enough(passphrase: &str) -> bool {
    let words = passphrase.split_whitespace().count();
    passphrase.trim().chars().count() >= FEWEST_CHARACTERS || words >= FEWEST_WORDS
}

/// The secret key that a passphrase comes to: what Argon2id makes of it.
fn derived(passphrase: &str, salt: &[u8], cost: Cost) -> Option<String> {
    let params = Params::new(cost.memory, cost.passes, 1, Some(32)).ok()?;
    let mut key = [0; 32];
    let made = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    made.hash_password_into(passphrase.trim().as_bytes(), salt, &mut key).ok()?;
    secret_of(&key)
}

/// 32 bytes as age writes a secret key.
fn secret_of(key: &[u8]) -> Option<String> {
    let secret = bech32::encode(SECRET, key.to_base32(), Variant::Bech32).ok()?.to_uppercase();
    // As age itself writes it.
    let identity: Identity = secret.parse().ok()?;
    Some(identity.to_string().expose_secret().to_owned())
}
