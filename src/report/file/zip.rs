use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, compress_to_output, create_comp_flags_from_zip_params,
};

use super::options::FileError;

/// Deflate's fastest level: the XML of a sheet repeats itself so much that it still becomes a tenth.
const LEVEL: i32 = 1;
/// Raw deflate, without zlib's header, with the largest window.
const WINDOW_BITS: i32 = -15;
/// Sizes are told behind the data (bit 3), names are UTF-8 (bit 11).
const FLAGS: u16 = 1 << 3 | 1 << 11;
const VERSION: u16 = 20;
const DEFLATE: u16 = 8;
/// 1 January 1980, midnight, the first that zip knows: the same answers make the same bytes at any time.
const DATE: u16 = 1 << 5 | 1;

/// A zip archive written as a stream, one part after another; below 4 GB throughout.
pub(super) struct Zip {
    compressor: Box<CompressorOxide>,
    crc: Crc,
    parts: Vec<Entry>,
    written: u64,
}

struct Entry {
    name: String,
    start: u64,
    crc: u32,
    packed: u64,
    plain: u64,
}

impl std::fmt::Debug for Zip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Zip of {} parts, {} bytes", self.parts.len(), self.written)
    }
}

impl Zip {
    pub(super) fn new() -> Zip {
        let flags = create_comp_flags_from_zip_params(LEVEL, WINDOW_BITS, 0);
        Zip {
            compressor: Box::new(CompressorOxide::new(flags)),
            crc: Crc::new(),
            parts: Vec::new(),
            written: 0,
        }
    }

    /// Begins a part; a `#` in the name stands for `number`.
    pub(super) fn open(&mut self, name: &str, number: usize, sink: &mut dyn FnMut(&[u8])) {
        let name = name.replace('#', &number.to_string());
        let part = Entry { name: name.clone(), start: self.written, crc: 0, packed: 0, plain: 0 };
        let mut head = Vec::with_capacity(30 + name.len());
        head.extend_from_slice(b"PK\x03\x04");
        for number in [VERSION, FLAGS, DEFLATE, 0, DATE] {
            head.extend_from_slice(&number.to_le_bytes());
        }
        head.extend_from_slice(&[0; 12]);
        head.extend_from_slice(&(name.len() as u16).to_le_bytes());
        head.extend_from_slice(&[0; 2]);
        head.extend_from_slice(name.as_bytes());
        self.parts.push(part);
        self.hand_out(&head, sink);
        self.compressor.reset();
        self.crc.sum = u32::MAX;
    }

    /// More of the open part.
    pub(super) fn write(&mut self, bytes: &[u8], sink: &mut dyn FnMut(&[u8])) {
        self.crc.add(bytes);
        self.deflate(bytes, TDEFLFlush::None, sink);
    }

    /// Ends the open part.
    ///
    /// Errors: [`FileError::TooLarge`].
    pub(super) fn close(&mut self, sink: &mut dyn FnMut(&[u8])) -> Result<(), FileError> {
        self.deflate(&[], TDEFLFlush::Finish, sink);
        let crc = !self.crc.sum;
        let Some(part) = self.parts.last_mut() else { return Ok(()) };
        part.crc = crc;
        let mut tail = b"PK\x07\x08".to_vec();
        for number in [u64::from(part.crc), part.packed, part.plain] {
            tail.extend_from_slice(&below_4gb(number)?.to_le_bytes());
        }
        self.hand_out(&tail, sink);
        below_4gb(self.written).map(|_| ())
    }

    /// Writes the directory.
    ///
    /// Errors: [`FileError::TooLarge`].
    pub(super) fn finish(&mut self, sink: &mut dyn FnMut(&[u8])) -> Result<(), FileError> {
        let start = self.written;
        let mut directory = Vec::new();
        for part in &self.parts {
            let name = &part.name;
            directory.extend_from_slice(b"PK\x01\x02");
            for number in [VERSION, VERSION, FLAGS, DEFLATE, 0, DATE] {
                directory.extend_from_slice(&number.to_le_bytes());
            }
            for number in [u64::from(part.crc), part.packed, part.plain] {
                directory.extend_from_slice(&below_4gb(number)?.to_le_bytes());
            }
            directory.extend_from_slice(&(name.len() as u16).to_le_bytes());
            directory.extend_from_slice(&[0; 12]);
            directory.extend_from_slice(&below_4gb(part.start)?.to_le_bytes());
            directory.extend_from_slice(name.as_bytes());
        }
        let size = directory.len() as u64;
        let count = u16::try_from(self.parts.len()).map_err(|_| FileError::TooLarge)?.to_le_bytes();
        directory.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        directory.extend_from_slice(&count);
        directory.extend_from_slice(&count);
        directory.extend_from_slice(&below_4gb(size)?.to_le_bytes());
        directory.extend_from_slice(&below_4gb(start)?.to_le_bytes());
        directory.extend_from_slice(&[0; 2]);
        self.hand_out(&directory, sink);
        Ok(())
    }

    fn deflate(&mut self, bytes: &[u8], flush: TDEFLFlush, sink: &mut dyn FnMut(&[u8])) {
        let mut packed = 0;
        // The compressor takes everything as long as whoever receives does, and this one does.
        compress_to_output(&mut self.compressor, bytes, flush, |piece| {
            packed += piece.len() as u64;
            sink(piece);
            true
        });
        self.written += packed;
        if let Some(part) = self.parts.last_mut() {
            part.packed += packed;
            part.plain += bytes.len() as u64;
        }
    }

    fn hand_out(&mut self, bytes: &[u8], sink: &mut dyn FnMut(&[u8])) {
        self.written += bytes.len() as u64;
        sink(bytes);
    }
}

fn below_4gb(size: u64) -> Result<u32, FileError> {
    // The highest value says that the size stands elsewhere.
    u32::try_from(size).ok().filter(|size| *size < u32::MAX).ok_or(FileError::TooLarge)
}

/// Bytes that the sum takes at once.
const STEP: usize = 16;

/// CRC-32 sixteen bytes at a time: a sheet of 100,000 responses is some hundreds of megabytes before it is deflated.
struct Crc {
    tables: Box<[[u32; 256]; STEP]>,
    sum: u32,
}

impl Crc {
    /// The tables are computed: in the program they would weigh more than all the rest of this file.
    fn new() -> Crc {
        let mut tables = Box::new([[0; 256]; STEP]);
        let mut before = [0; 256];
        for (byte, entry) in (0..).zip(&mut before) {
            let step = |sum: u32| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
            *entry = (0..8).fold(byte, |sum, _| step(sum));
        }
        let first = before;
        for table in tables.iter_mut() {
            *table = before;
            for entry in &mut before {
                *entry = (*entry >> 8) ^ look(&first, *entry as u8);
            }
        }
        Crc { tables, sum: u32::MAX }
    }

    fn add(&mut self, bytes: &[u8]) {
        let mut sum = self.sum;
        let mut chunks = bytes.chunks_exact(STEP);
        for chunk in &mut chunks {
            let Ok(mut block) = <[u8; STEP]>::try_from(chunk) else { continue };
            for (byte, mixed) in block.iter_mut().zip(sum.to_le_bytes()) {
                *byte ^= mixed;
            }
            sum = 0;
            for (byte, table) in block.iter().zip(self.tables.iter().rev()) {
                sum ^= look(table, *byte);
            }
        }
        if let Some(first) = self.tables.first() {
            for byte in chunks.remainder() {
                sum = (sum >> 8) ^ look(first, sum as u8 ^ byte);
            }
        }
        self.sum = sum;
    }
}

fn look(table: &[u32; 256], byte: u8) -> u32 {
    table.get(usize::from(byte)).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_that_of_zip_whatever_the_pieces() {
        let mut crc = Crc::new();
        crc.add(b"123456789");
        assert_eq!(!crc.sum, 0xcbf4_3926);
        let text: Vec<u8> = (0..1000_u32).map(|number| (number * 7 % 251) as u8).collect();
        let mut whole = Crc::new();
        whole.add(&text);
        let mut pieces = Crc::new();
        let (mut rest, mut length) = (text.as_slice(), 1);
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(length.min(rest.len()));
            pieces.add(piece);
            (rest, length) = (after, length * 2 % 37 + 1);
        }
        assert_eq!(pieces.sum, whole.sum);
    }

    #[test]
    fn four_gigabytes_are_too_large() {
        assert_eq!(below_4gb(u64::from(u32::MAX) - 1), Ok(u32::MAX - 1));
        assert_eq!(below_4gb(u64::from(u32::MAX)), Err(FileError::TooLarge));
    }
}
