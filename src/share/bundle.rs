//! A bundle: one survey with its questionnaires and responses as one file, to be joined on another device. Read [`Writer`]
//! and [`read`]; `docs/bundle.md` describes the file for those who read it with other tools.
//!
//! JSON Lines, UTF-8: a line that says what it is, the survey, its questionnaires, one line for each response, and a last
//! line with their number and the SHA-256 of every byte before it. The records inside are those of the store, each with a
//! format number of its own. Sealed responses stand in lines of another kind; no device without the key looks into them. Files
//! that belong to responses have a line each, and so have those that forms show.

use std::collections::BTreeMap;
use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::form::json::{Members, Value, Writer as Json, parse};
use crate::form::{Date, FormSource};
use crate::response::Answer;
use crate::response::wire::{ReadError as RecordError, response_from_json, response_to_json};
use crate::response::{Attachment, Response, ResponseId, Sealed};
use crate::survey::{Survey, wire as survey_wire};

/// The format number that this code writes where forms show files.
pub const FORMAT: u32 = 4;
/// Where responses have files.
const THIRD_FORMAT: u32 = 3;
/// Where there are none, but sealed responses.
const SECOND_FORMAT: u32 = 2;
/// Without either it is format 1, which earlier versions read.
const FIRST_FORMAT: u32 = 1;
/// What every bundle of any format begins with.
const BEGINS: &str = "{\"sondeo\":\"bundle\",\"format\":";

/// A bundle, read and proved.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// The day it was made.
    pub written: Date,
    /// The survey, as it was on the device that made it.
    pub survey: Survey,
    /// The questionnaires of the survey and of its responses, as far as the device that made it had them.
    pub forms: Vec<FormSource>,
    /// The responses, in no order that means anything.
    pub responses: Vec<Response>,
    /// Responses that only the survey's key opens, in no order either.
    pub sealed: Vec<Sealed>,
    /// Where in the bytes the files stand, for [`attachment`]: together they may be larger than all the rest.
    pub attachments: Vec<Range<usize>>,
    /// Where the files stand that forms show, for [`shown`].
    pub shown: Vec<Range<usize>>,
    /// The SHA-256 of all but its last line, in hexadecimal digits: which bundle it is.
    pub sum: String,
}

/// A file that is not a bundle, or not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BundleError {
    /// What is wrong.
    pub kind: BundleErrorKind,
    /// In which line, from 1.
    pub line: usize,
}

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BundleErrorKind {
    /// Something else.
    NotBundle,
    /// A newer version made it.
    Newer,
    /// Its end is missing.
    CutOff,
    /// It is not as it was made.
    Changed,
    /// It is as it was made, and a line of it cannot be read.
    Unreadable,
}

/// Writes a bundle part by part, so that it never has to be in memory as a whole.
#[derive(Debug, Clone, Default)]
pub struct Writer {
    hash: Sha256,
    responses: usize,
    /// How many are sealed.
    sealed: usize,
    attachments: usize,
    shown: usize,
    format: u32,
}

impl Writer {
    /// Begins with all that stands before the responses. `sealed`: some of them are; `files`: some have files; `shows`: forms
    /// show some.
    pub fn begin(
        survey: &Survey,
        form: &FormSource,
        today: Date,
        (sealed, files, shows): (bool, bool, bool),
        sink: &mut dyn FnMut(&[u8]),
    ) -> Writer {
        let format = match () {
            () if shows => FORMAT,
            () if files => THIRD_FORMAT,
            () if sealed => SECOND_FORMAT,
            () => FIRST_FORMAT,
        };
        let mut writer = Writer { format, ..Writer::default() };
        let program = env!("CARGO_PKG_VERSION");
        let head = format!("{BEGINS}{format},\"written\":\"{today}\",\"program\":\"{program}\"}}");
        writer.line(&head, sink);
        writer.record("survey", &survey_wire::to_json(survey), sink);
        writer.form(form, sink);
        writer
    }

    /// Adds one more questionnaire: an earlier version that responses answer.
    pub fn form(&mut self, form: &FormSource, sink: &mut dyn FnMut(&[u8])) {
        self.record("form", &survey_wire::form_to_json(form), sink);
    }

    /// Adds responses. By their random ids, so that they do not tell in which order people answered.
    pub fn add(&mut self, responses: &[Response], sink: &mut dyn FnMut(&[u8])) {
        let mut order: Vec<(ResponseId, usize)> =
            responses.iter().enumerate().map(|(at, response)| (response.id, at)).collect();
        order.sort_unstable();
        for response in order.into_iter().filter_map(|(_, at)| responses.get(at)) {
            self.record("response", &response_to_json(response), sink);
            self.responses += 1;
        }
    }

    /// Adds sealed responses, by their random ids too. Only where [`Writer::begin`] was told of them.
    pub fn add_sealed(&mut self, sealed: &[Sealed], sink: &mut dyn FnMut(&[u8])) {
        if self.format < SECOND_FORMAT {
            return;
        }
        let mut order: Vec<&Sealed> = sealed.iter().collect();
        order.sort_unstable_by_key(|sealed| sealed.id);
        for one in order {
            let mut json = Json::default();
            json.open('{');
            json.text_member("id", &one.id.to_text());
            json.text_member("day", &one.day.to_string());
            json.flag_if_true("finished", one.finished);
            json.text_member("age", &STANDARD.encode(&one.age));
            json.close('}');
            self.record("sealed", &json.finish(), sink);
        }
        self.sealed += sealed.len();
    }

    /// Adds a file of a response that stands before it. Only where [`Writer::begin`] was told of them.
    pub fn add_attachment(&mut self, attachment: &Attachment, sink: &mut dyn FnMut(&[u8])) {
        if self.format < THIRD_FORMAT {
            return;
        }
        let mut json = Json::default();
        json.open('{');
        json.text_member("response", &attachment.response.to_text());
        json.text_member("name", &attachment.name);
        json.text_member("bytes", &STANDARD.encode(&attachment.bytes));
        json.close('}');
        self.record("attachment", &json.finish(), sink);
        self.attachments += 1;
    }

    /// Adds a file that a form before it shows. Only where [`Writer::begin`] was told of them.
    pub fn add_shown(&mut self, name: &str, bytes: &[u8], sink: &mut dyn FnMut(&[u8])) {
        if self.format < FORMAT {
            return;
        }
        let mut json = Json::default();
        json.open('{');
        json.text_member("name", name);
        json.text_member("bytes", &STANDARD.encode(bytes));
        json.close('}');
        self.record("shown", &json.finish(), sink);
        self.shown += 1;
    }

    /// Ends it. What has no end is not read. Gives [`Bundle::sum`] and the number of responses.
    pub fn end(self, sink: &mut dyn FnMut(&[u8])) -> (String, usize) {
        let (sum, number) = (hexadecimal(&self.hash.finalize()), self.responses);
        let mut more = String::new();
        if self.format == SECOND_FORMAT || self.sealed > 0 {
            more += &format!(",\"sealed\":{}", self.sealed);
        }
        if self.format == THIRD_FORMAT || self.attachments > 0 {
            more += &format!(",\"attachments\":{}", self.attachments);
        }
        if self.format == FORMAT {
            more += &format!(",\"shown\":{}", self.shown);
        }
        sink(format!("{{\"responses\":{number}{more},\"sha256\":\"{sum}\"}}\n").as_bytes());
        (sum, number)
    }

    fn record(&mut self, kind: &str, json: &str, sink: &mut dyn FnMut(&[u8])) {
        self.line(&["{\"", kind, "\":", json, "}"].concat(), sink);
    }

    fn line(&mut self, line: &str, sink: &mut dyn FnMut(&[u8])) {
        for part in [line.as_bytes(), b"\n"] {
            self.hash.update(part);
            sink(part);
        }
    }
}

/// Reads a bundle. Errors: it is none, a newer version made it, or it is not whole; then nothing of it is told.
pub fn read(bytes: &[u8]) -> Result<Bundle, BundleError> {
    let at = |kind, line| BundleError { kind, line };
    let not = at(BundleErrorKind::NotBundle, 1);
    let number = bytes.strip_prefix(BEGINS.as_bytes()).ok_or(not)?;
    let digits: String =
        number.iter().take(6).take_while(|c| c.is_ascii_digit()).map(|c| *c as char).collect();
    if digits.parse::<u32>().map_err(|_| not)? > FORMAT {
        return Err(at(BundleErrorKind::Newer, 1));
    }
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
    let cut = at(BundleErrorKind::CutOff, lines + 1);
    let without_last = bytes.strip_suffix(b"\n").ok_or(cut)?;
    let end = without_last.iter().rposition(|byte| *byte == b'\n').ok_or(cut)? + 1;
    let (before, last) = (bytes.get(..end).unwrap_or_default(), without_last.get(end..).unwrap_or_default());
    let last = std::str::from_utf8(last).ok().and_then(parse).ok_or(cut)?;
    let last = Members::of(&last).ok_or(cut)?;
    let (sum, number) = last.text("sha256").zip(last.count("responses")).ok_or(cut)?;
    let sealed_number = last.count_or_zero("sealed").ok_or(cut)?;
    let files_number = last.count_or_zero("attachments").ok_or(cut)?;
    let shown_number = last.count_or_zero("shown").ok_or(cut)?;
    let changed = at(BundleErrorKind::Changed, lines);
    if sum != hexadecimal(&Sha256::digest(before)) {
        return Err(changed);
    }
    let text = std::str::from_utf8(before).map_err(|_| changed)?;
    let mut lines = (1..).zip(text.lines());
    let unread = |line| at(BundleErrorKind::Unreadable, line);
    let (_, head) = lines.next().ok_or(not)?;
    let head = parse(head).ok_or(not)?;
    let written = Members::of(&head).and_then(|head| Date::parse(&head.text("written")?)).ok_or(unread(1))?;
    let (mut survey, mut forms, mut responses) = (None, Vec::new(), Vec::new());
    let (mut sealed, mut attachments, mut shows) = (Vec::new(), Vec::new(), Vec::new());
    let place = |text: &str| {
        let start = text.as_ptr() as usize - before.as_ptr() as usize;
        start..start + text.len()
    };
    // Which files responses name, each with whether it came.
    let mut files: BTreeMap<(ResponseId, String), bool> = BTreeMap::new();
    for (line, text) in lines {
        let why = |error| match error {
            RecordError::Newer(_) => at(BundleErrorKind::Newer, line),
            RecordError::Damaged => unread(line),
        };
        let record = |kind: &str| text.strip_prefix(kind).and_then(|rest| rest.strip_suffix('}'));
        if let Some(json) = record("{\"response\":") {
            let response = response_from_json(json).map_err(why)?;
            for (_, answer) in &response.answers {
                if let Answer::Text(name) = answer
                    && Attachment::is_name(name)
                {
                    files.insert((response.id, name.clone()), false);
                }
            }
            responses.push(response);
        } else if record("{\"attachment\":").is_some() {
            let range = place(text);
            let one = attachment(bytes, &range).ok_or(unread(line))?;
            // One that no response names, or that came before, is nobody's.
            match files.get_mut(&(one.response, one.name)) {
                Some(came) if !*came => *came = true,
                _ => return Err(unread(line)),
            }
            attachments.push(range);
        } else if record("{\"shown\":").is_some() {
            let range = place(text);
            shown(bytes, &range).ok_or(unread(line))?;
            shows.push(range);
        } else if let Some(json) = record("{\"sealed\":") {
            sealed.push(parse(json).as_ref().and_then(read_sealed).ok_or(unread(line))?);
        } else if let Some(json) = record("{\"form\":") {
            forms.push(survey_wire::form_from_json(json).map_err(why)?);
        } else if let Some(json) = record("{\"survey\":") {
            survey = Some(survey_wire::from_json(json).map_err(why)?);
        } else {
            return Err(unread(line));
        }
    }
    let survey: Survey = survey.ok_or(unread(2))?;
    let own = |form: &FormSource| form.id == survey.form.id && form.version == survey.form.version;
    let fits = |response: &Response| response.survey == survey.id;
    for one in &mut sealed {
        one.survey.clone_from(&survey.id);
    }
    let whole = responses.len() == number as usize && sealed.len() == sealed_number as usize;
    let whole = whole && attachments.len() == files_number as usize && shows.len() == shown_number as usize;
    if !whole || !forms.iter().any(own) || !responses.iter().all(fits) {
        return Err(unread(2));
    }
    Ok(Bundle { written, survey, forms, responses, sealed, attachments, shown: shows, sum })
}

/// The file at a place of a bundle that was [`read`], of a survey that its line does not name. `None`: there is none.
pub fn attachment(bundle: &[u8], place: &Range<usize>) -> Option<Attachment> {
    let text = std::str::from_utf8(bundle.get(place.clone())?).ok()?;
    let file = parse(text.strip_prefix("{\"attachment\":")?.strip_suffix('}')?)?;
    let file = Members::of(&file)?;
    let bytes = STANDARD.decode(file.text("bytes")?).ok()?;
    let name = file.text("name").filter(|name| Attachment::is_name(name))?;
    let response = ResponseId::from_text(&file.text("response")?)?;
    (bytes.len() <= Attachment::MOST_BYTES).then_some(Attachment {
        response,
        survey: String::new(),
        name,
        bytes,
    })
}

/// The file that forms show at a place of a bundle that was [`read`], and its name. `None`: there is none.
pub fn shown(bundle: &[u8], place: &Range<usize>) -> Option<(String, Vec<u8>)> {
    let text = std::str::from_utf8(bundle.get(place.clone())?).ok()?;
    let file = parse(text.strip_prefix("{\"shown\":")?.strip_suffix('}')?)?;
    let file = Members::of(&file)?;
    let bytes = STANDARD.decode(file.text("bytes")?).ok()?;
    let name = file.text("name").filter(|name| Attachment::is_name(name))?;
    (bytes.len() <= Attachment::MOST_BYTES).then_some((name, bytes))
}

/// A sealed response, of a survey that its line does not name.
fn read_sealed(sealed: &Value<'_>) -> Option<Sealed> {
    let sealed = Members::of(sealed)?;
    Some(Sealed {
        id: ResponseId::from_text(&sealed.text("id")?)?,
        survey: String::new(),
        day: Date::parse(&sealed.text("day")?)?,
        finished: sealed.flag_or_false("finished")?,
        age: STANDARD.decode(sealed.text("age")?).ok()?,
    })
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
