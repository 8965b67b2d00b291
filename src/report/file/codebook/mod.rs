//! What each column and each choice of the files means: a page to print and a table. Read [`Codebook::new`] first.
//! The same for every format; made of the form alone, so it needs no response and holds nobody's answer.

mod condition;
mod html;

pub use html::html;

use super::LeftOut;
use super::csv::cell;
use super::layout::{Layout, Part, ancestors};
use super::options::{Options, Profile};
use super::readme;
use super::sheet::{Cell, Sheet};
use super::variable::{Codes, NUMBER_SKIPPED};
use crate::form::{
    Choice, Form, Index, IndexKind, Node, NodeId, NodeKind, QuestionKind, Role, Text, write_number,
};
use crate::i18n::{Language, file as words};

/// Everything there is to say of a form's files.
#[derive(Debug, Clone, PartialEq)]
pub struct Codebook {
    /// Columns about the response: header, SPSS name, what it tells in Spanish and English.
    pub about: Vec<(&'static str, String, [&'static str; 2])>,
    /// The questions in document order.
    pub questions: Vec<Entry>,
    /// What the summary computes over several of them.
    pub indices: Vec<IndexEntry>,
}

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The section it stands in: the outermost group's name and label.
    pub section: (String, String),
    /// Its name.
    pub name: String,
    /// Its path in the form, without positions.
    pub path: String,
    /// Its column in CSV and workbook, `n` standing for an instance's number; as if nothing were left out.
    pub column: String,
    /// Its name in SPSS; of several choices, that of the first choice's variable without the choice.
    pub spss: String,
    /// What kind of question.
    pub kind: QuestionKind,
    /// What people read, in Spanish and English; a grid's label before its row's.
    pub labels: [String; 2],
    /// Its choices.
    pub choices: Vec<ChoiceEntry>,
    /// The SPSS code of "shown and not answered"; texts have none.
    pub skipped: Option<i32>,
    /// When it is asked, as expressions: its own and those of the groups around it.
    pub conditions: Vec<String>,
    /// The same in words, where it is simple enough.
    pub asked: Option<String>,
    /// The expression that says which choices are offered.
    pub offered: Option<String>,
    /// What it is asked once for each of.
    pub repeated: Option<String>,
    /// Whether it is sensitive.
    pub sensitive: bool,
    /// Why this file has no column for it.
    pub left_out: Option<LeftOut>,
}

/// A choice.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceEntry {
    /// The name that CSV and workbook have.
    pub name: String,
    /// Its own column, of a question with several answers, and that column's name in SPSS.
    pub column: Option<(String, String)>,
    /// The number that SPSS has; 1 of a question with several answers, none of a ranking, which has places.
    pub code: Option<i32>,
    /// What people read, in Spanish and English.
    pub labels: [String; 2],
    /// What it means to the summary.
    pub role: Role,
    /// Its place on a scale.
    pub score: Option<f64>,
}

/// An index.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexEntry {
    /// Its id.
    pub id: String,
    /// What people read, in Spanish and English.
    pub labels: [String; 2],
    /// What it computes.
    pub how: String,
    /// Names of the questions; those of a pair joined by an arrow.
    pub questions: Vec<String>,
}

impl Codebook {
    /// The codebook of a form's files for a profile, in a language.
    pub fn new(form: &Form, options: &Options) -> Codebook {
        let layout = Layout::new(form, options, None);
        // The columns of an analyst's file name what a publication leaves out.
        let whole = Layout::new(form, &Options { profile: Profile::Analyst, ..options.clone() }, None);
        let about = layout
            .about
            .iter()
            .map(|(about, name)| {
                let texts = Language::ALL.map(|language| readme::about(*about, options.profile, language));
                (about.header(), name.clone(), texts)
            })
            .collect();
        let questions = form
            .iter()
            .filter_map(|(id, node)| Some(entry(&layout, &whole, id, node, node.kind.question()?)))
            .collect();
        let indices = form.indices.iter().map(|index| index_entry(form, index, options.language)).collect();
        Codebook { about, questions, indices }
    }
}

/// The codebook as a table, a row for each column, question, choice and index.
pub fn table(form: &Form, options: &Options) -> Sheet {
    let language = options.language;
    let codebook = Codebook::new(form, options);
    let header = [
        words::row_of,
        words::variable,
        words::spss_name,
        words::label_es,
        words::label_en,
        words::kind,
        words::choice,
        words::spss_code,
        words::score,
        words::role,
        words::asked,
        words::condition,
        words::sensitive,
        words::in_file,
        words::path,
    ];
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    let whole = |value: i32| Cell::Number { value: value.into(), decimals: 0 };
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (column, spss, [es, en]) in &codebook.about {
        rows.push(vec![text(words::row_about(language)), text(column), text(spss), text(es), text(en)]);
    }
    for entry in &codebook.questions {
        let [es, en] = &entry.labels;
        let asked = match (&entry.asked, entry.conditions.is_empty()) {
            (Some(asked), _) => asked.as_str(),
            (None, true) => words::always(language),
            (None, false) => "",
        };
        rows.push(vec![
            text(words::row_question(language)),
            text(&entry.column),
            text(&entry.spss),
            text(es),
            text(en),
            text(kind(entry.kind, language)),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            text(asked),
            text(&entry.conditions.join(" and ")),
            text(if entry.sensitive { words::yes(language) } else { words::no(language) }),
            text(entry.left_out.map_or(words::yes(language), |reason| readme::reason(reason, language))),
            text(&entry.path),
        ]);
        for choice in &entry.choices {
            let (column, spss) = choice.column.as_ref().unwrap_or(const { &(String::new(), String::new()) });
            let [es, en] = &choice.labels;
            rows.push(vec![
                text(words::row_choice(language)),
                text(if column.is_empty() { &entry.column } else { column }),
                text(if spss.is_empty() { &entry.spss } else { spss }),
                text(es),
                text(en),
                Cell::Empty,
                text(&choice.name),
                choice.code.map_or(Cell::Empty, whole),
                choice.score.map_or(Cell::Empty, |value| Cell::Number { value, decimals: 0 }),
                text(role(choice.role, language)),
            ]);
        }
        if let Some(skipped) = entry.skipped {
            let row = [words::no_answer(Language::Es), words::no_answer(Language::En)].map(text);
            let [es, en] = row;
            rows.push(vec![
                text(words::row_spss(language)),
                text(&entry.column),
                text(&entry.spss),
                es,
                en,
                Cell::Empty,
                Cell::Empty,
                whole(skipped),
            ]);
        }
    }
    for index in &codebook.indices {
        let [es, en] = &index.labels;
        rows.push(vec![
            text(words::row_index(language)),
            text(&index.id),
            Cell::Empty,
            text(es),
            text(en),
            text(&index.how),
            text(&index.questions.join(", ")),
        ]);
    }
    Sheet {
        name: words::sheet_codebook(language).to_owned(),
        header: header.map(|word| word(language).to_owned()).to_vec(),
        rows,
    }
}

/// The codebook as CSV, with the signs that the responses' CSV has.
pub fn csv(form: &Form, options: &Options) -> String {
    let sheet = table(form, options);
    let mut out = "\u{feff}".as_bytes().to_vec();
    let header: Vec<Cell> = sheet.header.iter().map(|text| Cell::Text(text.clone())).collect();
    for row in std::iter::once(&header).chain(&sheet.rows) {
        for at in 0..sheet.header.len() {
            if at > 0 {
                out.push(b',');
            }
            match row.get(at) {
                Some(Cell::Text(text)) => cell(text, &mut out),
                Some(Cell::Number { value, .. }) => out.extend_from_slice(write_number(*value).as_bytes()),
                _ => {}
            }
        }
        out.extend_from_slice(b"\r\n");
    }
    String::from_utf8(out).unwrap_or_default()
}

/// What a kind of question is called.
pub(super) fn kind(kind: QuestionKind, language: Language) -> &'static str {
    match kind {
        QuestionKind::Text => words::kind_text(language),
        QuestionKind::Integer => words::kind_integer(language),
        QuestionKind::Decimal => words::kind_decimal(language),
        QuestionKind::SelectOne(_) => words::kind_one(language),
        QuestionKind::SelectMultiple(_) => words::kind_many(language),
        QuestionKind::Rank(_) => words::kind_rank(language),
        QuestionKind::Date => words::kind_date(language),
        QuestionKind::Time => words::kind_time(language),
        QuestionKind::DateTime => words::kind_moment(language),
    }
}

fn role(role: Role, language: Language) -> &'static str {
    match role {
        Role::Substantive => "",
        Role::DontKnow => words::role_dont_know(language),
        Role::NotApplicable => words::role_not_applicable(language),
        Role::Refused => words::role_refused(language),
        Role::Never => words::role_never(language),
        Role::Exclusive => words::role_exclusive(language),
    }
}

fn both(form: &Form, text: &Text) -> [String; 2] {
    ["es", "en"].map(|tag| form.language(tag).map_or_else(String::new, |at| text.plain(at)))
}

fn entry(layout: &Layout<'_>, whole: &Layout<'_>, id: NodeId, node: &Node, kind: QuestionKind) -> Entry {
    let form = layout.form;
    let columns = || whole.columns.iter().filter(|column| column.node == id);
    let own = columns().find(|column| column.part == Part::Whole);
    let above: Vec<(NodeId, &Node)> = ancestors(form, id).collect();
    let grid =
        above.first().filter(|(_, node)| matches!(node.kind, NodeKind::Group(crate::form::Layout::Grid(_))));
    let mut labels = both(form, &node.label);
    if let Some((_, grid)) = grid {
        for (label, before) in labels.iter_mut().zip(both(form, &grid.label)) {
            *label = format!("{before} {label}").trim().to_owned();
        }
    }
    let section =
        above.last().map_or_else(Default::default, |(id, node)| (node.name.clone(), layout.label_of(*id)));
    let expressions: Vec<&str> = above
        .iter()
        .rev()
        .map(|(_, node)| *node)
        .chain([node])
        .filter_map(|node| node.relevant.as_ref())
        .map(|relevant| relevant.source())
        .collect();
    let repeat = above.iter().find(|(_, node)| matches!(node.kind, NodeKind::Repeat { .. }));
    let list = form.choices_of(node);
    let codes = list.map(Codes::of);
    let choice = |(at, choice): (usize, &Choice)| ChoiceEntry {
        name: choice.name.clone(),
        column: columns()
            .find(|column| column.part == Part::Choice(at))
            .map(|column| (column.header.clone(), column.name.clone())),
        code: match kind {
            QuestionKind::SelectMultiple(_) => Some(1),
            QuestionKind::Rank(_) => None,
            _ => codes.as_ref().and_then(|codes| codes.codes.get(at).copied()),
        },
        labels: both(form, &choice.label),
        role: choice.role,
        score: choice.score,
    };
    let choices: Vec<ChoiceEntry> =
        list.into_iter().flat_map(|list| list.choices.iter().enumerate()).map(choice).collect();
    let skipped = match kind {
        QuestionKind::SelectOne(_) => codes.as_ref().map(|codes| codes.skipped),
        QuestionKind::SelectMultiple(_) => Some(Codes::skipped_above(1)),
        QuestionKind::Rank(_) => Some(Codes::skipped_above(choices.len())),
        QuestionKind::Integer | QuestionKind::Decimal => Some(NUMBER_SKIPPED),
        QuestionKind::Date | QuestionKind::Text | QuestionKind::Time | QuestionKind::DateTime => None,
    };
    Entry {
        section,
        name: node.name.clone(),
        path: form.path(id),
        column: own.map_or_else(String::new, |column| column.header.clone()),
        spss: own.map_or_else(String::new, |column| column.name.clone()),
        kind,
        labels,
        choices,
        skipped,
        asked: condition::in_words(layout, &expressions),
        conditions: expressions.into_iter().map(parenthesized).collect(),
        offered: list.and_then(|list| list.filter.as_ref()).map(|filter| filter.source().to_owned()),
        repeated: repeat.map(|(id, node)| {
            let label = layout.label_of(*id);
            if label.is_empty() { node.name.clone() } else { label }
        }),
        sensitive: node.sensitive || above.iter().any(|(_, node)| node.sensitive),
        left_out: layout.left_out.iter().find(|(left_out, _)| *left_out == id).map(|(_, reason)| *reason),
    }
}

/// An expression that may stand beside others.
fn parenthesized(source: &str) -> String {
    if source.contains(" or ") { format!("({source})") } else { source.to_owned() }
}

fn index_entry(form: &Form, index: &Index, language: Language) -> IndexEntry {
    let arrows = |pairs: &[(String, String)]| {
        pairs.iter().map(|(first, second)| format!("{first} → {second}")).collect::<Vec<_>>()
    };
    let (how, questions) = match &index.kind {
        IndexKind::Mean { items, minimum_items } => {
            let minimum = words::index_minimum(*minimum_items, language);
            (format!("{}, {minimum}", words::index_mean(language)), items.clone())
        }
        IndexKind::Paired { pairs } => (words::index_paired(language).to_owned(), arrows(pairs)),
        IndexKind::Priorities { items } => (words::index_priorities(language).to_owned(), items.clone()),
        IndexKind::Any { items } => (words::index_any(language).to_owned(), items.clone()),
        IndexKind::Recommendation { item } => {
            (words::index_recommendation(language).to_owned(), vec![item.clone()])
        }
        IndexKind::SafeWalking { item } => {
            (words::index_safe_walking(language).to_owned(), vec![item.clone()])
        }
        IndexKind::Reporting { pairs } => (words::index_reporting(language).to_owned(), arrows(pairs)),
        IndexKind::Incidence { pairs } => (words::index_incidence(language).to_owned(), arrows(pairs)),
        IndexKind::Ranked { items } => (words::index_ranked(language).to_owned(), items.clone()),
        IndexKind::Commitments { count, repeat } => {
            (words::index_commitments(language).to_owned(), vec![count.clone(), repeat.clone()])
        }
    };
    IndexEntry { id: index.id.clone(), labels: both(form, &index.label), how, questions }
}
