/// The CRC-32 of zip and PNG, so that common tools can check what is stored and exchanged.
///
/// ```
/// assert_eq!(sondeo::store::crc32(b"123456789"), 0xcbf4_3926);
/// ```
pub fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        // Two steps of four bits: nearly as fast as the usual table of a kilobyte, which every phone would download.
        sum = (sum >> 4) ^ quarter(sum);
        sum = (sum >> 4) ^ quarter(sum);
    }
    !sum
}

/// What four bits do to the sum.
const TABLE: [u32; 16] = [
    0x0000_0000,
    0x1db7_1064,
    0x3b6e_20c8,
    0x26d9_30ac,
    0x76dc_4190,
    0x6b6b_51f4,
    0x4db2_6158,
    0x5005_713c, //
    0xedb8_8320,
    0xf00f_9344,
    0xd6d6_a3e8,
    0xcb61_b38c,
    0x9b64_c2b0,
    0x86d3_d2d4,
    0xa00a_e278,
    0xbdbd_f21c,
];

fn quarter(sum: u32) -> u32 {
    TABLE.get((sum & 15) as usize).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_what_the_polynomial_gives() {
        for (bits, entry) in (0..).zip(TABLE) {
            let step = |sum: u32| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
            assert_eq!((0..4).fold(bits, |sum, _| step(sum)), entry);
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
