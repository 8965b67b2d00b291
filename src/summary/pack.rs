//! Numbers as bytes, close together: what a block is written with and read back, byte by byte, whatever the bytes are.

/// What does not read, and where: the position of the first byte that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unread(pub(super) usize);

/// Bytes being written.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

impl Writer {
    /// Seven bits a byte, the lowest first; the last byte has no eighth bit (LEB128).
    pub(super) fn number(&mut self, mut number: u64) {
        while number > 0x7f {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// A text with its length in bytes before it.
    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Numbers that the reader knows the count of: a byte with the bits each takes (0, 1, 2, 4, 8, 16, 32 or 64), the least
    /// of them, then how much each is above it, the lowest bits first. All alike take no bit.
    pub(super) fn packed(&mut self, numbers: &[u64]) {
        let least = numbers.iter().copied().min().unwrap_or_default();
        let most = numbers.iter().copied().max().unwrap_or_default();
        let used = u64::BITS - (most - least).leading_zeros();
        let width = if used == 0 { 0 } else { used.next_power_of_two() };
        self.bytes.push(width as u8);
        self.number(least);
        let above = numbers.iter().map(|number| number - least);
        match width {
            0 => {}
            8 => self.bytes.extend(above.map(|number| number as u8)),
            16 => self.bytes.extend(above.flat_map(|number| (number as u16).to_le_bytes())),
            32 => self.bytes.extend(above.flat_map(|number| (number as u32).to_le_bytes())),
            64 => self.bytes.extend(above.flat_map(u64::to_le_bytes)),
            width => {
                let (mut byte, mut filled) = (0, 0);
                for number in above {
                    byte |= (number as u8) << filled;
                    filled += width;
                    if filled == u8::BITS {
                        self.bytes.push(byte);
                        (byte, filled) = (0, 0);
                    }
                }
                if filled > 0 {
                    self.bytes.push(byte);
                }
            }
        }
    }
}

/// Bytes being read.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// From the first byte on.
    pub(super) fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { bytes, at: 0 }
    }

    /// That what comes next does not read.
    pub(super) fn unread(&self) -> Unread {
        Unread(self.at)
    }

    /// How many bytes are left.
    pub(super) fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// The next bytes, so many.
    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], Unread> {
        let end = self.at.checked_add(count).ok_or(self.unread())?;
        let taken = self.bytes.get(self.at..end).ok_or(self.unread())?;
        self.at = end;
        Ok(taken)
    }

    /// The next bytes, as many as the array holds.
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Unread> {
        let unread = self.unread();
        self.take(N)?.try_into().map_err(|_| unread)
    }

    /// What [`Writer::number`] wrote.
    pub(super) fn number(&mut self) -> Result<u64, Unread> {
        let unread = self.unread();
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let [byte] = self.array()?;
            let part = u64::from(byte & 0x7f);
            number |= part.checked_shl(shift).filter(|moved| moved >> shift == part).ok_or(unread)?;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(unread)
    }

    /// The same, as a count of things of which each takes a byte or more: no count is longer than what is left.
    pub(super) fn count(&mut self) -> Result<usize, Unread> {
        let unread = self.unread();
        let count = usize::try_from(self.number()?).map_err(|_| unread)?;
        if count <= self.left() { Ok(count) } else { Err(unread) }
    }

    /// What [`Writer::text`] wrote.
    pub(super) fn text(&mut self) -> Result<&'a str, Unread> {
        let count = self.count()?;
        let unread = self.unread();
        std::str::from_utf8(self.take(count)?).map_err(|_| unread)
    }

    /// What [`Writer::packed`] wrote, each number turned by `of`; where `of` gives nothing, they do not read.
    pub(super) fn packed<T: Copy>(
        &mut self,
        count: usize,
        of: impl Fn(u64) -> Option<T>,
    ) -> Result<Vec<T>, Unread> {
        let unread = self.unread();
        let [width] = self.array()?;
        let least = self.number()?;
        let of = |above: u64| least.checked_add(above).and_then(&of).ok_or(unread);
        match width {
            0 if count == 0 => Ok(Vec::new()),
            0 => Ok(vec![of(0)?; count]),
            1 | 2 | 4 => {
                let each = u8::BITS as usize / usize::from(width);
                let bytes = self.take(count.div_ceil(each))?;
                let mask = (1 << width) - 1;
                let mut numbers = Vec::with_capacity(bytes.len() * each);
                for byte in bytes {
                    for place in 0..each {
                        // What stands after the last number is nothing, and need not be turned.
                        if numbers.len() < count {
                            numbers.push(of(u64::from(byte >> (place * usize::from(width)) & mask))?);
                        }
                    }
                }
                Ok(numbers)
            }
            8 => self.take(count)?.iter().map(|byte| of(u64::from(*byte))).collect(),
            16 => self.wide(count, |bytes| of(u64::from(u16::from_le_bytes(bytes)))),
            32 => self.wide(count, |bytes| of(u64::from(u32::from_le_bytes(bytes)))),
            64 => self.wide(count, |bytes| of(u64::from_le_bytes(bytes))),
            _ => Err(unread),
        }
    }

    /// So many numbers of `N` bytes.
    pub(super) fn wide<const N: usize, T>(
        &mut self,
        count: usize,
        of: impl Fn([u8; N]) -> Result<T, Unread>,
    ) -> Result<Vec<T>, Unread> {
        let unread = self.unread();
        let bytes = self.take(count.checked_mul(N).ok_or(unread)?)?;
        bytes.chunks_exact(N).map(|bytes| of(bytes.try_into().map_err(|_| unread)?)).collect()
    }
}

/// A whole number without its sign: 0, -1, 1, -2, 2 become 0, 1, 2, 3, 4.
pub(super) fn unsigned(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

/// The way back.
pub(super) fn signed(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_in_as_few_bits_as_hold_them() {
        for (numbers, bytes) in [
            (vec![], 2),
            (vec![7, 7, 7, 7, 7, 7, 7, 7, 7], 2),
            (vec![7, 8, 7, 7, 7, 7, 7, 7, 7], 2 + 2),
            (vec![0, 3, 1, 2, 3], 2 + 2),
            (vec![0, 15, 1], 2 + 2),
            (vec![100, 355], 2 + 2),
            (vec![1, 257, 3], 2 + 6),
            (vec![0, 1 << 31, 5], 2 + 12),
            (vec![0, u64::MAX], 2 + 16),
            (vec![u64::MAX, u64::MAX - 1], 11 + 1),
        ] {
            let mut writer = Writer::default();
            writer.packed(&numbers);
            assert_eq!(writer.bytes.len(), bytes, "{numbers:?}");
            let mut reader = Reader::new(&writer.bytes);
            assert_eq!(reader.packed(numbers.len(), Some).unwrap(), numbers);
            assert_eq!(reader.left(), 0);
        }
    }

    #[test]
    fn signs_come_back() {
        for number in [0, -1, 1, 12_345, -12_345, i64::MAX, i64::MIN] {
            assert_eq!(signed(unsigned(number)), number);
        }
        assert_eq!([0, -1, 1, -2, 2].map(unsigned), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_number_longer_than_sixty_four_bits_does_not_read() {
        for number in [0, 127, 128, u64::MAX] {
            let mut writer = Writer::default();
            writer.number(number);
            assert_eq!(Reader::new(&writer.bytes).number(), Ok(number));
        }
        let mut long = vec![0xff; 9];
        long.push(2);
        assert_eq!(Reader::new(&long).number(), Err(Unread(0)));
        assert_eq!(Reader::new(&[0x80]).number(), Err(Unread(1)));
        assert!(Reader::new(&[0xff; 30]).number().is_err());
    }
}
