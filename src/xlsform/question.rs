//! What each kind of question becomes.

use super::appearance::{self, Asked, says};
use super::choice::{OTHER, from_file};
use super::column::Line;
use super::expression::{default, literal};
use super::group::Role;
use super::kind::{How, Kind, Media, Moment, Private, Question, Select, Source};
use super::name::sole_mention;
use super::parameter::{self, Parameters};
use super::problem::{ParameterFault, ProblemKind};
use super::survey::{By, Chosen, TableOf, Walk};
use crate::form::wire::{ChoiceSource, ListSource, NodeSource};

/// The list of an acknowledgement, and its one choice.
const ACKNOWLEDGE: &str = "acknowledge";
const OK: &str = "OK";

impl Walk<'_> {
    pub(super) fn question(&mut self, line: &Line, kind: Kind<'_>, name: String, parameters: &Parameters) {
        if let Kind::Table(ending) = kind {
            return self.table(line, name, ending);
        }
        if let Kind::Private(private) = kind {
            return self.private(line, private, name, parameters);
        }
        let mut node = self.node(line, name);
        self.unused(line, &["repeat_count"]);
        if !matches!(kind, Kind::Select(_)) {
            self.unused(line, &["choice_filter"]);
            node.choice_filter.clear();
        }
        if !matches!(kind, Kind::Select(_) | Kind::Question(_) | Kind::Media(_)) {
            self.unused(line, &["parameters"]);
        }
        if !matches!(kind, Kind::Calculate | Kind::Hidden | Kind::Moment(_)) {
            self.check_words(line, &node);
        }
        match kind {
            Kind::Question(question) => self.asked(line, question, node, parameters),
            Kind::Select(select) => self.select(line, select, node, parameters),
            Kind::Media(media) => self.media(line, media, node, parameters),
            Kind::Calculate => self.calculate(line, node),
            Kind::Moment(moment) => {
                self.notice(line, "type", ProblemKind::DayOnly(self.cell(line, "type").to_owned()));
                let moment = if moment == Moment::Today { "today()" } else { "now()" };
                self.add(NodeSource { default: moment.to_owned(), ..unseen(node) }, Role::Alone);
            }
            _ => {
                let node = NodeSource { kind: "text".to_owned(), appearance: "hidden".to_owned(), ..node };
                self.add_with_default(line, node, Role::Alone);
            }
        }
    }

    /// A question must have something to read, unless its value is computed: then nobody sees it.
    fn check_words(&mut self, line: &Line, node: &NodeSource) {
        let has_media = ["media::image", "media::audio", "media::video", "media::big-image"]
            .iter()
            .any(|column| self.table.is_filled(line, column));
        let is_header = says(self.cell(line, "appearance"), "label");
        let is_computed =
            !self.cell(line, "calculation").is_empty() || !self.cell(line, "trigger").is_empty();
        if node.label.is_empty() && node.hint.is_empty() {
            if is_computed {
                self.facts.unseen.push((node.name.clone(), line.number));
            } else if !has_media && !is_header {
                self.error(line, "label", ProblemKind::NoLabel(node.name.clone()));
            }
        }
        if self.table.is_filled(line, "media::big-image") && !self.table.is_filled(line, "media::image") {
            self.error(line, "media::big-image", ProblemKind::BigImage);
        }
    }

    fn is_unseen(&self, line: &Line) -> bool {
        self.facts.unseen.last().is_some_and(|(_, row)| *row == line.number)
    }

    /// Adds a question with its default; one that nobody can see is hidden.
    fn add_with_default(&mut self, line: &Line, mut node: NodeSource, role: Role) {
        let is_dated = ["date", "dateTime"].contains(&node.kind.as_str()) || node.appearance == "place";
        node.default = default(self.cell(line, "default"), is_dated, self.at(line, "default"), self.problems);
        if self.is_unseen(line) && node.kind != "note" {
            node.appearance = "hidden".to_owned();
        }
        if node.appearance == "hidden" {
            // Nobody could mend what nobody sees.
            self.unused(line, &["required", "constraint"]);
            node.required.clear();
            node.constraint.clear();
        }
        self.add(node, role);
    }

    fn look(&mut self, line: &Line, asked: Asked) -> String {
        let cell = self.cell(line, "appearance");
        let look = appearance::look(cell, asked);
        if !look.unknown.is_empty() {
            self.notice(line, "appearance", ProblemKind::UnknownAppearance(look.unknown.join(" ")));
        }
        look.name.to_owned()
    }

    fn check(
        &mut self,
        line: &Line,
        checked: Result<(), ParameterFault>,
        parameters: &Parameters,
        used: &[&str],
    ) {
        if let Err(fault) = checked {
            return self.parameter(line, fault);
        }
        let unused: Vec<&str> = parameters.keys().filter(|key| !used.contains(key)).collect();
        if !unused.is_empty() {
            let fault = ParameterFault::Unused(unused.join(", "));
            self.notice(line, "parameters", ProblemKind::Parameter(fault));
        }
    }

    fn asked(&mut self, line: &Line, question: Question, mut node: NodeSource, parameters: &Parameters) {
        let (kind, asked) = match question {
            Question::Text | Question::Barcode => (value_kind(self.cell(line, "bind::type")), Asked::Text),
            Question::Integer | Question::UpTo(_) => ("integer", Asked::Other),
            Question::Decimal => ("decimal", Asked::Other),
            Question::Range => ("integer", Asked::Other),
            Question::Date => ("date", Asked::Date),
            Question::DateTime => ("dateTime", Asked::Other),
            Question::Time => ("time", Asked::Other),
            Question::Note => ("note", Asked::Text),
            Question::Place => ("text", Asked::Other),
            Question::Acknowledge => ("select_multiple", Asked::Other),
        };
        node.kind = kind.to_owned();
        node.appearance = self.look(line, asked);
        // Parameters of a text belong to the type of that name only.
        let is_text = question == Question::Text && self.cell(line, "type") == "text";
        if !is_text && !matches!(question, Question::Range | Question::Place) {
            self.unused(line, &["parameters"]);
        }
        match question {
            Question::Text if is_text => self.check(line, parameter::text(parameters), parameters, &[]),
            Question::Range => self.range(line, &mut node, parameters),
            Question::Place => {
                node.appearance = "place".to_owned();
                self.check(line, parameter::place(parameters), parameters, &["reference-geometry"]);
                self.geometry(line, parameters);
            }
            Question::Barcode => given_by(&mut node, "barcode"),
            Question::UpTo(most) if node.constraint.is_empty() => {
                node.constraint = format!("0 <= . and . <= {most}");
            }
            Question::Acknowledge => node.list = self.acknowledgement(),
            Question::Note => {
                node.required.clear();
                node.readonly.clear();
                if node.appearance == "digits" {
                    node.appearance.clear();
                }
            }
            _ => {}
        }
        self.add_with_default(line, node, Role::Alone);
    }

    fn range(&mut self, line: &Line, node: &mut NodeSource, parameters: &Parameters) {
        let names = |list: &str| {
            let list = self.lists.own(list)?;
            Some(list.choices.iter().map(|choice| choice.name.as_str()).collect())
        };
        match parameter::range(parameters, self.cell(line, "appearance"), names) {
            Ok(scale) => {
                node.kind = if scale.is_whole { "integer" } else { "decimal" }.to_owned();
                node.parameters.extend(scale.pairs);
                self.check(line, Ok(()), parameters, &["start", "end", "step"]);
            }
            Err(fault) => self.parameter(line, fault),
        }
    }

    fn geometry(&mut self, line: &Line, parameters: &Parameters) {
        if let Some(target) = parameters.get("reference-geometry") {
            self.facts.geometries.push((target.to_owned(), self.at(line, "parameters")));
            let fault = ParameterFault::Unused("reference-geometry".to_owned());
            self.notice(line, "parameters", ProblemKind::Parameter(fault));
        }
    }

    fn acknowledgement(&mut self) -> String {
        let name = self.lists.free_name(ACKNOWLEDGE);
        let label = self.languages.each(OK, OK);
        let choice = ChoiceSource { name: OK.to_owned(), label, ..ChoiceSource::default() };
        self.lists.add(ListSource { name: name.clone(), choices: vec![choice], ..ListSource::default() });
        name
    }

    fn calculate(&mut self, line: &Line, node: NodeSource) {
        if node.calculation.is_empty()
            && self.cell(line, "calculation").is_empty()
            && !self.has_dynamic_default(line, false)
        {
            self.error(line, "calculation", ProblemKind::NoCalculation);
        }
        self.facts.unseen.push((node.name.clone(), line.number));
        let kind = value_kind(self.cell(line, "bind::type")).to_owned();
        let node = NodeSource { kind, appearance: "hidden".to_owned(), ..node };
        self.add_with_default(line, node, Role::Alone);
    }

    fn media(&mut self, line: &Line, media: Media, node: NodeSource, parameters: &Parameters) {
        let checked = match media {
            Media::Image => parameter::image(parameters, self.cell(line, "appearance")),
            Media::Audio => parameter::audio(parameters),
            Media::Shape => parameter::shape(parameters),
            Media::Video | Media::File => Ok(()),
        };
        self.check(line, checked, parameters, &["max-pixels", "reference-geometry"]);
        if media != Media::Shape && !self.is_unseen(line) {
            return self.taken(line, media, node, parameters);
        }
        self.geometry(line, parameters);
        self.notice(line, "type", ProblemKind::ReadOnly(self.cell(line, "type").to_owned()));
        let kind = if self.is_unseen(line) { "calculate" } else { "note" };
        let NodeSource { name, label, hint, relevant, .. } = node;
        let kind = kind.to_owned();
        self.add(NodeSource { name, kind, label, hint, relevant, ..NodeSource::default() }, Role::Alone);
    }

    /// What is answered with a file. Its first value cannot come from the form.
    fn taken(&mut self, line: &Line, media: Media, mut node: NodeSource, parameters: &Parameters) {
        self.unused(line, &["default", "calculation", "trigger"]);
        let look = appearance::look(
            self.cell(line, "appearance"),
            if media == Media::Image { Asked::Image } else { Asked::Other },
        );
        if !look.unknown.is_empty() {
            self.notice(line, "appearance", ProblemKind::UnknownAppearance(look.unknown.join(" ")));
        }
        let by = match media {
            Media::Image | Media::Shape if look.name.is_empty() => "image",
            Media::Image | Media::Shape => look.name,
            Media::Audio => "audio",
            Media::Video => "video",
            Media::File => "file",
        };
        if media != Media::Image {
            self.notice(line, "type", ProblemKind::KeptAsItIs(self.cell(line, "type").to_owned()));
        }
        (node.calculation, node.trigger) = (String::new(), Vec::new());
        node.kind = "text".to_owned();
        given_by(&mut node, by);
        if let Some(pixels) = parameters.get("max-pixels").filter(|_| media == Media::Image) {
            node.parameters.push(("max-pixels".to_owned(), pixels.to_owned()));
        }
        self.add(node, Role::Alone);
    }

    fn private(&mut self, line: &Line, private: Private, name: String, parameters: &Parameters) {
        if private == Private::Recording
            && let Err(fault) = parameter::recording(parameters)
        {
            self.parameter(line, fault);
        }
        if private == Private::TriggeredPlace {
            if self.cell(line, "trigger").is_empty() {
                self.error(line, "trigger", ProblemKind::NoTrigger);
            }
            if !self.cell(line, "calculation").is_empty() {
                self.error(line, "calculation", ProblemKind::TriggerCalculation);
            }
        }
        self.notice(line, "type", ProblemKind::NotCollected(self.cell(line, "type").to_owned()));
        let node = self.node(line, name);
        self.add(unseen(node), Role::Alone);
    }

    /// What people did and when: never collected, and no name that expressions can ask for.
    pub(super) fn audit(&mut self, line: &Line, parameters: &Parameters) {
        if !["", "audit"].contains(&self.cell(line, "name")) {
            self.error(line, "name", ProblemKind::AuditName);
        }
        if self.facts.has_audit {
            self.error(line, "type", ProblemKind::SameName("audit".to_owned()));
        }
        self.facts.has_audit = true;
        if let Err(fault) = parameter::audit(parameters) {
            self.parameter(line, fault);
        }
        self.notice(line, "type", ProblemKind::NotCollected("audit".to_owned()));
    }

    /// A table to look up in has no place among the answers.
    fn table(&mut self, line: &Line, name: String, ending: &str) {
        let place = self.at(line, "type");
        let file = format!("{name}.{ending}");
        let table = TableOf { name, file, by: By::Row, place };
        self.attach(&table);
        self.facts.tables.push(table);
    }

    fn select(&mut self, line: &Line, select: Select<'_>, mut node: NodeSource, parameters: &Parameters) {
        let searches = self.cell(line, "appearance").contains("search(");
        if searches {
            let place = self.at(line, "appearance");
            if select.list.contains('.') && select.source == Source::File {
                self.problems.error(place, ProblemKind::SearchFile);
            } else {
                self.problems.unsupported(place, ProblemKind::SearchUnsupported);
            }
        } else {
            node.appearance = self.look(line, Asked::Select);
        }
        let checked = match select.source {
            Source::File => parameter::select_from_file(parameters),
            _ => parameter::select(parameters),
        };
        self.check(line, checked, parameters, &["randomize", "seed", "value", "label"]);
        if parameters.get("randomize") == Some("true") {
            let pair = |key: &str| parameters.get(key).map(|value| (key.to_owned(), value.to_owned()));
            node.parameters.extend(["randomize", "seed"].into_iter().filter_map(pair));
        }
        node.kind = match select.how {
            How::One => "select_one",
            How::Multiple => "select_multiple",
            How::Rank => "rank",
        }
        .to_owned();
        let Some(list) = self.list(line, select, &node, searches, parameters) else { return };
        node.list = list;
        let role = self.role(line, &node);
        let other = select.has_other.then(|| self.other(line, select, &node)).flatten();
        self.add_with_default(line, node, role);
        if let Some(other) = other {
            self.add(other, Role::Alone);
        }
    }

    /// What the select is in a table of selects, with what is wrong there.
    fn role(&mut self, line: &Line, node: &NodeSource) -> Role {
        let appearance = self.cell(line, "appearance");
        if let Some(table) = self.open.last().filter(|open| open.is_table()) {
            match table.first_list().map(str::to_owned) {
                None if !node.choice_filter.is_empty() => {
                    self.error(line, "choice_filter", ProblemKind::GridFilter);
                }
                Some(first) if first != node.list => {
                    let kind = ProblemKind::GridLists { first, second: node.list.clone() };
                    self.error(line, "type", kind);
                }
                _ => {}
            }
        }
        match () {
            () if says(appearance, "label") => Role::Header,
            () if says(appearance, "list-nolabel") => Role::Row,
            () => Role::Alone,
        }
    }

    /// The name of the list that a select chooses from, made known.
    fn list(
        &mut self,
        line: &Line,
        select: Select<'_>,
        node: &NodeSource,
        searches: bool,
        parameters: &Parameters,
    ) -> Option<String> {
        let list = select.list;
        match select.source {
            Source::Answers => {
                let Some(from) = sole_mention(list) else {
                    self.error(line, "type", ProblemKind::BadReference(list.to_owned()));
                    return None;
                };
                let kind = match self.count(from) {
                    0 => ProblemKind::NoReference(from.to_owned()),
                    1 => {
                        let (name, from) = (list.to_owned(), from.to_owned());
                        self.lists.add(ListSource { name: name.clone(), from, choices: Vec::new() });
                        return Some(name);
                    }
                    _ => ProblemKind::AmbiguousReference(from.to_owned()),
                };
                self.error(line, "type", kind);
                None
            }
            Source::External => self.external(line, list),
            Source::File if is_file(list) => self.file_list(line, list, parameters),
            Source::File => {
                self.error(line, "type", ProblemKind::FileEnding(list.to_owned()));
                None
            }
            Source::Choices if has_ending(list) && self.lists.own(list).is_none() => {
                self.file_list(line, list, parameters)
            }
            Source::Choices => {
                let place = self.at(line, "type");
                let chosen = Chosen { question: node.name.clone(), list: list.to_owned(), searches, place };
                self.facts.selects.push(chosen);
                if self.lists.own(list).is_none() {
                    self.error(line, "type", ProblemKind::NoList(list.to_owned()));
                    return None;
                }
                if let Some(choice) = self.lists.blank(list).filter(|_| select.how == How::Multiple) {
                    let kind = ProblemKind::ChoiceBlank { choice: choice.to_owned(), list: list.to_owned() };
                    self.error(line, "type", kind);
                }
                Some(list.to_owned())
            }
        }
    }

    /// How many rows of the survey sheet have this name.
    fn count(&self, name: &str) -> usize {
        self.table.lines.iter().filter(|line| self.table.cell(line, "name") == name).count()
    }

    fn external(&mut self, line: &Line, list: &str) -> Option<String> {
        let Some(source) = self.external.iter().find(|source| source.name == list) else {
            self.error(line, "type", ProblemKind::NoList(list.to_owned()));
            return None;
        };
        let name = self.lists.free_name(list);
        self.lists.add(ListSource { name: name.clone(), ..source.clone() });
        Some(name)
    }

    fn file_list(&mut self, line: &Line, file: &str, parameters: &Parameters) -> Option<String> {
        let name = super::choice::stem(file).to_owned();
        let place = self.at(line, "type");
        let table = TableOf { name, file: file.to_owned(), by: By::Select, place };
        self.facts.tables.push(table.clone());
        self.attach(&table);
        let attached = self.file(file)?;
        let (list, missing) = from_file(attached, parameters.get("value"), parameters.get("label"));
        if let Some(column) = missing {
            let kind = ProblemKind::NoFileColumn { column, file: file.to_owned() };
            self.error(line, "parameters", kind);
        }
        let name = list.name.clone();
        self.lists.add(list);
        Some(name)
    }

    /// Adds the choice `other` to the list, and the question that asks which.
    fn other(&mut self, line: &Line, select: Select<'_>, node: &NodeSource) -> Option<NodeSource> {
        if !self.cell(line, "choice_filter").is_empty() {
            self.error(line, "choice_filter", ProblemKind::OtherFilter);
        }
        let Some(list) = self.lists.own_mut(select.list) else {
            self.error(line, "type", ProblemKind::OtherList);
            return None;
        };
        super::choice::other(list, self.languages);
        Some(NodeSource {
            name: format!("{}_other", node.name),
            kind: "text".to_owned(),
            label: self.languages.each("Especificar otro.", "Specify other."),
            relevant: format!("selected(../{}, {})", node.name, literal(OTHER)),
            ..NodeSource::default()
        })
    }
}

/// What the camera and its like answer.
fn given_by(node: &mut NodeSource, media: &str) {
    node.appearance = "media".to_owned();
    node.parameters.push(("media".to_owned(), media.to_owned()));
}

/// A value nobody sees or gives, so that expressions find its name.
fn unseen(node: NodeSource) -> NodeSource {
    NodeSource {
        name: node.name,
        kind: "calculate".to_owned(),
        label: node.label,
        relevant: node.relevant,
        ..NodeSource::default()
    }
}

/// The kind of a value by its type in XForms.
fn value_kind(bind: &str) -> &'static str {
    match bind {
        "int" | "integer" => "integer",
        "decimal" => "decimal",
        "date" => "date",
        "time" => "time",
        "dateTime" => "dateTime",
        _ => "text",
    }
}

/// Whether a name ends as files with lists do.
fn has_ending(file: &str) -> bool {
    let ending = file.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| ["csv", "xml", "geojson"].contains(&ending))
}

/// Whether it is the name of a file with a list: with one ending, and something before it.
fn is_file(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    has_ending(name) && name.matches('.').count() == 1 && !name.starts_with('.')
}
