//! Decimal numbers, read and written without the tables that the standard library brings: they weigh more than the rest of
//! this folder does on a phone.

use std::cmp::Ordering;

/// How many digits count; a 64-bit whole number holds as many.
const DIGITS: usize = 19;
/// The power of ten down to which 128 bits are enough.
const LEAST: i32 = -21;

/// The number that a text like `-12.5` or `1e3` is, rounded to the nearest; digits beyond
/// the 19th do not count. `None`: it is none, blanks around it included.
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

/// The number in as few digits as tell it from every other, without an exponent, as the standard library writes it.
pub fn write_number(number: f64) -> String {
    let size = number.abs();
    if !size.is_finite() {
        return String::from(if number.is_nan() {
            "NaN"
        } else if number > 0.0 {
            "inf"
        } else {
            "-inf"
        });
    }
    let sign = if number.is_sign_negative() { "-" } else { "" };
    if size.fract() == 0.0 && size <= 9e15 {
        return [sign, &(size as u64).to_string()].concat();
    }
    if size.fract() == 0.0 {
        // Digits that say nothing are noughts.
        let (whole, noughts) = (0..309)
            .rev()
            .find_map(|power| {
                let whole = shifted(size, -power)?;
                (scale(whole, power) == size).then_some((whole, power))
            })
            .unwrap_or_default();
        return [sign, &whole.to_string(), &"0".repeat(noughts as usize)].concat();
    }
    let places = (1..=340).find_map(|power| {
        let whole = shifted(size, power)?;
        (scale(whole, -power) == size || whole >= 10u64.pow(17)).then_some((whole, power as usize))
    });
    let (whole, power) = places.unwrap_or_default();
    let digits = whole.to_string();
    let digits = ["0".repeat((power + 1).saturating_sub(digits.len())), digits].concat();
    let (front, back) = digits.split_at_checked(digits.len().saturating_sub(power)).unwrap_or_default();
    [sign, front, ".", back].concat()
}

/// `size` times ten to the power of `power`, rounded to a whole number; `None`: that is too long to be needed.
fn shifted(size: f64, power: i32) -> Option<u64> {
    let near = rough(size, power);
    if near >= 1e18 {
        return None;
    }
    if near < 0.25 {
        return Some(0);
    }
    let mut whole = near.round() as u64;
    let (mantissa, exponent) = parts(size);
    // Twice the whole number and 1 beside twice the number; a tie goes up.
    let is_below = |whole: u64| compare(2 * whole + 1, -power, mantissa, exponent + 1) != Ordering::Greater;
    while is_below(whole) {
        whole += 1;
    }
    while whole > 0 && !is_below(whole - 1) {
        whole -= 1;
    }
    Some(whole)
}

/// `whole` times ten to the power of `power`, rounded to the nearest.
fn scale(whole: u64, power: i32) -> f64 {
    let wide = u128::from(whole);
    match power {
        0 => whole as f64,
        _ if whole == 0 || power < -400 => 0.0,
        1..=19 => (wide * 10u128.pow(power.unsigned_abs())) as f64,
        LEAST..0 => {
            let shift = wide.leading_zeros();
            let divisor = 10u128.pow(power.unsigned_abs());
            let dividend = wide << shift;
            // The quotient has more bits than the number will; whether anything is left decides a tie.
            let quotient = (dividend / divisor) | u128::from(dividend % divisor != 0);
            quotient as f64 / 2f64.powi(shift as i32)
        }
        _ if power > 310 => f64::INFINITY,
        _ => nearest(rough(whole as f64, power).min(f64::MAX), whole, power),
    }
}

/// `size` times ten to the power of `power`, but for a few units in the last place.
fn rough(mut size: f64, power: i32) -> f64 {
    let mut left = power.unsigned_abs();
    while left > 0 {
        let step = left.min(22);
        let by = 10f64.powi(step as i32);
        size = if power < 0 { size / by } else { size * by };
        left -= step;
    }
    size
}

/// The number nearest to `whole` times ten to the power of `power`, from one that is near.
fn nearest(near: f64, whole: u64, power: i32) -> f64 {
    let mut number = near;
    // Halfway to the number above: an odd mantissa gives way to the even one there.
    let is_below = |number: f64| {
        let (mantissa, exponent) = parts(number);
        match compare(whole, power, 2 * mantissa + 1, exponent - 1) {
            Ordering::Equal => mantissa % 2 == 1,
            order => order == Ordering::Greater,
        }
    };
    while number.is_finite() && is_below(number) {
        number = number.next_up();
    }
    while number > 0.0 && !is_below(number.next_down()) {
        number = number.next_down();
    }
    number
}

/// A number as a whole one times a power of two.
fn parts(number: f64) -> (u64, i32) {
    let bits = number.to_bits();
    let (exponent, fraction) = ((bits >> 52) as i32, bits & ((1 << 52) - 1));
    if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) }
}

/// `whole` times ten to the power of `tens` beside `other` times two to the power of `twos`.
fn compare(whole: u64, tens: i32, other: u64, twos: i32) -> Ordering {
    let (mut left, mut right) = (Long::new(whole), Long::new(other));
    let ten_side = if tens < 0 { &mut right } else { &mut left };
    (0..tens.unsigned_abs()).for_each(|_| ten_side.multiply(10));
    let two_side = if twos < 0 { &mut left } else { &mut right };
    (0..twos.unsigned_abs() / 16).for_each(|_| two_side.multiply(1 << 16));
    two_side.multiply(1 << (twos.unsigned_abs() % 16));
    left.compare(&right)
}

/// A whole number of any length, its lowest 32 bits first, its highest not 0.
struct Long(Vec<u32>);

impl Long {
    fn new(number: u64) -> Long {
        let mut long = Long(vec![number as u32, (number >> 32) as u32]);
        long.trim();
        long
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn multiply(&mut self, by: u64) {
        let mut carried = 0;
        for part in &mut self.0 {
            carried += u64::from(*part) * by;
            *part = carried as u32;
            carried >>= 32;
        }
        self.0.push(carried as u32);
        self.trim();
    }

    fn compare(&self, other: &Long) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

#[cfg(test)]
mod tests {
    use super::{read_number, write_number};

    #[test]
    fn numbers_are_written_as_the_standard_library_writes_them() {
        let known = [
            0.0,
            -0.0,
            1.0,
            -1.5,
            0.1,
            0.1 + 0.2,
            1e15,
            1e16,
            9007199254740993.0,
            1e21,
            1e22,
            1e23,
            123456789012345680.0,
            0.000001,
            1.5e-5,
            2f64.powi(60),
            2f64.powi(100),
            1.0 / 3.0,
            2.0 / 3.0,
            4.35,
            2.675,
            100.0,
            120.0,
            5e20,
            0.5,
            f64::NAN,
            f64::INFINITY,
        ];
        for number in known {
            assert_eq!(write_number(number), number.to_string());
        }
        let mut state = 3u64;
        for _ in 0..3_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let number = f64::from_bits(state);
            assert_eq!(write_number(number), number.to_string());
            if number.is_finite() {
                assert_eq!(read_number(&number.to_string()), Some(number));
                assert_eq!(read_number(&format!("{number:e}")), Some(number));
            }
        }
        for number in [f64::MAX, f64::MIN_POSITIVE, 5e-324, 2.1352829620963165e-308, -3.665593776726982e284] {
            assert_eq!(write_number(number), number.to_string());
            assert_eq!(read_number(&number.to_string()), Some(number));
        }
        let mut state = 7u64;
        for _ in 0..5_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            for number in [
                (state >> 11) as f64 / 10f64.powi((state % 20) as i32),
                (state >> 40) as f64 / 100.0,
                (state >> 11) as f64 * 2f64.powi((state % 60) as i32),
                (state >> 11) as f64 / 2f64.powi((state % 70) as i32),
            ] {
                assert_eq!(write_number(number), number.to_string());
            }
        }
    }

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
