//! Stored shapes of responses, drafts and journal entries, format 1: one compact JSON text per record, each with its own
//! `format` number. Read [`response_from_json`] first. A record newer than this code is told apart from a damaged one, so
//! that it can be kept untouched; what format 1 once wrote must open for ever (`tests/data/stored`).
//!
//! An answer is a list of texts, `["path", "tag", "value", ...]`, so that it comes back with its type: `one`, `many`,
//! `text`, `integer`, `decimal`, `date`, `time`, `moment`. A path alone was shown and skipped.

use super::{Answer, Draft, Entry, FormReference, Response, ResponseId};
use crate::form::json::{Members, Value, Writer, parse, texts};
use crate::form::{Date, DateTime, Time, read_number, write_number};

/// The format number that this code writes.
pub const FORMAT: u32 = 1;

/// Why a stored record cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadError {
    /// Not what any version writes. Keep its bytes aside.
    Damaged,
    /// Written by a newer version, with this format number. Leave it as it is.
    Newer(u32),
}

/// A response as it is stored.
pub fn response_to_json(response: &Response) -> String {
    let mut writer = Writer::default();
    begin(&mut writer);
    writer.text_member("id", &response.id.to_text());
    writer.text_member("survey", &response.survey);
    write_form(&mut writer, &response.form);
    writer.text_member("wave", &response.wave);
    writer.text_member("language", &response.language);
    writer.text_member("started", &response.started.to_string());
    writer.text_member("finished", &response.finished.to_string());
    writer.flag_if_true("example", response.example);
    writer.open_member("answers", '[');
    for (path, answer) in &response.answers {
        write_answer(&mut writer, path, answer);
    }
    writer.close(']');
    writer.close('}');
    writer.finish()
}

/// Opens what [`response_to_json`] wrote, in this version or an earlier one.
///
/// ```
/// use sondeo::response::wire::{ReadError, response_from_json};
/// assert_eq!(response_from_json("{\"form"), Err(ReadError::Damaged));
/// assert_eq!(response_from_json("{\"format\":9}"), Err(ReadError::Newer(9)));
/// ```
pub fn response_from_json(json: &str) -> Result<Response, ReadError> {
    open(json, FORMAT, |members| {
        Some(Response {
            id: read_id(members)?,
            survey: members.text("survey")?,
            form: read_form(members)?,
            wave: members.text("wave")?,
            language: members.text("language")?,
            started: read_day(members, "started")?,
            finished: read_day(members, "finished")?,
            example: members.flag_or_false("example")?,
            answers: members.list("answers")?.iter().map(read_answer).collect::<Option<_>>()?,
        })
    })
}

/// A draft as it is stored, without its journal: entries are records of their own.
pub fn draft_to_json(draft: &Draft) -> String {
    let mut writer = Writer::default();
    begin(&mut writer);
    writer.text_member("id", &draft.id.to_text());
    writer.text_member("survey", &draft.survey);
    write_form(&mut writer, &draft.form);
    writer.text_member("wave", &draft.wave);
    writer.text_member("started", &draft.started.to_string());
    // Hexadecimal: a JSON number of 64 bits is rounded by other readers.
    writer.text_member("seed", &format!("{:016x}", draft.seed));
    writer.flag_if_true("lent", draft.lent);
    writer.close('}');
    writer.finish()
}

/// Opens what [`draft_to_json`] wrote; the journal is empty.
pub fn draft_from_json(json: &str) -> Result<Draft, ReadError> {
    open(json, FORMAT, |members| {
        Some(Draft {
            id: read_id(members)?,
            survey: members.text("survey")?,
            form: read_form(members)?,
            wave: members.text("wave")?,
            started: read_day(members, "started")?,
            seed: u64::from_str_radix(&members.text("seed")?, 16).ok()?,
            lent: members.flag_or_false("lent")?,
            journal: Vec::new(),
        })
    })
}

/// A journal entry as it is stored.
pub fn entry_to_json(entry: &Entry) -> String {
    let mut writer = Writer::default();
    begin(&mut writer);
    match entry {
        Entry::Answer { path, answer } => {
            writer.name("answer");
            write_answer(&mut writer, path, answer);
        }
        Entry::Add(path) => writer.text_member("add", path),
        Entry::Remove(path) => writer.text_member("remove", path),
        Entry::Page(path) => writer.text_member("page", path),
        Entry::Language(tag) => writer.text_member("language", tag),
    }
    writer.close('}');
    writer.finish()
}

/// Opens what [`entry_to_json`] wrote.
pub fn entry_from_json(json: &str) -> Result<Entry, ReadError> {
    open(json, FORMAT, |members| {
        if let Some(texts) = members.get("answer") {
            let (path, answer) = read_answer(texts)?;
            return Some(Entry::Answer { path, answer });
        }
        type Make = fn(String) -> Entry;
        let kinds: [(&str, Make); 4] = [
            ("add", Entry::Add),
            ("remove", Entry::Remove),
            ("page", Entry::Page),
            ("language", Entry::Language),
        ];
        let (name, entry) = kinds.into_iter().find(|(name, _)| members.get(name).is_some())?;
        members.text(name).map(entry)
    })
}

/// Parses a record and reads its format number before anything else, so that a newer one is never called damaged; then
/// `read` reads the rest.
pub(crate) fn open<T>(json: &str, newest: u32, read: fn(Members<'_>) -> Option<T>) -> Result<T, ReadError> {
    let value = open_value(json, newest)?;
    Members::of(&value).and_then(read).ok_or(ReadError::Damaged)
}

fn open_value(json: &str, newest: u32) -> Result<Value<'_>, ReadError> {
    let value = parse(json).ok_or(ReadError::Damaged)?;
    match Members::of(&value).and_then(|members| members.count("format")) {
        Some(format) if format > newest => Err(ReadError::Newer(format)),
        Some(_) => Ok(value),
        None => Err(ReadError::Damaged),
    }
}

fn begin(writer: &mut Writer) {
    writer.open('{');
    writer.count_member("format", FORMAT.into());
}

/// A form reference as it is stored: id, version.
pub(crate) fn write_form(writer: &mut Writer, form: &FormReference) {
    writer.pair_member("form", &form.id, &form.version);
}

/// Reads what [`write_form`] writes.
pub(crate) fn read_form(members: Members<'_>) -> Option<FormReference> {
    let (id, version) = members.pair("form")?;
    Some(FormReference { id, version })
}

/// A day as it is stored: `2026-11-23`.
fn read_day(members: Members<'_>, name: &str) -> Option<Date> {
    Date::parse(&members.text(name)?)
}

fn read_id(members: Members<'_>) -> Option<ResponseId> {
    ResponseId::from_text(&members.text("id")?)
}

fn write_answer(writer: &mut Writer, path: &str, answer: &Answer) {
    writer.open('[');
    writer.text(path);
    let mut push = |tag: &str, value: &str| {
        writer.text(tag);
        writer.text(value);
    };
    match answer {
        Answer::Empty => {}
        Answer::Text(text) => push("text", text),
        Answer::Integer(number) => push("integer", &number.to_string()),
        Answer::Decimal(number) => push("decimal", &write_number(*number)),
        Answer::Choice(name) => push("one", name),
        Answer::Choices(names) => {
            writer.text("many");
            names.iter().for_each(|name| writer.text(name));
        }
        Answer::Date(date) => push("date", &date.to_string()),
        Answer::Time(time) => push("time", &time.to_string()),
        Answer::DateTime(moment) => {
            push("moment", &moment.to_string());
            writer.text(&moment.offset.to_string());
        }
    }
    writer.close(']');
}

fn read_answer(value: &Value<'_>) -> Option<(String, Answer)> {
    let texts = texts(value)?;
    let answer = match texts.as_slice() {
        [_] => Some(Answer::Empty),
        [_, "text", text] => Some(Answer::Text((*text).to_owned())),
        [_, "integer", number] => number.parse().ok().map(Answer::Integer),
        [_, "decimal", number] => {
            read_number(number).filter(|number| number.is_finite()).map(Answer::Decimal)
        }
        [_, "one", name] => Some(Answer::Choice((*name).to_owned())),
        [_, "many", names @ ..] if !names.is_empty() => {
            Some(Answer::Choices(names.iter().map(|name| (*name).to_owned()).collect()))
        }
        [_, "date", date] => Date::parse(date).map(Answer::Date),
        [_, "time", time] => Time::parse(time, 0).map(Answer::Time),
        [_, "moment", moment, offset] => {
            offset.parse().ok().and_then(|offset| DateTime::parse(moment, offset)).map(Answer::DateTime)
        }
        _ => None,
    };
    Some(((*texts.first()?).to_owned(), answer?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RESPONSE: &str = include_str!("../../tests/data/stored/response-1.json");
    const DRAFT: &str = include_str!("../../tests/data/stored/draft-1.json");
    const JOURNAL: &str = include_str!("../../tests/data/stored/journal-1.txt");

    #[test]
    fn a_response_stored_in_format_1_opens_and_is_written_the_same_again() {
        let response = response_from_json(RESPONSE).unwrap();
        assert_eq!(response.id.0[..2], [0x00, 0x11]);
        assert_eq!(response.form.version, "1.0.0+0a1b2c3d");
        assert_eq!(response.finished, Date::new(2026, 11, 21).unwrap());
        assert!(response.example);
        let answer = |path: &str| {
            response
                .answers
                .iter()
                .find(|(known, _)| known == path)
                .map(|(_, answer)| answer.clone())
                .unwrap()
        };
        assert_eq!(answer("s_intro/consent"), Answer::Choice("yes".to_owned()));
        assert_eq!(
            answer("s_sites/sites_attended"),
            Answer::Choices(vec!["drug_court".to_owned(), "pal_sports".to_owned()])
        );
        assert_eq!(answer("s_sites/site_best_why"), Answer::Text("Ejemplo: \"útil\"\ny claro".to_owned()));
        assert_eq!(answer("s_quality/expectations"), Answer::Empty);
        assert_eq!(answer("s_use/contacts_new"), Answer::Integer(12));
        assert_eq!(answer("s_use/commitments[1]/commit_date"), Answer::Date(Date::new(2027, 2, 1).unwrap()));
        assert_eq!(answer("x/decimal"), Answer::Decimal(-0.25));
        let time = Time::new(14, 50, 0, 0).unwrap();
        assert_eq!(answer("x/time"), Answer::Time(time));
        let date = Date::new(2026, 11, 20).unwrap();
        assert_eq!(answer("x/moment"), Answer::DateTime(DateTime { date, time, offset: -300 }));
        assert_eq!(response_to_json(&response), RESPONSE.trim_end());
    }

    #[test]
    fn a_draft_stored_in_format_1_opens_with_every_kind_of_journal_entry() {
        let draft = draft_from_json(DRAFT).unwrap();
        assert_eq!((draft.wave.as_str(), draft.seed), ("1", 0xfedc_ba98_7654_3210));
        assert_eq!(draft_to_json(&draft), DRAFT.trim_end());
        let entries: Vec<Entry> = JOURNAL.lines().map(|line| entry_from_json(line).unwrap()).collect();
        let answer = |path: &str, answer| Entry::Answer { path: path.to_owned(), answer };
        assert_eq!(
            entries,
            [
                Entry::Language("en".to_owned()),
                Entry::Page("s_intro".to_owned()),
                answer("s_intro/adult", Answer::Choice("yes".to_owned())),
                answer("s_vic/times_theft", Answer::Integer(3)),
                answer("s_vic/times_theft", Answer::Empty),
                Entry::Add("household".to_owned()),
                Entry::Remove("household[2]".to_owned()),
                Entry::Page(String::new()),
            ]
        );
        let again: Vec<String> = entries.iter().map(entry_to_json).collect();
        assert_eq!(again, JOURNAL.lines().collect::<Vec<_>>());
    }

    #[test]
    fn a_newer_record_is_never_called_damaged() {
        let newer = "{\"format\":2,\"answers\":{\"all\":\"different\"}}";
        assert_eq!(response_from_json(newer), Err(ReadError::Newer(2)));
        assert_eq!(draft_from_json(newer), Err(ReadError::Newer(2)));
        assert_eq!(entry_from_json(newer), Err(ReadError::Newer(2)));
    }

    #[test]
    fn damage_is_noticed() {
        for damaged in ["", "{}", "null", "[1]", "{\"format\":\"1\"}", "{\"format\":1}"] {
            assert_eq!(response_from_json(damaged), Err(ReadError::Damaged), "{damaged}");
            assert_eq!(draft_from_json(damaged), Err(ReadError::Damaged), "{damaged}");
            assert_eq!(entry_from_json(damaged), Err(ReadError::Damaged), "{damaged}");
        }
        for (from, to) in [
            ("00112233", "0011223"),
            ("2026-11-20", "2026-11-31"),
            ("\"integer\",\"12\"", "\"integer\",\"12.5\""),
            ("\"one\",\"yes\"", "\"two\",\"yes\""),
            ("\"one\",\"yes\"", "\"one\",\"yes\",\"no\""),
            ("\"many\",\"drug_court\",\"pal_sports\"", "\"many\""),
            ("[\"s_quality/expectations\"]", "[]"),
            ("\"decimal\",\"-0.25\"", "\"decimal\",\"NaN\""),
        ] {
            assert!(RESPONSE.contains(from));
            assert_eq!(response_from_json(&RESPONSE.replace(from, to)), Err(ReadError::Damaged), "{to}");
        }
    }

    fn answer() -> impl Strategy<Value = Answer> {
        let date =
            (1900..2100_i32, 1..=12_u8, 1..=28_u8).prop_map(|(year, month, day)| Date { year, month, day });
        let time = (0..24_u8, 0..60_u8, 0..60_u8, 0..1000_u16)
            .prop_map(|(hour, minute, second, millisecond)| Time { hour, minute, second, millisecond });
        let moment = (date.clone(), time.clone(), -840..=840_i16).prop_map(|(date, time, offset)| DateTime {
            date,
            time,
            offset,
        });
        prop_oneof![
            Just(Answer::Empty),
            any::<String>().prop_map(Answer::Text),
            any::<i64>().prop_map(Answer::Integer),
            any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Answer::Decimal),
            any::<String>().prop_map(Answer::Choice),
            proptest::collection::vec(any::<String>(), 1..5).prop_map(Answer::Choices),
            date.prop_map(Answer::Date),
            time.prop_map(Answer::Time),
            moment.prop_map(Answer::DateTime),
        ]
    }

    proptest! {
        #[test]
        fn what_is_stored_opens_as_it_was(
            id: [u8; 16],
            texts: [String; 5],
            days in [-20_000..80_000_i32, -20_000..80_000_i32],
            seed: u64,
            example: bool,
            answers in proptest::collection::vec((any::<String>(), answer()), 0..20),
        ) {
            let [survey, form, version, wave, language] = texts;
            let form = FormReference { id: form, version };
            let [started, finished] = days.map(Date::from_days);
            let id = ResponseId(id);
            for (path, answer) in &answers {
                let entry = Entry::Answer { path: path.clone(), answer: answer.clone() };
                prop_assert_eq!(entry_from_json(&entry_to_json(&entry)), Ok(entry));
            }
            let draft = Draft {
                id, survey: survey.clone(), form: form.clone(), wave: wave.clone(), started, seed,
                lent: example, journal: Vec::new(),
            };
            prop_assert_eq!(draft_from_json(&draft_to_json(&draft)), Ok(draft));
            let response = Response { id, survey, form, wave, language, started, finished, example, answers };
            prop_assert_eq!(response_from_json(&response_to_json(&response)), Ok(response));
        }
    }
}
