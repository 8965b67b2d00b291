use std::sync::LazyLock;

/// The CRC-32 of zip and PNG, so that common tools can check what is stored and exchanged.
///
/// ```
/// assert_eq!(sondeo::store::crc32(b"123456789"), 0xcbf4_3926);
/// ```
pub fn crc32(bytes: &[u8]) -> u32 {
    let table = &*TABLE;
    let step = |sum: u32, byte: &u8| {
        let [lowest, ..] = sum.to_le_bytes();
        (sum >> 8) ^ table.get(usize::from(lowest ^ byte)).copied().unwrap_or_default()
    };
    !bytes.iter().fold(u32::MAX, step)
}

/// What a byte does to the sum. Made here: every phone would download it.
static TABLE: LazyLock<[u32; 256]> = LazyLock::new(|| {
    let bit = |sum: u32, _| if sum & 1 == 1 { (sum >> 1) ^ POLYNOMIAL } else { sum >> 1 };
    std::array::from_fn(|byte| (0..8).fold(byte as u32, bit))
});

/// Its bits from the lowest power up.
const POLYNOMIAL: u32 = 0xedb8_8320;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_at_a_time_gives_what_one_bit_at_a_time_gives() {
        let bytes: Vec<u8> = (0..1000_u32).map(|at| (at * at + 7 * at) as u8).collect();
        for end in 0..bytes.len() {
            let bit = |sum: u32| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
            let byte = |sum, byte: &u8| (0..8).fold(sum ^ u32::from(*byte), |sum, _| bit(sum));
            assert_eq!(crc32(&bytes[..end]), !bytes[..end].iter().fold(u32::MAX, byte), "{end} bytes");
        }
    }

    #[test]
    fn a_changed_bit_changes_the_sum() {
        assert_eq!(crc32(b""), 0);
        assert_eq!(crc32(b"The quick brown fox jumps over the lazy dog"), 0x414f_a339);
        let text = [42; 64];
        for bit in 0..text.len() * 8 {
            let mut changed = text;
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(crc32(&changed), crc32(&text));
        }
    }
}
