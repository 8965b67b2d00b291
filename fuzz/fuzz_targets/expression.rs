//! No text stops the parser of expressions; what it reads, it reads again from its own source.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sondeo::xpath::Expr;

fuzz_target!(|text: &str| {
    if let Ok(expr) = Expr::parse(text) {
        let _ = expr.references();
        assert!(Expr::parse(expr.source()).is_ok());
    }
});
