use std::rc::Rc;

use crate::browser::{clock, math, random, regex};
use crate::engine::{
    Answer, At, MOST_INSTANCES, Mistyped, Moment, Session, Settings, Step, ViolationKind, typed, typed_count,
};
use crate::form::{Appearance, Form, Node, NodeKind, QuestionKind};
use crate::report::paper::numbers;
use crate::response::{Draft, Entry, Response};
use crate::survey::{Subject, Survey};

/// What stands before the number on the paper, in the journal.
const NUMBER: &str = "#";

/// The number on the paper, in the entry that holds it.
pub(super) fn number_in(entry: &Entry) -> Option<String> {
    match entry {
        Entry::Page(page) => page.strip_prefix(NUMBER).map(str::to_owned),
        _ => None,
    }
}

/// One paper form, being typed in. What is kept of it is for its owner to see to.
pub(super) struct Typing {
    /// The filling.
    pub(super) session: Session,
    /// The survey that it is for.
    pub(super) survey: Survey,
    /// What stands on the paper to find it again.
    pub(super) number: String,
    /// Where the typing is.
    pub(super) stage: Stage,
    /// What was entered last needs Enter once more.
    pub(super) doubted: bool,
    seed: u64,
    /// The instances that were made and removed before anything was kept.
    shaped: Vec<Entry>,
    /// What was typed, by path.
    texts: Vec<(String, String)>,
    /// Numbers on paper, by the path without the positions of repeats.
    numbers: Rc<[(String, usize)]>,
}

/// Where the typing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// At the number on the paper.
    Number,
    /// At a question, or at the count of a repeat.
    Step(Step),
    /// Behind the last one.
    End,
}

/// What became of what was entered.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Entered {
    /// Taken, with what is to be noted of it; on to the next.
    Taken(Vec<Entry>),
    /// It is no answer.
    Mistyped(Mistyped),
    /// It breaks the form's rule, which may have its own words.
    Breaks(String),
    /// Asked for, and blank: Enter once more leaves it so.
    Blank,
    /// Without it nothing can be kept.
    Must,
}

/// Whether answers may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gate {
    /// They may.
    Open,
    /// Not yet: age and consent are not typed.
    Waiting,
    /// The person does not take part.
    Declined,
}

impl Typing {
    /// An empty form. `None`: the questionnaire cannot be used.
    pub(super) fn new(form: Rc<Form>, survey: Survey, language: &str) -> Option<Typing> {
        let numbers = numbers(&form).into_iter().map(|(id, number)| (form.path(id), number)).collect();
        let seed = random::seed();
        let session = Session::new(Rc::clone(&form), settings(&form, language, seed), clock::now()).ok()?;
        Some(Typing::of(session, survey, seed, numbers))
    }

    /// The same form again, for the next person.
    pub(super) fn another(&self, language: &str) -> Typing {
        let seed = random::seed();
        let language = self.session.form().language(language).unwrap_or(0);
        let session = self.session.another(seed, language, clock::now());
        Typing::of(session, self.survey.clone(), seed, Rc::clone(&self.numbers))
    }

    /// A form that was begun before: behind the last question that has an answer.
    pub(super) fn resumed(self, draft: &Draft, journal: &[Entry], number: String) -> Option<Typing> {
        let form = Rc::new(self.session.form().clone());
        let settings = settings(&form, "", draft.seed);
        let (session, _) = Session::restore(form, settings, clock::now(), journal).ok()?;
        let mut typing = Typing::of(session, self.survey, draft.seed, self.numbers);
        let steps = typing.session.steps();
        let answered = |step: &Step| match step {
            Step::Question(at) => typing.session.state(*at).is_some_and(|state| !state.answer.is_empty()),
            Step::Count(at) => !typing.session.children(*at).is_empty(),
        };
        let last = steps.iter().rposition(answered);
        typing.stage =
            steps.get(last.map_or(0, |last| last + 1)).map_or(Stage::End, |step| Stage::Step(*step));
        typing.number = number;
        Some(typing)
    }

    fn of(session: Session, survey: Survey, seed: u64, numbers: Rc<[(String, usize)]>) -> Typing {
        Typing {
            session,
            survey,
            number: String::new(),
            stage: Stage::Number,
            doubted: false,
            seed,
            shaped: Vec::new(),
            texts: Vec::new(),
            numbers,
        }
    }

    /// Takes what was entered at a question or count, and goes on.
    pub(super) fn enter(&mut self, step: Step, text: &str) -> Entered {
        let now = clock::now();
        let entered = match step {
            Step::Question(at) => self.answer(at, text, now),
            Step::Count(at) => self.count(at, text, now),
        };
        if let Entered::Taken(entries) = &entered {
            self.doubted = false;
            let path = self.path(step);
            self.texts.retain(|(known, _)| *known != path);
            self.texts.push((path, text.trim().to_owned()));
            let is_shape = |entry: &&Entry| matches!(entry, Entry::Add(_) | Entry::Remove(_));
            self.shaped.extend(entries.iter().filter(is_shape).cloned());
            self.stage = self.after(step);
        }
        entered
    }

    fn answer(&mut self, at: At, text: &str, now: Moment) -> Entered {
        let answer = match typed(&self.session, at, text, now) {
            Ok(answer) => answer,
            Err(why) => return Entered::Mistyped(why),
        };
        let required = self.session.state(at).is_some_and(|state| state.required);
        if answer.is_empty() && required {
            if self.is_gate(at) {
                return Entered::Must;
            }
            if !self.doubted {
                self.doubted = true;
                return Entered::Blank;
            }
        }
        let before = self.session.state(at).map(|state| state.answer.clone()).unwrap_or_default();
        self.session.answer(at, answer.clone(), now);
        let broken =
            self.session.state(at).filter(|state| state.violation == Some(ViolationKind::Constraint));
        if let Some(message) = broken.map(|state| state.message.clone()) {
            self.session.answer(at, before, now);
            return Entered::Breaks(message);
        }
        Entered::Taken(vec![Entry::Answer { path: self.session.path(at), answer }])
    }

    /// Instances are added or removed at the end until there are so many.
    fn count(&mut self, at: At, text: &str, now: Moment) -> Entered {
        let wanted = match typed_count(text) {
            Ok(wanted) => wanted,
            Err(why) => return Entered::Mistyped(why),
        };
        let (repeat, mut entries) = (self.session.path(at), Vec::new());
        for _ in 0..=MOST_INSTANCES {
            let there = self.session.children(at);
            match there.last() {
                Some(last) if there.len() > wanted => {
                    entries.push(Entry::Remove(self.session.path(*last)));
                    self.session.remove(*last, now);
                }
                _ if there.len() < wanted => {
                    entries.push(Entry::Add(repeat.clone()));
                    self.session.add(at, now);
                }
                _ => break,
            }
        }
        Entered::Taken(entries)
    }

    fn after(&self, step: Step) -> Stage {
        let steps = self.session.steps();
        let next = steps.iter().position(|one| *one == step).and_then(|at| steps.get(at + 1));
        next.map_or(Stage::End, |step| Stage::Step(*step))
    }

    /// Goes back by one.
    pub(super) fn back(&mut self) {
        self.doubted = false;
        let steps = self.session.steps();
        let before = match self.stage {
            Stage::Number => return,
            Stage::Step(step) => steps.iter().position(|one| *one == step).and_then(|at| at.checked_sub(1)),
            Stage::End => steps.len().checked_sub(1),
        };
        let before = before.and_then(|at| steps.get(at));
        self.stage = before.map_or(Stage::Number, |step| Stage::Step(*step));
    }

    /// The number is typed: to the first question.
    pub(super) fn begin(&mut self, number: &str) {
        self.number = number.trim().to_owned();
        self.doubted = false;
        self.stage = self.session.steps().first().map_or(Stage::End, |step| Stage::Step(*step));
    }

    /// What the field shows of what is there already.
    pub(super) fn text(&self) -> String {
        let step = match self.stage {
            Stage::Number => return self.number.clone(),
            Stage::End => return String::new(),
            Stage::Step(step) => step,
        };
        let path = self.path(step);
        let typed = self.texts.iter().find(|(known, _)| *known == path).map(|(_, text)| text.clone());
        typed.unwrap_or_else(|| match step {
            // Typed before a reload: a blank here would remove what was typed then.
            Step::Count(_) if self.is_begun(&path) => self.count_of(step),
            Step::Count(_) => String::new(),
            Step::Question(at) => self.given(at),
        })
    }

    /// Whether something inside is answered.
    fn is_begun(&self, path: &str) -> bool {
        let inside = [path, "["].concat();
        self.session.answers().iter().any(|(own, answer)| own.starts_with(&inside) && !answer.is_empty())
    }

    fn count_of(&self, step: Step) -> String {
        match step {
            Step::Count(at) => self.session.children(at).len().to_string(),
            Step::Question(_) => String::new(),
        }
    }

    /// An answer as it could be typed: choices by their labels' places.
    fn given(&self, at: At) -> String {
        let Some(state) = self.session.state(at) else { return String::new() };
        let place = |name: &String| {
            self.choices(at).into_iter().find(|(_, own, _)| own == name).map(|(place, ..)| place.to_string())
        };
        match &state.answer {
            Answer::Choice(name) => place(name).unwrap_or_default(),
            Answer::Choices(names) => names.iter().filter_map(place).collect::<Vec<_>>().join(" "),
            Answer::Date(date) => format!("{}/{}/{}", date.day, date.month, date.year),
            answer => answer.to_text(),
        }
    }

    /// What can be chosen: the number on paper, the name, the label.
    pub(super) fn choices(&self, at: At) -> Vec<(usize, String, String)> {
        let (Some(state), Some(node)) = (self.session.state(at), self.session.definition(at)) else {
            return Vec::new();
        };
        let on_paper =
            self.session.form().choices_of(node).map(|list| list.choices.as_slice()).unwrap_or_default();
        let number = |place: usize, name: &str| {
            on_paper.iter().position(|choice| choice.name == name).unwrap_or(place) + 1
        };
        let choice = |(place, choice): (usize, &crate::engine::ChoiceState)| {
            (number(place, &choice.name), choice.name.clone(), choice.label.clone())
        };
        let mut choices: Vec<_> = state.choices.iter().enumerate().map(choice).collect();
        choices.sort();
        choices
    }

    /// What was answered, in words; empty: blank.
    pub(super) fn told(&self, at: At) -> String {
        let Some(state) = self.session.state(at) else { return String::new() };
        let label = |name: &String| {
            state
                .choices
                .iter()
                .find(|choice| choice.name == *name)
                .map_or_else(|| name.clone(), |choice| choice.label.clone())
        };
        match &state.answer {
            Answer::Choice(name) => label(name),
            Answer::Choices(names) => names.iter().map(label).collect::<Vec<_>>().join(", "),
            _ => self.given(at),
        }
    }

    /// The number on paper, with the position in the innermost repeat.
    pub(super) fn number_of(&self, at: At) -> String {
        let path = self.session.path(at);
        let plain: Vec<&str> = path.split('/').map(|part| part.split('[').next().unwrap_or(part)).collect();
        let plain = plain.join("/");
        let number =
            self.numbers.iter().find(|(known, _)| *known == plain).map(|(_, number)| number.to_string());
        let mut above = Some(at);
        while let Some(at) = above {
            if let Some(time) = self.session.position(at) {
                return format!("{} ({time})", number.unwrap_or_default());
            }
            above = self.session.parent(at);
        }
        number.unwrap_or_default()
    }

    /// What is asked: of a row of a table, with what is asked of all rows.
    pub(super) fn label(&self, at: At) -> String {
        let label = |at: At| self.session.state(at).map(|state| state.label.clone()).unwrap_or_default();
        let grid = self.session.parent(at).filter(|above| {
            let kind = self.session.definition(*above).map(|node| &node.kind);
            matches!(kind, Some(NodeKind::Group(crate::form::Layout::Grid(_))))
        });
        match grid.map(label).filter(|label| !label.is_empty()) {
            Some(grid) => [&grid, " — ", &label(at)].concat(),
            None => label(at),
        }
    }

    /// How a question is answered.
    pub(super) fn kind(&self, at: At) -> Option<(QuestionKind, Appearance)> {
        let node: &Node = self.session.definition(at)?;
        Some((node.kind.question()?, node.appearance))
    }

    /// Answered; blank; of those, asked for.
    pub(super) fn counts(&self) -> (usize, usize, usize) {
        let (mut answered, mut blank, mut required) = (0, 0, 0);
        for step in self.session.steps() {
            let Step::Question(at) = step else { continue };
            let Some(state) = self.session.state(at) else { continue };
            if state.answer.is_empty() {
                blank += 1;
                required += usize::from(state.required);
            } else {
                answered += 1;
            }
        }
        (answered, blank, required)
    }

    /// An answer that breaks a rule of the form because of what was typed later.
    pub(super) fn broken(&self) -> Option<At> {
        let broken = |kind| kind == ViolationKind::Constraint;
        self.session
            .violations()
            .into_iter()
            .find(|violation| broken(violation.kind))
            .map(|violation| violation.at)
    }

    /// Whether answers may be kept: as on a phone, a form of the program asks for age and consent first.
    pub(super) fn gate(&self) -> Gate {
        if matches!(self.survey.subject, Subject::Own(_)) {
            return Gate::Open;
        }
        let answered = |name: &str| {
            let at = self.gate_slot(name)?;
            let state = self.session.state(at)?;
            Some(if state.relevant { state.answer.to_text() } else { String::new() })
        };
        let (adult, consent) = (answered("adult"), answered("consent"));
        let is = |answer: &Option<String>, text: &str| answer.as_deref() == Some(text);
        match () {
            () if is(&adult, "no") || is(&consent, "no") => Gate::Declined,
            () if consent.is_none() && adult.is_none() => Gate::Open,
            () if is(&consent, "yes") || (consent.is_none() && is(&adult, "yes")) => Gate::Open,
            () => Gate::Waiting,
        }
    }

    fn gate_slot(&self, name: &str) -> Option<At> {
        let form = self.session.form();
        self.session.find(&form.path(form.find(name)?))
    }

    fn is_gate(&self, at: At) -> bool {
        !matches!(self.survey.subject, Subject::Own(_))
            && ["adult", "consent"].iter().any(|name| self.gate_slot(name) == Some(at))
    }

    fn path(&self, step: Step) -> String {
        match step {
            Step::Question(at) | Step::Count(at) => self.session.path(at),
        }
    }

    fn tag(&self) -> String {
        self.session.form().languages.get(self.session.language()).cloned().unwrap_or_default()
    }

    /// A draft with all that was typed up to now. Nobody at the start screen is offered to go on with it.
    pub(super) fn draft(&self) -> Draft {
        let answered = self.session.answers().into_iter().filter(|(_, answer)| !answer.is_empty());
        // A page that no form has: what tells the draft of a paper form from others. It goes with the draft.
        let number = [NUMBER, &self.number].concat();
        let mut journal = vec![Entry::Page(number), Entry::Language(self.tag())];
        journal.extend(self.shaped.iter().cloned());
        journal.extend(answered.map(|(path, answer)| Entry::Answer { path, answer }));
        Draft {
            id: random::response_id(),
            survey: self.survey.id.clone(),
            form: self.survey.form.clone(),
            wave: self.survey.wave(),
            started: clock::today(),
            seed: self.seed,
            lent: true,
            journal,
        }
    }

    /// The response, in the place of a draft where there is one.
    pub(super) fn response(&self, draft: Option<Draft>) -> Response {
        let draft = draft.unwrap_or_else(|| self.draft());
        Response {
            id: draft.id,
            survey: draft.survey,
            form: draft.form,
            wave: draft.wave,
            language: self.tag(),
            started: draft.started,
            finished: clock::today(),
            example: false,
            answers: self.session.answers(),
        }
    }
}

fn settings(form: &Form, language: &str, seed: u64) -> Settings {
    Settings {
        language: form.language(language).unwrap_or(0),
        seed,
        matches: regex::matches,
        calculate: math::calculate,
        digest: |_, _| None,
    }
}
