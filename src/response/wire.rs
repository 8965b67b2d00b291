//! Stored shapes of responses, drafts and journal entries, format 1: one compact JSON text per record, each with its own
//! `format` number. Read [`response_from_json`] first. A record newer than this code is told apart from a damaged one, so
//! that it can be kept untouched; what format 1 once wrote must open for ever (`tests/data/stored`).
//!
//! An answer is a list of texts, `["path", "tag", "value", ...]`, so that it comes back with its type: `one`, `many`,
//! `text`, `integer`, `decimal`, `date`, `time`, `moment`. A path alone was shown and skipped.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{Answer, Draft, Entry, FormReference, Response, ResponseId};
use crate::form::{Date, DateTime, Time};

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
    to_json(&ResponseRecord {
        format: FORMAT,
        id: response.id.to_text(),
        survey: response.survey.clone(),
        form: form_to_pair(&response.form),
        wave: response.wave.clone(),
        language: response.language.clone(),
        started: response.started.to_string(),
        finished: response.finished.to_string(),
        example: response.example,
        answers: response.answers.iter().map(|(path, answer)| answer_to_texts(path, answer)).collect(),
    })
}

/// Opens what [`response_to_json`] wrote, in this version or an earlier one.
///
/// ```
/// use sondeo::response::wire::{ReadError, response_from_json};
/// assert_eq!(response_from_json("{\"form"), Err(ReadError::Damaged));
/// assert_eq!(response_from_json("{\"format\":9}"), Err(ReadError::Newer(9)));
/// ```
pub fn response_from_json(json: &str) -> Result<Response, ReadError> {
    let record: ResponseRecord = from_json(json, FORMAT)?;
    Ok(Response {
        id: id_from_text(&record.id)?,
        survey: record.survey,
        form: form_from_pair(record.form),
        wave: record.wave,
        language: record.language,
        started: date_from_text(&record.started)?,
        finished: date_from_text(&record.finished)?,
        example: record.example,
        answers: record.answers.into_iter().map(answer_from_texts).collect::<Result<_, _>>()?,
    })
}

/// A draft as it is stored, without its journal: entries are records of their own.
pub fn draft_to_json(draft: &Draft) -> String {
    to_json(&DraftRecord {
        format: FORMAT,
        id: draft.id.to_text(),
        survey: draft.survey.clone(),
        form: form_to_pair(&draft.form),
        wave: draft.wave.clone(),
        started: draft.started.to_string(),
        seed: format!("{:016x}", draft.seed),
    })
}

/// Opens what [`draft_to_json`] wrote; the journal is empty.
pub fn draft_from_json(json: &str) -> Result<Draft, ReadError> {
    let record: DraftRecord = from_json(json, FORMAT)?;
    Ok(Draft {
        id: id_from_text(&record.id)?,
        survey: record.survey,
        form: form_from_pair(record.form),
        wave: record.wave,
        started: date_from_text(&record.started)?,
        seed: u64::from_str_radix(&record.seed, 16).map_err(|_| ReadError::Damaged)?,
        journal: Vec::new(),
    })
}

/// A journal entry as it is stored.
pub fn entry_to_json(entry: &Entry) -> String {
    let mut record = EntryRecord { format: FORMAT, ..EntryRecord::default() };
    match entry {
        Entry::Answer { path, answer } => record.answer = Some(answer_to_texts(path, answer)),
        Entry::Add(path) => record.add = Some(path.clone()),
        Entry::Remove(path) => record.remove = Some(path.clone()),
        Entry::Page(path) => record.page = Some(path.clone()),
        Entry::Language(tag) => record.language = Some(tag.clone()),
    }
    to_json(&record)
}

/// Opens what [`entry_to_json`] wrote.
pub fn entry_from_json(json: &str) -> Result<Entry, ReadError> {
    match from_json(json, FORMAT)? {
        EntryRecord { answer: Some(texts), .. } => {
            answer_from_texts(texts).map(|(path, answer)| Entry::Answer { path, answer })
        }
        EntryRecord { add: Some(path), .. } => Ok(Entry::Add(path)),
        EntryRecord { remove: Some(path), .. } => Ok(Entry::Remove(path)),
        EntryRecord { page: Some(path), .. } => Ok(Entry::Page(path)),
        EntryRecord { language: Some(tag), .. } => Ok(Entry::Language(tag)),
        _ => Err(ReadError::Damaged),
    }
}

#[derive(Serialize, Deserialize)]
struct ResponseRecord {
    format: u32,
    id: String,
    survey: String,
    form: (String, String),
    wave: String,
    language: String,
    started: String,
    finished: String,
    #[serde(default, skip_serializing_if = "is_false")]
    example: bool,
    answers: Vec<Vec<String>>,
}

#[derive(Serialize, Deserialize)]
struct DraftRecord {
    format: u32,
    id: String,
    survey: String,
    form: (String, String),
    wave: String,
    started: String,
    /// Hexadecimal: a JSON number of 64 bits is rounded by other readers.
    seed: String,
}

/// Exactly one of the optional members is there.
#[derive(Default, Serialize, Deserialize)]
struct EntryRecord {
    format: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    add: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remove: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
}

/// The one member that every record of every format has.
#[derive(Deserialize)]
struct FormatOnly {
    format: u32,
}

/// A record as JSON. Nothing in a record can fail to be written.
pub(crate) fn to_json<T: Serialize>(record: &T) -> String {
    serde_json::to_string(record).unwrap_or_default()
}

/// Reads the format number before anything else, so that a newer record is never called damaged.
pub(crate) fn from_json<T: DeserializeOwned>(json: &str, newest: u32) -> Result<T, ReadError> {
    let FormatOnly { format } = serde_json::from_str(json).map_err(|_| ReadError::Damaged)?;
    if format > newest {
        return Err(ReadError::Newer(format));
    }
    serde_json::from_str(json).map_err(|_| ReadError::Damaged)
}

/// A day as it is stored: `2026-11-23`.
pub(crate) fn date_from_text(text: &str) -> Result<Date, ReadError> {
    Date::parse(text).ok_or(ReadError::Damaged)
}

/// A form reference as it is stored: id, version.
pub(crate) fn form_to_pair(form: &FormReference) -> (String, String) {
    (form.id.clone(), form.version.clone())
}

/// Reads what [`form_to_pair`] writes.
pub(crate) fn form_from_pair((id, version): (String, String)) -> FormReference {
    FormReference { id, version }
}

/// For members that are left out when false.
pub(crate) fn is_false(value: &bool) -> bool {
    !*value
}

fn id_from_text(text: &str) -> Result<ResponseId, ReadError> {
    ResponseId::from_text(text).ok_or(ReadError::Damaged)
}

fn answer_to_texts(path: &str, answer: &Answer) -> Vec<String> {
    let mut texts = vec![path.to_owned()];
    let mut push = |tag: &str, value: String| texts.extend([tag.to_owned(), value]);
    match answer {
        Answer::Empty => {}
        Answer::Text(text) => push("text", text.clone()),
        Answer::Integer(number) => push("integer", number.to_string()),
        Answer::Decimal(number) => push("decimal", number.to_string()),
        Answer::Choice(name) => push("one", name.clone()),
        Answer::Choices(names) => {
            texts.push("many".to_owned());
            texts.extend(names.iter().cloned());
        }
        Answer::Date(date) => push("date", date.to_string()),
        Answer::Time(time) => push("time", time.to_string()),
        Answer::DateTime(moment) => {
            push("moment", moment.to_string());
            texts.push(moment.offset.to_string());
        }
    }
    texts
}

fn answer_from_texts(texts: Vec<String>) -> Result<(String, Answer), ReadError> {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let answer = match texts.as_slice() {
        [_] => Some(Answer::Empty),
        [_, "text", text] => Some(Answer::Text((*text).to_owned())),
        [_, "integer", number] => number.parse().ok().map(Answer::Integer),
        [_, "decimal", number] => {
            number.parse().ok().filter(|number: &f64| number.is_finite()).map(Answer::Decimal)
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
    let path = texts.first().ok_or(ReadError::Damaged)?;
    Ok(((*path).to_owned(), answer.ok_or(ReadError::Damaged)?))
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
                id, survey: survey.clone(), form: form.clone(), wave: wave.clone(), started, seed, journal: Vec::new(),
            };
            prop_assert_eq!(draft_from_json(&draft_to_json(&draft)), Ok(draft));
            let response = Response { id, survey, form, wave, language, started, finished, example, answers };
            prop_assert_eq!(response_from_json(&response_to_json(&response)), Ok(response));
        }
    }
}
