//! Short texts of ours made shorter: raw DEFLATE after a text that both sides know already, so that what every link says
//! costs next to nothing. A camera of a cheap phone reads what is left of it.

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// The known text of format 1: what it says may never change. What is likeliest stands last.
const KNOWN: &str = include_str!("known-1.txt");
/// Raw DEFLATE, without the frame of zlib.
const RAW: i32 = -15;

/// Makes a text shorter.
pub(super) fn pack(text: &[u8]) -> Vec<u8> {
    let mut packer = CompressorOxide::new(create_comp_flags_from_zip_params(10, RAW, 0));
    let _ = run(&mut packer, KNOWN.as_bytes(), TDEFLFlush::Sync);
    run(&mut packer, text, TDEFLFlush::Finish)
}

fn run(packer: &mut CompressorOxide, mut text: &[u8], flush: TDEFLFlush) -> Vec<u8> {
    let (mut packed, mut part) = (Vec::new(), [0; 4096]);
    loop {
        let (status, taken, made) = compress(packer, text, &mut part, flush);
        packed.extend(part.iter().take(made));
        text = text.get(taken..).unwrap_or_default();
        let full = made == part.len();
        if status != TDEFLStatus::Okay || (text.is_empty() && !full && flush != TDEFLFlush::Finish) {
            return packed;
        }
    }
}

/// Reads what [`pack`] made. `None` for anything else, and for more than `most` bytes.
pub(super) fn unpack(packed: &[u8], most: usize) -> Option<Vec<u8>> {
    let known = KNOWN.len();
    let mut text = KNOWN.as_bytes().to_vec();
    let mut reader = DecompressorOxide::new();
    let (mut read, mut at) = (0, known);
    loop {
        let room = (text.len() * 2).min(known + most + 1);
        text.resize(room, 0);
        let rest = packed.get(read..)?;
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, taken, made) = decompress(&mut reader, rest, &mut text, at, flags);
        (read, at) = (read + taken, at + made);
        match status {
            TINFLStatus::Done if read == packed.len() => {
                text.truncate(at);
                return Some(text.split_off(known));
            }
            TINFLStatus::HasMoreOutput if room <= known + most => {}
            _ => return None,
        }
    }
}
