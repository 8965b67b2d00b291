//! Expressions: reading the instruments' own, beside a plain walk over their characters.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench prints, and stops when it cannot go on"
)]

#[path = "common/mod.rs"]
mod common;

use sondeo::xpath::Expr;

const EXPRESSIONS: [&str; 6] = [
    "${consent} = 'yes' and ${event_wave} = 'post'",
    "not(selected(., 'none') and count-selected(.) > 1)",
    "selected(${sites_attended}, name) and name != 'none'",
    ". >= today() and . <= (today() + 730)",
    "format-date(date(decimal-date-time(today()) - 365), '%m/%Y')",
    "regex(., '^[A-Za-zÑñ]{2}(0[1-9]|[12][0-9]|3[01])$')",
];

fn main() {
    let yardstick = common::median(|| {
        EXPRESSIONS.iter().flat_map(|source| source.chars()).filter(|c| c.is_alphanumeric()).count()
    });
    let time = common::median(|| EXPRESSIONS.iter().filter(|source| Expr::parse(source).is_ok()).count());
    common::line("read six expressions", time, "walking their characters", yardstick);
}
