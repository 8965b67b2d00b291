//! Pictures, sounds and films that come with a form: what they are is read from their bytes, and by their bytes they are
//! named, so that the same file is kept once and another one under the same name is another file.

use sha2::{Digest, Sha256};

use crate::response::Attachment;

/// Why a file is not kept with a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unkept {
    /// Larger than any file may be.
    TooLarge,
    /// Drawings in SVG can hold programs: as a picture none would run, but who opens the file by itself would run them here.
    Drawing,
    /// No picture, sound or film that browsers show.
    Unknown,
}

/// Whether a file is meant to be looked at or listened to, not a table: by its name, for what it is decides later.
pub(super) fn is_meant(file: &str) -> bool {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let known = "jpg jpeg png gif webp svg bmp heic heif avif tif tiff mp3 m4a aac ogg oga opus wav flac amr 3gp 3gpp mp4 m4v mov webm mkv avi";
    !ending.is_empty() && known.split(' ').any(|known| known == ending)
}

/// The name under which a file is kept.
pub(super) fn name(file: &str, bytes: &[u8]) -> Result<String, Unkept> {
    if bytes.len() > Attachment::MOST_BYTES {
        return Err(Unkept::TooLarge);
    }
    let is_drawing = file.to_lowercase().ends_with(".svg");
    let why = if is_drawing { Unkept::Drawing } else { Unkept::Unknown };
    Ok(named(bytes, ending(bytes).ok_or(why)?))
}

/// Whether a file is the one that was kept under a name.
pub(super) fn is(name: &str, bytes: &[u8]) -> bool {
    ending(bytes).is_some_and(|ending| named(bytes, ending) == name)
}

fn named(bytes: &[u8], ending: &str) -> String {
    let sum = Sha256::digest(bytes);
    let mut name: String = sum.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    name.push('.');
    name.push_str(ending);
    name
}

/// What begins like nothing that runs.
fn ending(bytes: &[u8]) -> Option<&'static str> {
    let at = |from: usize, sign: &[u8]| bytes.get(from..from + sign.len()) == Some(sign);
    Some(match () {
        () if at(0, b"\xff\xd8\xff") => "jpg",
        () if at(0, b"\x89PNG\r\n\x1a\n") => "png",
        () if at(0, b"GIF8") => "gif",
        () if at(0, b"RIFF") && at(8, b"WEBP") => "webp",
        () if at(0, b"RIFF") && at(8, b"WAVE") => "wav",
        () if at(0, b"ID3") => "mp3",
        () if at(0, b"\xff\xf1") || at(0, b"\xff\xf9") => "aac",
        () if at(0, b"\xff\xfb") || at(0, b"\xff\xf3") || at(0, b"\xff\xf2") || at(0, b"\xff\xfa") => "mp3",
        () if at(0, b"OggS") => "ogg",
        () if at(0, b"fLaC") => "flac",
        () if at(4, b"ftypM4A") => "m4a",
        () if at(4, b"ftyphei") || at(4, b"ftypmif") || at(4, b"ftypavi") => return None,
        () if at(4, b"ftyp") => "mp4",
        () if at(0, b"\x1a\x45\xdf\xa3") => "webm",
        () => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_what_is_in_it() {
        let one = name("house.JPG", b"\xff\xd8\xff one").unwrap();
        assert!(Attachment::is_name(&one) && one.ends_with(".jpg"));
        assert_eq!(name("casa.png", b"\xff\xd8\xff one"), Ok(one.clone()));
        assert_ne!(name("house.JPG", b"\xff\xd8\xff two"), Ok(one.clone()));
        assert!(is(&one, b"\xff\xd8\xff one") && !is(&one, b"\xff\xd8\xff two"));
    }

    #[test]
    fn what_could_run_and_what_nobody_can_show_is_not_kept() {
        let drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>";
        assert_eq!(name("a.svg", drawing), Err(Unkept::Drawing));
        assert_eq!(name("a.png", drawing), Err(Unkept::Unknown), "whatever it is called");
        assert_eq!(name("a.heic", b"\0\0\0\x18ftypheic"), Err(Unkept::Unknown));
        assert_eq!(name("a.jpg", &vec![0; Attachment::MOST_BYTES + 1]), Err(Unkept::TooLarge));
    }

    #[test]
    fn tables_are_told_from_pictures_by_their_endings() {
        assert!(["a.JPG", "a.b.mp3", "a.svg"].into_iter().all(is_meant));
        assert!(!["a.csv", "a.geojson", "jpg", "a."].into_iter().any(is_meant));
    }
}
