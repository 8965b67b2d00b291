use crate::summary::order;
use std::collections::{HashMap, HashSet};

use super::layout::ancestors;
use super::options::{Options, Profile, QUASI, Quasi};
use crate::form::{Form, Node, NodeId, NodeKind, QuestionKind};
use crate::summary::statistics::anonymity::classes_below;

/// Why a publication has no column for a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// What was written or is a moment can tell who wrote it.
    Written,
    /// It is sensitive, or being asked it tells a sensitive answer.
    Sensitive,
    /// It may tell who somebody is, and stands in a repeat.
    Telling,
}

/// The questions that a file leaves out. Sensitive ones take with them every question that is asked, counted or offered by
/// their answers: whether it was shown would tell them.
pub(super) fn left_out(form: &Form, options: &Options) -> Vec<(NodeId, LeftOut)> {
    if options.profile == Profile::Analyst {
        return Vec::new();
    }
    let sensitive = form
        .iter()
        .filter(|(id, node)| node.sensitive || ancestors(form, *id).any(|(_, around)| around.sensitive));
    let sensitive = dependents(form, sensitive.map(|(id, _)| id).collect());
    let telling = quasi(form, options);
    let reason = |(id, node): (NodeId, &Node)| {
        let kind = node.kind.question()?;
        let repeated = ancestors(form, id).any(|(_, around)| matches!(around.kind, NodeKind::Repeat { .. }));
        let reason = match kind {
            _ if sensitive.contains(&id) => LeftOut::Sensitive,
            QuestionKind::Text | QuestionKind::Time | QuestionKind::DateTime => LeftOut::Written,
            _ if repeated && telling.contains(&id) => LeftOut::Telling,
            _ => return None,
        };
        Some((id, reason))
    };
    form.iter().filter_map(reason).collect()
}

/// The questions that together may tell who somebody is.
pub(super) fn quasi(form: &Form, options: &Options) -> Vec<NodeId> {
    let named = |name: &str| match &options.quasi {
        Quasi::Named(names) => names.iter().any(|known| known == name),
        Quasi::Usual | Quasi::Unknown => QUASI.contains(&name),
    };
    form.iter().filter(|(_, node)| node.kind.is_question() && named(&node.name)).map(|(id, _)| id).collect()
}

/// Per question, from which level of blanking on it is blank: the first of `order` (each a quasi-identifier) and whatever
/// tells it by being asked from level 1 on, the second from level 2 on.
pub(super) fn withheld(form: &Form, order: &[NodeId]) -> HashMap<NodeId, u8> {
    let mut levels = HashMap::new();
    for (level, id) in (1..).zip(order) {
        for dependent in dependents(form, HashSet::from([*id])) {
            levels.entry(dependent).or_insert(level);
        }
    }
    levels
}

/// The nodes given and all that are asked, computed, counted or offered by their answers, at any remove.
fn dependents(form: &Form, mut found: HashSet<NodeId>) -> HashSet<NodeId> {
    loop {
        let names: HashSet<&str> =
            found.iter().filter_map(|id| form.node(*id)).map(|node| node.name.as_str()).collect();
        let depends = |node: &Node| {
            node.parent.is_some_and(|parent| found.contains(&parent))
                || expressions(form, node).any(|source| words(source).any(|word| names.contains(word)))
        };
        let more: Vec<NodeId> =
            form.iter().filter(|(id, node)| !found.contains(id) && depends(node)).map(|(id, _)| id).collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// The sources of what decides whether, how often and with which choices a node is asked, or what it holds.
fn expressions<'f>(form: &'f Form, node: &'f Node) -> impl Iterator<Item = &'f str> {
    let count = match &node.kind {
        NodeKind::Repeat { count } => count.as_ref(),
        _ => None,
    };
    let filter = form.choices_of(node).and_then(|list| list.filter.as_ref());
    let all = [node.relevant.as_ref(), node.calculation.as_ref(), node.default.as_ref(), count, filter];
    all.into_iter().flatten().map(|expr| expr.source())
}

/// The words of an expression outside its texts: names of nodes are among them, however they are referred to.
fn words(source: &str) -> impl Iterator<Item = &str> {
    let mut quote = None;
    source
        .split(move |c: char| {
            match quote {
                Some(open) if c == open => quote = None,
                None if c == '\'' || c == '"' => quote = Some(c),
                None => return !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')),
                Some(_) => {}
            }
            true
        })
        .filter(|word| !word.is_empty())
}

/// How much of what may tell who somebody is stays blank.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Blanking {
    /// The quasi-identifiers in the order in which they are blanked, by position: that with the most values first.
    pub(super) order: Vec<usize>,
    /// Per row, how many of that order are blank.
    pub(super) levels: Vec<u8>,
}

/// What to blank so that nobody's row is one of fewer than `k_min` that are alike in what is left of these values.
///
/// Rows of small classes have their most telling value blanked; those that then are alike in enough of them stay so, the rest
/// have the next one blanked too, and so on. Where fewer than `k_min` rows would be left with everything blank, the smallest
/// classes join them: a single blanked row would still be known to be that of the one person of a rare kind.
pub(super) fn blanking(rows: &[Vec<u32>], columns: usize, k_min: usize) -> Blanking {
    let values = |column: usize| rows.iter().filter_map(|row| row.get(column)).collect::<HashSet<_>>().len();
    let mut order: Vec<usize> = (0..columns).collect();
    order::sort_by_key(&mut order, |column| std::cmp::Reverse(values(*column)));
    let all = columns as u8;
    let mut levels = vec![all; rows.len()];
    let mut pool: Vec<usize> = (0..rows.len()).collect();
    let mut known: HashMap<(u8, Vec<u32>), Vec<usize>> = HashMap::new();
    for level in 0..all {
        let blank = order.get(..usize::from(level)).unwrap_or_default();
        let keys: Vec<Vec<u32>> =
            pool.iter().filter_map(|row| rows.get(*row)).map(|row| without(row, blank)).collect();
        let below = classes_below(&keys, k_min);
        let mut rest = Vec::new();
        for ((row, key), below) in pool.into_iter().zip(keys).zip(below) {
            if below {
                rest.push(row);
            } else {
                known.entry((level, key)).or_default().push(row);
            }
        }
        pool = rest;
    }
    // Which classes join depends on their sizes alone, never on the order of rows.
    while (1..k_min).contains(&pool.len()) {
        let Some(smallest) = known.values().map(Vec::len).min() else { break };
        known.retain(|_, class| {
            let stays = class.len() > smallest;
            if !stays {
                pool.append(class);
            }
            stays
        });
    }
    for ((level, _), class) in known {
        for row in class {
            if let Some(known) = levels.get_mut(row) {
                *known = level;
            }
        }
    }
    Blanking { order, levels }
}

fn without(row: &[u32], blank: &[usize]) -> Vec<u32> {
    let keep = |(column, value): (usize, &u32)| if blank.contains(&column) { u32::MAX } else { *value };
    row.iter().enumerate().map(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_found_outside_texts_only() {
        let found: Vec<&str> =
            words("selected(${sites}, 'age') and ../area != \"it's gender\" or count(/data/x-y)").collect();
        assert_eq!(found, ["selected", "sites", "and", "..", "area", "or", "count", "data", "x-y"]);
    }

    #[test]
    fn a_single_rare_person_is_not_blanked_alone() {
        let row = |class: u32| vec![class];
        let rows = [[0; 5].map(row).to_vec(), [1; 4].map(row).to_vec(), vec![row(2)]].concat();
        assert_eq!(blanking(&rows, 1, 3).levels, [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
        assert_eq!(blanking(&rows[..9], 1, 3).levels, [0; 9]);
        assert_eq!(blanking(&rows[9..], 1, 3).levels, [1]);
    }

    #[test]
    fn the_value_of_most_kinds_goes_first() {
        // District and area: three areas of district 1 have too few people each, together enough.
        let rows = [[0, 1], [0, 1], [0, 1], [1, 2], [1, 3], [1, 4]].map(Vec::from);
        let found = blanking(&rows, 2, 3);
        assert_eq!(found.order, [1, 0]);
        assert_eq!(found.levels, [0, 0, 0, 1, 1, 1]);
    }

    proptest! {
        #[test]
        fn what_is_left_of_every_row_is_left_of_enough(
            rows in prop::collection::vec(prop::collection::vec(0u32..4, 3), 0..60),
            turn in 0usize..60,
        ) {
            let found = blanking(&rows, 3, 3);
            let left: Vec<Vec<u32>> = rows
                .iter()
                .zip(&found.levels)
                .map(|(row, level)| without(row, &found.order[..usize::from(*level)]))
                .collect();
            if rows.len() >= 3 {
                prop_assert!(classes_below(&left, 3).iter().all(|below| !below));
            }
            let mut turned = rows.clone();
            turned.rotate_left(turn.min(rows.len()));
            let mut again = blanking(&turned, 3, 3);
            again.levels.rotate_right(turn.min(rows.len()));
            prop_assert_eq!(again, found);
        }
    }
}
