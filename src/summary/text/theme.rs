use crate::summary::order;
use std::collections::{BTreeSet, HashMap};

use super::answer::{TextAnswer, people};
use super::code::{CodeBook, Coder, Coding, Place, Theme};
use crate::summary::rules::{Grade, Rules};
use crate::summary::statistics::kappa::{Kappa, kappa};
use crate::summary::statistics::round::percent;
use crate::summary::{Display, Profile};
use crate::survey::{Bilingual, Survey};

/// The kappa from which two coders agree.
pub const ENOUGH_KAPPA: f64 = 0.7;
/// The share of coded answers, in percent, that two people are to code.
pub const ENOUGH_DOUBLE: usize = 20;

/// How many answers have which theme. Of what is not to be shown it has no number.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeTally {
    /// How much may be shown, by the number of people whose answers are coded.
    pub display: Display,
    /// What the percentages are of; `None` where nothing may be shown.
    pub base: Option<ThemeBase>,
    /// The themes that may be shown, those of most answers first. An answer may have several.
    pub rows: Vec<ThemeRow>,
    /// For publication: the themes of too few people, together.
    pub others: Option<Others>,
    /// Coded answers without any theme; `None`: may not be shown.
    pub without: Option<usize>,
}

/// What was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThemeBase {
    /// Answers that are not blank.
    pub answers: usize,
    /// n: those that are coded.
    pub coded: usize,
    /// The people who gave the coded ones.
    pub people: usize,
}

/// A theme.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeRow {
    /// Its id.
    pub theme: String,
    /// What people read.
    pub label: Bilingual,
    /// Coded answers that have it.
    pub answers: usize,
    /// The people who gave them.
    pub people: usize,
    /// Percent of the coded answers, with the decimals that may be shown.
    pub percent: Option<f64>,
}

/// Themes that fewer people told than may be shown: neither their names nor their counts leave.
#[derive(Debug, Clone, PartialEq)]
pub struct Others {
    /// How many themes.
    pub themes: usize,
    /// Coded answers that have at least one of them, and their percentage. `None`: a single theme, or too few people even
    /// together.
    pub told: Option<(usize, Option<f64>)>,
}

/// How well two coders agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Answers that at least one coder coded.
    pub coded: usize,
    /// Those that both coded.
    pub double: usize,
    /// Percent of the coded ones that both coded.
    pub double_percent: f64,
    /// Each theme in use, in the order of the code book.
    pub themes: Vec<ThemeAgreement>,
    /// The lowest kappa of all themes.
    pub lowest: Option<f64>,
    /// What to make of it.
    pub verdict: Verdict,
}

/// How well two coders agree on a theme. For whoever codes, not for publication.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeAgreement {
    /// Its id.
    pub theme: String,
    /// What people read.
    pub label: Bilingual,
    /// Answers that have it by both coders, by the first alone, by the second alone, by neither.
    pub counts: [usize; 4],
    /// Observed and expected agreement, and kappa; `None`: no answer is double coded, or all are coded alike.
    pub kappa: Option<Kappa>,
    /// What to make of it, however few are double coded.
    pub verdict: Verdict,
}

/// What agreement allows to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody has coded an answer for the second time.
    NotDoubleCoded,
    /// Fewer than [`ENOUGH_DOUBLE`] percent are double coded.
    TooFew,
    /// All double-coded answers are alike in this, so that there is nothing to agree about.
    AllAlike,
    /// Every kappa is [`ENOUGH_KAPPA`] or more.
    Agreed,
    /// Some kappa is lower: the definitions want talking over.
    Disagreed,
}

/// Coded answers and the people behind them, of one theme or several.
#[derive(Default)]
struct Told {
    answers: BTreeSet<Place>,
}

impl Told {
    fn people(&self) -> usize {
        people(self.answers.iter().map(|place| place.response))
    }
}

/// Counts themes over the coded ones of some answers, as `survey` and `profile` allow (`filtered`: the answers are of a part
/// of a wave). For publication, a theme that fewer people told than the survey's minimum cell goes, with all others like it,
/// into [`Others`]; where those cannot be counted either, what has no theme is not told, for it would give them away.
pub fn tally(
    book: &CodeBook,
    coding: &Coding,
    answers: &[TextAnswer<'_>],
    survey: &Survey,
    profile: Profile,
    filtered: bool,
) -> ThemeTally {
    let rules = Rules::new(survey, profile, filtered);
    let places = given(answers);
    let coded: Vec<(Place, &BTreeSet<String>)> =
        places.iter().filter_map(|place| Some((*place, coding.counted(*place)?))).collect();
    let base = ThemeBase {
        answers: places.len(),
        coded: coded.len(),
        people: people(coded.iter().map(|(place, _)| place.response)),
    };
    let grade = rules.grade(base.people);
    if grade.is_hidden() {
        let (base, others, without) = (None, None, None);
        return ThemeTally { display: grade.display, base, rows: Vec::new(), others, without };
    }
    let mut told: HashMap<&str, Told> =
        book.used().map(|theme| (theme.id.as_str(), Told::default())).collect();
    let mut without = Told::default();
    for (place, themes) in &coded {
        let mut any = false;
        for theme in themes.iter() {
            if let Some(told) = told.get_mut(theme.as_str()) {
                told.answers.insert(*place);
                any = true;
            }
        }
        if !any {
            without.answers.insert(*place);
        }
    }
    let least = if rules.suppresses() { rules.minimum_cell() } else { 1 };
    let (mut rows, mut few) = (Vec::new(), Vec::new());
    for theme in book.used() {
        let Some(told) = told.remove(theme.id.as_str()) else { continue };
        match told.people() {
            people if people == 0 || people >= least => rows.push(row(theme, &told, people, &base, grade)),
            _ => few.push(told),
        }
    }
    order::sort_by(&mut rows, |a, b| b.answers.cmp(&a.answers).then_with(|| a.theme.cmp(&b.theme)));
    let others = others(few, least, &base, grade);
    let hidden = others.as_ref().is_some_and(|others| others.told.is_none());
    let shown = !hidden && (without.answers.is_empty() || without.people() >= least);
    let without = shown.then_some(without.answers.len());
    ThemeTally { display: grade.display, base: Some(base), rows, others, without }
}

fn row(theme: &Theme, told: &Told, people: usize, base: &ThemeBase, grade: Grade) -> ThemeRow {
    ThemeRow {
        theme: theme.id.clone(),
        label: theme.label.clone(),
        answers: told.answers.len(),
        people,
        percent: grade.percent(told.answers.len(), base.coded),
    }
}

fn others(few: Vec<Told>, least: usize, base: &ThemeBase, grade: Grade) -> Option<Others> {
    let themes = few.len();
    let together = Told { answers: few.into_iter().flat_map(|told| told.answers).collect() };
    let countable = themes > 1 && together.people() >= least;
    let answers = together.answers.len();
    let told = countable.then(|| (answers, grade.percent(answers, base.coded)));
    (themes > 0).then_some(Others { themes, told })
}

/// How well the two coders agree on the answers that both coded.
pub fn agreement(book: &CodeBook, coding: &Coding, answers: &[TextAnswer<'_>]) -> Agreement {
    let places = given(answers);
    let coded = places.iter().filter(|place| coding.counted(**place).is_some()).count();
    let double: Vec<(&BTreeSet<String>, &BTreeSet<String>)> = places
        .iter()
        .filter_map(|place| {
            Some((coding.themes(Coder::First, *place)?, coding.themes(Coder::Second, *place)?))
        })
        .collect();
    let themes: Vec<ThemeAgreement> = book.used().map(|theme| on_theme(theme, &double)).collect();
    let kappas = themes.iter().filter_map(|theme| Some(theme.kappa?.kappa));
    let lowest = kappas.min_by(f64::total_cmp);
    let verdict = match double.len() {
        0 => Verdict::NotDoubleCoded,
        double if 100 * double < ENOUGH_DOUBLE * coded => Verdict::TooFew,
        _ => verdict(lowest),
    };
    let double = double.len();
    Agreement { coded, double, double_percent: percent(double, coded), themes, lowest, verdict }
}

fn on_theme(theme: &Theme, double: &[(&BTreeSet<String>, &BTreeSet<String>)]) -> ThemeAgreement {
    let mut counts = [0; 4];
    let [both, first_alone, second_alone, neither] = &mut counts;
    for (first, second) in double {
        *match (first.contains(&theme.id), second.contains(&theme.id)) {
            (true, true) => &mut *both,
            (true, false) => &mut *first_alone,
            (false, true) => &mut *second_alone,
            (false, false) => &mut *neither,
        } += 1;
    }
    let found = kappa(&counts.map(|count| count as f64), 2);
    ThemeAgreement {
        theme: theme.id.clone(),
        label: theme.label.clone(),
        counts,
        kappa: found,
        verdict: match double {
            [] => Verdict::NotDoubleCoded,
            _ => verdict(found.map(|found| found.kappa)),
        },
    }
}

fn verdict(kappa: Option<f64>) -> Verdict {
    match kappa {
        None => Verdict::AllAlike,
        // .7 is to be enough when it comes out of a division as .6999….
        Some(kappa) if kappa >= ENOUGH_KAPPA - 1e-9 => Verdict::Agreed,
        Some(_) => Verdict::Disagreed,
    }
}

/// The places of the answers that are not blank.
fn given(answers: &[TextAnswer<'_>]) -> Vec<Place> {
    let given = answers.iter().filter(|answer| !answer.is_blank());
    given.map(|answer| Place { response: answer.response, instance: answer.instance }).collect()
}
