//! Small statistics over plain numbers, each with its formula; knows no form and no survey. Every one is held against
//! `tests/data/instruments/vectors.json`. Read [`proportion`] first, then [`compare`], [`weight`] and [`suppression`]. Never
//! randomness, and never a decision about what is shown: callers ask [`suppression`] and [`quality`].

pub mod alpha;
pub mod anonymity;
pub mod compare;
pub mod crosstab;
pub mod distribution;
mod flow;
pub mod kappa;
pub mod moments;
pub mod multiple;
pub mod ordinal;
pub mod paired;
pub mod priority;
pub mod proportion;
pub mod quality;
pub mod ranking;
pub mod recommend;
pub mod response_rate;
pub mod round;
pub mod signed_rank;
pub mod suppression;
pub mod taylor;
pub mod victim;
pub mod weight;
