/// Keeps everything in memory, for native tests.
#[derive(Debug, Default)]
pub struct MemoryStore {}
