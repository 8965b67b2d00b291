//! What every `ResponseStore` must do, whatever it keeps things in: run natively in memory, and in the browser on IndexedDB.
//! Each scenario wants a store of its own, empty.

#[path = "attachments.rs"]
mod attachments;
#[path = "copies.rs"]
mod copies;
#[path = "sealed.rs"]
mod sealed;

#[allow(unused_imports, reason = "shared with tests that want a few of them")]
pub(crate) use {attachments::*, copies::*, sealed::*};

use sondeo::form::{Date, FormSource};
use sondeo::response::{Answer, Draft, Entry, FormReference, Response, ResponseId};
use sondeo::store::{Block, Counts, Fault, FaultKind, Merge, Reach, ResponseStore, rank};
use sondeo::survey::{Bilingual, Event, EventWave, Named, SamplingDesign, Subject, Survey, SurveyState};

pub(crate) fn id(n: u16) -> ResponseId {
    let [high, low] = n.to_be_bytes();
    let mut bytes = [7; 16];
    bytes[0] = high;
    bytes[15] = low;
    ResponseId(bytes)
}

pub(crate) fn day(day: u8) -> Date {
    Date { year: 2026, month: 11, day }
}

pub(crate) fn reference() -> FormReference {
    FormReference { id: "visit".into(), version: "3".into() }
}

pub(crate) fn form(title: &str) -> FormSource {
    FormSource {
        format: 1,
        id: "visit".into(),
        version: "3".into(),
        title: vec![title.into(), "Visit".into()],
        languages: vec!["es".into(), "en".into()],
        ..FormSource::default()
    }
}

pub(crate) fn survey(id: &str) -> Survey {
    let named = |value: &str| Named {
        value: value.into(),
        label: Bilingual { es: value.to_uppercase(), en: value.to_uppercase() },
    };
    let text = |es: &str, en: &str| Bilingual { es: es.into(), en: en.into() };
    Survey {
        id: id.into(),
        form: reference(),
        subject: Subject::Event(Event {
            id: "visita".into(),
            name: text("Visita «niños» 🐟", "Visit"),
            programme: "exchange".into(),
            host: text("Ciudad", "City"),
            start: Some(day(2)),
            end: None,
            expected: 8,
            wave: EventWave::Post,
            follow_up: true,
            committee: false,
            delegations: vec![named("north"), named("south")],
            sites: vec![named("port")],
            topics: vec![named("lighting")],
        }),
        design: SamplingDesign::Census,
        expected: Some(8),
        minimum_cell: 5,
        seal: None,
        retention: None,
        weighting: Default::default(),
        state: SurveyState::Open,
        example: false,
    }
}

pub(crate) fn response(n: u16, survey: &str) -> Response {
    Response {
        id: id(n),
        survey: survey.into(),
        form: reference(),
        wave: "post".into(),
        language: "es".into(),
        started: day(3),
        finished: day(3 + (n % 20) as u8),
        example: false,
        answers: vec![
            ("s_use/useful".into(), Answer::Integer(i64::from(n))),
            ("s_use/why".into(), Answer::Text("líneas\ny \"comillas\" 🐟".into())),
            ("s_use/topics".into(), Answer::Choices(vec!["lighting".into(), "port".into()])),
            ("s_use/skipped".into(), Answer::Empty),
        ],
    }
}

pub(crate) fn example(n: u16, survey: &str) -> Response {
    Response { example: true, ..response(n, survey) }
}

pub(crate) fn draft(n: u16, survey: &str) -> Draft {
    Draft {
        id: id(n),
        survey: survey.into(),
        form: reference(),
        wave: "post".into(),
        started: day(3),
        seed: u64::MAX - u64::from(n),
        lent: n % 4 == 2,
        journal: Vec::new(),
    }
}

pub(crate) fn entry(n: usize) -> Entry {
    match n % 5 {
        0 => Entry::Language("en".into()),
        1 => Entry::Page("s_use/useful".into()),
        2 => Entry::Add("s_use/commitments".into()),
        3 => Entry::Remove("s_use/commitments[1]".into()),
        _ => Entry::Answer { path: format!("q{n}"), answer: Answer::Decimal(n as f64 + 0.5) },
    }
}

pub(crate) fn entries(range: std::ops::Range<usize>) -> Vec<Entry> {
    range.map(entry).collect()
}

async fn counts_of(store: &impl ResponseStore, survey: &str) -> Counts {
    let counts = store.counts().await.unwrap();
    counts.into_iter().find(|(id, _)| id == survey).map(|(_, counts)| counts).unwrap()
}

/// Every response of a survey, read page by page.
pub(crate) async fn all_responses(store: &impl ResponseStore, survey: &str, page: usize) -> Vec<Response> {
    let (mut all, mut after) = (Vec::new(), 0);
    loop {
        let some = store.responses(survey, after, page).await.unwrap();
        assert!(some.len() <= page);
        let Some(last) = some.last() else { return all };
        assert!(some.iter().all(|arrived| arrived.arrival > after));
        after = last.arrival;
        all.extend(some.into_iter().map(|arrived| arrived.response));
    }
}

pub(crate) async fn a_survey_and_its_form_come_back_as_they_were(store: &impl ResponseStore) {
    assert_eq!(store.surveys().await.unwrap(), []);
    assert_eq!(store.form(&reference()).await.unwrap(), None);
    store.put_survey(&survey("b"), Some(&form("Visita"))).await.unwrap();
    store.put_survey(&survey("a"), None).await.unwrap();
    assert_eq!(store.surveys().await.unwrap(), [survey("a"), survey("b")], "in the order of their ids");

    let closed = Survey { state: SurveyState::Closed, ..survey("b") };
    store.put_survey(&closed, Some(&form("Otra"))).await.unwrap();
    assert_eq!(store.surveys().await.unwrap(), [survey("a"), closed], "the survey is the new one");
    assert_eq!(store.form(&reference()).await.unwrap(), Some(form("Visita")), "the form is the first one");
    let other = FormReference { version: "4".into(), ..reference() };
    assert_eq!(store.form(&other).await.unwrap(), None);
}

pub(crate) async fn a_draft_comes_back_with_its_journal_in_order(store: &impl ResponseStore) {
    let begun = Draft { journal: entries(0..2), ..draft(1, "a") };
    store.begin(&begun).await.unwrap();
    store.begin(&draft(2, "a")).await.unwrap();
    // More than ten, so that an order by text would show.
    for n in 2..14 {
        store.append(id(1), &entries(n..n + 1)).await.unwrap();
    }
    store.append(id(1), &entries(14..40)).await.unwrap();
    store.append(id(2), &entries(5..6)).await.unwrap();
    store.append(id(2), &[]).await.unwrap();
    assert_eq!(store.draft(id(1)).await.unwrap(), Some(Draft { journal: entries(0..40), ..draft(1, "a") }));
    assert_eq!(store.draft(id(2)).await.unwrap(), Some(Draft { journal: entries(5..6), ..draft(2, "a") }));
    assert_eq!(store.draft(id(3)).await.unwrap(), None);
    assert_eq!(store.drafts("a").await.unwrap(), [draft(1, "a"), draft(2, "a")], "without journals");
    assert_eq!(store.drafts("b").await.unwrap(), []);

    store.discard(id(1)).await.unwrap();
    store.discard(id(1)).await.unwrap();
    assert_eq!(store.draft(id(1)).await.unwrap(), None);
    store.begin(&draft(1, "a")).await.unwrap();
    assert_eq!(store.draft(id(1)).await.unwrap(), Some(draft(1, "a")), "nothing of the old journal is left");
}

pub(crate) async fn a_draft_begins_once_and_takes_nothing_after_its_end(store: &impl ResponseStore) {
    store.begin(&Draft { journal: entries(0..3), ..draft(1, "a") }).await.unwrap();
    store.begin(&Draft { journal: entries(7..9), ..draft(1, "b") }).await.unwrap_err();
    let untouched = Draft { journal: entries(0..3), ..draft(1, "a") };
    assert_eq!(store.draft(id(1)).await.unwrap(), Some(untouched));

    store.finish(&response(1, "a")).await.unwrap();
    let late = store.append(id(1), &entries(3..4)).await.unwrap_err();
    assert_eq!(late.kind, FaultKind::Gone);
    assert_eq!(store.draft(id(1)).await.unwrap(), None);
    let unknown = store.append(id(9), &entries(0..1)).await.unwrap_err();
    assert_eq!(unknown.kind, FaultKind::Gone);
}

pub(crate) async fn finishing_turns_a_draft_into_a_response_once(store: &impl ResponseStore) {
    store.put_survey(&survey("a"), None).await.unwrap();
    store.begin(&Draft { journal: entries(0..30), ..draft(1, "a") }).await.unwrap();
    store.begin(&Draft { journal: entries(0..3), ..draft(2, "a") }).await.unwrap();
    store.finish(&response(1, "a")).await.unwrap();
    let again = Response { answers: Vec::new(), ..response(1, "a") };
    store.finish(&again).await.unwrap();
    assert_eq!(all_responses(store, "a", 10).await, [response(1, "a")], "no answers stand behind some");
    assert_eq!(store.draft(id(1)).await.unwrap(), None);
    let other = store.draft(id(2)).await.unwrap().unwrap();
    assert_eq!(other.journal.len(), 3, "the other draft keeps its journal");
    let counts = counts_of(store, "a").await;
    assert_eq!((counts.finished, counts.drafts), (1, 1));

    // Examples are never among people, whenever they were made.
    store.add(&[example(5, "a"), example(6, "b")]).await.unwrap();
    store.finish(&response(2, "a")).await.unwrap();
    assert_eq!(all_responses(store, "a", 10).await, [response(1, "a"), response(2, "a")]);
    assert_eq!(all_responses(store, "b", 10).await, [example(6, "b")], "another survey's stay");
}

pub(crate) async fn counts_say_how_much_there_is(store: &impl ResponseStore) {
    assert_eq!(store.counts().await.unwrap(), []);
    for name in ["a", "ab", "b"] {
        store.put_survey(&survey(name), None).await.unwrap();
    }
    let responses: Vec<_> = (1..=30).map(|n| response(n, "a")).collect();
    store.add(&responses).await.unwrap();
    store.add(&[example(31, "a"), example(32, "a"), response(33, "ab")]).await.unwrap();
    store.begin(&draft(40, "a")).await.unwrap();
    store.begin(&draft(41, "ab")).await.unwrap();
    let sealed =
        [sealed(50, "a", true), sealed(51, "a", false), sealed(52, "a", false), sealed(53, "ab", true)];
    store.add_sealed(&sealed[..3]).await.unwrap();
    store.add_sealed(&sealed[3..]).await.unwrap();
    let counts = |finished, examples, drafts, [sealed, unfinished]: [usize; 2], last| Counts {
        finished,
        examples,
        drafts,
        damaged: 0,
        sealed,
        unfinished,
        files: 0,
        last,
    };
    let expected = [
        ("a".to_owned(), counts(32, 2, 1, [1, 2], Some(day(22)))),
        ("ab".to_owned(), counts(1, 0, 1, [1, 0], Some(day(16)))),
        ("b".to_owned(), counts(0, 0, 0, [0, 0], None)),
    ];
    assert_eq!(store.counts().await.unwrap(), expected);
}

pub(crate) async fn adding_twice_changes_nothing(store: &impl ResponseStore) {
    let all: Vec<_> = (1..=20).map(|n| response(n, "a")).collect();
    let merge = |added, already_had| Merge { added, already_had, ..Merge::default() };
    assert_eq!(store.add(&[]).await.unwrap(), merge(0, 0));
    assert_eq!(store.add(&all[..12]).await.unwrap(), merge(12, 0));
    assert_eq!(store.add(&all[6..]).await.unwrap(), merge(8, 6));
    assert_eq!(store.add(&[response(21, "a"), response(21, "a")]).await.unwrap(), merge(1, 1));
    assert_eq!(all_responses(store, "a", 7).await[..20], all);
}

/// The same id, another answer.
pub(crate) fn another(n: u16, survey: &str) -> Response {
    Response { answers: vec![("s_use/useful".into(), Answer::Integer(-1))], ..response(n, survey) }
}

/// What is kept aside of a survey, in the order of ids and answers.
async fn aside_of(store: &impl ResponseStore, survey: &str) -> Vec<Response> {
    let mut aside = store.aside(survey).await.unwrap();
    aside.sort_by_cached_key(|response| (response.id, rank(response)));
    aside
}

pub(crate) async fn of_two_that_differ_both_are_kept_and_the_same_one_counts(store: &impl ResponseStore) {
    store.put_survey(&survey("a"), Some(&form("Visita"))).await.unwrap();
    store.put_survey(&survey("b"), None).await.unwrap();
    // 1 and 2 came first; what -1 says stands before what they say, and 3 the other way round.
    store.add(&[response(1, "a"), response(2, "a"), another(3, "a")]).await.unwrap();
    assert_eq!(store.known(&[id(2), id(9)]).await.unwrap(), [response(2, "a")]);
    assert_eq!(store.known(&[]).await.unwrap(), []);
    let before = mark(store, "a").await;
    put_blocks(store, "a", &[block(0, 3, 1)]).await.unwrap();
    let merge = store.add(&[another(1, "a"), response(3, "a"), response(4, "a"), response(2, "a")]).await;
    assert_eq!(merge.unwrap(), Merge { added: 1, already_had: 1, refused: 0, aside: 2, replaced: 1 });
    assert_eq!(aside_of(store, "a").await, [response(1, "a"), response(3, "a")]);
    let counting = [response(2, "a"), another(3, "a"), another(1, "a"), response(4, "a")];
    let mut held = all_responses(store, "a", 10).await;
    held.sort_by_key(|response| response.id);
    let mut sorted = counting.to_vec();
    sorted.sort_by_key(|response| response.id);
    assert_eq!(held, sorted);
    assert_eq!(all_blocks(store, "a").await, [], "what was counted may not be what counts");
    assert_ne!(mark(store, "a").await, before);
    // All of it again, and what does not count: nothing is new.
    let again = [another(1, "a"), response(1, "a"), response(3, "a"), another(3, "a"), response(2, "a")];
    assert_eq!(store.add(&again).await.unwrap(), Merge { already_had: 5, ..Merge::default() });
    assert_eq!(aside_of(store, "a").await.len(), 2);

    // Three of one id at once, then one more: the day comes before the answers.
    let dated = |day_of: u8, n: i64| Response {
        finished: day(day_of),
        answers: vec![("s_use/useful".into(), Answer::Integer(n))],
        ..response(5, "a")
    };
    let three = [dated(9, 1), dated(9, 3), dated(9, 2), dated(9, 3)];
    let merge = store.add(&three).await.unwrap();
    assert_eq!(merge, Merge { added: 1, already_had: 1, refused: 0, aside: 2, replaced: 0 });
    assert_eq!(store.known(&[id(5)]).await.unwrap(), [dated(9, 1)]);
    assert_eq!(store.add(&[dated(9, 2), dated(8, 9), dated(8, 8)]).await.unwrap().replaced, 1);
    assert_eq!(store.known(&[id(5)]).await.unwrap(), [dated(8, 8)]);
    assert_eq!(aside_of(store, "a").await.len(), 6);
    assert_eq!(all_responses(store, "a", 10).await.len(), 5);

    // Never does one survey's response make another survey's go, however it ranks.
    let stray = Response { survey: "b".into(), ..dated(1, 0) };
    assert_eq!(
        store.add(std::slice::from_ref(&stray)).await.unwrap(),
        Merge { aside: 1, ..Merge::default() }
    );
    assert_eq!(store.known(&[id(5)]).await.unwrap(), [dated(8, 8)]);
    assert_eq!(store.aside("b").await.unwrap(), [stray]);
}

pub(crate) async fn finished_twice_both_are_kept_and_the_same_one_counts(store: &impl ResponseStore) {
    store.put_survey(&survey("a"), Some(&form("Visita"))).await.unwrap();
    store.begin(&draft(3, "a")).await.unwrap();
    store.finish(&response(3, "a")).await.unwrap();
    // A second tab that still has the draft open, before and after it changed something.
    for (late, aside) in
        [(response(3, "a"), 0), (another(3, "a"), 1), (another(3, "a"), 1), (response(3, "a"), 1)]
    {
        store.begin(&draft(3, "a")).await.unwrap();
        store.finish(&late).await.unwrap();
        assert_eq!(store.draft(id(3)).await.unwrap(), None);
        let counts = counts_of(store, "a").await;
        assert_eq!((counts.finished, counts.drafts, counts.damaged), (1, 0, aside));
    }
    assert_eq!(all_responses(store, "a", 10).await, [another(3, "a")]);
    assert_eq!(store.aside("a").await.unwrap(), [response(3, "a")]);
    store.remove_survey("a").await.unwrap();
    store.put_survey(&survey("a"), None).await.unwrap();
    assert_eq!(counts_of(store, "a").await.damaged, 0);
    assert_eq!(store.aside("a").await.unwrap(), []);
}

pub(crate) async fn responses_come_in_pages_in_order_of_arrival(store: &impl ResponseStore) {
    let all: Vec<_> = (0..1000).map(|n| response(999 - n, if n % 3 == 0 { "b" } else { "a" })).collect();
    for some in all.chunks(400) {
        assert_eq!(store.add(some).await.unwrap().added, some.len());
    }
    let of = |name: &str| all.iter().filter(|it| it.survey == name).cloned().collect::<Vec<_>>();
    assert_eq!(all_responses(store, "a", 128).await, of("a"));
    assert_eq!(all_responses(store, "b", 1000).await, of("b"));
    assert_eq!(store.responses("c", 0, 10).await.unwrap(), []);
    assert_eq!(store.responses("a", 0, 0).await.unwrap(), []);
}

pub(crate) async fn examples_go_and_people_stay(store: &impl ResponseStore) {
    store.put_survey(&survey("a"), None).await.unwrap();
    store.add(&[example(1, "a"), response(2, "a"), example(3, "a"), example(4, "b")]).await.unwrap();
    assert_eq!(store.remove_examples("a").await.unwrap(), 2);
    assert_eq!(store.remove_examples("a").await.unwrap(), 0);
    assert_eq!(all_responses(store, "a", 10).await, [response(2, "a")]);
    assert_eq!(all_responses(store, "b", 10).await, [example(4, "b")]);
    let after = store.responses("a", 0, 10).await.unwrap()[0].arrival;
    store.add(&[response(5, "a")]).await.unwrap();
    let later = store.responses("a", after, 10).await.unwrap();
    assert_eq!(later.len(), 1, "whoever reads on from there misses nothing");
}

pub(crate) async fn a_removed_survey_leaves_nothing(store: &impl ResponseStore) {
    for name in ["a", "b"] {
        store.put_survey(&survey(name), Some(&form("Visita"))).await.unwrap();
    }
    store.add(&[response(1, "a"), response(2, "b")]).await.unwrap();
    store.begin(&Draft { journal: entries(0..5), ..draft(3, "a") }).await.unwrap();
    store.begin(&Draft { journal: entries(0..5), ..draft(4, "b") }).await.unwrap();
    store.remove_survey("a").await.unwrap();
    assert_eq!(store.surveys().await.unwrap(), [survey("b")]);
    assert_eq!(all_responses(store, "a", 10).await, []);
    assert_eq!(store.draft(id(3)).await.unwrap(), None);
    assert_eq!(all_responses(store, "b", 10).await, [response(2, "b")]);
    assert_eq!(store.draft(id(4)).await.unwrap().unwrap().journal, entries(0..5));
    assert_eq!(store.add(&[response(1, "a")]).await.unwrap().added, 1, "its ids are free again");
}

/// A block, and how its bytes are told from others.
pub(crate) fn block(after: u64, upto: u64, mark: u8) -> Block {
    Block { after, upto, bytes: vec![mark, 0, 255, mark] }
}

/// The blocks of a survey, read one by one.
pub(crate) async fn all_blocks(store: &impl ResponseStore, survey: &str) -> Vec<Block> {
    let (mut all, mut after) = (Vec::new(), 0);
    loop {
        let some = store.blocks(survey, after, 1).await.unwrap();
        assert!(some.len() <= 1 && some.iter().all(|block| block.after >= after));
        let Some(block) = some.into_iter().next() else { return all };
        after = block.after + 1;
        all.push(block);
    }
}

async fn mark(store: &impl ResponseStore, survey: &str) -> u64 {
    store.standing(survey).await.unwrap().mark
}

pub(crate) async fn blocks_come_in_order_and_take_the_place_of_those_before(store: &impl ResponseStore) {
    store.add(&[response(1, "a"), response(2, "a"), response(3, "b")]).await.unwrap();
    assert_eq!(store.blocks("a", 0, 10).await.unwrap(), []);
    let (a, b) = (mark(store, "a").await, mark(store, "b").await);
    assert_eq!(store.blocks("a", 0, 10).await.unwrap(), []);
    // Numbers of more than one digit, so that an order by text would show.
    let written = [block(0, 9, 1), block(9, 100, 2), block(100, 1 << 40, 3)];
    store.put_blocks("a", a, &[written[2].clone(), written[0].clone()]).await.unwrap();
    store.put_blocks("a", a, &written[1..2]).await.unwrap();
    store.put_blocks("b", b, &[block(0, 3, 7)]).await.unwrap();
    store.put_blocks("b", b, &[]).await.unwrap();
    assert_eq!(store.blocks("a", 0, 10).await.unwrap(), written);
    assert_eq!(store.blocks("a", 0, 2).await.unwrap(), written[..2]);
    assert_eq!(store.blocks("a", 0, 0).await.unwrap(), []);
    assert_eq!(store.blocks("a", 9, 10).await.unwrap(), written[1..], "from where one begins");
    assert_eq!(store.blocks("a", 10, 1).await.unwrap(), written[2..], "and from between two");
    assert_eq!(all_blocks(store, "a").await, written);
    store.put_blocks("a", a, &[block(9, 50, 9)]).await.unwrap();
    assert_eq!(store.blocks("a", 9, 1).await.unwrap(), [block(9, 50, 9)]);
    store.remove_blocks("a", 9).await.unwrap();
    assert_eq!(all_blocks(store, "a").await, written[..1]);
    store.remove_blocks("a", 0).await.unwrap();
    assert_eq!(all_blocks(store, "a").await, []);
    assert_eq!(all_blocks(store, "b").await, [block(0, 3, 7)], "another survey's stay");
    assert_eq!(all_responses(store, "a", 9).await.len(), 2, "and so do responses");
    assert_eq!(mark(store, "a").await, a);
}

pub(crate) async fn no_block_outlives_a_response_of_its_survey(store: &impl ResponseStore) {
    for name in ["a", "b", "c"] {
        store.put_survey(&survey(name), None).await.unwrap();
        assert_eq!(store.standing(name).await.unwrap().last, 0);
    }
    store.add(&[example(1, "a"), response(2, "a"), response(3, "b"), response(4, "c")]).await.unwrap();
    let last = store.responses("c", 0, 9).await.unwrap()[0].arrival;
    let mut marks = Vec::new();
    for name in ["a", "b", "c"] {
        assert_eq!(store.standing(name).await.unwrap().last, last, "of all surveys");
        marks.push(mark(store, name).await);
        store.put_blocks(name, marks[marks.len() - 1], &[block(0, 9, 1), block(9, 10, 2)]).await.unwrap();
    }
    // Nothing goes: everything stays right.
    assert_eq!(store.remove_examples("b").await.unwrap(), 0);
    store.add(&[response(5, "b")]).await.unwrap();
    assert_eq!(all_blocks(store, "b").await.len(), 2);
    assert_eq!(mark(store, "b").await, marks[1]);

    assert_eq!(store.remove_examples("a").await.unwrap(), 1);
    assert_eq!(all_blocks(store, "a").await, []);
    // Whoever read before that and writes after it writes nothing, whether the next one has come or not.
    store.put_blocks("a", marks[0], &[block(0, 9, 1)]).await.unwrap();
    let after = mark(store, "a").await;
    assert_ne!(after, marks[0]);
    store.put_blocks("a", marks[0], &[block(0, 9, 1)]).await.unwrap();
    assert_eq!(all_blocks(store, "a").await, []);
    store.put_blocks("a", after, &[block(0, 9, 1)]).await.unwrap();
    assert_eq!(all_blocks(store, "a").await, [block(0, 9, 1)]);

    store.remove_survey("a").await.unwrap();
    assert_eq!(all_blocks(store, "a").await, []);
    store.put_blocks("a", after, &[block(0, 9, 1)]).await.unwrap();
    assert_eq!(all_blocks(store, "a").await, []);
    let last = mark(store, "a").await;
    assert!(last != after && last != marks[0]);
    for (name, before) in [("b", marks[1]), ("c", marks[2])] {
        assert_eq!((all_blocks(store, name).await.len(), mark(store, name).await), (2, before));
    }
}

pub(crate) async fn a_coding_is_kept_and_goes_with_its_survey(store: &impl ResponseStore) {
    for name in ["a", "b"] {
        store.put_survey(&survey(name), None).await.unwrap();
    }
    assert_eq!(store.coding("a").await.unwrap(), None);
    store.put_coding("a", "{\"temas\":[\"más luz 🐟\"]}").await.unwrap();
    store.put_coding("b", "").await.unwrap();
    assert_eq!(store.coding("a").await.unwrap().as_deref(), Some("{\"temas\":[\"más luz 🐟\"]}"));
    assert_eq!(store.coding("b").await.unwrap().as_deref(), Some(""));
    store.put_coding("a", "2").await.unwrap();
    assert_eq!(store.coding("a").await.unwrap().as_deref(), Some("2"));
    store.remove_examples("a").await.unwrap();
    assert_eq!(store.coding("a").await.unwrap().as_deref(), Some("2"), "examples go, and it stays");
    store.remove_survey("a").await.unwrap();
    assert_eq!(store.coding("a").await.unwrap(), None);
    assert_eq!(store.coding("b").await.unwrap().as_deref(), Some(""));
}

/// Everything that can be read of the surveys `a` and `b`.
pub(crate) async fn snapshot(store: &impl ResponseStore) -> String {
    let mut all = format!("{:?}\n{:?}\n", store.surveys().await.unwrap(), store.counts().await.unwrap());
    all += &format!("{:?}\n", store.form(&reference()).await.unwrap());
    for survey in ["a", "b"] {
        for draft in store.drafts(survey).await.unwrap() {
            all += &format!("{:?}\n", store.draft(draft.id).await.unwrap());
        }
        all += &format!("{:?}\n", store.responses(survey, 0, 1000).await.unwrap());
        all += &format!("{:?}\n", store.blocks(survey, 0, 1000).await.unwrap());
        all += &format!("{:?}\n", store.coding(survey).await.unwrap());
        all += &format!("{:?}\n", store.sealed(survey).await.unwrap());
        all += &format!("{:?}\n", store.key(survey).await.unwrap());
        all += &format!("{:?}\n", store.copies(survey).await.unwrap());
        for (of, name) in store.attachments(survey).await.unwrap() {
            all += &format!("{of:?} {name} {:?}\n", store.attachment(of, &name).await.unwrap());
        }
        all += &format!("{:?}\n", store.held(survey, &Reach::after(0)).await.unwrap());
    }
    all
}

/// How many changes [`change`] knows.
pub(crate) const CHANGES: usize = 33;

/// The n-th change of a day's work.
pub(crate) async fn change(store: &impl ResponseStore, n: usize) -> Result<(), Fault> {
    match n {
        0 => store.put_survey(&survey("a"), Some(&form("Visita"))).await,
        1 => store.put_survey(&survey("b"), None).await,
        2 => store.begin(&Draft { journal: entries(0..1), ..draft(1, "a") }).await,
        3 => store.append(id(1), &entries(1..4)).await,
        4 => store.begin(&draft(2, "a")).await,
        5 => store.append(id(1), &entries(4..9)).await,
        6 => store.finish(&response(1, "a")).await,
        7 => store.add(&[example(5, "a"), response(6, "a"), response(7, "b")]).await.map(drop),
        8 => store.standing("a").await.map(drop),
        9 => put_blocks(store, "a", &[block(0, 2, 1), block(2, 3, 2)]).await,
        10 => store.standing("b").await.map(drop),
        11 => put_blocks(store, "b", &[block(0, 4, 3)]).await,
        12 => store.put_coding("b", "{}").await,
        13 => store.remove_examples("a").await.map(drop),
        14 => store.standing("a").await.map(drop),
        15 => put_blocks(store, "a", &[block(0, 1, 4), block(1, 3, 5)]).await,
        16 => store.remove_blocks("a", 1).await,
        17 => store.put_copy("b", &copy("0b", 4)).await,
        18 => store.put_copy("a", &copy("0a", 1)).await,
        19 => store.remove_held("a", &Reach::upto(1), &[id(22)], Some("{\"without\":1}")).await.map(drop),
        20 => store.discard(id(2)).await,
        21 => store.put_key("a", "{}").await,
        22 => store.add_sealed(&[sealed(20, "a", false), sealed(21, "a", false)]).await.map(drop),
        23 => store.add_sealed(&[sealed(20, "a", true), sealed(22, "a", true)]).await.map(drop),
        24 => store.discard(id(21)).await,
        25 => store.add_opened(&[response(22, "a")]).await.map(drop),
        26 => store.begin(&draft(3, "a")).await,
        27 => store.attach(id(3), &file(1), &[1, 2]).await,
        28 => store.attach(id(3), &file(2), &[3]).await,
        29 => store.detach(id(3), &file(2)).await,
        30 => store.finish(&with_files(3, "a", &[1])).await,
        31 => {
            store.add_attachments(&[attachment(6, "a", 1, &[6]), attachment(7, "b", 1, &[7])]).await.map(drop)
        }
        _ => store.remove_survey("b").await,
    }
}

async fn put_blocks(store: &impl ResponseStore, survey: &str, blocks: &[Block]) -> Result<(), Fault> {
    let mark = store.standing(survey).await?.mark;
    store.put_blocks(survey, mark, blocks).await
}
