//! From stored responses to summary, files and pages, over the in-memory store: with the two instruments' examples and with
//! random answers, held against plain loops over the same answers.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod csv;
#[path = "../common/job.rs"]
mod job;
mod small;
mod view;

use job::{answered, done, wait};
use proptest::prelude::*;
use serde_json::Value;
use small::{answers_of, numbers_in, response, small_survey, table};
use sondeo::form::wire::IndexSource;
use sondeo::form::{Date, Form, NodeKind, QuestionKind};
use sondeo::i18n::Language;
use sondeo::instrument::{bundled_survey, definition_from_json};
use sondeo::job::{Job, JobErrorKind, Outcome, Progress, wire};
use sondeo::report::html;
use sondeo::response::{Answer, Response};
use sondeo::store::{MemoryStore, ResponseStore};
use sondeo::summary::wire::{from_json, to_json};
use sondeo::summary::{
    Display, Finding, Hiding, IndexFinding, Selection, Summary, Table, Tally, View, summarize,
};
use sondeo::survey::{EventWave, SamplingDesign, Subject, Survey, SurveyState};

const VISIT: &str = include_str!("../../public/instruments/post_visit.json");
const STUDY: &str = include_str!("../../public/instruments/community_safety.json");

/// A store with a survey of examples, closed, and its form.
fn examples(instrument: &str, count: usize, change: impl Fn(&mut Survey)) -> (MemoryStore, Survey, Form) {
    let (mut survey, source) = bundled_survey(&definition_from_json(instrument).unwrap()).unwrap();
    survey.state = SurveyState::Closed;
    change(&mut survey);
    let store = MemoryStore::default();
    let today = Date::new(2026, 3, 5).unwrap();
    let job = Job::Examples { survey: survey.id.clone(), count, seed: 7, today };
    wait(store.put_survey(&survey, Some(&source))).unwrap();
    assert_eq!(done(&job, &store).unwrap().0, Outcome::Added(count));
    (store, survey, Form::build(&source).unwrap())
}

fn summary_of(store: &MemoryStore, survey: &Survey) -> Summary {
    let job = Job::Summarize { survey: survey.id.clone(), view: View::default() };
    match done(&job, store).unwrap().0 {
        Outcome::Summary(summary) => *summary,
        other => panic!("{other:?}"),
    }
}

fn responses(store: &MemoryStore, survey: &Survey) -> Vec<Response> {
    let arrived = wait(store.responses(&survey.id, 0, usize::MAX)).unwrap();
    arrived.into_iter().map(|arrived| arrived.response).collect()
}

fn text_of((outcome, file): (Outcome, Vec<u8>)) -> String {
    match outcome {
        Outcome::File { .. } => String::from_utf8(file).unwrap(),
        Outcome::Document(html) => html,
        other => panic!("{other:?}"),
    }
}

fn without_positions(path: &str) -> String {
    let parts: Vec<&str> =
        path.split(['[', ']']).enumerate().filter(|(i, _)| i % 2 == 0).map(|(_, part)| part).collect();
    parts.concat()
}

#[test]
fn the_summary_of_either_instrument_counts_what_a_plain_loop_counts() {
    for (instrument, count) in [(VISIT, 8), (VISIT, 40), (STUDY, 400)] {
        let (store, survey, form) = examples(instrument, count, |_| ());
        let summary = summary_of(&store, &survey);
        assert!(summary.example);
        assert_eq!(summary.fieldwork.counted, count);
        let responses = responses(&store, &survey);
        let mut compared = 0;
        for question in summary.questions.iter().filter(|question| !question.display.is_hidden()) {
            let answers: Vec<&Answer> = responses
                .iter()
                .flat_map(|response| &response.answers)
                .filter(|(path, _)| without_positions(path) == question.path)
                .map(|(_, answer)| answer)
                .collect();
            let base = question.base.unwrap();
            assert_eq!(base.shown, answers.len(), "{}", question.name);
            assert_eq!(
                base.blank,
                answers.iter().filter(|answer| answer.is_empty()).count(),
                "{}",
                question.name
            );
            let rows = question.finding.as_ref().unwrap().rows();
            for row in rows.iter().chain(&question.apart) {
                let chosen = answers
                    .iter()
                    .filter(|answer| match answer {
                        Answer::Choice(name) => *name == row.choice,
                        Answer::Choices(names) => names.contains(&row.choice),
                        _ => false,
                    })
                    .count();
                assert_eq!(row.count.unwrap_or(chosen), chosen, "{} {}", question.name, row.choice);
                compared += 1;
            }
            if let Some(Finding::OneChoice(rows)) = &question.finding {
                if rows.iter().any(|row| row.count.is_none()) {
                    assert!(question.sensitive, "{}", question.name);
                    continue;
                }
                let whole: Option<u32> = rows.iter().map(|row| row.whole).sum();
                assert_eq!(whole, question.display.has_percent().then_some(100));
            }
        }
        assert!(compared > 100, "{compared}");
        let asked = form.iter().filter(|(_, node)| matches!(node.kind, NodeKind::Question(_))).count();
        assert!(summary.questions.len() <= asked);
    }
}

#[test]
fn eight_people_are_told_in_counts_and_four_not_at_all() {
    let (store, survey, _) = examples(VISIT, 8, |_| ());
    let summary = summary_of(&store, &survey);
    let overall = summary.question("overall").unwrap();
    assert_eq!(overall.display, Display::CountsOnly);
    let Some(Finding::Scale(scale)) = &overall.finding else { panic!("a scale") };
    assert!(scale.rows.iter().all(|row| row.percent.is_none() && row.whole.is_none()));
    assert_eq!((scale.mean, scale.top.percent), (None, None));
    let score = summary.index("recommendation_score").unwrap();
    assert_eq!(score.display, Display::Hidden { reason: Hiding::FewForScore });
    let Some(IndexFinding::Paired(rows)) = &summary.index("knowledge_gain").unwrap().finding else {
        panic!("pairs");
    };
    assert!(rows.iter().any(|row| row.change.is_some()));

    let (store, survey, _) = examples(VISIT, 4, |_| ());
    let summary = summary_of(&store, &survey);
    assert!(summary.questions.iter().all(|question| question.display.is_hidden()));
    assert!(summary.indices.iter().all(|index| index.finding.is_none()));
    assert_eq!(summary.fieldwork.days, None);
    let page = html::document(&summary, Language::Es);
    assert!(page.contains("Aún no hay 5 respuestas") && !page.contains("<table"));
}

#[test]
fn a_wave_is_summarized_by_itself() {
    let (store, mut survey, form) = examples(VISIT, 8, |_| ());
    let Subject::Event(event) = &mut survey.subject else { panic!("an event") };
    event.wave = EventWave::FollowUp;
    let reference = survey.form.clone();
    let answers = || {
        vec![
            ("s_intro/consent".to_owned(), Answer::Choice("yes".to_owned())),
            ("s_followup/fu_status".to_owned(), Answer::Choice("done".to_owned())),
        ]
    };
    let follow_ups: Vec<Response> = (0..6)
        .map(|id| Response {
            survey: survey.id.clone(),
            form: reference.clone(),
            wave: "followup".to_owned(),
            ..response(id, answers())
        })
        .collect();
    wait(async {
        store.put_survey(&survey, None).await.unwrap();
        store.add(&follow_ups).await.unwrap();
    });
    assert!(form.find("fu_status").is_some());
    let later = summary_of(&store, &survey);
    assert_eq!((later.fieldwork.wave.as_str(), later.fieldwork.counted), ("followup", 6));
    assert_eq!(later.fieldwork.waves, ["post", "followup"]);
    assert!(!later.example);
    assert!(later.question("fu_status").is_some() && later.question("overall").is_none());
    assert!(later.indices.is_empty());
    let job = Job::Summarize {
        survey: survey.id.clone(),
        view: View { wave: Some("post".to_owned()), ..View::default() },
    };
    let Outcome::Summary(earlier) = done(&job, &store).unwrap().0 else { panic!("a summary") };
    assert_eq!(earlier.fieldwork.counted, 8);
    assert!(earlier.question("fu_status").is_none() && earlier.example);
}

#[test]
fn an_open_survey_moves_on_in_steps_of_five() {
    let (made_up, mut survey, form) = examples(VISIT, 8, |survey| survey.state = SurveyState::Open);
    assert_eq!(summary_of(&made_up, &survey).fieldwork.counted, 8, "what is made up needs no guarding");
    let store = MemoryStore::default();
    let source = wait(made_up.form(&survey.form)).unwrap();
    wait(store.put_survey(&survey, source.as_ref())).unwrap();
    let people: Vec<_> = responses(&made_up, &survey)
        .into_iter()
        .map(|response| Response { example: false, ..response })
        .collect();
    wait(store.add(&people)).unwrap();
    let summary = summary_of(&store, &survey);
    let work = &summary.fieldwork;
    assert_eq!((work.finished, work.counted, work.waiting), (8, 5, 3));
    assert_eq!(summary.question("overall").unwrap().base.unwrap().shown, 5);
    // The first five by arrival, whatever comes later.
    let mut table = Table::new(&form);
    responses(&store, &survey)[..5].iter().for_each(|response| table.push(&form, response));
    let first = summarize(&form, &survey, &table, &View::default());
    assert_eq!(first.questions, summary.questions);
    survey.state = SurveyState::Closed;
    wait(store.put_survey(&survey, None)).unwrap();
    assert_eq!(summary_of(&store, &survey).fieldwork.counted, 8);
}

#[test]
fn no_written_answer_reaches_summary_or_page() {
    let (store, survey, form) = examples(VISIT, 25, |_| ());
    let summary = summary_of(&store, &survey);
    let written: Vec<String> = responses(&store, &survey)
        .into_iter()
        .flat_map(|response| response.answers)
        .filter(|(path, _)| {
            let name = path.rsplit('/').next().unwrap_or_default();
            let node = form.find(name).and_then(|id| form.node(id));
            node.is_some_and(|node| matches!(node.kind, NodeKind::Question(QuestionKind::Text)))
        })
        .filter_map(|(_, answer)| match answer {
            Answer::Text(text) => Some(text),
            _ => None,
        })
        .collect();
    assert!(written.len() > 10);
    let everything =
        to_json(&summary) + &html::document(&summary, Language::Es) + &html::document(&summary, Language::En);
    for text in written {
        assert!(!everything.contains(&text), "{text}");
    }
    for response in responses(&store, &survey) {
        assert!(!everything.contains(&response.id.to_text()));
    }
}

#[test]
fn a_summary_survives_the_way_to_the_screen() {
    let (store, survey, _) = examples(STUDY, 60, |survey| {
        survey.design = SamplingDesign::Probability;
        survey.expected = Some(2000);
    });
    let summary = summary_of(&store, &survey);
    assert_eq!(from_json(&to_json(&summary)).unwrap(), summary);
    assert!(summary.margin.is_some());
    let job = Job::Summarize { survey: survey.id.clone(), view: View::default() };
    let (reply, told) = answered(&wire::request_to_json(&job), &store);
    assert_eq!(wire::reply_from_json(&reply).unwrap(), Outcome::Summary(Box::new(summary)));
    assert_eq!(told, [Progress { done: 60, of: 60 }]);
    assert_eq!(Progress::from_text(&told[0].to_text()), Some(told[0]));
    let lost = Job::Json { survey: "lost".to_owned(), view: View::default() };
    let (reply, _) = answered(&wire::request_to_json(&lost), &store);
    assert_eq!(wire::reply_from_json(&reply).unwrap_err().kind, JobErrorKind::NoSurvey);
    let (reply, _) = answered("{", &store);
    assert_eq!(wire::reply_from_json(&reply).unwrap_err().kind, JobErrorKind::Request);
}

#[test]
fn every_job_goes_to_the_worker_and_back() {
    let survey = || "s".to_owned();
    let today = Date::new(2026, 3, 5).unwrap();
    for job in [
        Job::Summarize { survey: survey(), view: View { wave: Some("post".to_owned()), ..View::default() } },
        Job::Csv { survey: survey(), labels: None },
        Job::Csv { survey: survey(), labels: Some(Language::En) },
        Job::Json { survey: survey(), view: View::default() },
        Job::Print { survey: survey(), view: View::default(), language: Language::Es },
        Job::Examples { survey: survey(), count: 8, seed: 20_260_305, today },
        Job::RemoveExamples { survey: survey() },
    ] {
        assert_eq!(wire::request_from_json(&wire::request_to_json(&job)).unwrap(), job);
    }
}

#[test]
fn examples_go_as_they_came() {
    let (store, survey, _) = examples(VISIT, 8, |_| ());
    let job = Job::RemoveExamples { survey: survey.id.clone() };
    assert_eq!(done(&job, &store).unwrap().0, Outcome::Removed(8));
    assert!(responses(&store, &survey).is_empty());
    assert!(!summary_of(&store, &survey).example);
}

#[test]
fn intervals_belong_to_probability_samples_alone() {
    for design in [SamplingDesign::Census, SamplingDesign::Convenience, SamplingDesign::Probability] {
        let (store, survey, _) = examples(STUDY, 100, |survey| survey.design = design);
        let summary = summary_of(&store, &survey);
        let text = to_json(&summary);
        let any = |pattern: &str| regex_lite::Regex::new(pattern).unwrap().is_match(&text);
        assert_eq!(any(r#""interval": \["#), design == SamplingDesign::Probability);
        let page = html::document(&summary, Language::Es);
        assert_eq!(page.contains("±"), design == SamplingDesign::Probability);
        assert_eq!(page.contains("no fueron elegidas al azar"), design == SamplingDesign::Convenience);
    }
}

#[test]
fn the_page_shows_the_same_numbers_as_the_summary_and_is_well_formed() {
    for (language, instrument, count) in [(Language::Es, STUDY, 120), (Language::En, VISIT, 8)] {
        let (store, survey, _) = examples(instrument, count, |_| ());
        let summary = summary_of(&store, &survey);
        let job = Job::Print { survey: survey.id.clone(), view: View::default(), language };
        let page = text_of(done(&job, &store).unwrap());
        for question in summary.questions.iter().filter(|question| !question.display.is_hidden()) {
            let base = question.base.unwrap().valid;
            let own = format!(r#"data-result="{}""#, question.name);
            let page = page.split_once(&own).unwrap_or_else(|| panic!("{own}")).1;
            assert!(page.contains(&format!(r#"data-base="{base}""#)));
            for row in question.finding.as_ref().unwrap().rows() {
                if question.grid.is_some() {
                    let Some(count) = row.count else { continue };
                    let cell = format!(r#"<td data-choice="{}" data-count="{count}""#, row.choice);
                    assert!(page.contains(&cell), "{cell}");
                    continue;
                }
                let Some(count) = row.count else { continue };
                let label = language.pick(&row.label.es, &row.label.en).replace('\'', "&#39;");
                let cells = format!(
                    r#"<tr data-choice="{}"><th scope="row">{label}</th><td data-count="{count}">"#,
                    row.choice
                );
                let after = page.split_once(&cells).unwrap_or_else(|| panic!("{cells}")).1;
                let Some(whole) = row.whole else { continue };
                let shown = after.split_once("<td data-percent=").unwrap().1.split_once('>').unwrap().1;
                let sign = language.pick("\u{a0}%", "%");
                assert!(shown.starts_with(&format!("{whole}{sign}")), "{} {}", question.name, row.choice);
                if matches!(question.finding, Some(Finding::ManyChoices(_))) {
                    assert!((100.0 * count as f64 / base as f64 - f64::from(whole)).abs() <= 0.5);
                }
            }
        }
        let mut open: Vec<&str> = Vec::new();
        for tag in regex_lite::Regex::new(r"<(/?)([a-z0-9]+)[^>]*?(/?)>").unwrap().captures_iter(&page) {
            let name = tag.get(2).unwrap().as_str();
            if &tag[1] == "/" {
                assert_eq!(open.pop(), Some(name));
            } else if &tag[3] != "/" {
                open.push(name);
            }
        }
        assert!(open.is_empty());
    }
}

#[test]
fn sexual_violence_is_shown_from_ten_victims_on() {
    for (victims, hidden) in [(9, true), (10, false)] {
        let answers = (0..100).map(|person| {
            let yes = person < victims;
            let mut answers =
                vec![("vic_sexual".to_owned(), Answer::Choice(if yes { "yes" } else { "no" }.to_owned()))];
            if yes {
                answers.push((
                    "rep_sexual".to_owned(),
                    Answer::Choice(if person < 3 { "yes" } else { "no" }.to_owned()),
                ));
            }
            answers
        });
        let index = |id: &str, kind: &str, items: &[&str], pairs: &[(&str, &str)]| IndexSource {
            id: id.to_owned(),
            kind: kind.to_owned(),
            items: items.iter().map(|item| (*item).to_owned()).collect(),
            pairs: pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
            ..IndexSource::default()
        };
        let (form, survey) = small_survey(
            &["vic_sexual", "rep_sexual"],
            vec![
                index("any", "any", &["vic_sexual"], &[]),
                index("told", "reporting", &[], &[("vic_sexual", "rep_sexual")]),
            ],
        );
        let summary = summarize(&form, &survey, &table(&form, answers), &View::default());
        let few = Display::Hidden { reason: Hiding::FewVictims };
        let displays = summary.questions.iter().map(|question| question.display);
        let displays = displays.chain(summary.indices.iter().map(|index| index.display));
        assert!(displays.into_iter().all(|display| (display == few) == hidden), "{victims}");
        if hidden {
            assert_eq!(
                numbers_in(&serde_json::from_str::<Value>(&to_json(&summary)).unwrap()["questions"]),
                0
            );
        }
    }
}

#[test]
fn a_small_group_that_answers_a_sensitive_question_alike_is_hidden() {
    let answers = |n: usize, other: usize| {
        (0..n).map(move |person| {
            let name = if person < other { "no" } else { "yes" };
            vec![("vic_robbery".to_owned(), Answer::Choice(name.to_owned()))]
        })
    };
    let (form, survey) = small_survey(&["vic_robbery"], Vec::new());
    let display = |n, other| {
        let summary = summarize(&form, &survey, &table(&form, answers(n, other)), &View::default());
        summary.question("vic_robbery").unwrap().display
    };
    assert_eq!(display(12, 0), Display::Hidden { reason: Hiding::AllAlike });
    assert_eq!(display(12, 12), Display::Hidden { reason: Hiding::AllAlike });
    assert_eq!(display(12, 6), Display::WholePercent { caution: true });
    assert_eq!(display(40, 0), Display::WholePercent { caution: false });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_hidden_has_a_number(people in prop::collection::vec(prop::collection::vec(0usize..5, 3), 0..40), open: bool) {
        let names = ["a", "vic_robbery", "vic_sexual"];
        let (form, mut survey) = small_survey(&names, Vec::new());
        survey.state = if open { SurveyState::Open } else { SurveyState::Closed };
        let answers = people.iter().map(|person| answers_of(&names, person));
        let summary = summarize(&form, &survey, &table(&form, answers), &View::default());
        let json: Value = serde_json::from_str(&to_json(&summary)).unwrap();
        for question in json["questions"].as_array().unwrap() {
            let hidden = question["display"].get("hidden").is_some();
            prop_assert_eq!(hidden, numbers_in(question) == 0);
            if !hidden {
                let valid = question["base"]["valid"].as_u64().unwrap();
                prop_assert!(valid >= 5);
                prop_assert_eq!(valid >= 10, question["finding"]["one_choice"][0]["percent"].is_number());
            }
        }
    }

    #[test]
    fn tallies_of_two_halves_merge_to_the_whole(people in prop::collection::vec(prop::collection::vec(0usize..5, 3), 0..40), cut in 0usize..40) {
        let names = ["a", "b", "c"];
        let (form, _) = small_survey(&names, Vec::new());
        let cut = cut.min(people.len());
        let part = |people: &[Vec<usize>]| table(&form, people.iter().map(|person| answers_of(&names, person)));
        let (first, second, whole) = (part(&people[..cut]), part(&people[cut..]), part(&people));
        for position in 0..names.len() {
            let tally = |table: &Table| {
                let column = &table.columns[position];
                let list = form.node(column.node).and_then(|node| form.choices_of(node));
                Tally::of(table, column, list, &Selection::all(table))
            };
            let mut merged = tally(&first);
            merged.merge(tally(&second));
            prop_assert_eq!(merged, tally(&whole));
        }
    }
}
