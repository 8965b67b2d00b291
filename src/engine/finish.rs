//! What a filling amounts to: progress, violations, answers. Read [`Session::finish`] first.

use super::session::Session;
use super::{Answer, At, NodeState, Progress, Violation};
use crate::form::{Appearance, NodeKind};

impl Session {
    /// The answers, if nothing is wrong with them.
    pub fn finish(&self) -> Result<Vec<(String, Answer)>, Vec<Violation>> {
        let violations = self.violations();
        if violations.is_empty() { Ok(self.answers()) } else { Err(violations) }
    }

    /// The answers of a response: relevant questions in document order, blanks as [`Answer::Empty`]; of what is calculated
    /// only what is kept as a hidden question.
    pub fn answers(&self) -> Vec<(String, Answer)> {
        self.relevant_questions().map(|(at, state)| (self.path(at), state.answer.clone())).collect()
    }

    /// What keeps a person from finishing: relevant slots in document order.
    pub fn violations(&self) -> Vec<Violation> {
        let violation = |(at, state): (At, &NodeState)| {
            Some(Violation { at, kind: state.violation?, message: state.message.clone() })
        };
        self.relevant_questions().filter_map(violation).collect()
    }

    /// How many of the relevant questions have an answer; questions that people cannot change are not counted.
    pub fn progress(&self) -> Progress {
        let mut progress = Progress::default();
        for (at, state) in self.relevant_questions().filter(|(_, state)| !state.readonly) {
            if self.definition(at).is_some_and(|node| node.appearance == Appearance::Hidden) {
                continue;
            }
            progress.relevant += 1;
            progress.answered += usize::from(!state.answer.is_empty());
        }
        progress
    }

    fn relevant_questions(&self) -> impl Iterator<Item = (At, &NodeState)> {
        self.instance.everything().into_iter().filter_map(|at| {
            let slot = self.instance.slot(at).filter(|slot| slot.state.relevant)?;
            let node = self.form.node(slot.node)?;
            matches!(node.kind, NodeKind::Question(_)).then_some((at, &slot.state))
        })
    }
}
