//! Slots as paths and paths as slots: `s_use/commitments[1]/commit_text`. Read [`Session::path`] first.

use super::At;
use super::instance::Kind;
use super::session::Session;

impl Session {
    /// The path with repeat positions: `s_use/commitments[1]/commit_text`; empty for a slot that is gone.
    pub fn path(&self, at: At) -> String {
        if self.instance.alive(at).is_none() {
            return String::new();
        }
        let mut steps = Vec::new();
        let mut next = Some(at);
        while let Some(at) = next {
            let Some(slot) = self.instance.slot(at) else { break };
            let name = self.form.node(slot.node).map(|node| node.name.as_str()).unwrap_or_default();
            next = slot.parent;
            match self.position(at) {
                Some(position) => {
                    steps.push(format!("{name}[{position}]"));
                    // An instance and its repeat are one step.
                    next = slot
                        .parent
                        .and_then(|repeat| self.instance.slot(repeat))
                        .and_then(|slot| slot.parent);
                }
                None => steps.push(name.to_owned()),
            }
        }
        steps.reverse();
        steps.join("/")
    }

    /// The slot of a path that [`Session::path`] wrote. A repeat without a position is the repeat itself at the end
    /// of the path, and its first instance on the way.
    pub fn find(&self, path: &str) -> Option<At> {
        let mut steps = path.split('/').peekable();
        let mut children = self.instance.top.as_slice();
        loop {
            let step = steps.next()?;
            let (name, position) = match step.split_once('[') {
                Some((name, rest)) => (name, Some(rest.strip_suffix(']')?.parse::<usize>().ok()?)),
                None => (step, None),
            };
            let named = |at: &&At| {
                let node = self.instance.slot(**at).and_then(|slot| self.form.node(slot.node));
                node.is_some_and(|node| node.name == name)
            };
            let mut at = *children.iter().find(named)?;
            let is_repeat = self.instance.slot(at)?.kind == Kind::Repeat;
            if is_repeat && (position.is_some() || steps.peek().is_some()) {
                at = *self.instance.children(at).get(position.unwrap_or(1).checked_sub(1)?)?;
            } else if position.is_some_and(|position| position != 1) {
                return None;
            }
            if steps.peek().is_none() {
                return Some(at);
            }
            children = self.instance.children(at);
        }
    }
}
