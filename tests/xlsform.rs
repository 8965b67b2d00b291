//! The field's own XLSForms, read where they stand: those that must load, and those that must be refused.

#[cfg(test)]
#[path = "xlsform/validity.rs"]
mod validity;

/// The folder of cases, or `None` when it is not there.
#[cfg(test)]
fn folder() -> Option<std::path::PathBuf> {
    let named = std::env::var_os("SONDEO_CONFORMANCE_DIR").map(std::path::PathBuf::from);
    let beside =
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(|up| up.join("shared/conformance"));
    named.or_else(beside).filter(|folder| folder.is_dir())
}
