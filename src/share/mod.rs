//! How responses travel from one device to another: [`bundle`] files. Bytes in, bytes out; never a store, never a browser type.

pub mod bundle;
