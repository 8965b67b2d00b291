use super::order;
use std::collections::BTreeMap;

use super::design::{Clustered, Drawn};
use super::model::{
    Base, Difference, Display, Finding, Hiding, Kind, ManyChoices, Month, Question, Rank, Row, Scale,
    Section, ZeroToTen,
};
use super::number::number;
use super::rules::{Grade, LEAST_VICTIMS, Part, Rules, is_sexual_violence};
use super::selection::Selection;
use super::statistics::ordinal::Ordinal;
use super::statistics::priority::Points;
use super::statistics::recommend::adjusted_wald;
use super::statistics::round::whole_percents_of;
use super::suppress::hide_small;
use super::table::{Column, Table};
use super::tally::{Tally, is_missing};
use crate::form::{
    Appearance, Choice, ChoiceList, Date, Form, Layout, NodeId, NodeKind, QuestionKind, Role, Text,
};
use crate::survey::Bilingual;

/// Everything a result is computed from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) form: &'a Form,
    pub(super) table: &'a Table,
    pub(super) selection: &'a Selection,
    pub(super) rules: Rules,
    /// People of the selection who reported sexual violence.
    pub(super) victims: usize,
    /// People are told apart by more than their district.
    pub(super) narrow: bool,
    /// How the sample was drawn, where strata or clusters are known.
    pub(super) drawn: Option<&'a Drawn>,
}

impl Source<'_> {
    pub(super) fn tally(&self, column: &Column) -> Tally {
        Tally::of(self.table, column, self.choices(column), self.selection)
    }

    /// Of `n` answers, how many count for what may be shown: in a repeat the people behind them.
    pub(super) fn behind(&self, column: &Column, n: usize) -> usize {
        match column.repeat {
            None => n,
            Some(_) => n.min(Tally::people(self.table, column, self.choices(column), self.selection)),
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
        if is_sexual_violence(name) && self.narrow {
            return Grade::hidden(Hiding::TooFine);
        }
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

/// What nobody is shown has a name, and no words.
fn named(label: Bilingual, name: &str) -> Bilingual {
    let or_name = |text: String| if text.is_empty() { name.to_owned() } else { text };
    Bilingual { es: or_name(label.es), en: or_name(label.en) }
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
        QuestionKind::Text if node.is_file() => Kind::File,
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
    let clustered = source.drawn.and_then(|drawn| drawn.clustered(column, list, source.selection));
    let counts = Counts { form, tally: &tally, list, clustered: clustered.as_ref() };
    let found = (!grade.is_hidden()).then(|| finding(&counts, kind, base, grade));
    let finding = match found {
        Some(found) if sensitive && source.rules.suppresses() => {
            let kept = hide_small(found, source.rules.minimum_cell());
            if kept.is_none() {
                grade = Grade::hidden(Hiding::FewCases);
            }
            kept
        }
        found => found,
    };
    let shown = !grade.is_hidden();
    Some(Question {
        name: node.name.clone(),
        path: form.path(column.node),
        section: section_of(form, column.node),
        grid: grid_of(form, column.node),
        repeated: column.repeat.is_some(),
        label: named(source.words(&node.label), &node.name),
        kind,
        sensitive,
        display: grade.display,
        base: shown.then_some(base),
        finding,
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
        Kind::Text | Kind::File => tally.texts,
    };
    base
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
        count: Some(count),
        percent: None,
        whole: None,
        percent_of_marks: None,
        interval: None,
        reliability: None,
    }
}

/// What a question's results are made of.
struct Counts<'a> {
    form: &'a Form,
    tally: &'a Tally,
    list: Option<&'a ChoiceList>,
    clustered: Option<&'a Clustered<'a>>,
}

impl Counts<'_> {
    fn choices(&self) -> &[Choice] {
        self.list.map(|list| list.choices.as_slice()).unwrap_or_default()
    }

    /// Standard error of the share of `wanted` among the choices that it is taken `of`, where the design gives one and it is
    /// of use.
    fn error(
        &self,
        grade: Grade,
        wanted: impl Fn(usize) -> bool,
        of: impl Fn(usize) -> bool,
    ) -> Option<(f64, f64)> {
        self.clustered.filter(|_| !grade.is_hidden())?.error(wanted, of)
    }

    /// The part of the scored answers whose position, from the lowest score, is wanted.
    fn part(&self, grade: Grade, wanted: impl Fn(usize) -> bool) -> Part {
        let mut scored_codes: Vec<(f64, usize)> = self
            .choices()
            .iter()
            .enumerate()
            .filter_map(|(code, choice)| Some((scored(choice)?, code)))
            .collect();
        order::sort_by(&mut scored_codes, |a, b| a.0.total_cmp(&b.0));
        let place = |code: usize| scored_codes.iter().position(|(_, other)| *other == code);
        let counts = scored_counts(self.tally, self.list);
        let error = self.error(grade, |code| place(code).is_some_and(&wanted), |code| place(code).is_some());
        Part { error, ..part_of(&counts, &wanted) }
    }
}

/// Rows of a one-choice question in the list's order, missing values left out.
fn rows(counts: &Counts<'_>, valid: usize, grade: Grade) -> Vec<Row> {
    let (form, tally, choices) = (counts.form, counts.tally, counts.choices());
    let kept: Vec<(usize, &Choice, usize, f64)> = choices
        .iter()
        .enumerate()
        .filter(|(_, choice)| !is_missing(choice.role))
        .map(|(code, choice)| {
            (code, choice, tally.counts.get(code).copied().unwrap_or(0), tally.weight(code))
        })
        .collect();
    let total: f64 = kept.iter().map(|(.., weight)| weight).sum();
    let substantive = |code: usize| choices.get(code).is_some_and(|choice| !is_missing(choice.role));
    let share = |weight: f64| if total > 0.0 { weight / total } else { 0.0 };
    let wholes = whole_percents_of(&kept.iter().map(|(.., weight)| *weight).collect::<Vec<_>>());
    kept.iter()
        .zip(wholes)
        .map(|((code, choice, count, weight), whole)| {
            let error = counts.error(grade, |other| other == *code, substantive);
            let part = Part { count: *count, base: valid, share: share(*weight), error };
            Row {
                // Where whole percentages are shown, they are the ones that add to 100: one number everywhere.
                percent: match grade.display {
                    Display::WholePercent { .. } => Some(f64::from(whole)),
                    _ => grade.points(100.0 * part.share),
                },
                whole: grade.display.has_percent().then_some(whole),
                interval: grade.interval(part),
                reliability: grade.reliability(part),
                ..row(form, choice, *count)
            }
        })
        .collect()
}

fn finding(counts: &Counts<'_>, kind: Kind, base: Base, grade: Grade) -> Finding {
    let (form, tally, list) = (counts.form, counts.tally, counts.list);
    match kind {
        Kind::OneChoice => Finding::OneChoice(rows(counts, base.valid, grade)),
        Kind::Scale => Finding::Scale(scale(counts, base.valid, grade)),
        Kind::ZeroToTen => Finding::ZeroToTen(zero_to_ten(counts, base.valid, grade)),
        Kind::ManyChoices => Finding::ManyChoices(many_choices(counts, grade)),
        Kind::Ranking => {
            let places = Places {
                points: tally.places.iter().map(|places| Points { places: *places }).collect(),
                weights: tally.place_weights.clone(),
                people: tally.cases,
                weight: tally.case_weight,
            };
            Finding::Ranking(ranks(form, list, &places, grade))
        }
        Kind::Number => Finding::Number(number(&tally.numbers, grade)),
        Kind::Date => Finding::Months(months(&tally.days)),
        Kind::Text | Kind::File => Finding::Answered,
    }
}

/// Choices with a score: (score, count, weight), by ascending score.
pub(super) fn scored_counts(tally: &Tally, list: Option<&ChoiceList>) -> Vec<(f64, usize, f64)> {
    let choices = list.map(|list| list.choices.as_slice()).unwrap_or_default();
    let mut counts: Vec<(f64, usize, f64)> = choices
        .iter()
        .enumerate()
        .filter_map(|(code, choice)| {
            Some((scored(choice)?, tally.counts.get(code).copied().unwrap_or(0), tally.weight(code)))
        })
        .collect();
    order::sort_by(&mut counts, |a, b| a.0.total_cmp(&b.0));
    counts
}

/// The part of scored answers whose position, from the lowest score, is wanted.
pub(super) fn part_of(counts: &[(f64, usize, f64)], wanted: impl Fn(usize) -> bool) -> Part {
    let mut part = Part { count: 0, base: 0, share: 0.0, error: None };
    let mut total = 0.0;
    for (at, (_, count, weight)) in counts.iter().enumerate() {
        part.base += count;
        total += weight;
        if wanted(at) {
            part.count += count;
            part.share += weight;
        }
    }
    part.share = if total > 0.0 { part.share / total } else { 0.0 };
    part
}

fn scale(counts: &Counts<'_>, valid: usize, grade: Grade) -> Scale {
    let mut rows = rows(counts, valid, grade);
    order::sort_by(&mut rows, |a, b| {
        let place = |row: &Row| if row.role == Role::Substantive { row.score } else { None };
        place(a).unwrap_or(f64::INFINITY).total_cmp(&place(b).unwrap_or(f64::INFINITY))
    });
    let scored = scored_counts(counts.tally, counts.list);
    let ordinal = Ordinal::of_weights(scored.iter().map(|(score, _, weight)| (*score, *weight)));
    let top = counts.part(grade, |at| at + 2 >= scored.len());
    let bottom = counts.part(grade, |at| at < 2);
    let n = top.base;
    let some = |value: f64| if n > 0 { grade.mean(value) } else { None };
    Scale {
        rows,
        top: grade.share(top),
        bottom: grade.share(bottom),
        net: if n > 0 { grade.difference(top.share, bottom.share, None) } else { None },
        mean: some(ordinal.mean),
        sd: ordinal.sd(n).and_then(some),
        median: ordinal.median.and_then(some),
    }
}

fn zero_to_ten(counts: &Counts<'_>, valid: usize, grade: Grade) -> ZeroToTen {
    let mut rows = rows(counts, valid, grade);
    order::sort_by(&mut rows, |a, b| {
        a.score.unwrap_or(f64::INFINITY).total_cmp(&b.score.unwrap_or(f64::INFINITY))
    });
    let scored = scored_counts(counts.tally, counts.list);
    let (promoters, passives, detractors) = recommendation_parts(&scored);
    let ordinal = Ordinal::of_weights(scored.iter().map(|(score, _, weight)| (*score, *weight)));
    ZeroToTen {
        promoters: grade.share(promoters),
        passives: grade.share(passives),
        detractors: grade.share(detractors),
        score: score(promoters, detractors, grade),
        mean: grade.mean(ordinal.mean),
        rows,
    }
}

/// 9 and 10, 7 and 8, 0 to 6.
pub(super) fn recommendation_parts(counts: &[(f64, usize, f64)]) -> (Part, Part, Part) {
    let within = |low: f64, high: f64| {
        part_of(counts, |at| counts.get(at).is_some_and(|(score, ..)| *score >= low && *score < high))
    };
    (within(9.0, f64::INFINITY), within(7.0, 9.0), within(f64::NEG_INFINITY, 7.0))
}

/// The recommendation score where it may be shown, with its adjusted Wald interval on the effective number of answers.
pub(super) fn score(promoters: Part, detractors: Part, grade: Grade) -> Option<Difference> {
    if promoters.base == 0 {
        return None;
    }
    let effective = grade.effective(promoters.base);
    let (_, bounds) = adjusted_wald(promoters.share * effective, detractors.share * effective, effective);
    grade.difference(promoters.share, detractors.share, grade.bounds(Some(bounds)))
}

fn many_choices(counts: &Counts<'_>, grade: Grade) -> ManyChoices {
    let (form, tally, choices) = (counts.form, counts.tally, counts.choices());
    let marks: usize = tally.counts.iter().sum();
    let weight_of_marks: f64 = (0..choices.len()).map(|code| tally.weight(code)).sum();
    let cases = tally.weight_of_cases();
    let of = |weight: f64, whole: f64| if whole > 0.0 { weight / whole } else { 0.0 };
    let rows = choices
        .iter()
        .enumerate()
        .filter(|(_, choice)| !is_missing(choice.role))
        .map(|(code, choice)| {
            let count = tally.counts.get(code).copied().unwrap_or(0);
            let weight = tally.weight(code);
            let error = counts.error(grade, |other| other == code, |_| true);
            let part = Part { count, base: tally.cases, share: of(weight, cases), error };
            Row {
                percent: grade.points(100.0 * part.share),
                whole: grade.whole(part.share),
                percent_of_marks: grade.points(100.0 * of(weight, weight_of_marks)),
                interval: grade.interval(part),
                reliability: grade.reliability(part),
                ..row(form, choice, count)
            }
        })
        .collect();
    ManyChoices { cases: tally.cases, marks: Some(marks), rows }
}

/// Choices in order, as they add up.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Places {
    /// Per choice.
    pub(super) points: Vec<Points>,
    /// Per choice, first, second and third places by weight; empty where every answer counts the same.
    pub(super) weights: Vec<[f64; 3]>,
    /// People who named at least one.
    pub(super) people: usize,
    /// The same by weight.
    pub(super) weight: f64,
}

impl Places {
    /// (First places, first to third places, points) of a choice, by weight.
    fn weighed(&self, choice: usize) -> (f64, f64, f64) {
        let counts = || self.points.get(choice).map(|points| points.places.map(|count| count as f64));
        let [first, second, third] = self.weights.get(choice).copied().or_else(counts).unwrap_or_default();
        (first, first + second + third, 3.0 * first + 2.0 * second + third)
    }

    fn weight(&self) -> f64 {
        if self.weights.is_empty() { self.people as f64 } else { self.weight }
    }
}

/// Choices by points, then first places, then the list's order.
pub(super) fn ranks(form: &Form, list: Option<&ChoiceList>, places: &Places, grade: Grade) -> Vec<Rank> {
    let choices = list.map(|list| list.choices.as_slice()).unwrap_or_default();
    let kept = || choices.iter().enumerate().filter(|(_, choice)| !is_missing(choice.role));
    let all: f64 = kept().map(|(code, _)| places.weighed(code).2).sum();
    let of = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    let mut ranks: Vec<(f64, f64, Rank)> = kept()
        .filter_map(|(code, choice)| {
            let points = places.points.get(code)?;
            let (first, named, weighed) = places.weighed(code);
            let part = |count: usize, weight: f64| {
                let share = of(weight, places.weight());
                grade.share(Part { count, base: places.people, share, error: None })
            };
            let rank = Rank {
                choice: choice.name.clone(),
                label: words(form, &choice.label),
                places: points.places,
                first: part(points.places[0], first),
                top_three: part(points.named(), named),
                points: points.points(),
                points_percent: grade.points(100.0 * of(weighed, all)),
            };
            Some((weighed, first, rank))
        })
        .collect();
    order::sort_by(&mut ranks, |a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
    ranks.into_iter().map(|(.., rank)| rank).collect()
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
