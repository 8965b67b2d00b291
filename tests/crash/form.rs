//! What is imported: surveys with a short form of their own, and bundles with responses to them.

use sondeo::form::Date;
use sondeo::form::wire::{ChoiceSource, FormSource, ListSource, NodeSource};
use sondeo::response::wire::response_to_json;
use sondeo::response::{Answer, FormReference, Response, ResponseId};
use sondeo::share::bundle::Writer;
use sondeo::survey::{Bilingual, Own, SamplingDesign, Subject, Survey, SurveyState};

use crate::people::Dice;

/// How the id of each survey begins that is imported here.
pub(crate) const OWN: &str = "crash_";

/// A file to be joined at the desk.
#[derive(Clone)]
pub(crate) struct Bundle {
    /// The survey that it brings.
    pub(crate) survey: String,
    /// The id and the stored text of each response, in the file's order, which is that in which they are joined.
    pub(crate) responses: Vec<(String, String)>,
    /// The file.
    pub(crate) text: String,
}

impl Bundle {
    /// An open survey with this many responses.
    pub(crate) fn draw(survey: &str, responses: usize, dice: &mut Dice) -> Bundle {
        let form = form(survey);
        let mut all: Vec<Response> = (0..responses).map(|_| response(survey, &form, dice)).collect();
        all.sort_by_key(|response| response.id);
        let mut bytes = Vec::new();
        let sink = &mut |part: &[u8]| bytes.extend_from_slice(part);
        let mut writer = Writer::begin(&described(survey, &form), &form, day(), (false, false, false), sink);
        writer.add(&all, sink);
        writer.end(sink);
        let text = String::from_utf8(bytes).expect("a bundle is text");
        let responses =
            all.iter().map(|response| (response.id.to_text(), response_to_json(response))).collect();
        Bundle { survey: survey.to_owned(), responses, text }
    }
}

fn day() -> Date {
    Date { year: 2026, month: 11, day: 27 }
}

fn reference(form: &FormSource) -> FormReference {
    FormReference { id: form.id.clone(), version: form.version.clone() }
}

fn described(id: &str, form: &FormSource) -> Survey {
    let name = Bilingual { es: format!("Encuesta {id}"), en: format!("Survey {id}") };
    Survey {
        id: id.to_owned(),
        form: reference(form),
        subject: Subject::Own(Own { name, wave: 1 }),
        design: SamplingDesign::Convenience,
        expected: None,
        minimum_cell: 5,
        weighting: Default::default(),
        state: SurveyState::Open,
        example: false,
        seal: None,
        retention: None,
    }
}

/// Three short pages with the kinds of question that are answered by tapping and by typing.
fn form(survey: &str) -> FormSource {
    let node = |kind: &str, name: &str, list: &str, children: Vec<NodeSource>| NodeSource {
        name: name.to_owned(),
        kind: kind.to_owned(),
        list: list.to_owned(),
        label: vec![name.to_owned(); 2],
        children,
        ..NodeSource::default()
    };
    let leaf = |kind: &str, name: &str, list: &str| node(kind, name, list, Vec::new());
    let choice = |name: &str| ChoiceSource {
        name: name.to_owned(),
        label: vec![name.to_owned(); 2],
        ..ChoiceSource::default()
    };
    let required = NodeSource { required: "true()".to_owned(), ..leaf("text", "code", "") };
    let pages = vec![
        node("page", "first", "", vec![required, leaf("select_one", "mood", "few")]),
        node(
            "page",
            "second",
            "",
            vec![leaf("select_multiple", "things", "few"), leaf("integer", "number", "")],
        ),
        node("page", "third", "", vec![leaf("text", "story", ""), leaf("select_one", "again", "few")]),
    ];
    FormSource {
        format: 1,
        id: survey.to_owned(),
        version: "1".to_owned(),
        title: vec![survey.to_owned(); 2],
        languages: vec!["es".to_owned(), "en".to_owned()],
        nodes: pages,
        lists: vec![ListSource {
            name: "few".to_owned(),
            from: String::new(),
            choices: ["good", "fair", "bad", "worse"].into_iter().map(choice).collect(),
        }],
        ..FormSource::default()
    }
}

fn response(survey: &str, form: &FormSource, dice: &mut Dice) -> Response {
    let mut id = [0; 16];
    id.iter_mut().for_each(|byte| *byte = dice.roll(256) as u8);
    let text = |path: &str, text: String| (path.to_owned(), Answer::Text(text));
    Response {
        id: ResponseId(id),
        survey: survey.to_owned(),
        form: reference(form),
        wave: "1".to_owned(),
        language: "es".to_owned(),
        started: day(),
        finished: day(),
        example: false,
        answers: vec![
            text("first/code", format!("otro teléfono {}", dice.roll(100_000))),
            ("first/mood".to_owned(), Answer::Choice("good".to_owned())),
            ("second/things".to_owned(), Answer::Choices(vec!["fair".to_owned(), "bad".to_owned()])),
            ("second/number".to_owned(), Answer::Integer(dice.roll(90) as i64)),
            ("third/story".to_owned(), Answer::Empty),
        ],
    }
}
