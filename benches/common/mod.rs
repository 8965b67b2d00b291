//! Times of one run: the median of several rounds, beside a plain yardstick of the same run. Machines differ and drift, so the
//! ratio is the figure to quote.

use std::hint::black_box;
use std::time::Instant;

const ROUNDS: usize = 15;

/// The median time of one call, in microseconds.
#[expect(clippy::disallowed_methods, reason = "a native benchmark measures the real clock")]
pub(crate) fn median<T>(mut call: impl FnMut() -> T) -> f64 {
    let mut calls = 1;
    loop {
        let start = Instant::now();
        for _ in 0..calls {
            black_box(call());
        }
        if start.elapsed().as_millis() >= 10 || calls >= 1 << 20 {
            break;
        }
        calls *= 2;
    }
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..calls {
                black_box(call());
            }
            start.elapsed().as_secs_f64() * 1e6 / f64::from(calls)
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times.get(ROUNDS / 2).copied().unwrap_or(f64::NAN)
}

/// Prints one line: the time, the yardstick's, and how many times the yardstick it is.
pub(crate) fn line(what: &str, time: f64, yardstick: &str, own: f64) {
    println!("{what:<52} {time:>12.2} µs   {:>9.2} x {yardstick} ({own:.2} µs)", time / own);
}
