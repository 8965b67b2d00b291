use super::breakdown::breakdown;
use super::design::Drawn;
use super::filter::{self, chosen};
use super::index::{concerns, index, victims};
use super::model::{Fieldwork, Finding, Hiding, Question, Section, Summary};
use super::question::{Source, question, section_of, words};
use super::rules::{Rules, counted};
use super::selection::Selection;
use super::statistics::round::to_decimals;
use super::table::Table;
use super::view::{Filter, View};
use super::weighting::weighted;
use crate::form::{Date, Form};
use crate::survey::{Subject, Survey, SurveyState};

/// A filter leaves nobody outside, or at least so many.
const LEAST_OUTSIDE: usize = 10;
/// The finest grouping by which sexual violence is ever told.
pub(super) const DISTRICT: &str = "district";

/// Counts a wave's responses and says what may be shown of them.
///
/// While the survey takes answers only whole batches of five count, by order of arrival (the order of the table's rows).
/// A filter chooses among those; where it leaves too few inside or outside, nothing is shown and the reason is told.
pub fn summarize(form: &Form, survey: &Survey, table: &Table, view: &View) -> Summary {
    // Batches guard people; what the program made up needs no guarding.
    let people = table.rows.iter().any(|facts| !facts.example);
    let open = survey.state == SurveyState::Open && people;
    let wave = wave(survey, table, view);
    let (mask, finished) = of_wave(table, &wave, open);
    let whole = Selection::of(mask);
    let count = whole.count();
    let drawn = Drawn::of(form, survey, table, &whole);
    let (selection, whole_weighting) = weighted(form, survey, table, whole);
    let design_effect = whole_weighting.as_ref().map_or(1.0, |weighting| weighting.design_effect);
    let rules = Rules::new(survey, view.profile, view.is_filtered()).with_design_effect(design_effect);
    let few = tells_few(rules, form, table, &selection, view);
    let selection = chosen(form, table, selection, &view.filters);
    let withheld = withheld(rules, view, count, selection.count(), few);
    // Of what is withheld nothing is counted.
    let selection = if withheld.is_some() { Selection::of(vec![false; table.rows.len()]) } else { selection };
    let selected = selection.mask();
    let mut source = Source {
        form,
        table,
        selection: &selection,
        rules,
        victims: 0,
        narrow: narrow(view),
        drawn: drawn.as_ref(),
    };
    source.victims = victims(source, "vic_sexual");
    let facts = || table.rows.iter().zip(selected).filter(|(_, selected)| **selected).map(|(facts, _)| facts);
    let mut sections: Vec<Section> = Vec::new();
    for column in &table.columns {
        let Some(name) = section_of(form, column.node) else { continue };
        if sections.iter().all(|section| section.name != name) {
            let label = form.iter().find(|(_, node)| node.name == name && node.parent.is_none());
            let label = label.map(|(_, node)| words(form, &node.label)).unwrap_or_default();
            sections.push(Section { name, label });
        }
    }
    let mut questions: Vec<_> = table.columns.iter().filter_map(|column| question(source, column)).collect();
    if count >= rules.minimum_cell() {
        // A section that nobody was shown belongs to another wave.
        let asked = |section: &Section| {
            questions.iter().any(|question| {
                question.section.as_ref() == Some(&section.name)
                    && !matches!(question.display, super::Display::Hidden { reason: Hiding::NotAsked })
            })
        };
        let kept: Vec<Section> = sections.iter().filter(|section| asked(section)).cloned().collect();
        questions.retain(|question| {
            question.section.as_ref().is_none_or(|name| kept.iter().any(|section| section.name == *name))
        });
        sections = kept;
    }
    let days = facts().map(|facts| facts.finished).min().zip(facts().map(|facts| facts.finished).max());
    Summary {
        survey: survey.id.clone(),
        name: survey.name().clone(),
        form: survey.form.clone(),
        form_title: words(form, &form.title),
        design: survey.design,
        example: survey.example || facts().any(|facts| facts.example),
        own_form: matches!(survey.subject, Subject::Own(_)),
        minimum_cell: rules.minimum_cell() as u32,
        view: View { wave: Some(wave.clone()), ..view.clone() },
        withheld,
        weighting: whole_weighting,
        fieldwork: Fieldwork {
            wave,
            waves: table.waves.clone(),
            finished,
            counted: count,
            waiting: finished - count,
            newer: table.newer,
            chosen: selection.count(),
            expected: survey.expected,
            open,
            languages: languages(table, selected, rules.minimum_cell()),
            days: days
                .filter(|_| selection.count() >= rules.minimum_cell())
                .map(|(first, last)| (Date::from_days(first), Date::from_days(last))),
        },
        margin: rules.margin(selection.count(), survey.expected.filter(|_| !view.is_filtered())).map(
            |margin| {
                // Strata and clusters make intervals wider or narrower than the number of people does.
                let widest = drawn.as_ref().map(|_| widest(&questions, selection.count()));
                widest.map_or(margin, |widest| widest.max(margin))
            },
        ),
        breakdowns: match withheld {
            None => view.by.iter().filter_map(|by| breakdown(source, by, &questions)).collect(),
            Some(_) => Vec::new(),
        },
        sections,
        indices: form
            .indices
            .iter()
            .filter(|index| concerns(index, |name| questions.iter().any(|question| question.name == name)))
            .map(|definition| index(source, definition, &questions))
            .collect(),
        questions,
    }
}

/// Half of the widest interval, in points, of what most of the people were asked.
fn widest(questions: &[Question], people: usize) -> f64 {
    let asked = |question: &&Question| question.base.is_some_and(|base| base.valid * 2 >= people);
    let intervals = |question: &Question| -> Vec<(f64, f64)> {
        match &question.finding {
            Some(Finding::OneChoice(rows)) => rows.iter().filter_map(|row| row.interval).collect(),
            Some(Finding::ManyChoices(many)) => many.rows.iter().filter_map(|row| row.interval).collect(),
            Some(Finding::Scale(scale)) => scale.top.interval.into_iter().collect(),
            _ => Vec::new(),
        }
    };
    let halves = questions.iter().filter(asked).flat_map(intervals).map(|(low, high)| (high - low) / 2.0);
    to_decimals(halves.fold(0.0, f64::max), 1)
}

pub(super) fn wave(survey: &Survey, table: &Table, view: &View) -> String {
    let current = survey.wave();
    match &view.wave {
        Some(wave) => wave.clone(),
        None if table.waves.contains(&current) => current,
        None => table.waves.last().cloned().unwrap_or(current),
    }
}

/// The rows of a wave that count, and how many the wave has.
pub(super) fn of_wave(table: &Table, wave: &str, open: bool) -> (Vec<bool>, usize) {
    let position = table.waves.iter().position(|known| known == wave);
    let mut mask: Vec<bool> =
        table.rows.iter().map(|facts| Some(usize::from(facts.wave)) == position).collect();
    let finished = mask.iter().filter(|mine| **mine).count();
    let mut left = counted(finished, open);
    if left < finished {
        for row in mask.iter_mut().filter(|row| **row) {
            *row = left > 0;
            left = left.saturating_sub(1);
        }
    }
    (mask, finished)
}

/// Why nothing of a filtered view may be shown. Who knows the whole and a part knows the rest: neither may be a small group.
/// Who knows several parts knows their differences (`few`: one of those is small).
pub(super) fn withheld(rules: Rules, view: &View, whole: usize, inside: usize, few: bool) -> Option<Hiding> {
    let outside = whole - inside;
    match () {
        () if !view.is_filtered() => None,
        () if inside < rules.least_group() => Some(Hiding::SmallGroup),
        () if outside > 0 && outside < LEAST_OUTSIDE.max(rules.minimum_cell()) => Some(Hiding::FewOutside),
        () if few => Some(Hiding::FewApart),
        () => None,
    }
}

/// Whether what is published of a view would tell, beside other views, the answers of a few.
pub(super) fn tells_few(rules: Rules, form: &Form, table: &Table, whole: &Selection, view: &View) -> bool {
    let least = LEAST_OUTSIDE.max(rules.minimum_cell());
    rules.suppresses() && filter::tells_few(form, table, whole, &view.filters, least)
}

/// Whether a view tells people apart by more than their district: then nothing is said of sexual violence.
fn narrow(view: &View) -> bool {
    view.filters.iter().any(|filter| match filter {
        Filter::Choices { question, .. } => question != DISTRICT,
        Filter::Languages(_) | Filter::Days { .. } => true,
    })
}

/// Counts per language, all of them or none: with one hidden alone, subtraction would show it. By their tags: the order in
/// which they came would tell who answered first.
fn languages(table: &Table, selected: &[bool], minimum_cell: usize) -> Vec<(String, Option<usize>)> {
    let mut counts: Vec<(String, usize)> = table
        .languages
        .iter()
        .enumerate()
        .map(|(position, tag)| {
            let mine = table
                .rows
                .iter()
                .zip(selected)
                .filter(|(facts, selected)| **selected && usize::from(facts.language) == position);
            (tag.clone(), mine.count())
        })
        .filter(|(_, count)| *count > 0)
        .collect();
    counts.sort();
    let all = counts.iter().all(|(_, count)| *count >= minimum_cell);
    counts.into_iter().map(|(tag, count)| (tag, Some(count).filter(|_| all))).collect()
}
