//! What a browser left in its folder: every byte of every file, and what stands there compressed, opened. Chromium keeps a
//! site's data in LevelDB, whose tables hold blocks packed with snappy and whose log cuts what is long into records; large values
//! it packs once more. Firefox packs what it remembers of its windows with LZ4. Where one of these cannot be read the search
//! fails: what was not opened was not looked at.

use std::path::{Path, PathBuf};

/// What a search came to.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Looked {
    /// Files, all of them read byte by byte.
    pub(crate) files: usize,
    /// Tables of LevelDB.
    pub(crate) tables: usize,
    /// Blocks in them that were packed.
    pub(crate) packed: usize,
    /// Records of logs.
    pub(crate) records: usize,
    /// Files in which one of the texts stands as it is.
    pub(crate) plain: Vec<PathBuf>,
    /// Files in which one of the texts was found by opening them.
    pub(crate) opened: Vec<PathBuf>,
}

impl Looked {
    /// Where one of the texts stands, in whichever way.
    pub(crate) fn found(&self) -> Vec<&PathBuf> {
        self.plain.iter().chain(&self.opened).collect()
    }
}

/// Looks for texts, as UTF-8 or UTF-16, in every file below a folder, but for folders of these names.
pub(crate) fn search(folder: &Path, without: &[&str], texts: &[&str]) -> Looked {
    let wide = |text: &&str| text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wanted: Vec<Vec<u8>> =
        texts.iter().map(|text| text.as_bytes().to_vec()).chain(texts.iter().map(wide)).collect();
    let says = |bytes: &[u8]| wanted.iter().any(|text| contains(bytes, text));
    let mut looked = Looked::default();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && !without.contains(&name.as_str()) => folders.push(path),
                Ok(kind) if kind.is_file() => {
                    // One that has gone in between is not there any more.
                    let Ok(bytes) = std::fs::read(&path) else { continue };
                    looked.files += 1;
                    if says(&bytes) {
                        looked.plain.push(path.clone());
                    }
                    if looked.open(&path, &bytes).iter().any(|part| says(part)) {
                        looked.opened.push(path);
                    }
                }
                _ => {}
            }
        }
    }
    looked
}

impl Looked {
    /// What stands in a file compressed or cut.
    fn open(&mut self, path: &Path, bytes: &[u8]) -> Vec<Vec<u8>> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let in_leveldb = path.parent().is_some_and(|folder| folder.join("CURRENT").exists());
        let unread = format!("{} cannot be read", path.display());
        match ending {
            "ldb" | "sst" if is_whole(bytes) => {
                let table = table(bytes).expect(&unread);
                self.tables += 1;
                self.packed += table.packed;
                values_too(table.entries.into_iter().flat_map(|(key, value)| [key, value]).collect())
            }
            "log" if in_leveldb => {
                let records = records(bytes);
                self.records += records.len();
                let values = records.iter().flat_map(|record| changes(record).unwrap_or_default());
                let values = values_too(values.collect());
                records.into_iter().chain(values).collect()
            }
            "jsonlz4" | "baklz4" | "lz4" if bytes.starts_with(MOZILLA) => {
                vec![lz4(&bytes[MOZILLA.len() + 4..]).expect(&unread)]
            }
            _ => Vec::new(),
        }
    }
}

/// The values, and those that the browser has packed itself, opened.
fn values_too(values: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let opened: Vec<Vec<u8>> = values.iter().filter_map(|value| browser_packed(value)).collect();
    values.into_iter().chain(opened).collect()
}

/// How a value begins that Chromium has packed with snappy, some bytes behind its own beginning.
const PACKED_VALUE: [u8; 3] = [0xff, 0x11, 0x02];

fn browser_packed(value: &[u8]) -> Option<Vec<u8>> {
    let head = value.get(..16.min(value.len()))?;
    let at = head.windows(3).position(|three| three == PACKED_VALUE)?;
    snap::raw::Decoder::new().decompress_vec(value.get(at + 3..)?).ok()
}

/// A table of LevelDB.
#[derive(Debug, Default)]
struct Table {
    /// Key and value, in order.
    entries: Vec<(Vec<u8>, Vec<u8>)>,
    /// Blocks that were packed.
    packed: usize,
}

/// The last eight bytes of a table.
const MAGIC: u64 = 0xdb47_7524_8b80_fb57;
/// The bytes at the end of a table that say where its index is.
const FOOTER: usize = 48;

/// Whether a table was written to its end. One that was not was not read by anybody yet: what it was to hold stands in the log.
fn is_whole(bytes: &[u8]) -> bool {
    bytes.len() >= FOOTER && bytes.ends_with(&MAGIC.to_le_bytes())
}

fn table(bytes: &[u8]) -> Option<Table> {
    let mut footer = bytes.get(bytes.len().checked_sub(FOOTER)?..)?;
    let _meta = handle(&mut footer)?;
    let mut table = Table::default();
    for (_, place) in table.block(bytes, handle(&mut footer)?)? {
        let entries = table.block(bytes, handle(&mut place.as_slice())?)?;
        table.entries.extend(entries);
    }
    Some(table)
}

impl Table {
    /// What a block holds.
    fn block(&mut self, bytes: &[u8], (at, length): (usize, usize)) -> Option<Vec<(Vec<u8>, Vec<u8>)>> {
        let block = bytes.get(at..at.checked_add(length)?)?;
        match bytes.get(at + length)? {
            0 => entries(block),
            1 => {
                self.packed += 1;
                entries(&snap::raw::Decoder::new().decompress_vec(block).ok()?)
            }
            _ => None,
        }
    }
}

/// Where a block is: its first byte and how many there are.
fn handle(bytes: &mut &[u8]) -> Option<(usize, usize)> {
    Some((number(bytes)?, number(bytes)?))
}

/// The entries of a block: each key begins like the one before it, as far as its first number says.
fn entries(block: &[u8]) -> Option<Vec<(Vec<u8>, Vec<u8>)>> {
    let count = block.get(block.len().checked_sub(4)?..)?;
    let restarts = u32::from_le_bytes(count.try_into().ok()?) as usize;
    let mut rest = block.get(..block.len().checked_sub(4 + restarts.checked_mul(4)?)?)?;
    let (mut all, mut key) = (Vec::new(), Vec::new());
    while !rest.is_empty() {
        let (shared, own, value) = (number(&mut rest)?, number(&mut rest)?, number(&mut rest)?);
        key.truncate(shared);
        key.extend_from_slice(take(&mut rest, own)?);
        all.push((key.clone(), take(&mut rest, value)?.to_vec()));
    }
    Some(all)
}

/// LevelDB's log: blocks of this many bytes, in them records behind a head of checksum, length and kind.
const BLOCK: usize = 32_768;
const HEAD: usize = 7;

/// The records of a log, put together; one that was cut off as far as it goes.
fn records(bytes: &[u8]) -> Vec<Vec<u8>> {
    let (mut all, mut open) = (Vec::new(), Vec::new());
    for block in bytes.chunks(BLOCK) {
        let mut rest = block;
        while rest.len() >= HEAD {
            let (length, kind) = (usize::from(u16::from_le_bytes([rest[4], rest[5]])), rest[6]);
            let part = &rest[HEAD..(HEAD + length).min(rest.len())];
            if matches!(kind, 1 | 2) && !open.is_empty() {
                all.push(std::mem::take(&mut open));
            }
            open.extend_from_slice(part);
            if matches!(kind, 1 | 4) {
                all.push(std::mem::take(&mut open));
            }
            rest = &rest[HEAD + part.len()..];
        }
    }
    all.extend(Some(open).filter(|open| !open.is_empty()));
    all
}

/// The keys and values of a record, which is a list of changes. `None`: it is of something else, or cut off.
fn changes(record: &[u8]) -> Option<Vec<Vec<u8>>> {
    let (mut rest, mut all) = (record.get(12..)?, Vec::new());
    while !rest.is_empty() {
        let parts = match take(&mut rest, 1)? {
            [0] => 1,
            [1] => 2,
            _ => return None,
        };
        for _ in 0..parts {
            let length = number(&mut rest)?;
            all.push(take(&mut rest, length)?.to_vec());
        }
    }
    Some(all)
}

/// A number of seven bits a byte, the lowest first.
fn number(bytes: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for shift in (0..63).step_by(7) {
        let byte = take(bytes, 1)?[0];
        number |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn take<'b>(bytes: &mut &'b [u8], length: usize) -> Option<&'b [u8]> {
    let (taken, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(taken)
}

/// How Firefox's own files begin that are packed with LZ4; four bytes of length follow.
const MOZILLA: &[u8] = b"mozLz40\0";

/// One block of LZ4.
fn lz4(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut all: Vec<u8> = Vec::new();
    while !rest.is_empty() {
        let token = take(&mut rest, 1)?[0];
        let literals = long(&mut rest, usize::from(token >> 4))?;
        all.extend_from_slice(take(&mut rest, literals)?);
        if rest.is_empty() {
            break;
        }
        let back = usize::from(u16::from_le_bytes(take(&mut rest, 2)?.try_into().ok()?));
        let length = long(&mut rest, usize::from(token & 15))? + 4;
        let from = all.len().checked_sub(back).filter(|_| back > 0)?;
        for at in from..from + length {
            all.push(*all.get(at)?);
        }
    }
    Some(all)
}

/// A length of LZ4: 15 goes on in the bytes behind it, up to one below 255.
fn long(rest: &mut &[u8], short: usize) -> Option<usize> {
    let (mut length, mut goes_on) = (short, short == 15);
    while goes_on {
        let more = take(rest, 1)?[0];
        length += usize::from(more);
        goes_on = more == 255;
    }
    Some(length)
}

/// Whether some bytes stand in others.
pub(crate) fn contains(bytes: &[u8], part: &[u8]) -> bool {
    let Some(first) = part.first() else { return true };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        if rest[at..].starts_with(part) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

/// Files written by hand, as the format's description has them.
mod by_hand {
    use super::*;

    fn written(number: usize) -> Vec<u8> {
        let (mut left, mut bytes) = (number, Vec::new());
        while left >= 0x80 {
            bytes.push((left & 0x7f) as u8 | 0x80);
            left >>= 7;
        }
        bytes.push(left as u8);
        bytes
    }

    /// A block whose keys leave out what they share with the one before; every 16th is whole.
    fn block(entries: &[(Vec<u8>, Vec<u8>)]) -> Vec<u8> {
        let (mut bytes, mut restarts, mut before) = (Vec::new(), Vec::new(), Vec::new());
        for (at, (key, value)) in entries.iter().enumerate() {
            let mut shared = key.iter().zip(&before).take_while(|(own, other)| own == other).count();
            if at % 16 == 0 {
                restarts.push(bytes.len() as u32);
                shared = 0;
            }
            for part in [written(shared), written(key.len() - shared), written(value.len())] {
                bytes.extend(part);
            }
            bytes.extend_from_slice(&key[shared..]);
            bytes.extend_from_slice(value);
            before.clone_from(key);
        }
        restarts.iter().for_each(|at| bytes.extend(at.to_le_bytes()));
        bytes.extend((restarts.len() as u32).to_le_bytes());
        bytes
    }

    fn a_table(blocks: &[Vec<(Vec<u8>, Vec<u8>)>], packs: bool) -> Vec<u8> {
        let (mut bytes, mut index) = (Vec::new(), Vec::new());
        let add = |bytes: &mut Vec<u8>, block: Vec<u8>| {
            let packed = snap::raw::Encoder::new().compress_vec(&block).expect("it packs");
            let at = bytes.len();
            bytes.extend_from_slice(if packs { &packed } else { &block });
            let place = [written(at), written(bytes.len() - at)].concat();
            bytes.push(packs.into());
            bytes.extend([9; 4]);
            place
        };
        for entries in blocks {
            let place = add(&mut bytes, block(entries));
            index.push((entries.last().expect("an entry").0.clone(), place));
        }
        let meta = add(&mut bytes, block(&[]));
        let place = add(&mut bytes, block(&index));
        let mut footer = [meta, place].concat();
        footer.resize(FOOTER - 8, 0);
        bytes.extend(footer);
        bytes.extend(MAGIC.to_le_bytes());
        bytes
    }

    fn a_log(record: &[u8]) -> Vec<u8> {
        let (mut bytes, mut rest, mut first) = (Vec::new(), record, true);
        loop {
            let room = (BLOCK - bytes.len() % BLOCK - HEAD).min(rest.len());
            let kind = match (first, room == rest.len()) {
                (true, true) => 1,
                (true, false) => 2,
                (false, false) => 3,
                (false, true) => 4,
            };
            let [low, high] = (room as u16).to_le_bytes();
            bytes.extend([9, 9, 9, 9, low, high, kind]);
            bytes.extend_from_slice(&rest[..room]);
            (rest, first) = (&rest[room..], false);
            if rest.is_empty() {
                return bytes;
            }
        }
    }

    const SAID: &str = "abcabcabcabcdabcabcabcabcd";

    fn some(n: usize) -> (Vec<u8>, Vec<u8>) {
        (format!("key {n:05}").into_bytes(), format!("{}{SAID}", "abc".repeat(n)).into_bytes())
    }

    #[test]
    fn a_table_gives_what_was_put_into_it_packed_or_not() {
        let blocks: Vec<Vec<_>> =
            (0..3).map(|block| (block * 40..block * 40 + 40).map(some).collect()).collect();
        for packs in [false, true] {
            let bytes = a_table(&blocks, packs);
            assert!(is_whole(&bytes) && !is_whole(&bytes[..bytes.len() - 1]));
            let table = table(&bytes).expect("a table");
            assert_eq!(table.entries, blocks.concat());
            assert_eq!(table.packed, if packs { 4 } else { 0 }, "the index too");
            assert_eq!(contains(&bytes, SAID.as_bytes()), !packs, "packing hides it from who reads bytes");
        }
        let mut other = a_table(&blocks, true);
        let at = other.len() - FOOTER - 5;
        other[at] = 4;
        assert!(table(&other).is_none(), "what is packed in another way is not passed over");
    }

    #[test]
    fn a_log_gives_its_records_whole_however_they_are_cut() {
        for length in [0, 1, 100, BLOCK - HEAD, BLOCK, 3 * BLOCK + 17] {
            let value = SAID.repeat(1 + length / SAID.len());
            let record =
                [vec![7; 8], vec![1, 0, 0, 0, 1, 1, b'k'], written(value.len()), value.clone().into_bytes()];
            let record = record.concat();
            let records = records(&a_log(&record));
            assert_eq!(records, std::slice::from_ref(&record), "{length}");
            assert_eq!(changes(&records[0]), Some(vec![vec![b'k'], value.into_bytes()]));
            assert_eq!(changes(&record[..record.len() - 1]), None);
        }
        // One that a kill cut off, before and after it went on.
        let cut = a_log(&vec![5; 300]);
        let both = [&cut[..200], &[0; BLOCK - 200], &a_log(&[6; 20])].concat();
        assert!(records(&both).contains(&vec![6; 20]));
    }

    #[test]
    fn a_search_finds_what_is_packed_and_says_how() {
        let folder = std::env::temp_dir().join(format!("sondeo-disk-{}", std::process::id()));
        let inner = folder.join("a.leveldb");
        std::fs::create_dir_all(&inner).expect("a folder");
        std::fs::write(inner.join("CURRENT"), "MANIFEST").expect("a file");
        std::fs::write(inner.join("000005.ldb"), a_table(&[vec![some(40), some(41)]], true)).expect("a file");
        let value = [
            &[3, 0xff, 0x15, 0xff, 0x11, 2][..],
            &snap::raw::Encoder::new().compress_vec(&some(90).1).expect("it packs"),
        ];
        let value = value.concat();
        let record = [vec![7; 8], vec![1, 0, 0, 0, 1, 1, b'k'], written(value.len()), value].concat();
        std::fs::write(inner.join("000006.log"), a_log(&record)).expect("a file");
        // What Firefox writes: "abcabcabcabcd" twice, each once in full and then from where it stood before.
        let packed = [MOZILLA, &[26, 0, 0, 0, 0x35], b"abc", &[3, 0, 0x19], b"d", &[13, 0]].concat();
        std::fs::write(folder.join("recovery.jsonlz4"), &packed).expect("a file");
        std::fs::write(
            folder.join("plain"),
            SAID.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
        )
        .expect("a file");
        let looked = search(&folder, &[], &["nothing", SAID]);
        let names = |files: &[PathBuf]| {
            let mut names: Vec<String> =
                files.iter().filter_map(|file| Some(file.file_name()?.to_str()?.to_owned())).collect();
            names.sort();
            names
        };
        assert_eq!(names(&looked.plain), ["plain"]);
        assert_eq!(names(&looked.opened), ["000005.ldb", "000006.log", "recovery.jsonlz4"]);
        assert_eq!((looked.files, looked.tables, looked.packed, looked.records), (5, 1, 2, 1));
        assert_eq!(search(&folder, &["a.leveldb"], &[SAID]).opened.len(), 1);
        assert_eq!(search(&folder, &[], &["nothing"]).found(), Vec::<&PathBuf>::new());
        std::fs::remove_dir_all(&folder).expect("no folder");
    }
}
