use std::sync::LazyLock;

/// The CRC-32 of zip and PNG, so that common tools can check what is stored and exchanged.
///
/// ```
/// assert_eq!(sondeo::store::crc32(b"123456789"), 0xcbf4_3926);
/// ```
pub fn crc32(bytes: &[u8]) -> u32 {
    let tables = &*TABLES;
    let look = |table: usize, byte: u8| {
        tables.get(table).and_then(|table| table.get(usize::from(byte))).copied().unwrap_or_default()
    };
    let mut sum = u32::MAX;
    let (fours, rest) = bytes.as_chunks::<4>();
    for four in fours {
        let [first, second, third, fourth] = (sum ^ u32::from_le_bytes(*four)).to_le_bytes();
        sum = look(3, first) ^ look(2, second) ^ look(1, third) ^ look(0, fourth);
    }
    for byte in rest {
        let [first, ..] = (sum ^ u32::from(*byte)).to_le_bytes();
        sum = (sum >> 8) ^ look(0, first);
    }
    !sum
}

/// What a byte does to the sum, with none, one, two and three bytes behind it. Made here: every phone would download it.
static TABLES: LazyLock<[[u32; 256]; 4]> = LazyLock::new(|| {
    let mut tables = [[0; 256]; 4];
    for byte in 0..256 {
        let mut sum = byte as u32;
        for table in &mut tables {
            for _ in 0..8 {
                sum = if sum & 1 == 1 { (sum >> 1) ^ POLYNOMIAL } else { sum >> 1 };
            }
            if let Some(entry) = table.get_mut(byte) {
                *entry = sum;
            }
        }
    }
    tables
});

/// Its bits from the lowest power up.
const POLYNOMIAL: u32 = 0xedb8_8320;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_bytes_at_a_time_give_what_one_bit_at_a_time_gives() {
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
