//! How responses travel from one device to another: [`bundle`] files, and [`seal`]ed so that only one key opens them. Bytes
//! in, bytes out; never a store, never a browser type.

pub mod bundle;
pub mod seal;
