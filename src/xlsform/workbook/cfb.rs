//! The file system inside of old Office files: sectors in chains, and a directory of streams.

/// The first bytes of such a file.
pub(super) const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Numbers from here on are no sectors: the end of a chain, a free one.
const LAST: u32 = 0xffff_fffa;
/// Streams under this size stand in a stream of their own, in small sectors.
const SMALL: usize = 4096;

/// A file that is open. Nothing in it can be larger than the file.
#[derive(Debug)]
pub(super) struct Cfb<'a> {
    bytes: &'a [u8],
    shift: u16,
    small_shift: u16,
    next: Vec<u32>,
    small_next: Vec<u32>,
    small: Vec<u8>,
    streams: Vec<Stream>,
}

#[derive(Debug)]
struct Stream {
    name: String,
    start: u32,
    size: usize,
}

impl<'a> Cfb<'a> {
    /// Reads the tables and the directory. `None`: they are broken.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Cfb<'a>> {
        let (shift, small_shift) = (u16_at(bytes, 30)?, u16_at(bytes, 32)?);
        if !(7..=16).contains(&shift) || !(2..=shift).contains(&small_shift) {
            return None;
        }
        let mut cfb = Cfb {
            bytes,
            shift,
            small_shift,
            next: Vec::new(),
            small_next: Vec::new(),
            small: Vec::new(),
            streams: Vec::new(),
        };
        // Where the table's sectors stand: 109 in the header, the others in sectors that end with the number of the next.
        let mut places: Vec<u32> = numbers(bytes.get(76..512)?).collect();
        let (mut more, mut left) = (u32_at(bytes, 68)?, bytes.len() >> shift);
        while more < LAST && left > 0 {
            let sector: Vec<u32> = numbers(cfb.sector(more)?).collect();
            let (after, those) = sector.split_last()?;
            places.extend(those);
            (more, left) = (*after, left - 1);
        }
        let sectors = bytes.len() >> shift;
        for place in places.into_iter().filter(|place| *place < LAST) {
            if cfb.next.len() > sectors {
                break;
            }
            let table: Vec<u32> = numbers(cfb.sector(place)?).collect();
            cfb.next.extend(table);
        }
        let directory = cfb.chain(u32_at(bytes, 48)?, usize::MAX);
        cfb.small_next = numbers(&cfb.chain(u32_at(bytes, 60)?, usize::MAX)).collect();
        for entry in directory.chunks_exact(128) {
            let length = usize::from(u16_at(entry, 64)?).saturating_sub(2).min(64);
            let units = entry.get(..length)?.chunks_exact(2);
            let units = units.filter_map(|pair| Some(u16::from_le_bytes(pair.try_into().ok()?)));
            let name = char::decode_utf16(units).filter_map(Result::ok).collect();
            let (start, size) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
            if entry.get(66) == Some(&5) {
                cfb.small = cfb.chain(start, size);
            }
            cfb.streams.push(Stream { name, start, size });
        }
        Some(cfb)
    }

    /// Whether there is a stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// A stream's bytes, as many as there are.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let stream = self.find(name)?;
        if stream.size >= SMALL {
            return Some(self.chain(stream.start, stream.size));
        }
        let (mut bytes, mut at) = (Vec::new(), stream.start);
        while at < LAST && bytes.len() < stream.size {
            let start = (at as usize).checked_shl(u32::from(self.small_shift))?;
            let end = start.checked_add(1 << self.small_shift)?.min(self.small.len());
            bytes.extend_from_slice(self.small.get(start..end)?);
            at = *self.small_next.get(at as usize)?;
        }
        bytes.truncate(stream.size);
        Some(bytes)
    }

    fn find(&self, name: &str) -> Option<&Stream> {
        self.streams.iter().find(|stream| stream.name.eq_ignore_ascii_case(name))
    }

    /// The sectors from one on, until the chain ends, breaks, or has brought `size` bytes or as many as the file has.
    fn chain(&self, start: u32, size: usize) -> Vec<u8> {
        let size = size.min(self.bytes.len());
        let (mut bytes, mut at) = (Vec::new(), start);
        while at < LAST && bytes.len() < size {
            let Some(sector) = self.sector(at).filter(|sector| !sector.is_empty()) else { break };
            bytes.extend_from_slice(sector);
            let Some(next) = self.next.get(at as usize) else { break };
            at = *next;
        }
        bytes.truncate(size);
        bytes
    }

    /// A sector; the last one of the file may be short.
    fn sector(&self, at: u32) -> Option<&'a [u8]> {
        let start = u64::from(at).checked_add(1)? << self.shift;
        let start = usize::try_from(start).ok()?;
        self.bytes.get(start..start.checked_add(1 << self.shift)?.min(self.bytes.len()))
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|four| Some(u32::from_le_bytes(four.try_into().ok()?)))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
