//! The jobs that only the desk asks for, over the in-memory store, as text there and back.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

// The desk's addresses, which need no browser.
#[path = "../src/ui/desk/route.rs"]
#[allow(dead_code, reason = "what links and screens ask is not asked here")]
mod route;

// What the page reads markup with, which needs no browser either.
#[path = "../src/browser/markup/read.rs"]
mod read;
// What a browser says of itself, which needs none either.
#[path = "../src/ui/desk/agent.rs"]
mod agent;

#[path = "common/job.rs"]
#[allow(dead_code, reason = "only texts go there and back")]
mod job;

use job::{answered, wait};
use route::Route;
use sondeo::form::Date;
use sondeo::i18n::Language;
use sondeo::job::{Job, JobError, JobErrorKind, Outcome, wire};
use sondeo::report::screen::{Screen, screen};
use sondeo::report::texts::{Recode, Stops, Texts, ThemeLine};
use sondeo::store::{MemoryStore, ResponseStore};
use sondeo::summary::{self, Filter, Profile, View};
use sondeo::survey::{Margin, SamplingDesign, Subject, Survey, SurveyState, Weighting, WeightingPlan};

const VISIT: &str = include_str!("../public/instruments/post_visit.json");
const STUDY: &str = include_str!("../public/instruments/community_safety.json");

fn ask(store: &MemoryStore, job: &Job) -> Result<Outcome, JobError> {
    let (reply, _) = answered(&wire::request_to_json(job), store);
    wire::reply_without_summary_from_json(&reply)
}

fn keep(store: &MemoryStore, survey: Option<&Survey>, definition: &str) -> Result<Survey, JobError> {
    let survey = survey.map(|survey| Box::new(survey.clone()));
    match ask(store, &Job::Keep { survey, definition: definition.to_owned() })? {
        Outcome::Kept(survey) => Ok(*survey),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_the_program_brings_is_kept_once_with_its_form() {
    for definition in [VISIT, STUDY] {
        let store = MemoryStore::default();
        let brought = keep(&store, None, definition).unwrap();
        assert_eq!(wait(store.surveys()).unwrap(), std::slice::from_ref(&brought));
        assert!(wait(store.form(&brought.form)).unwrap().is_some());
        let opened = Survey { state: SurveyState::Open, ..brought.clone() };
        wait(store.put_survey(&opened, None)).unwrap();
        assert_eq!(keep(&store, None, definition).unwrap(), brought);
        assert_eq!(wait(store.surveys()).unwrap(), [opened]);
    }
}

#[test]
fn another_site_makes_another_form_and_the_same_sites_the_same() {
    let store = MemoryStore::default();
    let brought = keep(&store, None, VISIT).unwrap();
    assert_eq!(keep(&store, Some(&brought), VISIT).unwrap().form, brought.form);
    let mut own = brought.starting_point("own".to_owned());
    let Subject::Event(event) = &mut own.subject else { panic!() };
    event.sites.remove(0);
    let kept = keep(&store, Some(&own), VISIT).unwrap();
    assert_ne!(kept.form, brought.form);
    assert!(wait(store.form(&kept.form)).unwrap().is_some());
    assert_eq!(wait(store.surveys()).unwrap().len(), 2);
}

#[test]
fn a_questionnaire_that_cannot_be_made_keeps_nothing() {
    let store = MemoryStore::default();
    let mut brought = keep(&MemoryStore::default(), None, VISIT).unwrap();
    let Subject::Event(event) = &mut brought.subject else { panic!() };
    let twice = event.sites.first().unwrap().clone();
    event.sites.push(twice);
    assert_eq!(keep(&store, Some(&brought), VISIT).unwrap_err().kind, JobErrorKind::Form);
    assert_eq!(keep(&store, None, "{").unwrap_err().kind, JobErrorKind::Form);
    assert!(wait(store.surveys()).unwrap().is_empty());
}

#[test]
fn days_and_screen_come_back_as_they_were_sent_and_a_summary_does_not() {
    let (store, survey) = study();
    let today = Date::new(2026, 3, 5);
    let Ok(Outcome::Days(days, newer)) = ask(&store, &Job::Days { survey: survey.id.clone() }) else {
        panic!()
    };
    assert_eq!(newer, 0);
    assert_eq!(days.iter().map(|(_, count, _)| count).sum::<usize>(), 400);
    assert!(days.iter().all(|(_, count, examples)| count == examples));
    assert!(days.windows(2).all(|pair| matches!(pair, [a, b] if a.0 < b.0)));
    assert_eq!(days.last().map(|(day, ..)| *day), today);

    let summarize =
        wire::request_to_json(&Job::Summarize { survey: survey.id.clone(), view: Default::default() });
    let (reply, _) = answered(&summarize, &store);
    let Ok(Outcome::Summary(summary)) = wire::reply_from_json(&reply) else { panic!() };
    assert_eq!(wire::reply_without_summary_from_json(&reply).unwrap_err().kind, JobErrorKind::Request);
    for language in Language::ALL {
        let job = Job::Screen { survey: survey.id.clone(), view: Default::default(), language };
        let Ok(Outcome::Screen(shown)) = ask(&store, &job) else { panic!() };
        let fields = shown.fields.clone();
        assert!(fields.iter().any(|field| field.name == "gender" && field.is_handy()));
        assert!(*shown == Screen { fields, ..screen(&summary, None, language) });
        assert!(shown.blocks.len() > summary.sections.len());
        // A piece is one element: the desk puts it in as one.
        for (key, markup) in shown.blocks.iter().flat_map(|block| &block.pieces) {
            assert!(markup.starts_with('<') && markup.ends_with("</section>") || key == "head", "{key}");
            assert_eq!(markup.matches("<details").count(), markup.matches("</details>").count(), "{key}");
            assert_eq!(markup.matches("<section").count(), markup.matches("</section>").count(), "{key}");
        }
    }
}

#[test]
fn browsers_are_known_by_what_they_say_and_safari_by_what_it_runs_on() {
    use agent::Apple::{Mac, Phone};
    const MAC: &str =
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";
    const IPHONE: &str =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
    const ANDROID: &str = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)";
    for (text, touch, name, version, engine, safari) in [
        (
            format!("{IPHONE} Version/17.5 Mobile/15E148 Safari/604.1"),
            true,
            "Safari",
            "17",
            "WebKit",
            Some(Phone),
        ),
        (format!("{MAC} Version/17.5 Safari/605.1.15"), true, "Safari", "17", "WebKit", Some(Phone)),
        (format!("{MAC} Version/18.1 Safari/605.1.15"), false, "Safari", "18", "WebKit", Some(Mac)),
        (
            format!("{IPHONE} CriOS/126.0.6478.35 Mobile/15E148 Safari/604.1"),
            true,
            "Chrome",
            "126",
            "WebKit",
            None,
        ),
        (
            format!("{IPHONE} FxiOS/127.0 Mobile/15E148 Safari/605.1.15"),
            true,
            "Firefox",
            "127",
            "WebKit",
            None,
        ),
        (format!("{ANDROID} Chrome/130.0.0.0 Mobile Safari/537.36"), true, "Chrome", "130", "Chromium", None),
        (
            format!("{ANDROID} SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36"),
            true,
            "Samsung Internet",
            "26",
            "Chromium",
            None,
        ),
        (
            format!("{MAC} Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0"),
            false,
            "Edge",
            "130",
            "Chromium",
            None,
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0".to_owned(),
            false,
            "Firefox",
            "128",
            "Gecko",
            None,
        ),
        (String::new(), false, "?", "", "?", None),
    ] {
        let expected = agent::Agent { name, version: version.to_owned(), engine, safari };
        assert_eq!(agent::read(&text, touch), expected, "{text}");
    }
}

#[test]
fn an_address_is_the_state_of_a_summary() {
    let view = View {
        filters: vec![
            Filter::Choices { question: "gender".into(), choices: vec!["woman".into(), "other/x?y".into()] },
            Filter::Languages(vec!["es".into()]),
            Filter::Days { from: Date::new(2026, 3, 1), to: None },
        ],
        by: vec!["district".into()],
        against: Some("here_wave2".into()),
        profile: Profile::Analyst,
        ..View::default()
    };
    let places = [
        Route::Summary("here".into(), view.clone()),
        Route::Print("here".into(), view.clone()),
        Route::Texts("here".into(), Some("best_text".into()), view.clone()),
        Route::Texts("here".into(), None, View::default()),
        Route::Edit("here".into()),
        Route::Storage,
    ];
    for route in places {
        assert_eq!(Route::parse(&route.hash()), route, "{}", route.hash());
        assert_eq!(route.clone().with_view(View::default()), route.place());
    }
    let plain = Route::parse("/desk/here/summary");
    assert_eq!(plain, Route::summary("here"));
    assert_eq!(plain.with_view(view.clone()).view(), Some(&view));
    assert_eq!(Route::parse("/desk/here/summary?nonsense&f.=x"), Route::summary("here"));
    assert_eq!(Route::parse("/fill/here"), Route::Elsewhere);
    assert_eq!(Route::parse("/desk/here/nowhere"), Route::Unknown);
}

/// A study with examples in a store.
fn study() -> (MemoryStore, Survey) {
    let store = MemoryStore::default();
    let survey = keep(&store, None, STUDY).unwrap();
    let today = Date::new(2026, 3, 5).unwrap();
    let job = Job::Examples { survey: survey.id.clone(), count: 400, seed: 20_260_305, today };
    assert_eq!(ask(&store, &job), Ok(Outcome::Added(400)));
    (store, survey)
}

fn shown(store: &MemoryStore, survey: &Survey, view: View) -> Screen {
    let job = Job::Screen { survey: survey.id.clone(), view, language: Language::En };
    let Ok(Outcome::Screen(screen)) = ask(store, &job) else { panic!() };
    *screen
}

#[test]
fn the_questions_to_choose_from_are_those_that_tell_people_apart() {
    let (store, survey) = study();
    let job = Job::Fields { survey: survey.id.clone(), language: Language::En };
    let Ok(Outcome::Fields(fields)) = ask(&store, &job) else { panic!() };
    assert_eq!(fields, shown(&store, &survey, View::default()).fields);
    let named = |which: fn(&sondeo::report::fields::Field) -> bool| -> Vec<&str> {
        fields.iter().filter(|field| which(field)).map(|field| field.name.as_str()).collect()
    };
    assert_eq!(named(|field| field.usual), ["mode", "district", "area", "age", "gender", "years_here"]);
    assert_eq!(named(|field| field.is_handy()), ["mode", "district", "age", "gender", "years_here"]);
    let all = named(|_| true);
    assert!(!all.contains(&"consent") && !all.contains(&"adult"), "everybody gave the same answer");
    assert_eq!(all.last(), Some(&"_language"));
    let gender = fields.iter().find(|field| field.name == "gender").unwrap();
    let missing: Vec<bool> = gender.choices.iter().map(|choice| choice.missing).collect();
    assert_eq!(missing, [false, false, false, true]);
}

#[test]
fn the_base_line_tells_of_how_many_and_nothing_of_too_few() {
    let (store, survey) = study();
    let whole = shown(&store, &survey, View::default()).base;
    assert_eq!((whole.chosen, whole.counted, whole.caution), (Some(400), 400, None));
    let of = |choice: &str| Filter::Choices { question: "gender".into(), choices: vec![choice.into()] };
    let women = shown(&store, &survey, View { filters: vec![of("woman")], ..View::default() });
    let chosen = women.base.chosen.unwrap();
    assert!((100..300).contains(&chosen));
    assert_eq!(women.base.text, format!("{chosen} of 400 responses in this view"));
    let few = shown(&store, &survey, View { filters: vec![of("other")], ..View::default() });
    assert_eq!((few.base.chosen, few.blocks.len()), (None, 1));
    assert!(few.base.caution.is_some(), "the reason is told");
}

#[test]
fn a_visit_shows_its_commitments_as_a_plan() {
    let store = MemoryStore::default();
    let survey = keep(&store, None, VISIT).unwrap();
    let today = Date::new(2026, 3, 5).unwrap();
    let job = Job::Examples { survey: survey.id.clone(), count: 8, seed: 20_260_305, today };
    assert_eq!(ask(&store, &job), Ok(Outcome::Added(8)));
    let screen = shown(&store, &survey, View::default());
    let keys: Vec<&str> = screen.blocks.iter().map(|block| block.key.as_str()).collect();
    assert_eq!(keys.get(..3), Some(&["_head", "_plan", "_indices"][..]));
    let few = View { filters: vec![Filter::Languages(vec!["xx".into()])], ..View::default() };
    assert_eq!(shown(&store, &survey, few).blocks.len(), 1);
}

#[test]
fn weights_are_kept_while_people_answer_and_change_what_is_shown() {
    let (store, survey) = study();
    let targets = |a: &str, b: &str| vec![(a.to_owned(), 90.0), (b.to_owned(), 10.0)];
    let plan = WeightingPlan {
        margins: vec![Margin { question: "gender".into(), targets: targets("woman", "man") }],
        ..WeightingPlan::default()
    };
    let weighted = Survey {
        design: SamplingDesign::Probability,
        weighting: Weighting::of(&plan),
        state: SurveyState::Open,
        ..survey.clone()
    };
    let text = |screen: Screen| -> String {
        let gender =
            screen.blocks.iter().flat_map(|block| &block.pieces).find(|(key, _)| key.ends_with("/gender"));
        gender.unwrap().1.clone()
    };
    let before = text(shown(&store, &survey, View::default()));
    wait(store.put_survey(&weighted, None)).unwrap();
    assert_ne!(text(shown(&store, &weighted, View::default())), before);
}

fn texts(store: &MemoryStore, survey: &Survey, view: View, question: &str) -> Texts {
    let question = Some(question.to_owned());
    let job = Job::Texts { survey: survey.id.clone(), view, question, language: Language::En };
    let Ok(Outcome::Texts(texts)) = ask(store, &job) else { panic!() };
    *texts
}

fn code(store: &MemoryStore, survey: &Survey, changes: Vec<Recode>) {
    let job = Job::Code { survey: survey.id.clone(), question: "comment".to_owned(), changes };
    assert_eq!(ask(store, &job), Ok(Outcome::Coded));
}

fn theme(es: &str, en: &str) -> ThemeLine {
    ThemeLine { es: es.to_owned(), en: en.to_owned(), ..ThemeLine::default() }
}

#[test]
fn answers_are_read_by_analysts_alone_and_in_an_order_of_their_question() {
    let (store, survey) = study();
    let plain = texts(&store, &survey, View::default(), "comment");
    assert!(plain.written.is_empty() && plain.answers.is_some_and(|answers| answers > 100));
    assert!(plain.words.iter().all(|(_, people)| *people >= 5), "a word of few people is shown");
    let analyst = || View { profile: Profile::Analyst, ..View::default() };
    let read = texts(&store, &survey, analyst(), "comment");
    assert_eq!(Some(read.written.len()), read.answers);
    let places: Vec<&str> = read.written.iter().map(|own| own.place.as_str()).collect();
    assert!(!places.is_sorted(), "the order is the responses' own");
    let again = texts(&store, &survey, analyst(), "comment");
    assert_eq!(again, read);
    // A group of too few tells nothing.
    let few = Filter::Choices { question: "gender".into(), choices: vec!["other".into()] };
    let few = texts(&store, &survey, View { filters: vec![few], ..View::default() }, "comment");
    assert!(few.words.is_empty() && few.answers.is_none() && few.caution.is_some());
}

#[test]
fn coding_by_hand_is_kept_counted_and_compared() {
    let (store, survey) = study();
    let analyst = || View { profile: Profile::Analyst, ..View::default() };
    let read = || texts(&store, &survey, analyst(), "comment");
    code(&store, &survey, vec![Recode::Add(theme("Luz", "Light")), Recode::Add(theme("Policía", "Police"))]);
    let ids: Vec<String> = read().themes.iter().map(|theme| theme.id.clone()).collect();
    assert_eq!(ids, ["luz", "policia"]);
    let places: Vec<String> = read().written.iter().take(40).map(|own| own.place.clone()).collect();
    let mark = |second: bool, at: usize, themes: &[&str]| {
        let themes = themes.iter().map(|theme| (*theme).to_owned()).collect();
        Recode::Mark(second, places.get(at).unwrap().clone(), Some(themes))
    };
    let first = (0..30).map(|at| mark(false, at, if at % 2 == 0 { &["luz"] } else { &[] })).collect();
    code(&store, &survey, first);
    let second =
        (0..10).map(|at| mark(true, at, if at % 2 == 0 { &["luz"] } else { &["policia"] })).collect();
    code(&store, &survey, second);
    let coded = read();
    assert_eq!(coded.coded, [30, 10]);
    assert_eq!(coded.tally.first(), Some(&("Light".to_owned(), "15 (50%)".to_owned())));
    assert_eq!(coded.tally.last(), Some(&("Without any theme".to_owned(), "15".to_owned())));
    assert_eq!(coded.agreement.first().map(String::as_str), Some("Both people coded 10 answers (33%)."));
    assert!(coded.agreement.contains(&"Light: kappa 1.00".to_owned()), "{:?}", coded.agreement);
    let own = coded.written.iter().find(|own| Some(&own.place) == places.first()).unwrap();
    assert_eq!(own.themes, [Some(vec!["luz".to_owned()]), Some(vec!["luz".to_owned()])]);

    // Renamed, it stays the same theme; retired, it is counted no more; taken back, an answer is not coded.
    let renamed = ThemeLine { id: "luz".to_owned(), ..theme("Alumbrado", "Lighting") };
    code(&store, &survey, vec![Recode::Edit(renamed), Recode::Retire("policia".to_owned())]);
    code(&store, &survey, vec![Recode::Mark(false, places.first().unwrap().clone(), None)]);
    let changed = read();
    assert_eq!(changed.themes.iter().map(|theme| theme.en.as_str()).collect::<Vec<_>>(), ["Lighting"]);
    assert_eq!(changed.coded, [29, 10]);

    let word = changed.words.first().unwrap().0.clone();
    let stops = Stops { added: vec![word.clone()], ..changed.stops };
    code(&store, &survey, vec![Recode::Stop(stops.clone())]);
    let fewer = read();
    assert_eq!(fewer.stops, stops);
    assert!(fewer.words.iter().all(|(text, _)| *text != word));
    // What a newer program has kept is left alone.
    wait(store.put_coding(&survey.id, "{\"format\":99}")).unwrap();
    let job = Job::Code { survey: survey.id.clone(), question: "comment".into(), changes: vec![] };
    assert_eq!(ask(&store, &job).unwrap_err().kind, JobErrorKind::Store);
    assert_eq!(wait(store.coding(&survey.id)).unwrap().as_deref(), Some("{\"format\":99}"));
}

#[test]
fn responses_of_a_newer_version_are_told_wherever_the_others_are_counted() {
    let (store, survey) = study();
    let ids: Vec<_> = wait(store.responses(&survey.id, 0, 2)).unwrap();
    ids.iter().for_each(|arrived| store.make_newer(arrived.response.id, true));
    let Ok(Outcome::Days(days, newer)) = ask(&store, &Job::Days { survey: survey.id.clone() }) else {
        panic!()
    };
    assert_eq!((days.iter().map(|(_, count, _)| count).sum::<usize>(), newer), (398, 2));
    let head = shown(&store, &survey, View::default()).blocks.swap_remove(0);
    let head: String = head.pieces.into_iter().map(|(_, markup)| markup).collect();
    assert!(head.contains("2 responses were written by a newer version of Sondeo"), "{head}");
    let job =
        Job::Print { survey: survey.id.clone(), view: View::default(), language: Language::Es, today: TODAY };
    let Ok(Outcome::Document(pages)) = ask(&store, &job) else { panic!() };
    assert!(pages.matches("2 respuestas son de una versión más nueva de Sondeo").count() >= 2, "{pages}");
}

const TODAY: Date = Date { year: 2026, month: 3, day: 5 };

#[test]
fn the_reader_of_the_page_knows_all_that_summaries_and_pages_are_made_of() {
    let (store, mut survey) = study();
    survey.state = SurveyState::Closed;
    wait(store.put_survey(&survey, None)).unwrap();
    for profile in [Profile::Publication, Profile::Analyst] {
        let view = View { profile, by: vec!["district".to_owned()], ..View::default() };
        for language in Language::ALL {
            let job = Job::Print { survey: survey.id.clone(), view: view.clone(), language, today: TODAY };
            let Ok(Outcome::Document(pages)) = ask(&store, &job) else { panic!() };
            let job = Job::Screen { survey: survey.id.clone(), view: view.clone(), language };
            let Ok(Outcome::Screen(screen)) = ask(&store, &job) else { panic!() };
            let pieces = screen.blocks.into_iter().flat_map(|block| block.pieces).map(|(_, markup)| markup);
            for markup in pieces.chain([pages]) {
                let mut depth = 0_usize;
                for step in read::Reader::new(&markup) {
                    match step {
                        Some(read::Step::Open { empty, .. }) => depth += usize::from(!empty),
                        Some(read::Step::Close(_)) => depth -= 1,
                        Some(read::Step::Text(_)) => {}
                        None => panic!("not ours: {markup}"),
                    }
                }
                assert_eq!(depth, 0, "{markup}");
            }
        }
    }
}
