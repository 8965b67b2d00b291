use super::expand::copies;
use super::hole::{Holes, LANGUAGES, fill_study, pick};
use super::wire::{ChoiceItem, Definition, IndexItem, Item, Words, fingerprint};
use crate::form::wire::{ChoiceSource, FIRST_FORMAT, FormSource, IndexSource, ListSource, NodeSource};
use crate::survey::{Named, Study, Subject};

/// Why an instrument and a subject do not make a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompileProblem {
    /// The value, name or set it is about.
    pub name: String,
    /// What is wrong.
    pub kind: CompileProblemKind,
}

/// What can be wrong. All but the last three can be mended by editing the subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompileProblemKind {
    /// Not a value: letters, digits and `_`, beginning with a letter.
    Value,
    /// Used already: by another site, topic, district or area, or by the form itself.
    Twice,
    /// Nothing to read in a language.
    Unnamed,
    /// An area in a district that is not there.
    NoDistrict,
    /// A study without a number to call.
    NoHelpline,
    /// A reference period of no month at all.
    NoMonths,
    /// An event for a study's instrument, or the other way round.
    WrongSubject,
    /// The instrument itself: a hole that nothing fills.
    Hole,
    /// The instrument itself: no such set, language or kind of question.
    Unknown,
}

/// Makes the form of an event or a study. The same subject always makes the same form; the version is the instrument's
/// with eight hexadecimal digits that change whenever anything that people read or answer changes, so that a version
/// once used never changes its meaning.
///
/// ```
/// use sondeo::form::Form;
/// use sondeo::instrument::{bundled_event, compile, definition_from_json};
/// use sondeo::survey::Subject;
///
/// let text = include_str!("../../public/instruments/post_visit.json");
/// let definition = definition_from_json(text).unwrap();
/// let event = bundled_event(&definition).unwrap();
/// let source = compile(&definition, &Subject::Event(event)).unwrap();
/// assert!(source.version.starts_with("1.0.0+"));
/// ```
pub fn compile(definition: &Definition, subject: &Subject) -> Result<FormSource, Vec<CompileProblem>> {
    let mut compiler = Compiler { definition, subject, problems: Vec::new() };
    let holes = compiler.holes();
    compiler.check_subject();
    let mut source = compiler.form(&holes);
    compiler.check_names(&source);
    if !compiler.problems.is_empty() {
        return Err(compiler.problems);
    }
    source.version = stamped(&definition.version, &fingerprint(&source));
    Ok(source)
}

/// Adds to the version of a form of one's own eight hexadecimal digits that change whenever anything in the form does, so
/// that a version once used never changes its meaning.
pub fn stamp(form: &mut FormSource) {
    form.version = stamped(&form.version, &crate::survey::wire::form_to_json(form));
}

/// The version as its author wrote it: what [`stamp`] added is taken off.
pub fn unstamped(version: &str) -> &str {
    let is_stamp = |end: &str| end.len() == 8 && end.bytes().all(|byte| byte.is_ascii_hexdigit());
    version.rsplit_once('+').filter(|(_, end)| is_stamp(end)).map_or(version, |(version, _)| version)
}

fn stamped(version: &str, content: &str) -> String {
    format!("{version}+{:08x}", folded_hash(content))
}

struct Compiler<'a> {
    definition: &'a Definition,
    subject: &'a Subject,
    problems: Vec<CompileProblem>,
}

impl Compiler<'_> {
    fn problem(&mut self, name: &str, kind: CompileProblemKind) {
        let problem = CompileProblem { name: name.to_owned(), kind };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    fn holes(&mut self) -> Holes {
        let mut holes = Holes::default();
        let fits = match self.subject {
            Subject::Event(event) => {
                holes.set("id", &event.id);
                holes.set("expected", event.expected);
                holes.set("wave", event.wave.as_str());
                holes.set("follow_up", u8::from(event.follow_up));
                holes.set("committee", u8::from(event.committee));
                self.definition.event_example.is_some()
            }
            Subject::Study(study) => {
                fill_study(&mut holes, study, &self.definition.words);
                self.definition.study_example.is_some()
            }
            Subject::Own(_) => false,
        };
        if !fits {
            self.problem(&self.definition.id, CompileProblemKind::WrongSubject);
        }
        holes
    }

    fn check_subject(&mut self) {
        match self.subject {
            Subject::Event(event) => {
                self.check_value(&event.id);
                for named in [&event.sites, &event.topics, &event.delegations].into_iter().flatten() {
                    self.check_named(named);
                }
            }
            Subject::Study(study) => self.check_study(study),
            Subject::Own(_) => {}
        }
    }

    fn check_study(&mut self, study: &Study) {
        self.check_value(&study.id);
        for named in study.districts.iter().chain(study.areas.iter().map(|area| &area.named)) {
            self.check_named(named);
        }
        for area in &study.areas {
            if !study.districts.iter().any(|district| district.value == area.district) {
                self.problem(&area.named.value, CompileProblemKind::NoDistrict);
            }
        }
        if study.helplines.iter().all(|line| line.number.trim().is_empty()) {
            self.problem(&study.id, CompileProblemKind::NoHelpline);
        }
        if study.months == 0 {
            self.problem(&study.id, CompileProblemKind::NoMonths);
        }
        for (name, text) in
            [("sponsor", &study.sponsor), ("police", &study.police), ("committee", &study.committee)]
        {
            if text.es.trim().is_empty() || text.en.trim().is_empty() {
                self.problem(name, CompileProblemKind::Unnamed);
            }
        }
    }

    fn check_named(&mut self, named: &Named) {
        self.check_value(&named.value);
        if named.label.es.trim().is_empty() || named.label.en.trim().is_empty() {
            self.problem(&named.value, CompileProblemKind::Unnamed);
        }
    }

    fn check_value(&mut self, value: &str) {
        let begins = value.starts_with(|c: char| c.is_ascii_alphabetic());
        if !begins || !value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            self.problem(value, CompileProblemKind::Value);
        }
    }

    fn check_names(&mut self, source: &FormSource) {
        let mut names = Vec::new();
        collect_names(&source.nodes, &mut names);
        self.check_twice(names);
        for list in &source.lists {
            self.check_twice(list.choices.iter().map(|choice| choice.name.as_str()).collect());
        }
    }

    fn check_twice(&mut self, mut names: Vec<&str>) {
        names.sort_unstable();
        for pair in names.windows(2) {
            if let [first, second] = pair
                && first == second
            {
                self.problem(first, CompileProblemKind::Twice);
            }
        }
    }

    fn form(&mut self, holes: &Holes) -> FormSource {
        let definition = self.definition;
        let mut nodes = self.items(&definition.calculates, holes, Place::default());
        for section in &definition.sections {
            let mut page = self.node(section, holes, Place::default());
            page.kind = "page".to_owned();
            page.label = self.texts(section.title.as_ref(), holes);
            if !page.children.is_empty() {
                nodes.push(page);
            }
        }
        let lists = definition
            .lists
            .iter()
            .map(|list| ListSource {
                name: list.name.clone(),
                from: String::new(),
                choices: self.choices(&list.choices, holes),
            })
            .collect();
        let indices = definition.indices.iter().map(|index| self.index(index, holes)).collect();
        FormSource {
            format: FIRST_FORMAT,
            id: definition.id.clone(),
            version: definition.version.clone(),
            title: self.texts(Some(&definition.title), holes),
            languages: definition.languages.clone(),
            language_names: Vec::new(),
            nodes,
            lists,
            indices,
        }
    }

    fn items(&mut self, items: &[Item], holes: &Holes, place: Place<'_>) -> Vec<NodeSource> {
        let mut nodes = Vec::new();
        for item in items {
            for holes in self.copies(&item.for_each, holes) {
                if item.id.is_empty() {
                    nodes.extend(self.items(&item.items, &holes, place));
                    continue;
                }
                let node = self.node(item, &holes, place);
                if node.kind != "grid" || !node.children.is_empty() {
                    nodes.push(node);
                }
            }
        }
        nodes
    }

    fn node(&mut self, item: &Item, holes: &Holes, place: Place<'_>) -> NodeSource {
        let (kind, appearance) = match item.kind.as_str() {
            "single" => ("select_one", ""),
            "scale" => ("select_one", "scale"),
            "multiple" => ("select_multiple", ""),
            "number" => ("integer", ""),
            "" => ("select_one", ""),
            same @ ("text" | "date" | "rank" | "grid" | "repeat" | "note" | "calculate") => (same, ""),
            other => {
                self.problem(other, CompileProblemKind::Unknown);
                ("note", "")
            }
        };
        let sensitive = item.sensitive || place.sensitive;
        let mut children = self.items(&item.items, holes, Place { sensitive, list: "" });
        children.extend(self.items(&item.rows, holes, Place { sensitive, list: &item.list }));
        let mut fill = |text: &str| self.fill(text, holes, 0);
        NodeSource {
            name: fill(&item.id),
            kind: kind.to_owned(),
            list: if item.list.is_empty() { place.list.to_owned() } else { fill(&item.list) },
            relevant: fill(&item.relevant),
            required: if item.required { "true()".to_owned() } else { String::new() },
            constraint: fill(&item.constraint),
            calculation: fill(&item.calculation),
            choice_filter: fill(&item.choice_filter),
            repeat_count: fill(&item.repeat_count),
            appearance: if item.appearance.is_empty() { appearance } else { &item.appearance }.to_owned(),
            sensitive,
            children,
            label: self.texts(item.label.as_ref(), holes),
            hint: self.texts(item.hint.as_ref(), holes),
            constraint_message: self.texts(item.constraint_message.as_ref(), holes),
            ..NodeSource::default()
        }
    }

    fn choices(&mut self, choices: &[ChoiceItem], holes: &Holes) -> Vec<ChoiceSource> {
        let mut sources = Vec::new();
        for choice in choices {
            for holes in self.copies(&choice.for_each, holes) {
                let pattern = self.fill(&choice.value, &holes, 0);
                let renamed = choice.renamed.iter().find(|(from, _)| *from == pattern);
                sources.push(ChoiceSource {
                    name: renamed.map_or(pattern, |(_, to)| to.clone()),
                    label: self.texts(Some(&choice.label), &holes),
                    role: choice.role.clone(),
                    score: choice.score,
                    columns: choice
                        .columns
                        .iter()
                        .map(|(column, value)| (column.clone(), self.fill(value, &holes, 0)))
                        .collect(),
                });
            }
        }
        sources
    }

    fn index(&mut self, index: &IndexItem, holes: &Holes) -> IndexSource {
        let mut source = IndexSource {
            id: index.id.clone(),
            label: self.texts(Some(&index.label), holes),
            kind: index.kind.clone(),
            minimum_items: index.minimum_items,
            ..IndexSource::default()
        };
        for holes in self.copies(&index.for_each, holes) {
            for item in &index.items {
                source.items.push(self.fill(item, &holes, 0));
            }
            for (before, now) in &index.pairs {
                source.pairs.push((self.fill(before, &holes, 0), self.fill(now, &holes, 0)));
            }
        }
        source
    }

    fn copies(&mut self, set: &str, holes: &Holes) -> Vec<Holes> {
        copies(self.definition, self.subject, set, holes).unwrap_or_else(|| {
            self.problem(set, CompileProblemKind::Unknown);
            Vec::new()
        })
    }

    fn texts(&mut self, words: Option<&Words>, holes: &Holes) -> Vec<String> {
        let Some(words) = words else { return Vec::new() };
        let definition = self.definition;
        let mut texts = Vec::new();
        for tag in &definition.languages {
            match LANGUAGES.iter().position(|known| known == tag) {
                Some(language) => texts.push(self.fill(pick(words, language), holes, language)),
                None => self.problem(tag, CompileProblemKind::Unknown),
            }
        }
        texts
    }

    fn fill(&mut self, text: &str, holes: &Holes, language: usize) -> String {
        holes.fill(text, language).unwrap_or_else(|name| {
            self.problem(&name, CompileProblemKind::Hole);
            String::new()
        })
    }
}

/// What an item takes from where it stands.
#[derive(Debug, Clone, Copy, Default)]
struct Place<'a> {
    sensitive: bool,
    list: &'a str,
}

fn collect_names<'a>(nodes: &'a [NodeSource], names: &mut Vec<&'a str>) {
    for node in nodes {
        names.push(&node.name);
        collect_names(&node.children, names);
    }
}

/// FNV-1a of 64 bits, folded to 32: the same on every device and in every version.
fn folded_hash(text: &str) -> u32 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (hash >> 32) as u32 ^ hash as u32
}
