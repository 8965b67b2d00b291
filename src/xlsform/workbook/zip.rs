//! The parts of a zip archive. What the directory says of sizes is checked before anything is unpacked, and what comes out is
//! checked against it.

use miniz_oxide::inflate::decompress_slice_iter_to_slice;

use super::{MOST_PART, MOST_UNPACKED, OpenError, OpenErrorKind, damaged, too_large};

/// The first bytes of an archive.
pub(super) const SIGNATURE: &[u8] = b"PK\x03\x04";
/// Deflate makes at most so many bytes out of one.
const MOST_OF_ONE: usize = 1040;
/// The longest remark at the end of an archive.
const LONGEST_REMARK: usize = 0xffff;
/// The most parts: a workbook has some dozens.
const MOST_PARTS: usize = 10_000;

/// An archive that is open.
#[derive(Debug)]
pub(super) struct Zip<'a> {
    bytes: &'a [u8],
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    name: String,
    method: u16,
    crc: u32,
    packed: usize,
    plain: usize,
    start: usize,
    is_locked: bool,
}

impl<'a> Zip<'a> {
    /// Reads the directory.
    ///
    /// Errors: none, a broken one, or more than is unpacked.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Zip<'a>, OpenError> {
        let end = end_of(bytes).ok_or_else(damaged)?;
        let count = usize::from(u16_at(bytes, end + 10).ok_or_else(damaged)?);
        let start = u32_at(bytes, end + 16).ok_or_else(damaged)?;
        if count > MOST_PARTS {
            return Err(too_large());
        }
        let (mut parts, mut at, mut all) = (Vec::new(), start, 0usize);
        for _ in 0..count {
            let (part, next) = entry(bytes, at).ok_or_else(damaged)?;
            all = all.saturating_add(part.plain);
            at = next;
            parts.push(part);
        }
        if all > MOST_UNPACKED { Err(too_large()) } else { Ok(Zip { bytes, parts }) }
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// A part's bytes; `None`: there is no such part.
    ///
    /// Errors: one that is broken, locked or too large.
    pub(super) fn part(&self, name: &str) -> Result<Option<Vec<u8>>, OpenError> {
        let Some(part) = self.find(name) else { return Ok(None) };
        self.unpack(part).map(Some).map_err(|error| error.at(&part.name))
    }

    fn find(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name.eq_ignore_ascii_case(name))
    }

    fn unpack(&self, part: &Part) -> Result<Vec<u8>, OpenError> {
        if part.is_locked {
            return Err(OpenError::new(OpenErrorKind::Protected));
        }
        if part.plain > MOST_PART {
            return Err(too_large());
        }
        let head = self.bytes.get(part.start..).filter(|head| head.starts_with(SIGNATURE));
        let lengths = |at| head.and_then(|head| u16_at(head, at)).map(usize::from).ok_or_else(damaged);
        let start = part.start.saturating_add(30 + lengths(26)? + lengths(28)?);
        let packed = self.bytes.get(start..start.saturating_add(part.packed)).ok_or_else(damaged)?;
        // Room is made for what is possible, not for what is claimed.
        if part.plain > packed.len().saturating_mul(MOST_OF_ONE) {
            return Err(damaged());
        }
        let plain = match part.method {
            0 => packed.to_vec(),
            8 => {
                let mut plain = vec![0; part.plain];
                let length = decompress_slice_iter_to_slice(&mut plain, std::iter::once(packed), false, true);
                plain.truncate(length.map_err(|_| damaged())?);
                plain
            }
            _ => return Err(damaged()),
        };
        let is_whole = plain.len() == part.plain && sum(&plain) == part.crc;
        if is_whole { Ok(plain) } else { Err(damaged()) }
    }
}

/// Where the directory's end stands: the last of its kind, behind which there is at most a remark.
fn end_of(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(LONGEST_REMARK + 22);
    let tail = bytes.get(from..)?;
    tail.windows(4).rposition(|window| window == b"PK\x05\x06").map(|at| from + at)
}

/// An entry of the directory, and where the next one stands.
fn entry(bytes: &[u8], at: usize) -> Option<(Part, usize)> {
    let head = bytes.get(at..)?;
    if !head.starts_with(b"PK\x01\x02") {
        return None;
    }
    let length = |at| u16_at(head, at).map(usize::from);
    let name = head.get(46..46 + length(28)?)?;
    let part = Part {
        name: String::from_utf8_lossy(name).replace('\\', "/"),
        method: u16_at(head, 10)?,
        crc: u32_at(head, 16)? as u32,
        packed: u32_at(head, 20)?,
        plain: u32_at(head, 24)?,
        start: u32_at(head, 42)?,
        is_locked: u16_at(head, 8)? & 1 == 1,
    };
    Some((part, at + 46 + length(28)? + length(30)? + length(32)?))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?) as usize)
}

/// CRC-32.
fn sum(bytes: &[u8]) -> u32 {
    let mut table = [0u32; 256];
    for (byte, entry) in (0..).zip(&mut table) {
        *entry = (0..8).fold(byte, |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 });
    }
    let step = |sum: u32, byte: &u8| {
        let place = usize::from(sum as u8 ^ byte);
        (sum >> 8) ^ table.get(place).copied().unwrap_or(0)
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[cfg(test)]
mod tests {
    use super::sum;

    #[test]
    fn the_sum_is_that_of_zip() {
        assert_eq!(sum(b"123456789"), 0xcbf4_3926);
    }
}
