//! Receipts: how whoever joined a bundle tells the device that made it so, over the telephone if need be. Read [`receipt`].
//!
//! Twelve digits, because digits are read out and typed without mistakes in any language and on any telephone. They follow
//! from the bundle's sum and are not written in it: only who has read the whole file knows the sum, and the code is shown
//! when all of it is on disk. `docs/bundle.md` says how to compute one by hand.

use sha2::{Digest, Sha256};

/// What is hashed before the sum, so that no digits of the sum are digits of the receipt.
const BEFORE: &str = "sondeo receipt ";
/// Ten digits of the hash, and two to check them.
const DIGITS: usize = 12;
const MOST: u64 = 10_000_000_000;

/// The receipt of the bundle with this sum, in hexadecimal digits as its last line has it.
///
/// ```
/// use sondeo::share::receipt::{read, receipt, spaced};
/// let code = receipt("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
/// assert_eq!(read(&spaced(&code)), Some(code));
/// ```
pub fn receipt(sum: &str) -> String {
    let hash = Sha256::digest([BEFORE, sum].concat());
    // Its first 15 hexadecimal digits: more fit no shell's arithmetic.
    let number = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte)) >> 4;
    let number = number % MOST;
    format!("{number:010}{:02}", check(number))
}

/// In groups of four, as it is shown.
pub fn spaced(code: &str) -> String {
    let mut text = String::new();
    for (position, digit) in code.chars().enumerate() {
        if position > 0 && position.is_multiple_of(4) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// The code in what somebody typed, whatever stands between the digits; `None`: it is mistyped. Any one wrong digit shows,
/// and any two that changed places.
pub fn read(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let other = text.chars().any(char::is_alphabetic);
    let number: u64 = digits.get(..DIGITS - 2)?.parse().ok()?;
    let right = digits.len() == DIGITS && digits.get(DIGITS - 2..)?.parse() == Ok(check(number));
    (right && !other).then_some(digits)
}

/// As account numbers are checked (ISO 7064, 97-10).
fn check(number: u64) -> u64 {
    98 - number * 100 % 97
}
