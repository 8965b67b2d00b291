use super::model::{Finding, ManyChoices, Number, Row};
use super::order;

/// Hides counts of 1 to `least` - 1 in the answers to a sensitive question, and as many others as it takes that none of them
/// can be worked out from the base. `None`: nothing of the result is left to show.
pub(super) fn hide_small(mut finding: Finding, least: usize) -> Option<Finding> {
    match &mut finding {
        Finding::OneChoice(rows) => {
            if hide(rows, least)
                && rows.iter().filter(|row| row.count.is_some_and(|count| count > 0)).count() == 0
            {
                return None;
            }
        }
        // Means, medians and shares of a scale would give the hidden rows away.
        Finding::Scale(scale) => {
            if hide(&mut scale.rows, least) {
                return None;
            }
        }
        Finding::ZeroToTen(result) => {
            if hide(&mut result.rows, least) {
                return None;
            }
        }
        Finding::ManyChoices(ManyChoices { rows, marks, .. }) => {
            let few = |row: &Row| row.count.is_some_and(|count| count > 0 && count < least);
            // Marks do not add to the base; without their total, each row stands alone.
            if rows.iter().any(few) {
                *marks = None;
                rows.iter_mut().for_each(|row| row.percent_of_marks = None);
                rows.iter_mut().filter(|row| few(row)).for_each(blank);
            }
        }
        Finding::Number(Number { classes, .. }) => {
            if classes.iter().any(|class| class.count > 0 && class.count < least) {
                classes.clear();
            }
        }
        Finding::Months(months) => months.retain(|month| month.count >= least),
        Finding::Ranking(ranks) => {
            if ranks.iter().any(|rank| rank.places.iter().any(|count| *count > 0 && *count < least)) {
                return None;
            }
        }
        Finding::Answered => {}
    }
    Some(finding)
}

/// Whether something was hidden: small counts, and one more where a single hidden row could be worked out.
fn hide(rows: &mut [Row], least: usize) -> bool {
    let counts: Vec<u64> = rows.iter().map(|row| row.count.unwrap_or(0) as u64).collect();
    let mut hidden: Vec<usize> = (0..counts.len())
        .filter(|at| counts.get(*at).is_some_and(|count| *count > 0 && *count < least as u64))
        .collect();
    if hidden.is_empty() {
        return false;
    }
    let others = || counts.iter().enumerate().filter(|(_, count)| **count >= least as u64);
    // The hidden rows together are the base less what is shown: they must not be one person's, nor fewer than a group's.
    let mut more: Vec<(u64, usize)> = others().map(|(at, count)| (*count, at)).collect();
    order::sort(&mut more);
    let mut more = more.into_iter();
    while hidden.len() < 2 || hidden.iter().filter_map(|at| counts.get(*at)).sum::<u64>() < least as u64 {
        let Some((_, at)) = more.next() else { break };
        hidden.push(at);
    }
    for at in hidden {
        if let Some(row) = rows.get_mut(at) {
            blank(row);
        }
    }
    true
}

fn blank(row: &mut Row) {
    row.count = None;
    row.percent = None;
    row.whole = None;
    row.percent_of_marks = None;
    row.interval = None;
    row.reliability = None;
}
