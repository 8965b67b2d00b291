use std::rc::Rc;

use super::export::safe;
use super::medium::{self, Unkept};
use super::workbook::form_workbook;
use super::{FormFacts, FormRead, JobError, JobErrorKind, KeepForm, Outcome, ToldProblem, Tools};
use crate::engine::{Moment, Session, Settings};
use crate::form::{Appearance, Date, Form, FormSource, Node};
use crate::i18n::{Language, own as say, seal, xlsform as tell};
use crate::instrument::{stamp, unstamped};
use crate::response::FormReference;
use crate::store::ResponseStore;
use crate::survey::wire::form_to_json;
use crate::survey::{
    Bilingual, LEAST_MINIMUM_CELL, Own, SamplingDesign, Subject, Survey, SurveyState, Weighting, value_for,
};
use crate::xlsform::{self, Severity};
use crate::xpath::Math;

/// Reads an XLSForm with the tables that go with it, and keeps it where that is asked and nothing bars it.
pub(super) async fn read_form(
    files: &[(String, usize)],
    bytes: &[u8],
    keep: &KeepForm,
    language: Language,
    store: &impl ResponseStore,
) -> Result<Outcome, JobError> {
    let (form, mut problems, media) = read(files, bytes, language);
    let surveys = store.surveys().await?;
    let own = |survey: &&Survey| matches!(survey.subject, Subject::Own(_));
    let Some(mut form) = form else {
        return Ok(Outcome::Read(Box::new(FormRead { problems, ..FormRead::default() })));
    };
    let facts = facts(&form);
    stamp(&mut form);
    let reference = FormReference { id: form.id.clone(), version: form.version.clone() };
    let mut survey = match keep {
        KeepForm::No => {
            let same = surveys.iter().filter(own).filter(|survey| survey.form.id == form.id);
            let name = |survey: &Survey| {
                let Bilingual { es, en } = survey.name();
                let (first, second) = language.pick((es, en), (en, es));
                (survey.id.clone(), if first.is_empty() { second.clone() } else { first.clone() })
            };
            for survey in same.clone() {
                if let Some(before) = store.form(&survey.form).await? {
                    problems.extend(gone(&before, &form, &name(survey).1, language));
                }
            }
            let same = same.map(name).collect();
            return Ok(Outcome::Read(Box::new(FormRead { form: Some(facts), problems, same })));
        }
        KeepForm::Renew(id) => {
            let known =
                surveys.iter().filter(own).find(|survey| survey.id == *id && survey.form.id == form.id);
            known.cloned().ok_or_else(|| JobError::new(JobErrorKind::NoSurvey, id.clone()))?
        }
        KeepForm::New => {
            let taken: Vec<String> = surveys.iter().map(|survey| survey.id.clone()).collect();
            fresh(&form, value_for(&form.id, &taken))
        }
    };
    if survey.seal.is_some() && form.asks_for_files() {
        return Err(JobError::new(JobErrorKind::Refused, seal::media(language)));
    }
    survey.form = reference;
    let shown = form.shown_files();
    for (name, bytes) in media.iter().filter(|(name, _)| shown.contains(&name.as_str())) {
        store.put_shown(&survey.id, &[(name.clone(), bytes.to_vec())]).await?;
    }
    store.put_survey(&survey, Some(&form)).await?;
    Ok(Outcome::Kept(Box::new(survey)))
}

/// The form of a survey as a workbook.
pub(super) async fn write_form(
    id: &str,
    store: &impl ResponseStore,
    tools: &mut Tools<'_>,
) -> Result<Outcome, JobError> {
    let survey = store.surveys().await?.into_iter().find(|survey| survey.id == id);
    let survey = survey.ok_or_else(|| JobError::new(JobErrorKind::NoSurvey, id))?;
    let mut form = store.form(&survey.form).await?.ok_or_else(|| JobError::new(JobErrorKind::NoForm, id))?;
    // The author's, without what tells two of the same version apart here: read again, it is the same form.
    form.version = unstamped(&form.version).to_owned();
    let book =
        form_workbook(&form).map_err(|error| JobError::new(JobErrorKind::Form, format!("{error:?}")))?;
    (tools.sink)(&book);
    Ok(Outcome::File {
        name: format!("{}.xlsform.xlsx", safe(id)),
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
    })
}

/// The form, where nothing bars it, everything that its author should know, and the files to show by the names that they get.
type Looked<'a> = (Option<FormSource>, Vec<ToldProblem>, Vec<(String, &'a [u8])>);

/// Reads a form and what came with it.
fn read<'a>(files: &[(String, usize)], bytes: &'a [u8], language: Language) -> Looked<'a> {
    let mut parts = Vec::new();
    let mut rest = bytes;
    for (name, length) in files {
        let (part, after) = rest.split_at_checked(*length).unwrap_or((rest, &[]));
        parts.push((name.as_str(), part));
        rest = after;
    }
    let barred = |place: &str, text: String| ToldProblem { bars: true, place: place.to_owned(), text };
    let Some(((name, book), tables)) = parts.split_first() else {
        return (None, Vec::new(), Vec::new());
    };
    let mut sheets = match xlsform::open(name, book) {
        Ok(sheets) => sheets,
        Err(error) => return (None, vec![barred(name, tell::unopened(&error, language))], Vec::new()),
    };
    let mut problems = Vec::new();
    let mut media = Vec::new();
    for (name, table) in tables {
        if medium::is_meant(name) {
            match medium::name(name, table) {
                Ok(kept) => {
                    sheets.media.push(xlsform::Medium { file: (*name).to_owned(), name: kept.clone() });
                    media.push((kept, *table));
                }
                Err(why) => {
                    let text = match why {
                        Unkept::TooLarge => say::file_too_large(language),
                        Unkept::Drawing => say::file_drawing(language),
                        Unkept::Unknown => say::file_unknown(language),
                    };
                    let (place, text) = ((*name).to_owned(), text.to_owned());
                    problems.push(ToldProblem { bars: false, place, text });
                }
            }
            continue;
        }
        match xlsform::attach(name, table) {
            Ok(table) => sheets.attached.push(table),
            Err(error) => problems.push(barred(name, tell::unopened(&error, language))),
        }
    }
    let mut reading = xlsform::read(&sheets);
    if let Some(form) = reading.form.as_mut().filter(|form| form.id == xlsform::UNNAMED) {
        // As pyxform has it.
        let stem = name.rsplit_once('.').map_or(*name, |(stem, _)| stem);
        form.id = value_for(stem, &[]);
        if form.title == [xlsform::UNNAMED] {
            form.title = vec![stem.to_owned()];
        }
    }
    problems.extend(reading.problems.iter().map(|problem| ToldProblem {
        bars: problem.severity != Severity::Notice,
        place: tell::place(problem, language),
        text: tell::explain(problem, language),
    }));
    let of_survey = |text: &str| barred(language.pick("Hoja survey", "Sheet survey"), text.to_owned());
    if let Some(form) = &reading.form {
        if facts(form).questions == 0 {
            problems.push(of_survey(say::no_questions(language)));
        }
        // Its code would weigh on every phone.
        if form_to_json(form).contains("digest(") {
            problems.push(of_survey(say::no_digest(language)));
        }
    }
    let form = reading.form.filter(|_| problems.iter().all(|problem| !problem.bars));
    // What waits for itself can be told only when everything is in place.
    match form.as_ref().map(cycle) {
        Some(Err(names)) => {
            problems.push(barred(language.pick("Hoja survey", "Sheet survey"), say::cycle(&names, language)));
            (None, problems, media)
        }
        _ => (form, problems, media),
    }
}

/// Choices that the version before had and this one has not.
fn gone(before: &FormSource, after: &FormSource, survey: &str, language: Language) -> Vec<ToldProblem> {
    let pairs = before.lists.iter().filter_map(|list| {
        let same = after.lists.iter().find(|after| after.name == list.name)?;
        Some(list.choices.iter().filter(|choice| same.choices.iter().all(|after| after.name != choice.name)))
    });
    let told = |choice: &crate::form::wire::ChoiceSource| ToldProblem {
        bars: false,
        place: language.pick("Hoja choices", "Sheet choices").to_owned(),
        text: say::choice_gone(&choice.name, survey, language),
    };
    pairs.flatten().map(told).collect()
}

/// The questions that wait for each other, if any do.
fn cycle(source: &FormSource) -> Result<(), Vec<String>> {
    let Ok(form) = Form::build(source) else { return Ok(()) };
    let settings = Settings {
        language: 0,
        seed: 0,
        matches: |_, _| None,
        calculate: Math::calculate,
        digest: |_, _| None,
    };
    let now: Moment = Date::from_days(0).at_midnight(0);
    Session::new(Rc::new(form), settings, now).map(|_| ()).map_err(|cycle| cycle.names)
}

fn facts(source: &FormSource) -> FormFacts {
    let questions = Form::build(source).map_or(0, |form| {
        let asked = |node: &&Node| node.kind.is_question() && node.appearance != Appearance::Hidden;
        form.nodes.iter().filter(asked).count()
    });
    let titles: Vec<String> = source.title.iter().filter(|title| !title.is_empty()).cloned().collect();
    FormFacts {
        titles: if titles.is_empty() { vec![source.id.clone()] } else { titles },
        languages: if source.language_names.is_empty() {
            source.languages.clone()
        } else {
            source.language_names.clone()
        },
        version: source.version.clone(),
        questions,
    }
}

/// A survey that asks this form, to be set up. Its name is the form's title.
fn fresh(form: &FormSource, id: String) -> Survey {
    let title = |tag: &str| {
        let spoken = form.languages.iter().position(|known| known.split('-').next() == Some(tag));
        spoken.and_then(|index| form.title.get(index)).or(form.title.first()).cloned().unwrap_or_default()
    };
    let (es, en) = (title("es"), title("en"));
    let named = |title: String| if title.is_empty() { form.id.clone() } else { title };
    Survey {
        id,
        form: FormReference { id: String::new(), version: String::new() },
        subject: Subject::Own(Own { name: Bilingual { es: named(es), en: named(en) }, wave: 1 }),
        design: SamplingDesign::Convenience,
        expected: None,
        minimum_cell: LEAST_MINIMUM_CELL,
        seal: None,
        retention: None,
        weighting: Weighting::default(),
        state: SurveyState::Setup,
        example: false,
    }
}
