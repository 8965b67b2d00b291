use super::options::FileError;
use super::zip::Zip;

/// Files of people in one zip, written as a stream.
///
/// ```
/// use sondeo::report::file::Archive;
/// let mut bytes = Vec::new();
/// let mut sink = |part: &[u8]| bytes.extend_from_slice(part);
/// let mut archive = Archive::default();
/// archive.add("a.txt", b"one", &mut sink).unwrap();
/// archive.finish(&mut sink).unwrap();
/// assert!(bytes.starts_with(b"PK"));
/// ```
#[derive(Debug)]
pub struct Archive(Zip);

impl Default for Archive {
    fn default() -> Archive {
        Archive(Zip::new())
    }
}

impl Archive {
    /// Adds a file; a name has no `#` in it.
    ///
    /// Errors: [`FileError::TooLarge`].
    pub fn add(&mut self, name: &str, bytes: &[u8], sink: &mut dyn FnMut(&[u8])) -> Result<(), FileError> {
        self.0.open(name, 0, sink);
        self.0.write(bytes, sink);
        self.0.close(sink)
    }

    /// Ends it; what has no end does not open.
    ///
    /// Errors: [`FileError::TooLarge`].
    pub fn finish(mut self, sink: &mut dyn FnMut(&[u8])) -> Result<(), FileError> {
        self.0.finish(sink)
    }
}
