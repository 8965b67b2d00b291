use sha2::{Digest, Sha256};

use crate::response::ResponseId;

/// What the ids of imported responses begin with, so that they can be told from those of people's phones: `tabl`.
const MARK: [u8; 4] = *b"tabl";

/// The id of a row that has one of its own: the same file, or another export of the same row, gives it again.
pub(super) fn named_id(survey: &str, name: &str) -> ResponseId {
    let name = name.strip_prefix("uuid:").unwrap_or(name).to_lowercase();
    id_of(&[b"id", survey.as_bytes(), name.as_bytes()])
}

/// The id of a row that has none: made of what it says, and of how many said the same up to it, so that two equal forms of
/// paper stay two.
pub(super) fn content_id(survey: &str, says: &[u8; 32], number: u64) -> ResponseId {
    id_of(&[b"row", survey.as_bytes(), says, &number.to_be_bytes()])
}

/// The hash of parts; where one ends tells.
pub(super) fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// The last eight bytes, which no mark stands in.
pub(super) fn ending(bytes: &[u8; 16]) -> [u8; 8] {
    let [.., a, b, c, d, e, f, g, h] = *bytes;
    [a, b, c, d, e, f, g, h]
}

fn id_of(parts: &[&[u8]]) -> ResponseId {
    let mut id = [0; 16];
    for (to, from) in id.iter_mut().zip(MARK.into_iter().chain(digest(parts))) {
        *to = from;
    }
    ResponseId(id)
}
