use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::rc::Rc;

use super::graph::{Aspect, Graph};
use super::instance::{Instance, Kind};
use super::outline::Outline;
use super::{Answer, At, Changes, ChoiceState, Moment, NodeState};
use crate::form::{ChoiceList, Form, Node, NodeId, NodeKind, Shuffle};
use crate::response::Entry;
use crate::xpath::{Expr, Math, split_once};

/// What a filling is started with, beside its form and the clock.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// A position in [`Form::languages`]; one past the end falls back to the first.
    pub language: usize,
    /// What everything random in this filling comes from: the same seed and answers give the same filling.
    pub seed: u64,
    /// Does the whole text match the regular expression (pattern first)? `None`: the pattern is not valid.
    /// The browser's own `RegExp` serves there, so that no regex crate weighs on a phone.
    pub matches: fn(&str, &str) -> Option<bool>,
    /// Logarithms, powers and trigonometry of x and y: [`Math::calculate`], or the browser's own where code is dear.
    pub calculate: fn(Math, f64, f64) -> f64,
    /// The checksum of bytes by the algorithm's name: [`digest`](crate::xpath::digest::digest), or nothing where code is dear.
    pub digest: fn(&str, &[u8]) -> Option<Vec<u8>>,
}

/// A form that cannot be filled: questions whose expressions wait for each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    /// The names on it, each waiting for the next and the last for the first.
    pub names: Vec<String>,
}

/// What [`Session::restore`] found beside the answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Restored {
    /// Journal entries that no longer fit the form (or this version of it).
    pub skipped: usize,
    /// The page that was open last, by the path of its first node; empty: the review; `None`: none was recorded.
    pub page: Option<String>,
}

/// A filling of a form.
///
/// Answers are kept whatever becomes of them: an irrelevant one, one whose choice is not on offer and those of an
/// instance that a counted repeat has no place for count as blank, are no part of [`Session::answers`], and are there again when their time comes.
#[derive(Debug)]
pub struct Session {
    pub(super) form: Rc<Form>,
    pub(super) plan: Rc<Plan>,
    pub(super) settings: Settings,
    pub(super) now: Moment,
    pub(super) instance: Instance,
    /// What is stale, by rank.
    pub(super) queue: BinaryHeap<Reverse<(u32, At, Aspect)>>,
    /// Slots whose default waits until everything else is computed.
    pub(super) waiting: VecDeque<At>,
    /// Slots whose triggered value waits until everything else is computed.
    pub(super) triggered: VecDeque<At>,
    /// Slots whose state differs since the last act.
    pub(super) touched: Vec<At>,
    /// Repeats whose instances came or went since the last act.
    pub(super) reshaped: Vec<At>,
    /// Slots came or went, and are not numbered in document order yet.
    pub(super) unnumbered: bool,
    /// The choices of each list where all are offered, in the present language.
    pub(super) shared: Vec<Option<Rc<[ChoiceState]>>>,
}

/// What is worked out once from a form.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) outline: Outline,
    pub(super) graph: Graph,
    /// Per list, the path to the choices offered.
    pub(super) filters: Vec<Option<Expr>>,
    /// Per node, those whose value is computed when its own changes.
    pub(super) triggers: Vec<Vec<Target>>,
}

/// A node whose value is computed when another's changes.
#[derive(Debug)]
pub(super) struct Target {
    /// The repeat whose instance both stand in; `None`: the whole form.
    pub(super) apex: Option<NodeId>,
    /// The way down from that instance: places among siblings.
    pub(super) way: Box<[u32]>,
}

impl Plan {
    fn new(form: &Form) -> Result<Plan, Cycle> {
        let outline = Outline::new(form);
        let filters: Vec<Option<Expr>> = form
            .lists
            .iter()
            .map(|list| offer(form, &outline, list).and_then(|path| Expr::parse(&path).ok()))
            .collect();
        let graph = Graph::build(form, &outline, &filters)?;
        let mut triggers: Vec<Vec<Target>> = Vec::new();
        triggers.resize_with(form.nodes.len(), Vec::new);
        for (target, node) in form.iter() {
            for name in &node.trigger {
                let Some(source) = outline.find(form, name, Some(target)) else { continue };
                let apex = outline.shared(outline.common(source, Some(target)), [source, target]);
                if let Some(targets) = triggers.get_mut(source.0 as usize) {
                    targets.push(Target { apex, way: outline.way(apex, target) });
                }
            }
        }
        Ok(Plan { outline, graph, filters, triggers })
    }
}

/// The path to the choices of a list that are offered; `None`: all of them, in the author's order. As a predicate on the
/// list's items a filter sees the columns as children, and `current()` as the question.
fn offer(form: &Form, outline: &Outline, list: &ChoiceList) -> Option<String> {
    let filter = list.filter.as_ref().map(Expr::source);
    let mut path = match &list.from {
        None if list.filter.is_none() && list.shuffle.is_none() => return None,
        None => {
            let items = ["instance('", &list.name, "')/root/item"].concat();
            filter.map_or(items.clone(), |filter| [&items, "[", filter, "]"].concat())
        }
        Some(name) => {
            let node = outline.find(form, name, None)?;
            let repeat = outline.lineage(Some(node)).find(|above| outline.is_repeat(*above))?;
            let way = [&form.path(repeat), "/"].concat();
            let own = |name: &str| {
                let node = outline.find(form, name, Some(repeat))?;
                let inside = outline.lineage(Some(node)).any(|above| above == repeat) && node != repeat;
                inside.then(|| form.path(node)).and_then(|path| path.strip_prefix(&way).map(str::to_owned))
            };
            let mut path = ["/data/", way.trim_end_matches('/'), "[./", &own(name)?, " != '']"].concat();
            if let Some(filter) = filter {
                path = [&path, "[", &of_instance(filter, own), "]"].concat();
            }
            path
        }
    };
    match &list.shuffle {
        None => {}
        Some(Shuffle::Freely) => path = ["randomize(", &path, ")"].concat(),
        Some(Shuffle::By(seed)) => path = ["randomize(", &path, ", ", seed.source(), ")"].concat(),
    }
    Some(path)
}

/// A filter on the instances of a repeat: names of what stands in the repeat mean that of the instance under test.
fn of_instance(filter: &str, own: impl Fn(&str) -> Option<String>) -> String {
    let (mut text, mut rest) = (String::new(), filter);
    while let Some((before, after)) = split_once(rest, "${") {
        text.push_str(before);
        match after.split_once('}').and_then(|(name, rest)| Some((own(name.trim())?, rest))) {
            Some((path, after)) => {
                text.extend(["./", &path]);
                rest = after;
            }
            None => {
                text.push_str("${");
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

impl Session {
    /// A new filling, defaults and calculations in place. An error names a cycle in the form.
    ///
    /// ```
    /// use std::rc::Rc;
    /// use sondeo::engine::{Answer, Session, Settings};
    /// use sondeo::xpath::Math;
    /// use sondeo::form::{DateTime, Form, FormSource, wire::NodeSource};
    ///
    /// let age = NodeSource { name: "age".into(), kind: "integer".into(), ..NodeSource::default() };
    /// let work = NodeSource { name: "work".into(), kind: "text".into(), relevant: "${age} >= 18".into(), ..NodeSource::default() };
    /// let source = FormSource { languages: vec!["en".into()], nodes: vec![age, work], ..FormSource::default() };
    /// let now = DateTime::parse("2026-11-23T14:50", -300).unwrap();
    /// let settings = Settings { language: 0, seed: 7, matches: |_, _| None, calculate: Math::calculate, digest: |_, _| None };
    /// let mut session = Session::new(Rc::new(Form::build(&source).unwrap()), settings, now).unwrap();
    ///
    /// let (age, work) = (session.find("age").unwrap(), session.find("work").unwrap());
    /// assert!(!session.state(work).unwrap().relevant);
    /// let changes = session.answer(age, Answer::Integer(30), now);
    /// assert!(session.state(work).unwrap().relevant);
    /// assert_eq!(changes.nodes, [age, work]);
    /// ```
    pub fn new(form: Rc<Form>, settings: Settings, now: Moment) -> Result<Session, Cycle> {
        let plan = Rc::new(Plan::new(&form)?);
        Ok(Session::begin(form, plan, settings, now))
    }

    /// A new filling of the same form by somebody else: what was worked out of the form is not worked out again.
    pub fn another(&self, seed: u64, language: usize, now: Moment) -> Session {
        let settings = Settings { seed, language, ..self.settings };
        Session::begin(Rc::clone(&self.form), Rc::clone(&self.plan), settings, now)
    }

    fn begin(form: Rc<Form>, plan: Rc<Plan>, settings: Settings, now: Moment) -> Session {
        let instance = Instance::new(&form, &plan.outline);
        let language = if settings.language < form.languages.len() { settings.language } else { 0 };
        let mut session = Session {
            shared: vec![None; form.lists.len()],
            form,
            plan,
            settings: Settings { language, ..settings },
            now,
            instance,
            queue: BinaryHeap::new(),
            waiting: VecDeque::new(),
            triggered: VecDeque::new(),
            touched: Vec::new(),
            reshaped: Vec::new(),
            unnumbered: true,
        };
        session.start(&session.instance.everything());
        session.run();
        session
    }

    /// A new filling with a journal replayed; the language is that of the last [`Entry::Language`].
    pub fn restore(
        form: Rc<Form>,
        settings: Settings,
        now: Moment,
        journal: &[Entry],
    ) -> Result<(Session, Restored), Cycle> {
        let mut session = Session::new(form, settings, now)?;
        let mut restored = Restored::default();
        let mut language = session.language();
        for entry in journal {
            let fits = match entry {
                Entry::Answer { path, answer } => session
                    .find(path)
                    .filter(|at| session.definition(*at).is_some_and(|node| accepts(node, answer)))
                    .map(|at| session.answer(at, answer.clone(), now)),
                Entry::Add(path) => {
                    session.find(path).filter(|at| session.is_extensible(*at)).map(|at| session.add(at, now))
                }
                Entry::Remove(path) => {
                    session.find(path).filter(|at| session.is_instance(*at)).map(|at| session.remove(at, now))
                }
                Entry::Page(page) => {
                    restored.page = Some(page.clone());
                    Some(Changes::default())
                }
                Entry::Language(tag) => session.form.language(tag).map(|found| {
                    language = found;
                    Changes::default()
                }),
            };
            restored.skipped += usize::from(fits.is_none());
        }
        session.set_language(language);
        Ok((session, restored))
    }

    /// Gives, changes or (with [`Answer::Empty`]) takes back an answer. The engine keeps what it is given:
    /// a widget sees to it that an exclusive choice stands alone. Nothing happens at a slot that is no question.
    pub fn answer(&mut self, at: At, answer: Answer, now: Moment) -> Changes {
        self.now = now;
        if self.definition(at).is_some_and(|node| node.kind.is_question()) {
            if let Some(slot) = self.instance.slot_mut(at) {
                slot.given = answer;
                slot.pulls = true;
            }
            self.push(at, Aspect::Value);
            self.push(at, Aspect::Violation);
        }
        self.run()
    }

    /// Adds an instance at the end of a repeat that people extend themselves; nothing happens elsewhere.
    pub fn add(&mut self, repeat: At, now: Moment) -> Changes {
        self.now = now;
        if self.is_extensible(repeat) {
            self.extend(repeat);
            self.reshape(repeat);
        }
        self.run()
    }

    /// Removes an instance of a repeat that people extend themselves, for good; nothing happens elsewhere.
    pub fn remove(&mut self, instance: At, now: Moment) -> Changes {
        self.now = now;
        let repeat = self.instance.alive(instance).filter(|slot| slot.kind == Kind::Instance);
        if let Some(repeat) = repeat.and_then(|slot| slot.parent).filter(|repeat| self.is_extensible(*repeat))
        {
            self.instance.set_alive(instance, false);
            if let Some(slot) = self.instance.slot_mut(repeat) {
                slot.children.retain(|child| *child != instance);
            }
            self.reshape(repeat);
        }
        self.run()
    }

    /// Shows everything in another language (a position in [`Form::languages`]). No answer changes.
    pub fn set_language(&mut self, language: usize) -> Changes {
        if language < self.form.languages.len() && language != self.settings.language {
            self.settings.language = language;
            self.shared.fill(None);
            for at in self.instance.all() {
                if let Some(slot) = self.instance.slot_mut(at) {
                    slot.offered = None;
                }
            }
            for at in self.instance.everything() {
                let node = self.instance.slot(at).map(|slot| slot.node.0 as usize);
                let spoken =
                    node.and_then(|node| self.plan.graph.spoken.get(node)).copied().unwrap_or_default();
                for aspect in Aspect::ALL.into_iter().filter(|aspect| spoken & aspect.bit() != 0) {
                    self.push(at, aspect);
                }
            }
        }
        self.run()
    }

    /// The present language, a position in [`Form::languages`].
    pub fn language(&self) -> usize {
        self.settings.language
    }

    /// The form.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// The top-level slots in document order.
    pub fn roots(&self) -> Vec<At> {
        self.instance.top.clone()
    }

    /// The slots inside a group or a repeat instance; of a repeat, its instances.
    pub fn children(&self, at: At) -> Vec<At> {
        self.instance.alive(at).map(|slot| slot.children.clone()).unwrap_or_default()
    }

    /// What the slot stands in: a group, an instance, of an instance its repeat; `None` at the top level.
    pub fn parent(&self, at: At) -> Option<At> {
        self.instance.alive(at)?.parent
    }

    /// The form's node (kind, appearance, sensitive, ...); a repeat instance answers its repeat's. `None`: no such slot.
    pub fn definition(&self, at: At) -> Option<&Node> {
        self.form.node(self.instance.alive(at)?.node)
    }

    /// Whether the slot is an instance of a repeat (and not the repeat itself).
    pub fn is_instance(&self, at: At) -> bool {
        self.instance.alive(at).is_some_and(|slot| slot.kind == Kind::Instance)
    }

    /// Whether the slot is a repeat to which people add instances themselves.
    pub fn is_extensible(&self, at: At) -> bool {
        let is_repeat = self.instance.alive(at).is_some_and(|slot| slot.kind == Kind::Repeat);
        is_repeat
            && self.definition(at).is_some_and(|node| matches!(node.kind, NodeKind::Repeat { count: None }))
    }

    /// The position of a repeat instance among its siblings, from 1; `None` for other slots.
    pub fn position(&self, at: At) -> Option<usize> {
        let slot = self.instance.alive(at).filter(|slot| slot.kind == Kind::Instance)?;
        let siblings = self.instance.children(slot.parent?);
        siblings.iter().position(|sibling| *sibling == at).map(|before| before + 1)
    }

    /// Everything a screen needs to know of a slot; `None` for one that is gone.
    pub fn state(&self, at: At) -> Option<&NodeState> {
        self.instance.alive(at).map(|slot| &slot.state)
    }
}

/// Whether a question of this node can hold such an answer.
fn accepts(node: &Node, answer: &Answer) -> bool {
    use crate::form::QuestionKind as Kind;
    let NodeKind::Question(kind) = node.kind else { return false };
    match answer {
        Answer::Empty => true,
        Answer::Text(_) => kind == Kind::Text,
        Answer::Integer(_) => matches!(kind, Kind::Integer | Kind::Decimal),
        Answer::Decimal(_) => kind == Kind::Decimal,
        Answer::Choice(_) => matches!(kind, Kind::SelectOne(_)),
        Answer::Choices(_) => matches!(kind, Kind::SelectMultiple(_) | Kind::Rank(_)),
        Answer::Date(_) => kind == Kind::Date,
        Answer::Time(_) => kind == Kind::Time,
        Answer::DateTime(_) => kind == Kind::DateTime,
    }
}
