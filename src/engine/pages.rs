//! A form cut into pages. Read [`Session::pages`] first.

use super::instance::Kind;
use super::session::Session;
use super::{At, Page, Paging};
use crate::form::{Appearance, Layout, Node, NodeKind};

impl Session {
    /// The form cut into pages. Only relevant slots; a page without any is left out, and so is a header with nothing under it.
    ///
    /// A section (a group laid out as a page) begins a page; what stands outside of sections shares pages of its own, of ten
    /// questions each where there are many.
    /// A group without a label has no header. A repeat that people extend stands after its instances, where they ask for another.
    pub fn pages(&self, paging: Paging) -> Vec<Page> {
        let mut cutter = Cutter {
            session: self,
            paging,
            pages: Vec::new(),
            open: Page { section: None, slots: Vec::new() },
            headers: Vec::new(),
            nesting: 0,
        };
        cutter.top();
        cutter.cut(None);
        cutter.pages
    }
}

struct Cutter<'a> {
    session: &'a Session,
    paging: Paging,
    pages: Vec<Page>,
    open: Page,
    /// Headers around the present place; those not written on the open page yet are marked.
    headers: Vec<(At, bool)>,
    /// Repeats around the present place: no page ends in the middle of an instance.
    nesting: usize,
}

/// A form with more at its top level than this has its questions outside of sections in pages of so many. Where a page
/// ends does not hang on what is relevant, so that nothing moves to another page while people answer.
const RUN: usize = 10;

impl Cutter<'_> {
    fn top(&mut self) {
        let top = &self.session.instance.top;
        let node = |at: &At| self.session.definition(*at);
        let is_section =
            |at: &At| node(at).is_some_and(|node| matches!(node.kind, NodeKind::Group(Layout::Page)));
        let is_seen = |at: &&At| {
            let seen = |node: &Node| {
                !matches!(node.kind, NodeKind::Calculate) && node.appearance != Appearance::Hidden
            };
            !is_section(at) && node(at).is_some_and(seen)
        };
        let many = self.paging == Paging::Sections && top.iter().filter(is_seen).count() > RUN + RUN / 2;
        let mut run = 0;
        for at in top {
            if is_section(at) {
                run = 0;
            } else if many && is_seen(&at) {
                if run == RUN {
                    self.cut(None);
                    run = 0;
                }
                run += 1;
            }
            self.slot(*at);
        }
    }

    fn slots(&mut self, slots: &[At]) {
        for at in slots {
            self.slot(*at);
        }
    }

    fn slot(&mut self, at: At) {
        let Some(slot) = self.session.instance.alive(at).filter(|slot| slot.state.relevant) else { return };
        let Some(node) = self.session.form.node(slot.node) else { return };
        match (&node.kind, slot.kind) {
            (NodeKind::Calculate, _) => {}
            _ if node.appearance == Appearance::Hidden => {}
            (NodeKind::Group(Layout::Page), _) if self.nesting == 0 => {
                let around = self.open.section;
                self.cut(Some(at));
                self.slots(&slot.children);
                self.cut(around);
            }
            (NodeKind::Group(Layout::Grid(_)), _) => {
                let is_relevant = |row: &At| self.session.state(*row).is_some_and(|state| state.relevant);
                if slot.children.iter().any(is_relevant) {
                    self.write(at);
                }
            }
            (NodeKind::Group(_), _) if slot.state.label.is_empty() => self.slots(&slot.children),
            (NodeKind::Group(_), _) | (_, Kind::Instance) => {
                self.headers.push((at, false));
                self.slots(&slot.children);
                self.headers.pop();
            }
            (NodeKind::Repeat { count }, _) => {
                self.nesting += 1;
                self.slots(&slot.children);
                self.nesting -= 1;
                if count.is_none() {
                    self.write(at);
                }
            }
            (NodeKind::Question(_) | NodeKind::Note, _) => self.write(at),
        }
    }

    fn write(&mut self, at: At) {
        for (header, written) in &mut self.headers {
            if !*written {
                *written = true;
                self.open.slots.push(*header);
            }
        }
        self.open.slots.push(at);
        if self.paging == Paging::Questions {
            self.cut(self.open.section);
        }
    }

    /// Ends the open page and begins one of this section.
    fn cut(&mut self, section: Option<At>) {
        let next = Page { section, slots: Vec::new() };
        let done = std::mem::replace(&mut self.open, next);
        if !done.slots.is_empty() {
            self.pages.push(done);
        }
        self.headers.iter_mut().for_each(|(_, written)| *written = false);
    }
}
