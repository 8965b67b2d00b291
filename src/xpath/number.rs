//! Decimal numbers, read without the tables that the standard library brings: they weigh more than the rest of this folder
//! does on a phone.

/// How many digits count; a 64-bit whole number holds as many.
const DIGITS: usize = 19;
/// How many decimals are read exactly.
const EXACT: i32 = 21;

/// The number that a text like `-12.5` or `1e3` is, rounded to the nearest; beyond 19 digits or 21 decimals within one unit
/// in the last place. `None`: it is none, blanks around it included.
pub fn read_number(text: &str) -> Option<f64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, power) = match text.find(['e', 'E']) {
        Some(at) => (text.get(..at)?, text.get(at + 1..)?.parse::<i32>().ok()?.clamp(-999, 999)),
        None => (text, 0),
    };
    let (mut whole, mut power, mut counted, mut seen, mut pointed) = (0u64, power, 0, false, false);
    for sign in digits.bytes() {
        match sign {
            b'0'..=b'9' => {
                seen = true;
                if counted < DIGITS {
                    whole = whole * 10 + u64::from(sign - b'0');
                    counted += usize::from(whole > 0);
                    power -= i32::from(pointed);
                } else {
                    power += i32::from(!pointed);
                }
            }
            b'.' if !pointed => pointed = true,
            _ => return None,
        }
    }
    let number = scale(whole, power);
    seen.then_some(if negative { -number } else { number })
}

/// `whole` times ten to the power of `power`.
fn scale(whole: u64, power: i32) -> f64 {
    let wide = u128::from(whole);
    match power {
        0 => whole as f64,
        _ if whole == 0 => 0.0,
        1..=19 => (wide * 10u128.pow(power.unsigned_abs())) as f64,
        _ if (-EXACT..0).contains(&power) => {
            let shift = wide.leading_zeros();
            let divisor = 10u128.pow(power.unsigned_abs());
            let dividend = wide << shift;
            // The quotient has more bits than the number will; whether anything is left decides a tie.
            let quotient = (dividend / divisor) | u128::from(dividend % divisor != 0);
            quotient as f64 / 2f64.powi(shift as i32)
        }
        _ if power < -300 => whole as f64 / 1e300 / 10f64.powi(-power - 300),
        _ if power < 0 => whole as f64 / 10f64.powi(-power),
        _ => whole as f64 * 10f64.powi(power),
    }
}

#[cfg(test)]
mod tests {
    use super::read_number;

    #[test]
    fn numbers_are_read_as_the_standard_library_reads_them() {
        for text in [
            "0",
            "-0",
            "1",
            "12.5",
            "-12.5",
            "+3",
            ".5",
            "5.",
            "1e3",
            "1E-3",
            "0.1",
            "0.30000000000000004",
            "1e22",
            "9007199254740993",
            "123456789012345678",
            "3.141592653589793",
            "179.76931348623157",
            "1e-7",
            "100000000000000000000",
            "2.2250738585072011",
            "0.000001",
            "4.35",
            "0.3",
            "2.675",
            "1.005",
            "8.41e21",
            "9.5367431640625e-7",
        ] {
            assert_eq!(read_number(text), text.parse::<f64>().ok(), "{text}");
        }
        let mut state = 1u64;
        for _ in 0..20_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let number = (state >> 11) as f64 / 10f64.powi((state % 17) as i32);
            assert_eq!(read_number(&number.to_string()), Some(number), "{number}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_read() {
        for text in
            ["", ".", "-", "e3", "1e", "1.2.3", " 1", "1 ", "inf", "NaN", "0x1", "1_000", "--1", "1e1.5"]
        {
            assert_eq!(read_number(text), None, "{text}");
        }
    }
}
