use super::model::{Breakdown, Question};
use super::question::Source;

/// Results side by side for the groups that a question makes.
pub(super) fn breakdown(_source: Source<'_>, _by: &str, _questions: &[Question]) -> Option<Breakdown> {
    None
}
