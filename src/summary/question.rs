use std::collections::BTreeMap;

use super::model::{
    Base, Class, Display, Finding, Hiding, Kind, ManyChoices, Month, Number, Question, Rank, Row, Scale,
    Section, ZeroToTen,
};
use super::rules::{Grade, LEAST_VICTIMS, Rules, is_sexual_violence};
use super::statistics::moments::{Moments, quantile};
use super::statistics::ordinal::Ordinal;
use super::statistics::priority::Points;
use super::statistics::recommend::Recommendation;
use super::statistics::round::{percent, whole_percents};
use super::table::{Column, Table};
use super::tally::Tally;
use crate::form::{
    Appearance, Choice, ChoiceList, Date, Form, Layout, NodeId, NodeKind, QuestionKind, Role, Text,
};
use crate::survey::Bilingual;

/// Classes of whole numbers: the first number of each; the last is open.
const CLASSES: [i64; 8] = [0, 1, 2, 3, 6, 11, 21, 51];

/// Everything a result is computed from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) form: &'a Form,
    pub(super) table: &'a Table,
    pub(super) selected: &'a [bool],
    pub(super) rules: Rules,
    /// People of the selection who reported sexual violence.
    pub(super) victims: usize,
}

impl Source<'_> {
    pub(super) fn tally(&self, column: &Column) -> Tally {
        Tally::of(self.table, column, self.choices(column), self.selected)
    }

    /// Of `n` answers, how many count for what may be shown: in a repeat the people behind them.
    pub(super) fn behind(&self, column: &Column, n: usize) -> usize {
        match column.repeat {
            None => n,
            Some(_) => n.min(Tally::people(self.table, column, self.choices(column), self.selected)),
        }
    }

    pub(super) fn choices(&self, column: &Column) -> Option<&ChoiceList> {
        self.form.node(column.node).and_then(|node| self.form.choices_of(node))
    }

    pub(super) fn words(&self, text: &Text) -> Bilingual {
        words(self.form, text)
    }

    /// Hidden when the question is about sexual violence and has too few victims.
    pub(super) fn grade(&self, name: &str, n: usize) -> Grade {
        if is_sexual_violence(name) && self.victims < LEAST_VICTIMS {
            return Grade::hidden(Hiding::FewVictims);
        }
        self.rules.grade(n)
    }
}

/// A text of the form in the program's two languages; a form that speaks neither lends its first.
pub(super) fn words(form: &Form, text: &Text) -> Bilingual {
    let plain = |tag| text.plain(form.language(tag).unwrap_or(0));
    Bilingual { es: plain("es"), en: plain("en") }
}

/// The kind of result of a question.
pub(super) fn kind_of(form: &Form, id: NodeId) -> Option<Kind> {
    let node = form.node(id)?;
    let NodeKind::Question(kind) = node.kind else { return None };
    Some(match kind {
        QuestionKind::SelectOne(list) => {
            let scores: Vec<f64> = form.list(list).map(scores).unwrap_or_default();
            let zero_to_ten =
                scores.len() == 11 && scores.first() == Some(&0.0) && scores.last() == Some(&10.0);
            match scores.len() {
                _ if zero_to_ten => Kind::ZeroToTen,
                4.. => Kind::Scale,
                3 if node.appearance == Appearance::Scale => Kind::Scale,
                _ => Kind::OneChoice,
            }
        }
        QuestionKind::SelectMultiple(_) => Kind::ManyChoices,
        QuestionKind::Rank(_) => Kind::Ranking,
        QuestionKind::Integer | QuestionKind::Decimal => Kind::Number,
        QuestionKind::Date => Kind::Date,
        QuestionKind::Text | QuestionKind::Time | QuestionKind::DateTime => Kind::Text,
    })
}

/// The list's scores, ascending.
fn scores(list: &ChoiceList) -> Vec<f64> {
    let mut scores: Vec<f64> = list.choices.iter().filter_map(scored).collect();
    scores.sort_by(f64::total_cmp);
    scores
}

/// A choice's score, where it is an answer on the scale.
pub(super) fn scored(choice: &Choice) -> Option<f64> {
    choice.score.filter(|_| choice.role == Role::Substantive)
}

/// The result of a column's question.
pub(super) fn question(source: Source<'_>, column: &Column) -> Option<Question> {
    let form = source.form;
    let node = form.node(column.node)?;
    let kind = kind_of(form, column.node)?;
    let tally = source.tally(column);
    let list = source.choices(column);
    let mut base = base(kind, &tally, list);
    let sensitive = is_sensitive(form, column.node);
    let mut grade = source.grade(&node.name, source.behind(column, base.valid));
    if base.shown == 0 && !sensitive {
        grade = Grade::hidden(Hiding::NotAsked);
    }
    if sensitive && base.valid < 30 && !grade.is_hidden() && all_alike(&tally, base.valid) {
        grade = Grade::hidden(Hiding::AllAlike);
    }
    let asked = base.shown - base.not_applicable;
    base.dont_know_percent = grade.percent(base.dont_know, asked);
    base.nonresponse_percent = grade.percent(base.blank + base.refused, asked);
    let shown = !grade.is_hidden();
    Some(Question {
        name: node.name.clone(),
        path: form.path(column.node),
        section: section_of(form, column.node),
        grid: grid_of(form, column.node),
        repeated: column.repeat.is_some(),
        label: source.words(&node.label),
        kind,
        sensitive,
        display: grade.display,
        base: shown.then_some(base),
        finding: shown.then(|| finding(form, kind, &tally, list, base, grade)),
        apart: if shown { apart(form, &tally, list, asked, grade) } else { Vec::new() },
    })
}

/// Everybody gave the same answer.
fn all_alike(tally: &Tally, valid: usize) -> bool {
    valid > 0 && tally.counts.contains(&valid)
}

fn base(kind: Kind, tally: &Tally, list: Option<&ChoiceList>) -> Base {
    let mut base = Base { shown: tally.shown, blank: tally.blank, ..Base::default() };
    let choices = list.map(|list| list.choices.as_slice()).unwrap_or_default();
    let missing = tally.missing.iter().copied().chain(std::iter::repeat(0));
    for ((choice, count), missing) in choices.iter().zip(&tally.counts).zip(missing) {
        let count = count + missing;
        match choice.role {
            Role::DontKnow => base.dont_know += count,
            Role::NotApplicable => base.not_applicable += count,
            Role::Refused => base.refused += count,
            Role::Never => base.never += count,
            Role::Substantive | Role::Exclusive => {}
        }
    }
    base.valid = match kind {
        Kind::OneChoice | Kind::Scale | Kind::ZeroToTen => {
            tally.shown - tally.blank - base.dont_know - base.not_applicable - base.refused
        }
        Kind::ManyChoices | Kind::Ranking => tally.cases,
        Kind::Number => tally.numbers.len(),
        Kind::Date => tally.days.len(),
        Kind::Text => tally.texts,
    };
    base
}

fn is_missing(role: Role) -> bool {
    matches!(role, Role::DontKnow | Role::NotApplicable | Role::Refused)
}

fn apart(form: &Form, tally: &Tally, list: Option<&ChoiceList>, asked: usize, grade: Grade) -> Vec<Row> {
    let choices = list.map(|list| list.choices.as_slice()).unwrap_or_default();
    let missing = tally.missing.iter().copied().chain(std::iter::repeat(0));
    choices
        .iter()
        .zip(&tally.counts)
        .zip(missing)
        .filter(|((choice, _), _)| is_missing(choice.role))
        .map(|((choice, count), missing)| {
            let count = count + missing;
            // Not applicable is outside those asked, so it has no percentage of them.
            let of_asked = choice.role != Role::NotApplicable;
            Row { percent: grade.percent(count, asked).filter(|_| of_asked), ..row(form, choice, count) }
        })
        .collect()
}

fn row(form: &Form, choice: &Choice, count: usize) -> Row {
    Row {
        choice: choice.name.clone(),
        label: words(form, &choice.label),
        role: choice.role,
        score: choice.score,
        count,
        percent: None,
        whole: None,
        percent_of_marks: None,
        interval: None,
    }
}

/// Rows of a one-choice question in the list's order, missing values left out.
fn rows(form: &Form, tally: &Tally, list: Option<&ChoiceList>, valid: usize, grade: Grade) -> Vec<Row> {
    let choices = list.map(|list| list.choices.as_slice()).unwrap_or_default();
    let kept: Vec<(&Choice, usize)> = choices
        .iter()
        .zip(tally.counts.iter().copied())
        .filter(|(choice, _)| !is_missing(choice.role))
        .collect();
    let wholes = whole_percents(&kept.iter().map(|(_, count)| *count).collect::<Vec<_>>());
    kept.iter()
        .zip(wholes)
        .map(|((choice, count), whole)| Row {
            // Where whole percentages are shown, they are the ones that add to 100: one number everywhere.
            percent: match grade.display {
                Display::WholePercent { .. } => Some(f64::from(whole)),
                _ => grade.percent(*count, valid),
            },
            whole: grade.display.has_percent().then_some(whole),
            interval: grade.interval(*count, valid),
            ..row(form, choice, *count)
        })
        .collect()
}

fn finding(
    form: &Form,
    kind: Kind,
    tally: &Tally,
    list: Option<&ChoiceList>,
    base: Base,
    grade: Grade,
) -> Finding {
    match kind {
        Kind::OneChoice => Finding::OneChoice(rows(form, tally, list, base.valid, grade)),
        Kind::Scale => Finding::Scale(scale(rows(form, tally, list, base.valid, grade), grade)),
        Kind::ZeroToTen => Finding::ZeroToTen(zero_to_ten(rows(form, tally, list, base.valid, grade), grade)),
        Kind::ManyChoices => Finding::ManyChoices(many_choices(form, tally, list, grade)),
        Kind::Ranking => {
            let points: Vec<Points> = tally.places.iter().map(|places| Points { places: *places }).collect();
            Finding::Ranking(ranks(form, list, &points, tally.cases, grade))
        }
        Kind::Number => Finding::Number(number(&tally.numbers, grade)),
        Kind::Date => Finding::Months(months(&tally.days)),
        Kind::Text => Finding::Answered,
    }
}

/// (Score, count), ascending.
fn score_counts(rows: &[Row]) -> Vec<(f64, usize)> {
    rows.iter()
        .filter(|row| row.role == Role::Substantive)
        .filter_map(|row| row.score.map(|score| (score, row.count)))
        .collect()
}

fn scale(mut rows: Vec<Row>, grade: Grade) -> Scale {
    rows.sort_by(|a, b| {
        let place = |row: &Row| if row.role == Role::Substantive { row.score } else { None };
        place(a).unwrap_or(f64::INFINITY).total_cmp(&place(b).unwrap_or(f64::INFINITY))
    });
    let ordinal = Ordinal::of(&score_counts(&rows));
    let n = ordinal.n;
    let some = |value: f64| if n > 0 { grade.mean(value) } else { None };
    Scale {
        rows,
        top: grade.share(ordinal.top, n),
        bottom: grade.share(ordinal.bottom, n),
        net: if n > 0 { grade.points(ordinal.net()) } else { None },
        mean: some(ordinal.moments.mean),
        sd: ordinal.moments.sd().and_then(some),
        median: some(ordinal.quartiles.1),
    }
}

fn zero_to_ten(mut rows: Vec<Row>, grade: Grade) -> ZeroToTen {
    rows.sort_by(|a, b| a.score.unwrap_or(f64::INFINITY).total_cmp(&b.score.unwrap_or(f64::INFINITY)));
    let counts = score_counts(&rows);
    let recommendation = Recommendation::of(counts.iter().copied());
    let n = recommendation.n();
    ZeroToTen {
        promoters: grade.share(recommendation.promoters, n),
        passives: grade.share(recommendation.passives, n),
        detractors: grade.share(recommendation.detractors, n),
        score: score(recommendation, grade),
        mean: grade.mean(Ordinal::of(&counts).moments.mean),
        rows,
    }
}

/// The recommendation score where it may be shown.
pub(super) fn score(recommendation: Recommendation, grade: Grade) -> Option<(f64, Option<(f64, f64)>)> {
    let points = grade.points(recommendation.score()?)?;
    Some((points, grade.bounds(Some(recommendation.adjusted_wald().1))))
}

fn many_choices(form: &Form, tally: &Tally, list: Option<&ChoiceList>, grade: Grade) -> ManyChoices {
    let choices = list.map(|list| list.choices.as_slice()).unwrap_or_default();
    let marks = tally.counts.iter().sum();
    let rows = choices
        .iter()
        .zip(tally.counts.iter().copied())
        .filter(|(choice, _)| !is_missing(choice.role))
        .map(|(choice, count)| Row {
            percent: grade.percent(count, tally.cases),
            whole: grade.display.has_percent().then(|| percent(count, tally.cases).round() as u32),
            percent_of_marks: grade.percent(count, marks),
            interval: grade.interval(count, tally.cases),
            ..row(form, choice, count)
        })
        .collect();
    ManyChoices { cases: tally.cases, marks, rows }
}

/// Choices by points, then first places, then the list's order.
pub(super) fn ranks(
    form: &Form,
    list: Option<&ChoiceList>,
    points: &[Points],
    people: usize,
    grade: Grade,
) -> Vec<Rank> {
    let all: usize = points.iter().map(|points| points.points()).sum();
    let choices = list.map(|list| list.choices.as_slice()).unwrap_or_default();
    let mut ranks: Vec<Rank> = choices
        .iter()
        .zip(points)
        .filter(|(choice, _)| !is_missing(choice.role))
        .map(|(choice, points)| Rank {
            choice: choice.name.clone(),
            label: words(form, &choice.label),
            places: points.places,
            first: grade.share(points.places[0], people),
            top_three: grade.share(points.named(), people),
            points: points.points(),
            points_percent: grade.percent(points.points(), all),
        })
        .collect();
    ranks.sort_by_key(|rank| std::cmp::Reverse((rank.points, rank.places[0])));
    ranks
}

fn number(numbers: &[f64], grade: Grade) -> Number {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let moments = Moments::of(sorted.iter().copied());
    let quartile = |q| quantile(&sorted, q).and_then(|value| grade.mean(value));
    Number {
        classes: classes(&sorted, grade),
        quartiles: match (quartile(0.25), quartile(0.5), quartile(0.75)) {
            (Some(first), Some(median), Some(third)) => Some((first, median, third)),
            _ => None,
        },
        mean: grade.mean(moments.mean),
        total: if grade.display.has_percent() { Some(sorted.iter().sum()) } else { None },
    }
}

/// Fixed classes, so that none begins or ends at one person's answer; empty ones at both ends are left out.
fn classes(sorted: &[f64], grade: Grade) -> Vec<Class> {
    let ends = CLASSES.iter().skip(1).map(|next| Some(next - 1)).chain([None]);
    let mut classes: Vec<Class> = CLASSES
        .iter()
        .zip(ends)
        .map(|(from, to)| {
            let first = *from == 0;
            let inside = |value: &f64| {
                (first || *value >= *from as f64) && to.is_none_or(|to| *value < to as f64 + 1.0)
            };
            let count = sorted.iter().filter(|value| inside(value)).count();
            Class { from: *from, to, count, percent: grade.percent(count, sorted.len()) }
        })
        .collect();
    while classes.last().is_some_and(|class| class.count == 0) {
        classes.pop();
    }
    let empty = classes.iter().take_while(|class| class.count == 0).count();
    classes.drain(..empty);
    classes
}

fn months(days: &[i32]) -> Vec<Month> {
    let mut counts: BTreeMap<(i32, u8), usize> = BTreeMap::new();
    for day in days {
        let date = Date::from_days(*day);
        *counts.entry((date.year, date.month)).or_default() += 1;
    }
    counts.into_iter().map(|((year, month), count)| Month { year, month, count }).collect()
}

fn is_sensitive(form: &Form, id: NodeId) -> bool {
    ancestors(form, id).chain([id]).filter_map(|id| form.node(id)).any(|node| node.sensitive)
}

/// The outermost page around a node.
pub(super) fn section_of(form: &Form, id: NodeId) -> Option<String> {
    let page = |id: &NodeId| {
        form.node(*id).is_some_and(|node| matches!(node.kind, NodeKind::Group(Layout::Page | Layout::Plain)))
    };
    ancestors(form, id).filter(page).last().and_then(|id| form.node(id)).map(|node| node.name.clone())
}

fn grid_of(form: &Form, id: NodeId) -> Option<Section> {
    let parent = form.node(form.node(id)?.parent?)?;
    matches!(parent.kind, NodeKind::Group(Layout::Grid(_)))
        .then(|| Section { name: parent.name.clone(), label: words(form, &parent.label) })
}

fn ancestors(form: &Form, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    std::iter::successors(form.node(id).and_then(|node| node.parent), |id| {
        form.node(*id).and_then(|node| node.parent)
    })
}

/// Whether a display lets counts be seen and nothing else.
pub(super) fn best(displays: impl Iterator<Item = Display>) -> Display {
    let rank = |display: &Display| match display {
        Display::Hidden { .. } => 0,
        Display::CountsOnly => 1,
        Display::WholePercent { caution: true } => 2,
        Display::WholePercent { caution: false } => 3,
        Display::Full => 4,
    };
    displays.max_by_key(rank).unwrap_or(Display::Hidden { reason: Hiding::NotAsked })
}
