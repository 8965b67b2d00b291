//! The field's own cases, read where they stand: `../shared/conformance` beside this package, or the
//! folder that `SONDEO_CONFORMANCE` names. Without that folder these tests say so and pass.

#[cfg(test)]
#[path = "conformance/expressions.rs"]
mod expressions;
#[cfg(test)]
#[path = "conformance/instruments.rs"]
mod instruments;

/// The folder of cases, or `None` when it is not there.
#[cfg(test)]
fn folder() -> Option<std::path::PathBuf> {
    let named = std::env::var_os("SONDEO_CONFORMANCE").map(std::path::PathBuf::from);
    let beside =
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(|up| up.join("shared/conformance"));
    named.or_else(beside).filter(|folder| folder.is_dir())
}
