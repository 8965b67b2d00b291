//! Passphrases: never kept themselves, only what the browser's own cryptography makes of them.

use js_sys::{Array, ArrayBuffer, JsString, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::fault;
use crate::store::{Fault, FaultKind};

/// Rounds of PBKDF2 with HMAC-SHA-256: what OWASP's Password Storage Cheat Sheet asks for since 2023.
const ROUNDS: u32 = 600_000;

#[wasm_bindgen]
extern "C" {
    type Subtle;
    #[wasm_bindgen(catch, method, js_name = importKey)]
    fn import_key(
        this: &Subtle,
        format: &str,
        key: &Uint8Array,
        algorithm: &str,
        extractable: bool,
        uses: &Array,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, method, js_name = deriveBits)]
    fn derive_bits(this: &Subtle, algorithm: &Object, key: &JsValue, length: u32)
    -> Result<Promise, JsValue>;
}

/// A passphrase as it is used for something new: the same (Unicode's NFKC) however the keyboard composed its accents.
pub fn normal(passphrase: &str) -> String {
    as_form(passphrase, "NFKC")
}

/// The ways in which the same passphrase may have been typed when something was made of it: as it is now, [`normal`], and, for
/// what was made before there was that, with its accents apart. None twice.
pub fn ways(passphrase: &str) -> Vec<String> {
    let mut ways = vec![passphrase.to_owned()];
    for form in ["NFKC", "NFD"] {
        let way = as_form(passphrase, form);
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}

fn as_form(text: &str, form: &str) -> String {
    JsString::from(text).normalize(form).into()
}

/// What is kept of a passphrase: 32 bytes that take half a second to make and cannot be turned back. The same passphrase and
/// salt make the same. Errors: [`FaultKind::Gone`] outside secure contexts, where browsers have no cryptography.
pub async fn stretch(passphrase: &str, salt: &[u8]) -> Result<Vec<u8>, Fault> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).map_err(|error| fault(&error))?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).map_err(|error| fault(&error))?;
    if !subtle.is_object() {
        return Err(Fault::new(FaultKind::Gone, "no crypto.subtle"));
    }
    let subtle: Subtle = subtle.unchecked_into();
    let uses = Array::of1(&"deriveBits".into());
    let raw = Uint8Array::from(passphrase.as_bytes());
    let key = subtle.import_key("raw", &raw, "PBKDF2", false, &uses).map_err(|error| fault(&error))?;
    let key = JsFuture::from(key).await.map_err(|error| fault(&error))?;
    let algorithm = Object::new();
    let members: [(&str, JsValue); 4] = [
        ("name", "PBKDF2".into()),
        ("hash", "SHA-256".into()),
        ("iterations", ROUNDS.into()),
        ("salt", Uint8Array::from(salt).into()),
    ];
    for (name, value) in members {
        Reflect::set(&algorithm, &name.into(), &value).map_err(|error| fault(&error))?;
    }
    let bits = subtle.derive_bits(&algorithm, &key, 256).map_err(|error| fault(&error))?;
    let bits = JsFuture::from(bits).await.map_err(|error| fault(&error))?;
    Ok(Uint8Array::new(&bits.unchecked_into::<ArrayBuffer>()).to_vec())
}
