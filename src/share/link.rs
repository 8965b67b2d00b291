//! A link that brings a survey to a phone: what stands after `#/link/` in an address, so that no server ever sees it.
//! Read [`write`] and [`read`]; `docs/links.md` describes it.
//!
//! Capital letters and digits alone: no messenger takes them for markup, and a QR code has a shorter way for them.

use sha2::{Digest, Sha256};

use crate::form::json::{Members, Writer, parse};
use crate::form::{Form, FormSource, Node, NodeId, NodeKind, QuestionKind};
use crate::response::FormReference;
use crate::survey::wire::{self as survey_wire, ReadError};
use crate::survey::{Subject, Survey, SurveyState, Weighting};

use super::packed::{pack, unpack};

/// The format number that this code writes.
pub const FORMAT: u32 = 1;
/// The longest text of a link that is made, in characters: what is longer, programs cut.
pub const MOST: usize = 16_000;
/// The most answers that a link can bring.
pub const MOST_ANSWERS: usize = 12;
/// No link holds more than this when it is unpacked, in bytes.
const MOST_UNPACKED: usize = 1_000_000;
/// How many bytes of the SHA-256 stand before what it is of.
const SUM: usize = 6;
/// RFC 4648: 32 signs that are hard to take for each other.
const SIGNS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What a link brings.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The survey, as [`for_link`] gives it.
    pub survey: Survey,
    /// Its questionnaire; `None`: made of the survey and an instrument that the program brings.
    pub form: Option<FormSource>,
    /// The language in which it opens, as a tag.
    pub language: String,
    /// Answers given beforehand: the path of a question and the name of a choice.
    pub answers: Vec<(String, String)>,
}

/// Why a text is not a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkError {
    /// A newer version made it.
    Newer,
    /// It is none, or not whole, or not as it was made.
    Damaged,
}

/// What of a survey travels in a link: what a phone needs to ask and keep the same, and nothing of how results are made.
pub fn for_link(survey: &Survey) -> Survey {
    Survey {
        expected: None,
        weighting: Weighting::default(),
        state: SurveyState::Open,
        example: false,
        ..survey.clone()
    }
}

/// The text of a link. It may be longer than [`MOST`].
pub fn write(link: &Link) -> String {
    let mut head = Writer::default();
    head.open('{');
    head.text_member("language", &link.language);
    head.pairs_unless_empty("answers", &link.answers);
    head.close('}');
    let mut lines = vec![head.finish(), survey_wire::to_json(&link.survey)];
    lines.extend(link.form.as_ref().map(survey_wire::form_to_json));
    let packed = pack(lines.join("\n").as_bytes());
    let mut bytes = sum(&packed).to_vec();
    bytes.extend(packed);
    [&FORMAT.to_string(), "-", &signs(&bytes)].concat()
}

/// Reads what [`write`] wrote, in this version or an earlier one.
///
/// ```
/// use sondeo::share::link::{LinkError, read};
/// assert_eq!(read("9-ABCDEFGH"), Err(LinkError::Newer));
/// assert_eq!(read("1-ABCDEFGH"), Err(LinkError::Damaged));
/// ```
pub fn read(text: &str) -> Result<Link, LinkError> {
    let damaged = LinkError::Damaged;
    let (format, text) = text.split_once('-').ok_or(damaged)?;
    let is_number = (1..=4).contains(&format.len()) && format.bytes().all(|byte| byte.is_ascii_digit());
    match format.parse() {
        Ok(FORMAT) if is_number && !format.starts_with('0') => {}
        Ok(format) if is_number && format > FORMAT => return Err(LinkError::Newer),
        _ => return Err(damaged),
    }
    let bytes = bytes_of(text).ok_or(damaged)?;
    let (told, packed) = bytes.split_at_checked(SUM).ok_or(damaged)?;
    if told != sum(packed) {
        return Err(damaged);
    }
    let text = unpack(packed, MOST_UNPACKED).ok_or(damaged)?;
    let text = String::from_utf8(text).map_err(|_| damaged)?;
    let mut lines = text.split('\n');
    let head = lines.next().and_then(parse).ok_or(damaged)?;
    let head = Members::of(&head).ok_or(damaged)?;
    let (language, answers) = head.text("language").zip(head.pairs_or_empty("answers")).ok_or(damaged)?;
    let survey = survey_wire::from_json(lines.next().ok_or(damaged)?).map_err(unread)?;
    let form = lines.next().map(survey_wire::form_from_json).transpose().map_err(unread)?;
    let is_own = matches!(survey.subject, Subject::Own(_));
    let fits = form.as_ref().is_none_or(|form| is_of(form, &survey.form));
    if survey != for_link(&survey)
        || survey.id.is_empty()
        || is_own != form.is_some()
        || !fits
        || answers.len() > MOST_ANSWERS
        || lines.next().is_some()
    {
        return Err(damaged);
    }
    Ok(Link { survey, form, language, answers })
}

/// Whether this is the form of that reference.
pub fn is_of(form: &FormSource, reference: &FormReference) -> bool {
    form.id == reference.id && form.version == reference.version
}

/// The question of this path, where a link may answer it beforehand with this choice: one that takes one choice of a list
/// that is known, asks about nothing sensitive, and is neither in a repeat nor one that whole pages hang on. Consent is
/// each person's own to give.
pub fn answerable(form: &Form, path: &str, choice: &str) -> Option<NodeId> {
    let (id, node) =
        form.iter().find(|(id, node)| may_be_answered(form, *id, node) && form.path(*id) == path)?;
    form.choices_of(node)?.choices.iter().any(|one| one.name == choice).then_some(id)
}

/// Whether a link may answer this question beforehand with any choice.
pub fn may_be_answered(form: &Form, id: NodeId, node: &Node) -> bool {
    let is_repeat = |node: &Node| matches!(node.kind, NodeKind::Repeat { .. });
    let mut above = node.parent.and_then(|parent| form.node(parent));
    while let Some(node) = above {
        if is_repeat(node) || node.sensitive {
            return false;
        }
        above = node.parent.and_then(|parent| form.node(parent));
    }
    matches!(node.kind, NodeKind::Question(QuestionKind::SelectOne(_)))
        && form.choices_of(node).is_some_and(|list| list.from.is_none())
        && node.calculation.is_none()
        && !node.sensitive
        && !matches!(node.name.as_str(), "consent" | "adult")
        && !form.gates().contains(&id)
}

fn unread(error: ReadError) -> LinkError {
    match error {
        ReadError::Newer(_) => LinkError::Newer,
        ReadError::Damaged => LinkError::Damaged,
    }
}

fn sum(packed: &[u8]) -> [u8; SUM] {
    let mut first = [0; SUM];
    for (into, byte) in first.iter_mut().zip(Sha256::digest(packed)) {
        *into = byte;
    }
    first
}

/// Five bits a sign, the last one filled up with zeros.
fn signs(bytes: &[u8]) -> String {
    let (mut text, mut held, mut bits) = (String::new(), 0_u32, 0);
    let mut push = |five: u32| text.extend(SIGNS.get((five & 31) as usize).map(|sign| char::from(*sign)));
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            push(held >> bits);
        }
        held &= 31;
    }
    if bits > 0 {
        push(held << (5 - bits));
    }
    text
}

/// Reads what [`signs`] writes, and nothing else.
fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut held, mut bits) = (Vec::with_capacity(text.len() * 5 / 8), 0_u32, 0);
    for sign in text.bytes() {
        let five = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'2'..=b'7' => sign - b'2' + 26,
            _ => return None,
        };
        held = held << 5 | u32::from(five);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    (held == 0 && bits < 5).then_some(bytes)
}
