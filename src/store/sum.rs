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

fn quarter(sum: u32) -> u32 {
    const TABLE: [u32; 16] = table();
    TABLE.get((sum & 15) as usize).copied().unwrap_or_default()
}

const fn table() -> [u32; 16] {
    let mut table = [0; 16];
    let mut at = 0;
    while at < 16 {
        let mut sum = at as u32;
        let mut bit = 0;
        while bit < 4 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
            bit += 1;
        }
        table[at] = sum;
        at += 1;
    }
    table
}
