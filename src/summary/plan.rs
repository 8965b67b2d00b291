use super::cells::{BLANK_DAY, Cells, Code, NO_DAY};
use super::filter::chosen;
use super::model::Kind;
use super::order;
use super::question::{kind_of, words};
use super::rules::Rules;
use super::selection::Selection;
use super::summarize::{of_wave, tells_few, wave, withheld};
use super::table::{Column, Table, innermost_repeat};
use super::view::View;
use crate::form::{Date, Form, IndexKind};
use crate::survey::{Bilingual, Survey, SurveyState};

/// What people committed themselves to, as a plan of work: no line tells whose it is, nor which lines are one person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkPlan {
    /// How many people's commitments these are.
    pub people: usize,
    /// By topic in the list's order, then by day; what has neither stands last.
    pub rows: Vec<PlanRow>,
    /// Commitments left out because their text holds personal data.
    pub left_out: usize,
}

/// A commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRow {
    /// The topic: the choice's name and label.
    pub topic: Option<(String, Bilingual)>,
    /// What will be done, in the person's own words.
    pub text: String,
    /// By when.
    pub due: Option<Date>,
    /// How likely it is, as the person said.
    pub likely: Option<Bilingual>,
}

/// The commitments of a view's responses, for a form with an index of them and a table [`Table::with_texts`]. `quotable` says
/// whether a text holds no personal data; texts of which it says no are counted and left out.
///
/// `None`: the form has no commitments, the table no texts, the view is withheld, or fewer people than the minimum cell
/// committed themselves.
pub fn work_plan(
    form: &Form,
    survey: &Survey,
    table: &Table,
    view: &View,
    quotable: &dyn Fn(&str) -> bool,
) -> Option<WorkPlan> {
    let repeat = form.indices.iter().find_map(|index| match &index.kind {
        IndexKind::Commitments { repeat, .. } => form.find(repeat),
        _ => None,
    })?;
    let rules = Rules::new(survey, view.profile, view.is_filtered());
    let selection = counted_rows(form, survey, table, view)?;
    let inside: Vec<&Column> =
        table.columns.iter().filter(|column| innermost_repeat(form, column.node) == Some(repeat)).collect();
    let of_kind = |kind: Kind| inside.iter().find(|column| kind_of(form, column.node) == Some(kind)).copied();
    let (topics, days, likely) = (of_kind(Kind::OneChoice), of_kind(Kind::Date), of_kind(Kind::Scale));
    let texts = of_kind(Kind::Text)?;
    let Cells::Texts(written) = &texts.cells else { return None };
    let mut plan = WorkPlan { people: 0, rows: Vec::new(), left_out: 0 };
    let mut rows: Vec<((usize, i32), PlanRow)> = Vec::new();
    let mut owners: Vec<usize> = Vec::new();
    for cell in 0..texts.cells.len() {
        let owner = table.owner(texts, cell);
        let text = written.get(cell).map(str::trim).unwrap_or_default();
        if text.is_empty() || !selection.has(owner) {
            continue;
        }
        owners.push(owner);
        if !quotable(text) {
            plan.left_out += 1;
            continue;
        }
        let topic = topics.and_then(|column| choice(form, column, cell));
        let day = days.and_then(|column| day(column, cell));
        let place = (topic.as_ref().map_or(usize::MAX, |(code, ..)| *code), day.unwrap_or(i32::MAX));
        let row = PlanRow {
            topic: topic.map(|(_, name, label)| (name, label)),
            text: text.to_owned(),
            due: day.map(Date::from_days),
            likely: likely.and_then(|column| choice(form, column, cell)).map(|(_, _, label)| label),
        };
        rows.push((place, row));
    }
    owners.sort_unstable();
    owners.dedup();
    plan.people = owners.len();
    // By text where all else is equal: the order in which people answered tells nothing.
    order::sort_by(&mut rows, |(a, first), (b, second)| a.cmp(b).then_with(|| first.text.cmp(&second.text)));
    plan.rows = rows.into_iter().map(|(_, row)| row).collect();
    (plan.people >= rules.minimum_cell()).then_some(plan)
}

/// The rows that a view counts; `None` where it is withheld.
pub fn counted_rows(form: &Form, survey: &Survey, table: &Table, view: &View) -> Option<Selection> {
    let rules = Rules::new(survey, view.profile, view.is_filtered());
    let people = table.rows.iter().any(|facts| !facts.example);
    let open = survey.state == SurveyState::Open && people;
    let (mask, _) = of_wave(table, &wave(survey, table, view), open);
    let whole = Selection::of(mask);
    let count = whole.count();
    let few = tells_few(rules, form, table, &whole, view);
    let selection = chosen(form, table, whole, &view.filters);
    withheld(rules, view, count, selection.count(), few).is_none().then_some(selection)
}

fn choice(form: &Form, column: &Column, cell: usize) -> Option<(usize, String, Bilingual)> {
    let Code::Choice(code) = column.code(cell) else { return None };
    let choice = form.choices_of(form.node(column.node)?)?.choices.get(code)?;
    Some((code, choice.name.clone(), words(form, &choice.label)))
}

fn day(column: &Column, cell: usize) -> Option<i32> {
    let Cells::Days(days) = &column.cells else { return None };
    days.get(cell).copied().filter(|day| *day != NO_DAY && *day != BLANK_DAY)
}
