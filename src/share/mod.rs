//! How responses travel from one device to another: [`bundle`] files, [`seal`]ed so that only one key opens them where a
//! survey wants that, and the [`receipt`] that comes back. Bytes in, bytes out; never a store, never a browser type.

pub mod bundle;
pub mod link;
mod packed;
pub mod receipt;
pub mod seal;
