//! MD5, SHA-1 and SHA-2, for the `digest` function. Here, and not behind [`Scope`](super::Scope), so that
//! only a program whose scope asks for them carries them. Not for keeping secrets.

/// The checksum of some bytes: `MD5`, `SHA-1`, `SHA-256`, `SHA-384` or `SHA-512`, in any case.
/// `None`: another algorithm.
///
/// ```
/// let sum = sondeo::xpath::digest::digest("MD5", b"abc").unwrap();
/// assert_eq!(&sum[..4], [0x90, 0x01, 0x50, 0x98]);
/// ```
pub fn digest(algorithm: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    match algorithm.to_ascii_uppercase().as_str() {
        "MD5" => Some(md5(bytes)),
        "SHA-1" => Some(sha1(bytes)),
        "SHA-256" => Some(sha256(bytes)),
        "SHA-384" => Some(sha512(bytes, &START_384, 48)),
        "SHA-512" => Some(sha512(bytes, &START_512, 64)),
        _ => None,
    }
}

/// The message, a one bit, zeros, and its length in bits at the end of the last block.
fn padded(bytes: &[u8], block: usize, length: &[u8]) -> Vec<u8> {
    let mut message = bytes.to_vec();
    message.push(0x80);
    while !(message.len() + length.len()).is_multiple_of(block) {
        message.push(0);
    }
    message.extend_from_slice(length);
    message
}

fn word(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |word, byte| word << 8 | u32::from(*byte))
}

fn md5(bytes: &[u8]) -> Vec<u8> {
    const TURNS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
    let mut state: [u32; 4] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    let bits = (bytes.len() as u64).wrapping_mul(8);
    for block in padded(bytes, 64, &bits.to_le_bytes()).chunks_exact(64) {
        let words: Vec<u32> = block.chunks_exact(4).map(|bytes| word(bytes).swap_bytes()).collect();
        let [mut a, mut b, mut c, mut d] = state;
        for i in 0..64 {
            let (mixed, pick) = match i / 16 {
                0 => (b & c | !b & d, i),
                1 => (d & b | !d & c, 5 * i + 1),
                2 => (b ^ c ^ d, 3 * i + 5),
                _ => (c ^ (b | !d), 7 * i),
            };
            let turn = TURNS.get(i / 16).and_then(|row| row.get(i % 4)).copied().unwrap_or(0);
            // The standard defines its constants by the sine.
            let constant = (((i + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let picked = words.get(pick % 16).copied().unwrap_or(0);
            let sum = a.wrapping_add(mixed).wrapping_add(constant).wrapping_add(picked);
            (a, d, c, b) = (d, c, b, b.wrapping_add(sum.rotate_left(turn)));
        }
        for (kept, new) in state.iter_mut().zip([a, b, c, d]) {
            *kept = kept.wrapping_add(new);
        }
    }
    state.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn sha1(bytes: &[u8]) -> Vec<u8> {
    let mut state: [u32; 5] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    let bits = (bytes.len() as u64).wrapping_mul(8);
    for block in padded(bytes, 64, &bits.to_be_bytes()).chunks_exact(64) {
        let mut words: Vec<u32> = block.chunks_exact(4).map(word).collect();
        let [mut a, mut b, mut c, mut d, mut e] = state;
        for i in 0..80 {
            let at = |index: usize, words: &[u32]| words.get(index).copied().unwrap_or(0);
            if i >= 16 {
                let sum = at(i - 3, &words) ^ at(i - 8, &words) ^ at(i - 14, &words) ^ at(i - 16, &words);
                words.push(sum.rotate_left(1));
            }
            let (mixed, constant) = match i / 20 {
                0 => (b & c | !b & d, 0x5a82_7999),
                1 => (b ^ c ^ d, 0x6ed9_eba1),
                2 => (b & c | b & d | c & d, 0x8f1b_bcdc),
                _ => (b ^ c ^ d, 0xca62_c1d6),
            };
            let sum = a.rotate_left(5).wrapping_add(mixed).wrapping_add(e);
            let sum = sum.wrapping_add(constant).wrapping_add(at(i, &words));
            (e, d, c, b, a) = (d, c, b.rotate_left(30), a, sum);
        }
        for (kept, new) in state.iter_mut().zip([a, b, c, d, e]) {
            *kept = kept.wrapping_add(new);
        }
    }
    state.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// Fractional parts of the square roots of the first eight primes.
const START_512: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

/// Fractional parts of the square roots of the next eight primes.
const START_384: [u64; 8] = [
    0xcbbb_9d5d_c105_9ed8,
    0x629a_292a_367c_d507,
    0x9159_015a_3070_dd17,
    0x152f_ecd8_f70e_5939,
    0x6733_2667_ffc0_0b31,
    0x8eb4_4a87_6858_1511,
    0xdb0c_2e0d_64f9_8fa7,
    0x47b5_481d_befa_4fa4,
];

/// Fractional parts of the cube roots of the first eighty primes; SHA-256 uses the upper halves of
/// the first sixty-four.
static ROOTS: [u64; 80] = [
    0x428a_2f98_d728_ae22,
    0x7137_4491_23ef_65cd,
    0xb5c0_fbcf_ec4d_3b2f,
    0xe9b5_dba5_8189_dbbc,
    0x3956_c25b_f348_b538,
    0x59f1_11f1_b605_d019,
    0x923f_82a4_af19_4f9b,
    0xab1c_5ed5_da6d_8118,
    0xd807_aa98_a303_0242,
    0x1283_5b01_4570_6fbe,
    0x2431_85be_4ee4_b28c,
    0x550c_7dc3_d5ff_b4e2,
    0x72be_5d74_f27b_896f,
    0x80de_b1fe_3b16_96b1,
    0x9bdc_06a7_25c7_1235,
    0xc19b_f174_cf69_2694,
    0xe49b_69c1_9ef1_4ad2,
    0xefbe_4786_384f_25e3,
    0x0fc1_9dc6_8b8c_d5b5,
    0x240c_a1cc_77ac_9c65,
    0x2de9_2c6f_592b_0275,
    0x4a74_84aa_6ea6_e483,
    0x5cb0_a9dc_bd41_fbd4,
    0x76f9_88da_8311_53b5,
    0x983e_5152_ee66_dfab,
    0xa831_c66d_2db4_3210,
    0xb003_27c8_98fb_213f,
    0xbf59_7fc7_beef_0ee4,
    0xc6e0_0bf3_3da8_8fc2,
    0xd5a7_9147_930a_a725,
    0x06ca_6351_e003_826f,
    0x1429_2967_0a0e_6e70,
    0x27b7_0a85_46d2_2ffc,
    0x2e1b_2138_5c26_c926,
    0x4d2c_6dfc_5ac4_2aed,
    0x5338_0d13_9d95_b3df,
    0x650a_7354_8baf_63de,
    0x766a_0abb_3c77_b2a8,
    0x81c2_c92e_47ed_aee6,
    0x9272_2c85_1482_353b,
    0xa2bf_e8a1_4cf1_0364,
    0xa81a_664b_bc42_3001,
    0xc24b_8b70_d0f8_9791,
    0xc76c_51a3_0654_be30,
    0xd192_e819_d6ef_5218,
    0xd699_0624_5565_a910,
    0xf40e_3585_5771_202a,
    0x106a_a070_32bb_d1b8,
    0x19a4_c116_b8d2_d0c8,
    0x1e37_6c08_5141_ab53,
    0x2748_774c_df8e_eb99,
    0x34b0_bcb5_e19b_48a8,
    0x391c_0cb3_c5c9_5a63,
    0x4ed8_aa4a_e341_8acb,
    0x5b9c_ca4f_7763_e373,
    0x682e_6ff3_d6b2_b8a3,
    0x748f_82ee_5def_b2fc,
    0x78a5_636f_4317_2f60,
    0x84c8_7814_a1f0_ab72,
    0x8cc7_0208_1a64_39ec,
    0x90be_fffa_2363_1e28,
    0xa450_6ceb_de82_bde9,
    0xbef9_a3f7_b2c6_7915,
    0xc671_78f2_e372_532b,
    0xca27_3ece_ea26_619c,
    0xd186_b8c7_21c0_c207,
    0xeada_7dd6_cde0_eb1e,
    0xf57d_4f7f_ee6e_d178,
    0x06f0_67aa_7217_6fba,
    0x0a63_7dc5_a2c8_98a6,
    0x113f_9804_bef9_0dae,
    0x1b71_0b35_131c_471b,
    0x28db_77f5_2304_7d84,
    0x32ca_ab7b_40c7_2493,
    0x3c9e_be0a_15c9_bebc,
    0x431d_67c4_9c10_0d4c,
    0x4cc5_d4be_cb3e_42b6,
    0x597f_299c_fc65_7e2a,
    0x5fcb_6fab_3ad6_faec,
    0x6c44_198c_4a47_5817,
];

/// One round's mixing, the same for both word sizes but for the rotations.
macro_rules! sha2 {
    ($word:ty, $block:expr, $state:expr, $roots:expr, $big:expr, $small:expr) => {
        let mut words: Vec<$word> = $block
            .chunks_exact(size_of::<$word>())
            .map(|bytes| bytes.iter().fold(0, |word, byte| word << 8 | <$word>::from(*byte)))
            .collect();
        let spin =
            |x: $word, by: [u32; 3]| x.rotate_right(by[0]) ^ x.rotate_right(by[1]) ^ x.rotate_right(by[2]);
        let drift = |x: $word, by: [u32; 3]| x.rotate_right(by[0]) ^ x.rotate_right(by[1]) ^ x >> by[2];
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = $state;
        for (i, root) in $roots.enumerate() {
            let at = |index: usize, words: &[$word]| words.get(index).copied().unwrap_or(0);
            if i >= 16 {
                let sum = at(i - 16, &words).wrapping_add(drift(at(i - 15, &words), $small[0]));
                words.push(
                    sum.wrapping_add(at(i - 7, &words)).wrapping_add(drift(at(i - 2, &words), $small[1])),
                );
            }
            let choice = e & f ^ !e & g;
            let majority = a & b ^ a & c ^ b & c;
            let sum = h.wrapping_add(spin(e, $big[1])).wrapping_add(choice).wrapping_add(root);
            let sum = sum.wrapping_add(at(i, &words));
            let other = spin(a, $big[0]).wrapping_add(majority);
            (h, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(sum), c, b, a, sum.wrapping_add(other));
        }
        for (kept, new) in $state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
            *kept = kept.wrapping_add(new);
        }
    };
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    let mut state = START_512.map(|root| (root >> 32) as u32);
    let bits = (bytes.len() as u64).wrapping_mul(8);
    for block in padded(bytes, 64, &bits.to_be_bytes()).chunks_exact(64) {
        let roots = ROOTS.iter().take(64).map(|root| (root >> 32) as u32);
        sha2!(u32, block, state, roots, [[2, 13, 22], [6, 11, 25]], [[7, 18, 3], [17, 19, 10]]);
    }
    state.iter().flat_map(|word| word.to_be_bytes()).collect()
}

fn sha512(bytes: &[u8], start: &[u64; 8], length: usize) -> Vec<u8> {
    let mut state = *start;
    let bits = (bytes.len() as u128).wrapping_mul(8);
    for block in padded(bytes, 128, &bits.to_be_bytes()).chunks_exact(128) {
        let roots = ROOTS.iter().copied();
        sha2!(u64, block, state, roots, [[28, 34, 39], [14, 18, 41]], [[1, 8, 7], [19, 61, 6]]);
    }
    state.iter().flat_map(|word| word.to_be_bytes()).take(length).collect()
}

#[cfg(test)]
mod tests {
    use super::digest;

    fn hex(algorithm: &str, text: &str) -> String {
        digest(algorithm, text.as_bytes()).unwrap().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn checksums_are_those_of_the_standards() {
        assert_eq!(hex("MD5", ""), "d41d8cd98f00b204e9800998ecf8427e");
        assert_eq!(hex("md5", "abc"), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(hex("SHA-1", "abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
        let long = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
        assert_eq!(hex("SHA-1", long), "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
        assert_eq!(hex("SHA-256", long), "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
        assert!(hex("SHA-384", "abc").starts_with("cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163"));
        assert!(hex("SHA-512", "abc").starts_with("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea2"));
        assert_eq!(digest("CRC-32", b"abc"), None);
    }

    #[test]
    fn every_length_around_a_block_is_padded() {
        let sums: Vec<_> = (0..300).map(|n| hex("SHA-512", &"x".repeat(n))).collect();
        assert!(sums.iter().enumerate().all(|(i, sum)| sum.len() == 128 && !sums[..i].contains(sum)));
    }
}
