//! How responses travel from one device to another: [`bundle`] files, and the [`receipt`] that comes back. Bytes in,
//! bytes out; never a store, never a browser type.

pub mod bundle;
pub mod receipt;
