use std::collections::BTreeSet;
use std::rc::Rc;

use super::export::with_texts;
use super::random::{Random, hash};
use super::run::survey_and_form;
use super::{JobError, JobErrorKind, Outcome, Tools};
use crate::form::{Form, Node, NodeKind, QuestionKind};
use crate::i18n::{Language, report as report_say, written as say};
use crate::report::base::base_line;
use crate::report::document::{self as section, TextSection};
use crate::report::texts::{Recode, Stops, Texts, ThemeLine, Written};
use crate::response::ResponseId;
use crate::store::{FaultKind, ResponseStore};
use crate::summary::text::{
    CodeBook, Coder, Coding, ENOUGH_DOUBLE, OpenText, Place, StopWords, TextAnswer, Theme, Verdict,
    agreement, answers, choose, count_words, quotable, tally, wire,
};
use crate::summary::{Profile, View, counted_rows, summarize};
use crate::survey::{Bilingual, Survey};

/// Words shown at most.
const WORDS: usize = 40;
/// Quotes of a question in a report at most.
const QUOTES: usize = 12;

/// The open answers to a question; to the form's first where none is named.
pub(super) async fn texts(
    survey: &str,
    view: &View,
    question: Option<&str>,
    language: Language,
    store: &impl ResponseStore,
    tools: &mut Tools<'_>,
) -> Result<Outcome, JobError> {
    let (survey, form) = survey_and_form(survey, store, tools).await?;
    let open = read(&survey.id, store).await?;
    let questions = text_questions(&form, language);
    let named = question.filter(|name| questions.iter().any(|(known, _)| known == name));
    let Some(question) = named.or(questions.first().map(|(name, _)| name.as_str())).map(str::to_owned) else {
        return Ok(Outcome::Texts(Box::default()));
    };
    let table = with_texts(&survey, &form, store, tools).await?;
    let mut texts = Texts {
        stops: stops_of(&open.stop_words),
        themes: open.question(&question).map(|own| own.book.used().map(line).collect()).unwrap_or_default(),
        questions,
        question,
        ..Texts::default()
    };
    let Some(selection) = counted_rows(&form, &survey, &table, view) else {
        let base = base_line(&summarize(&form, &survey, &table, view), language);
        (texts.base, texts.caution) = (base.text, base.caution);
        return Ok(Outcome::Texts(Box::new(texts)));
    };
    let mut given = answers(&form, &table, &texts.question, &selection);
    given.retain(|answer| !answer.text.trim().is_empty());
    fill(&mut texts, &given, &open, &survey, view, language, tools.find);
    Ok(Outcome::Texts(Box::new(texts)))
}

/// What people wrote, as a report may tell it: words, themes coded by hand, and quotes of those who permitted it. Questions
/// asked several times of a person, such as commitments, have a place of their own.
pub(super) async fn sections(
    survey: &Survey,
    form: &Rc<Form>,
    view: &View,
    store: &impl ResponseStore,
    tools: &mut Tools<'_>,
) -> Result<Vec<TextSection>, JobError> {
    let questions = text_questions(form, Language::Es);
    if questions.is_empty() {
        return Ok(Vec::new());
    }
    let open = read(&survey.id, store).await?;
    let table = with_texts(survey, form, store, tools).await?;
    let Some(selection) = counted_rows(form, survey, &table, view) else { return Ok(Vec::new()) };
    let least = survey.minimum_cell.max(5) as usize;
    let mut sections = Vec::new();
    for (question, _) in questions {
        let repeated = table.column(form, &question).is_none_or(|column| column.repeat.is_some());
        let node = form.find(&question).and_then(|id| form.node(id));
        let Some(node) = node.filter(|_| !repeated) else { continue };
        let given = answers(form, &table, &question, &selection);
        let counted = count_words(&given, &open.stop_words, least, WORDS);
        if counted.people < least {
            continue;
        }
        let (book, coding) = match open.question(&question) {
            Some(own) => (own.book.clone(), own.coding.clone()),
            None => (CodeBook::default(), Coding::default()),
        };
        let tally = tally(&book, &coding, &given, survey, view.profile, view.is_filtered());
        let seed = hash(&[&survey.id, "/", &question].concat());
        let text = |tag: &str| node.label.plain(form.language(tag).unwrap_or(0));
        sections.push(TextSection {
            label: Bilingual { es: text("es"), en: text("en") },
            base: counted.answers,
            words: counted.words.into_iter().map(|word| (word.text, word.people)).collect(),
            themes: tally
                .rows
                .iter()
                .map(|row| section::Theme {
                    label: row.label.clone(),
                    count: row.answers,
                    percent: row.percent,
                })
                .collect(),
            quotes: choose(&given, least, seed, None, tools.find)
                .into_iter()
                .take(QUOTES)
                .map(|quote| quote.text)
                .collect(),
            question,
        });
    }
    Ok(sections)
}

/// Changes how open answers are coded.
pub(super) async fn code(
    survey: &str,
    question: &str,
    changes: &[Recode],
    store: &impl ResponseStore,
) -> Result<Outcome, JobError> {
    let mut open = read(survey, store).await?;
    for change in changes {
        match change {
            Recode::Stop(stops) => open.put_stop_words(StopWords {
                es: stops.es,
                en: stops.en,
                added: stops.added.iter().cloned().collect(),
                removed: stops.removed.iter().cloned().collect(),
            }),
            change => open.change(question, |own| recode(&mut own.book, &mut own.coding, change)),
        }
    }
    store.put_coding(survey, &wire::to_json(&open)).await?;
    Ok(Outcome::Coded)
}

fn recode(book: &mut CodeBook, coding: &mut Coding, change: &Recode) {
    let words =
        |theme: &ThemeLine| Bilingual { es: theme.es.trim().to_owned(), en: theme.en.trim().to_owned() };
    match change {
        Recode::Add(theme) => drop(book.add(words(theme), theme.definition.trim())),
        Recode::Edit(theme) => book.edit(&theme.id, |known| {
            known.label = words(theme);
            theme.definition.trim().clone_into(&mut known.definition);
        }),
        Recode::Retire(id) => book.edit(id, |theme| theme.retired = true),
        Recode::Mark(second, place, themes) => {
            let coder = if *second { Coder::Second } else { Coder::First };
            let themes = themes.as_ref().map(|themes| themes.iter().cloned().collect::<BTreeSet<String>>());
            if let Some(place) = place_in(place) {
                coding.put(coder, place, themes);
            }
        }
        Recode::Stop(_) => {}
    }
}

async fn read(survey: &str, store: &impl ResponseStore) -> Result<OpenText, JobError> {
    match store.coding(survey).await? {
        None => Ok(OpenText::new(survey)),
        Some(kept) => wire::from_json(&kept).map_err(|error| {
            // As the store itself would say it: written by a newer program, or damaged.
            let kind =
                if let wire::ReadError::Newer(_) = error { FaultKind::Newer } else { FaultKind::Other };
            JobError::new(JobErrorKind::Store, format!("{kind:?} coding"))
        }),
    }
}

/// The text questions of a form with their labels.
fn text_questions(form: &Form, language: Language) -> Vec<(String, String)> {
    let tongue = form.language(language.tag()).unwrap_or(0);
    let is_text =
        |node: &Node| matches!(node.kind, NodeKind::Question(QuestionKind::Text)) && !node.is_file();
    let texts = form.iter().filter(|(_, node)| is_text(node));
    // A code that links two answers is nothing that people wrote in their own words.
    let free =
        texts.filter(|(_, node)| node.constraint.as_ref().is_none_or(|it| !it.source().contains("regex(")));
    free.map(|(_, node)| (node.name.clone(), node.label.plain(tongue))).collect()
}

fn fill(
    texts: &mut Texts,
    given: &[TextAnswer<'_>],
    open: &OpenText,
    survey: &Survey,
    view: &View,
    language: Language,
    find: fn(&str, &str) -> bool,
) {
    let least = if view.profile == Profile::Publication { survey.minimum_cell as usize } else { 1 };
    let counted = count_words(given, &open.stop_words, least, WORDS);
    if counted.answers == 0 {
        texts.base = say::no_answers(language).to_owned();
        return;
    }
    if counted.people < survey.minimum_cell as usize {
        texts.base = report_say::few_answers(survey.minimum_cell, language);
        return;
    }
    texts.base = say::base(counted.answers, counted.people, language);
    texts.caution = (counted.people < 30).then(|| report_say::caution(counted.people, language));
    texts.words = counted.words.into_iter().map(|word| (word.text, word.people)).collect();
    texts.hidden_words = counted.hidden;
    texts.answers = Some(given.len());
    let (book, coding) = match open.question(&texts.question) {
        Some(own) => (own.book.clone(), own.coding.clone()),
        None => (CodeBook::default(), Coding::default()),
    };
    texts.tally = tallied(&tally(&book, &coding, given, survey, view.profile, view.is_filtered()), language);
    let coded =
        |coder| given.iter().filter(|answer| coding.themes(coder, place_of(answer)).is_some()).count();
    texts.coded = Coder::ALL.map(coded);
    if view.profile == Profile::Analyst {
        texts.agreement = agreed(&book, &coding, given, language);
        texts.written = written(&texts.question, given, &coding, find);
    }
}

/// Themes with their answers, as they may be shown.
fn tallied(tally: &crate::summary::text::ThemeTally, language: Language) -> Vec<(String, String)> {
    let told = |answers: usize, percent: Option<f64>| match percent {
        Some(percent) => {
            let share = crate::i18n::format::percent(percent, 0, language);
            [&crate::i18n::format::integer(answers as i64), " (", &share, ")"].concat()
        }
        None => crate::i18n::format::integer(answers as i64),
    };
    let mut rows: Vec<(String, String)> = tally
        .rows
        .iter()
        .map(|row| (language.pick(&row.label.es, &row.label.en).clone(), told(row.answers, row.percent)))
        .collect();
    if let Some((answers, percent)) = tally.others.as_ref().and_then(|others| others.told) {
        rows.push((say::few_themes(language).to_owned(), told(answers, percent)));
    }
    if let Some(without) = tally.without.filter(|_| tally.base.is_some_and(|base| base.coded > 0)) {
        rows.push((say::without_theme(language).to_owned(), told(without, None)));
    }
    rows
}

/// Whether two coders agree, in sentences.
fn agreed(book: &CodeBook, coding: &Coding, given: &[TextAnswer<'_>], language: Language) -> Vec<String> {
    let found = agreement(book, coding, given);
    if found.coded == 0 {
        return Vec::new();
    }
    let mut lines = Vec::new();
    if found.double > 0 {
        lines.push(say::double_coded(found.double, found.double_percent, language));
    }
    lines.push(match found.verdict {
        Verdict::NotDoubleCoded => say::not_coded_double(language).to_owned(),
        Verdict::TooFew => say::too_few_double(ENOUGH_DOUBLE, language),
        Verdict::AllAlike => say::all_alike(language).to_owned(),
        Verdict::Agreed => say::agreed(language).to_owned(),
        Verdict::Disagreed => say::disagreed(language).to_owned(),
    });
    for theme in &found.themes {
        if let Some(kappa) = theme.kappa {
            lines.push(say::kappa(language.pick(&theme.label.es, &theme.label.en), kappa.kappa, language));
        }
    }
    lines
}

/// The answers in an order of this question alone: side by side, the lists of two questions tell nothing.
fn written(
    question: &str,
    given: &[TextAnswer<'_>],
    coding: &Coding,
    find: fn(&str, &str) -> bool,
) -> Vec<Written> {
    let mut all: Vec<(u64, Written)> = given
        .iter()
        .map(|answer| {
            let at = place_of(answer);
            let place = place_text(at);
            let themes = |coder| coding.themes(coder, at).map(|themes| themes.iter().cloned().collect());
            let order = Random(hash(&[question, "/", &place].concat())).next();
            let written = Written {
                text: answer.text.trim().to_owned(),
                personal: !quotable(answer.text, find),
                quote: answer.quote_ok,
                themes: Coder::ALL.map(themes),
                place,
            };
            (order, written)
        })
        .collect();
    all.sort_by(|(a, first), (b, second)| a.cmp(b).then_with(|| first.place.cmp(&second.place)));
    all.into_iter().map(|(_, written)| written).collect()
}

fn place_of(answer: &TextAnswer<'_>) -> Place {
    Place { response: answer.response, instance: answer.instance }
}

fn place_text(place: Place) -> String {
    [&place.response.to_text(), ".", &place.instance.to_string()].concat()
}

fn place_in(text: &str) -> Option<Place> {
    let (response, instance) = text.split_once('.')?;
    Some(Place { response: ResponseId::from_text(response)?, instance: instance.parse().ok()? })
}

fn stops_of(stop: &StopWords) -> Stops {
    Stops {
        es: stop.es,
        en: stop.en,
        added: stop.added.iter().cloned().collect(),
        removed: stop.removed.iter().cloned().collect(),
    }
}

fn line(theme: &Theme) -> ThemeLine {
    ThemeLine {
        id: theme.id.clone(),
        es: theme.label.es.clone(),
        en: theme.label.en.clone(),
        definition: theme.definition.clone(),
    }
}
