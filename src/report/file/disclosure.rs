use std::collections::{BTreeMap, HashSet};

use super::layout::ancestors;
use super::options::{Options, Profile, QUASI};
use crate::form::{Form, Node, NodeId, NodeKind, QuestionKind};

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
        Some(names) => names.iter().any(|known| known == name),
        None => QUASI.contains(&name),
    };
    form.iter().filter(|(_, node)| node.kind.is_question() && named(&node.name)).map(|(id, _)| id).collect()
}

/// What is blank in rows of small classes: the questions that may tell, and those that tell them by being asked.
pub(super) fn withheld(form: &Form, options: &Options) -> HashSet<NodeId> {
    match options.profile {
        Profile::Publication => dependents(form, quasi(form, options).into_iter().collect()),
        Profile::Analyst => HashSet::new(),
    }
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

/// Which rows are in a class of fewer than `k_min` rows that are alike in everything given.
pub(super) fn classes_below(rows: &[Vec<u16>], k_min: usize) -> Vec<bool> {
    let sizes = sizes(rows);
    rows.iter().map(|row| sizes.get(row.as_slice()).is_none_or(|size| *size < k_min)).collect()
}

/// The rows to blank: those of small classes, and where these are fewer than `k_min` in all, the next smallest classes with
/// them. One blanked row alone would still be known to be the one person of a rare kind.
pub(super) fn to_blank(rows: &[Vec<u16>], k_min: usize) -> Vec<bool> {
    let mut blank = classes_below(rows, k_min);
    let few = |blank: &[bool]| (1..k_min).contains(&blank.iter().filter(|blank| **blank).count());
    let mut sizes: Vec<usize> = sizes(rows).into_values().filter(|size| *size >= k_min).collect();
    sizes.sort_unstable();
    // Which classes join depends on their sizes alone, never on the order of rows.
    let mut larger = sizes.into_iter();
    while few(&blank) {
        let Some(size) = larger.next() else { break };
        blank = classes_below(rows, size + 1);
    }
    blank
}

fn sizes(rows: &[Vec<u16>]) -> BTreeMap<&[u16], usize> {
    let mut sizes: BTreeMap<&[u16], usize> = BTreeMap::new();
    for row in rows {
        *sizes.entry(row).or_default() += 1;
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_outside_texts_only() {
        let found: Vec<&str> =
            words("selected(${sites}, 'age') and ../area != \"it's gender\" or count(/data/x-y)").collect();
        assert_eq!(found, ["selected", "sites", "and", "..", "area", "or", "count", "data", "x-y"]);
    }

    #[test]
    fn a_single_rare_person_is_not_blanked_alone() {
        let row = |class: u16| vec![class];
        let rows = [[0; 5].map(row).to_vec(), [1; 4].map(row).to_vec(), vec![row(2)]].concat();
        let blank = to_blank(&rows, 3);
        let blanked: Vec<u16> =
            rows.iter().zip(&blank).filter(|(_, blank)| **blank).map(|(row, _)| row[0]).collect();
        assert_eq!(blanked, [1, 1, 1, 1, 2]);
        assert_eq!(to_blank(&rows[..9], 3), [false; 9]);
        assert_eq!(to_blank(&rows[9..], 3), [true]);
    }
}
