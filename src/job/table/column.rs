//! What the columns of a file are, by their headers. Read [`Columns::of`] first.

use std::collections::HashMap;

use crate::form::{Form, Node, NodeId, NodeKind, QuestionKind};

/// The signs that stand between the names of a path, in files of one tool or another.
const BETWEEN: [char; 4] = ['/', '-', '.', ':'];
/// The highest position in a repeat that a header may name.
const MOST_INSTANCES: usize = 100;

/// The columns of a table.
#[derive(Debug, Default)]
pub(super) struct Columns<'f> {
    /// What each column is, in order.
    pub(super) roles: Vec<Role>,
    /// The headers, as they are written.
    pub(super) headers: Vec<String>,
    /// The questions that have columns, in the order of the form.
    pub(super) fields: Vec<Field<'f>>,
    /// Columns that identify a row, the surest first.
    pub(super) ids: Vec<usize>,
    /// Columns that tell when a response was begun and when it was finished, the surest first.
    pub(super) started: Vec<usize>,
    pub(super) finished: Vec<usize>,
    /// Sondeo wrote the file: a blank was not shown, and `NA` was skipped.
    pub(super) own: bool,
}

/// What a column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// The answer to the field at this position.
    Answer(usize),
    /// Whether the choice of this name was marked, or in which place, of the field at this position.
    Mark(usize, String),
    /// About the response.
    About(About),
    /// Not read.
    LeftOut(Why),
}

/// What a column tells about a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// Which one it is.
    Id,
    /// The survey's id.
    Survey,
    /// The wave.
    Wave,
    /// The form's version.
    Version,
    /// The language.
    Language,
    /// A moment of the answering.
    Day,
    /// The program made it up.
    Example,
}

/// Why a column is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// It has no header.
    Blank,
    /// The form has no such question.
    Unknown,
    /// The form has several such questions.
    Several,
    /// The question is asked several times, and the header does not say which time.
    Repeated,
    /// The form computes it.
    Computed,
    /// An earlier column is the same question.
    Again,
    /// The question's own column says it all.
    Told,
}

/// A question with its columns.
#[derive(Debug)]
pub(super) struct Field<'f> {
    pub(super) node: &'f Node,
    pub(super) id: NodeId,
    pub(super) kind: QuestionKind,
    /// Its path, with the position in a repeat.
    pub(super) path: String,
    /// The path of the repeat it stands in, and which instance, from 1.
    pub(super) instance: Option<(String, usize)>,
    /// The column with its answer.
    pub(super) whole: Option<usize>,
    /// The columns with one choice each, by name.
    pub(super) marks: Vec<(usize, String)>,
}

/// The questions of a form by what a header may call them; `None`: several are called that.
#[derive(Debug)]
pub(super) struct Names {
    exact: HashMap<String, Option<NodeId>>,
    folded: HashMap<String, Option<NodeId>>,
    labels: HashMap<String, Option<NodeId>>,
}

/// A header that is understood.
enum Found {
    One(NodeId),
    Several,
}

impl Names {
    pub(super) fn of(form: &Form) -> Names {
        let mut names = Names { exact: HashMap::new(), folded: HashMap::new(), labels: HashMap::new() };
        let put = |map: &mut HashMap<String, Option<NodeId>>, name: String, id: NodeId| {
            map.entry(name)
                .and_modify(|known| *known = known.filter(|known| *known == id))
                .or_insert(Some(id));
        };
        for (id, node) in form.iter().filter(|(_, node)| !node.kind.is_container()) {
            let path = form.path(id);
            let whole = ["data/", &path].concat();
            let mut rest = whole.as_str();
            loop {
                for sign in BETWEEN {
                    let name = rest.replace('/', &sign.to_string());
                    put(&mut names.folded, name.to_lowercase(), id);
                    put(&mut names.exact, name, id);
                }
                let Some((_, after)) = rest.split_once('/') else { break };
                rest = after;
            }
            // A path names its question even where another one has the same name.
            names.exact.insert(path, Some(id));
            let grid = node
                .parent
                .and_then(|parent| form.node(parent))
                .filter(|parent| matches!(parent.kind, NodeKind::Group(crate::form::Layout::Grid(_))));
            for language in 0..form.languages.len() {
                let label = node.label.plain(language);
                if !label.is_empty() {
                    put(&mut names.labels, folded(&label), id);
                }
                if let Some(grid) = grid.filter(|grid| !grid.label.is_empty()) {
                    put(&mut names.labels, folded(&[&grid.label.plain(language), " ", &label].concat()), id);
                }
            }
        }
        names
    }

    fn find(&self, header: &str) -> Option<Found> {
        let found = self.exact.get(header).or_else(|| self.folded.get(&header.to_lowercase()));
        let found = found.or_else(|| self.labels.get(&folded(header)));
        found.map(|id| id.map_or(Found::Several, Found::One))
    }
}

impl<'f> Columns<'f> {
    /// What the columns under these headers are. Names and paths of questions come first, with any sign between the names of
    /// a path, then labels; a question's choices may have a column each.
    pub(super) fn of(form: &'f Form, names: &Names, headers: &[String]) -> Columns<'f> {
        let mut columns = Columns { headers: headers.to_vec(), ..Columns::default() };
        let about_own = ["survey", "wave", "form_version"];
        columns.own = headers.get(1..4).is_some_and(|found| found == about_own.as_slice());
        let own_end = headers.iter().position(|header| header == "example").filter(|_| columns.own);
        let (mut ids, mut started, mut finished) = (Vec::new(), Vec::new(), Vec::new());
        for (at, header) in headers.iter().enumerate() {
            let name = header.trim();
            let of_own = own_end.is_some_and(|end| at <= end);
            let about = about(name, columns.own);
            if let Some((what, rank)) = about {
                match what {
                    About::Id => ids.push((rank, at)),
                    About::Day => {
                        started.extend(
                            STARTED
                                .iter()
                                .position(|day| day.eq_ignore_ascii_case(name))
                                .map(|rank| (rank, at)),
                        );
                        finished.extend(
                            FINISHED
                                .iter()
                                .position(|day| day.eq_ignore_ascii_case(name))
                                .map(|rank| (rank, at)),
                        );
                    }
                    _ => {}
                }
            }
            let question = if of_own { None } else { columns.question(form, names, name, at) };
            let role = match (question, about) {
                (Some(role @ (Role::Answer(_) | Role::Mark(..))), _) => role,
                (_, Some((about, _))) => Role::About(about),
                (Some(role), None) => role,
                (None, None) => Role::LeftOut(if name.is_empty() { Why::Blank } else { Why::Unknown }),
            };
            columns.roles.push(role);
        }
        for (mut ranked, to) in
            [(ids, &mut columns.ids), (started, &mut columns.started), (finished, &mut columns.finished)]
        {
            ranked.sort_unstable();
            to.extend(ranked.into_iter().map(|(_, at)| at));
        }
        columns.arrange();
        columns
    }

    /// What a header says about a question.
    fn question(&mut self, form: &'f Form, names: &Names, header: &str, at: usize) -> Option<Role> {
        let (plain, position) = without_position(header)?;
        if let Some(found) = names.find(&plain) {
            let Found::One(id) = found else { return Some(Role::LeftOut(Why::Several)) };
            return Some(match self.field(form, id, position) {
                Err(why) => Role::LeftOut(why),
                Ok(field) => match self.fields.get_mut(field) {
                    Some(known) if known.whole.is_none() => {
                        known.whole = Some(at);
                        Role::Answer(field)
                    }
                    _ => Role::LeftOut(Why::Again),
                },
            });
        }
        // One choice of a question, behind the last sign or an earlier one: names may hold the sign too.
        let signs = plain.char_indices().rev().filter(|(_, sign)| BETWEEN.contains(sign));
        for (end, sign) in signs {
            let (before, after) = (plain.get(..end)?, plain.get(end + sign.len_utf8()..)?);
            let Some(Found::One(id)) = names.find(before.trim()) else { continue };
            let Some(choice) = choice_named(form, id, after.trim()) else { continue };
            return Some(match self.field(form, id, position) {
                Err(why) => Role::LeftOut(why),
                Ok(field) => match self.fields.get_mut(field) {
                    Some(known) if known.marks.iter().all(|(_, name)| *name != choice) => {
                        known.marks.push((at, choice.clone()));
                        Role::Mark(field, choice)
                    }
                    _ => Role::LeftOut(Why::Again),
                },
            });
        }
        None
    }

    /// The position of a question's field, in this instance of the repeat it stands in.
    fn field(&mut self, form: &'f Form, id: NodeId, position: Option<usize>) -> Result<usize, Why> {
        let node = form.node(id).ok_or(Why::Unknown)?;
        let NodeKind::Question(kind) = node.kind else { return Err(Why::Computed) };
        if node.calculation.is_some() {
            return Err(Why::Computed);
        }
        let above = std::iter::successors(node.parent, |id| form.node(*id)?.parent);
        let is_repeat =
            |id: &NodeId| form.node(*id).is_some_and(|node| matches!(node.kind, NodeKind::Repeat { .. }));
        let repeats: Vec<NodeId> = above.filter(is_repeat).collect();
        let mut path = form.path(id);
        let instance = match (repeats.as_slice(), position) {
            ([], None) => None,
            ([repeat], Some(position)) => {
                let repeat = form.path(*repeat);
                let rest = path.get(repeat.len()..).unwrap_or_default();
                path = format!("{repeat}[{position}]{rest}");
                Some((repeat, position))
            }
            _ => return Err(Why::Repeated),
        };
        if let Some(known) = self.fields.iter().position(|field| field.path == path) {
            return Ok(known);
        }
        self.fields.push(Field { node, id, kind, path, instance, whole: None, marks: Vec::new() });
        Ok(self.fields.len() - 1)
    }

    /// Puts fields in the order of the form, and leaves out choices' columns where the question has its own.
    fn arrange(&mut self) {
        for role in &mut self.roles {
            let Role::Mark(field, _) = role else { continue };
            if self.fields.get(*field).is_some_and(|field| field.whole.is_some()) {
                *role = Role::LeftOut(Why::Told);
            }
        }
        let mut order: Vec<usize> = (0..self.fields.len()).collect();
        let key = |at: &usize| {
            self.fields.get(*at).map(|field| {
                let instance = field.instance.as_ref().map_or(0, |(_, position)| *position);
                // All of an instance before the next; what counts them stands before.
                (field.instance.is_some().then_some(instance), field.id)
            })
        };
        order.sort_by_key(key);
        let mut places = vec![0; order.len()];
        for (to, from) in order.iter().enumerate() {
            if let Some(place) = places.get_mut(*from) {
                *place = to;
            }
        }
        for role in &mut self.roles {
            if let Role::Answer(field) | Role::Mark(field, _) = role {
                *field = places.get(*field).copied().unwrap_or_default();
            }
        }
        let mut fields: Vec<(usize, Field<'f>)> =
            places.into_iter().zip(std::mem::take(&mut self.fields)).collect();
        fields.sort_by_key(|(place, _)| *place);
        self.fields = fields.into_iter().map(|(_, field)| field).collect();
    }

    /// The column that tells this; the first of several.
    pub(super) fn about(&self, about: About) -> Option<usize> {
        self.roles.iter().position(|role| *role == Role::About(about))
    }

    /// The columns that hold days.
    pub(super) fn dated(&self, _form: &Form) -> Vec<usize> {
        let of_day = |field: &&Field<'_>| matches!(field.kind, QuestionKind::Date | QuestionKind::DateTime);
        let answers = self.fields.iter().filter(of_day).filter_map(|field| field.whole);
        let mut all: Vec<usize> =
            answers.chain(self.started.iter().copied()).chain(self.finished.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Headers that identify a row, the surest first.
const IDS: [&str; 6] =
    ["_uuid", "meta/instanceID", "meta-instanceID", "meta.instanceID", "instanceID", "KEY"];
/// Headers of the day on which a response was begun.
const STARTED: [&str; 3] = ["started", "start", "today"];
/// And of that on which it was finished.
const FINISHED: [&str; 6] = ["finished", "end", "today", "_submission_time", "SubmissionDate", "start"];

/// What a header tells about a response, and how sure it is.
fn about(name: &str, own: bool) -> Option<(About, usize)> {
    let among = |names: &[&str]| names.iter().position(|known| known.eq_ignore_ascii_case(name));
    if own && name == "id" {
        return Some((About::Id, 0));
    }
    if let Some(rank) = among(&IDS) {
        return Some((About::Id, rank + 1));
    }
    if among(&STARTED).or(among(&FINISHED)).is_some() {
        return Some((About::Day, 0));
    }
    Some((
        match name {
            "wave" => About::Wave,
            "language" => About::Language,
            "survey" if own => About::Survey,
            "form_version" if own => About::Version,
            "example" if own => About::Example,
            _ => return None,
        },
        0,
    ))
}

/// A header without the position that it names, if any: `commitments[2]/who` is `commitments/who` and 2. `None`: it names
/// several, or none that there can be.
fn without_position(header: &str) -> Option<(String, Option<usize>)> {
    let Some((before, rest)) = header.split_once('[') else { return Some((header.to_owned(), None)) };
    let Some((position, after)) = rest.split_once(']') else { return Some((header.to_owned(), None)) };
    let Ok(position) = position.trim().parse::<usize>() else { return Some((header.to_owned(), None)) };
    let fits = (1..=MOST_INSTANCES).contains(&position) && !after.contains('[');
    fits.then(|| ([before, after].concat(), Some(position)))
}

/// The choice of a question that a header calls by name or label, where it takes several.
fn choice_named(form: &Form, id: NodeId, text: &str) -> Option<String> {
    let node = form.node(id)?;
    let NodeKind::Question(QuestionKind::SelectMultiple(_) | QuestionKind::Rank(_)) = node.kind else {
        return None;
    };
    let list = form.choices_of(node)?;
    super::cell::choice(list, form.languages.len(), text).map(|choice| choice.name.clone())
}

/// A text as it is compared: without case, marks of style and what blanks there are.
pub(super) fn folded(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !matches!(c, '*' | '#')).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").trim_end_matches(':').to_lowercase()
}
