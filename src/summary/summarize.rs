use super::index::{concerns, index, victims};
use super::model::{Fieldwork, Hiding, Section, Summary};
use super::question::{Source, question, section_of, words};
use super::rules::{Rules, counted};
use super::table::Table;
use crate::form::{Date, Form};
use crate::survey::{Survey, SurveyState};

/// What to summarize.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// The wave; `None`: the survey's current one, or the last with responses when the current one has none.
    pub wave: Option<String>,
}

/// Counts a wave's responses and says what may be shown of them.
///
/// While the survey takes answers only whole batches of five count, by order of arrival (the order of the table's rows).
pub fn summarize(form: &Form, survey: &Survey, table: &Table, options: &Options) -> Summary {
    let rules = Rules::new(survey);
    // Batches guard people; what the program made up needs no guarding.
    let people = table.rows.iter().any(|facts| !facts.example);
    let open = survey.state == SurveyState::Open && people;
    let wave = wave(survey, table, options);
    let of_wave = table.waves.iter().position(|known| *known == wave);
    let mut finished = 0;
    let mut selected: Vec<bool> = table
        .rows
        .iter()
        .map(|facts| {
            let mine = Some(usize::from(facts.wave)) == of_wave;
            finished += usize::from(mine);
            mine
        })
        .collect();
    let count = counted(finished, open);
    let mut left = count;
    for row in selected.iter_mut().filter(|row| **row) {
        *row = left > 0;
        left = left.saturating_sub(1);
    }
    let mut source = Source { form, table, selected: &selected, rules, victims: 0 };
    source.victims = victims(source, "vic_sexual");
    let facts =
        || table.rows.iter().zip(&selected).filter(|(_, selected)| **selected).map(|(facts, _)| facts);
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
        minimum_cell: rules.minimum_cell() as u32,
        fieldwork: Fieldwork {
            wave,
            waves: table.waves.clone(),
            finished,
            counted: count,
            waiting: finished - count,
            expected: survey.expected,
            open,
            languages: languages(table, &selected, rules.minimum_cell()),
            days: days
                .filter(|_| count >= rules.minimum_cell())
                .map(|(first, last)| (Date::from_days(first), Date::from_days(last))),
        },
        margin: rules.margin(count, survey.expected),
        sections,
        indices: form
            .indices
            .iter()
            .filter(|index| concerns(index, |name| questions.iter().any(|question| question.name == name)))
            .map(|definition| index(source, definition))
            .collect(),
        questions,
    }
}

fn wave(survey: &Survey, table: &Table, options: &Options) -> String {
    let current = survey.wave();
    match &options.wave {
        Some(wave) => wave.clone(),
        None if table.waves.contains(&current) => current,
        None => table.waves.last().cloned().unwrap_or(current),
    }
}

/// Counts per language, all of them or none: with one hidden alone, subtraction would show it.
fn languages(table: &Table, selected: &[bool], minimum_cell: usize) -> Vec<(String, Option<usize>)> {
    let counts: Vec<(String, usize)> = table
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
    let all = counts.iter().all(|(_, count)| *count >= minimum_cell);
    counts.into_iter().map(|(tag, count)| (tag, Some(count).filter(|_| all))).collect()
}
