//! The cases that are known not to pass, in `gaps.txt`: an id, a tab, and why.

use super::case::{Case, Verdict};

const GAPS: &str = include_str!("gaps.txt");
/// How the ids of each file begin: a gap is asked for where its file is run.
const KINDS: [&str; 4] = ["xp-", "sc-", "fv-", "form-"];

/// Ids and reasons.
pub(crate) fn read() -> Vec<(&'static str, &'static str)> {
    let lines = GAPS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once('\t').unwrap_or((line, ""))).collect()
}

/// What differs between the gaps and what was found.
pub(crate) fn compare(gaps: &[(&str, &str)], cases: &[Case]) -> Vec<String> {
    let gap = |id: &str| gaps.iter().find(|(gap, _)| *gap == id);
    let mut faults = Vec::new();
    for case in cases.iter().filter(|case| case.is_gated) {
        match (case.verdict, gap(&case.id)) {
            (Verdict::Passed, Some(_)) => faults.push(format!("{} passes: take it from gaps.txt", case.id)),
            (Verdict::Wrong | Verdict::Unsupported, None) => faults.push(case.fault()),
            _ => {}
        }
    }
    for kind in KINDS {
        let is_here = cases.iter().any(|case| case.id.starts_with(kind));
        for (id, reason) in gaps.iter().filter(|(id, _)| is_here && id.starts_with(kind)) {
            if !cases.iter().any(|case| case.is_gated && case.id == *id) {
                faults.push(format!("{id} in gaps.txt is no case"));
            }
            if reason.trim().is_empty() {
                faults.push(format!("{id} in gaps.txt has no reason"));
            }
        }
    }
    faults
}
