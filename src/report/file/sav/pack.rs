/// Eight signs of the bytecode, then what they announce.
const SIGNS: usize = 8;
/// Whole numbers from -99 to 151 are signs themselves.
const BIAS: f64 = 100.0;
const HIGHEST: f64 = 251.0;
const AS_IT_STANDS: u8 = 253;
const BLANK: u8 = 254;
const SYSTEM_MISSING: u8 = 255;
/// What a segment of a long string holds, and how much of it counts for the string's width.
pub(super) const SEGMENT: usize = 255;
const COUNTED: usize = 252;

/// Packs cases by SPSS's bytecode.
#[derive(Debug, Default)]
pub(super) struct Packer {
    signs: [u8; SIGNS],
    used: usize,
    announced: Vec<u8>,
    /// What is packed.
    pub(super) out: Vec<u8>,
}

impl Packer {
    /// A number; `None`: system-missing.
    pub(super) fn number(&mut self, number: Option<f64>) {
        match number {
            None => self.sign(SYSTEM_MISSING, None),
            Some(number) => {
                let sign = number + BIAS;
                if sign.fract() == 0.0 && (1.0..=HIGHEST).contains(&sign) {
                    self.sign(sign as u8, None);
                } else {
                    self.sign(AS_IT_STANDS, Some(number.to_le_bytes()));
                }
            }
        }
    }

    /// A text in a string of this width, cut between signs where it is longer, blank behind.
    pub(super) fn text(&mut self, text: &str, width: usize) {
        let text = cut(text, width).as_bytes();
        for segment in 0..segments(width) {
            let start = segment * SEGMENT;
            let size = segment_width(width, segment).next_multiple_of(8);
            let part = text.get(start..(start + SEGMENT).min(text.len())).unwrap_or_default();
            for unit in 0..size / 8 {
                let bytes = part.get(unit * 8..(unit * 8 + 8).min(part.len())).unwrap_or_default();
                let mut eight = [b' '; 8];
                eight.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
                if eight == [b' '; 8] {
                    self.sign(BLANK, None);
                } else {
                    self.sign(AS_IT_STANDS, Some(eight));
                }
            }
        }
    }

    fn sign(&mut self, sign: u8, announced: Option<[u8; 8]>) {
        if let Some(place) = self.signs.get_mut(self.used) {
            *place = sign;
        }
        self.used += 1;
        if let Some(bytes) = announced {
            self.announced.extend_from_slice(&bytes);
        }
        if self.used == SIGNS {
            self.flush();
        }
    }

    /// The last signs; the rest of them say nothing.
    pub(super) fn finish(&mut self) {
        if self.used > 0 {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.out.extend_from_slice(&self.signs);
        self.out.append(&mut self.announced);
        self.signs = [0; SIGNS];
        self.used = 0;
    }
}

/// How many variables of the file hold a string of this width: from 256 bytes on, several.
pub(super) fn segments(width: usize) -> usize {
    if width <= SEGMENT { 1 } else { width.div_ceil(COUNTED) }
}

/// The width of one of them.
pub(super) fn segment_width(width: usize, segment: usize) -> usize {
    match segments(width) {
        1 => width,
        all if segment + 1 < all => SEGMENT,
        _ => width - segment * COUNTED,
    }
}

/// A text's beginning, of at most so many bytes.
pub(super) fn cut(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let end = (0..=most).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_signs_and_others_stand_behind() {
        let mut packer = Packer::default();
        for number in [Some(1.0), Some(-99.0), Some(151.0), None, Some(152.0), Some(0.5), Some(-100.0)] {
            packer.number(number);
        }
        packer.text("", 8);
        let signs: Vec<u8> = packer.out.iter().copied().take(8).collect();
        assert_eq!(signs, [101, 1, 251, 255, 253, 253, 253, 254]);
        assert_eq!(packer.out.len(), 8 + 3 * 8);
        packer.number(Some(0.0));
        packer.finish();
        assert_eq!(packer.out[32..], [100, 0, 0, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn long_strings_lie_in_segments() {
        assert_eq!([1, 8, 255, 256, 504, 505].map(segments), [1, 1, 1, 2, 2, 3]);
        assert_eq!((segment_width(300, 0), segment_width(300, 1)), (255, 48));
        let mut packer = Packer::default();
        packer.text(&"x".repeat(300), 300);
        packer.finish();
        let letters = packer.out.iter().filter(|byte| **byte == b'x').count();
        assert_eq!(letters, 300);
        assert_eq!(cut("año", 2), "a");
    }
}
