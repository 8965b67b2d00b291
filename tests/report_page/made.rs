use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Mutex;

use sondeo::form::wire::FormSource;
use sondeo::form::{Date, Form};
use sondeo::instrument::{bundled_survey, definition_from_json};
use sondeo::report::document::{Material, Stamp, TextSection, Theme};
use sondeo::report::stamp::{Inputs, inputs_hash};
use sondeo::response::Response;
use sondeo::summary::view::LANGUAGE;
use sondeo::summary::{Comparison, Summary, Table, View, WorkPlan, compare, summarize, work_plan};
use sondeo::survey::{Bilingual, Margin, SamplingDesign, Survey, SurveyState, Weighting, WeightingPlan};

pub(crate) const VISIT: &str = include_str!("../../public/instruments/post_visit.json");
pub(crate) const STUDY: &str = include_str!("../../public/instruments/community_safety.json");

/// Everything that a report is made of.
pub(crate) struct Made {
    pub(crate) form: Form,
    pub(crate) survey: Survey,
    pub(crate) summary: Summary,
    pub(crate) comparison: Option<Comparison>,
    pub(crate) plan: Option<WorkPlan>,
    pub(crate) texts: Vec<TextSection>,
    pub(crate) stamp: Stamp,
    pub(crate) responses: Vec<Response>,
}

impl Made {
    pub(crate) fn material(&self) -> Material<'_> {
        Material {
            form: &self.form,
            survey: &self.survey,
            summary: &self.summary,
            comparison: self.comparison.as_ref(),
            plan: self.plan.as_ref(),
            texts: &self.texts,
            stamp: &self.stamp,
        }
    }

    /// The same responses seen otherwise.
    pub(crate) fn seen(&mut self, view: &View) {
        let table = self.table();
        self.summary = summarize(&self.form, &self.survey, &table, view);
        self.plan = work_plan(&self.form, &self.survey, &table, view, &|_| true);
    }

    pub(crate) fn table(&self) -> Table {
        let mut table = Table::with_texts(&self.form);
        self.responses.iter().for_each(|response| table.push(&self.form, response));
        table
    }
}

fn matches(pattern: &str, text: &str) -> Option<bool> {
    let anchored = format!("^(?:{})$", pattern.trim_start_matches('^').trim_end_matches('$'));
    regex_lite::Regex::new(&anchored).ok().map(|regex| regex.is_match(text))
}

/// A closed survey of the instrument with so many examples.
pub(crate) fn made(instrument: &str, count: usize, change: impl Fn(&mut Survey)) -> Made {
    made_with(instrument, count, 7, change)
}

/// The same with other people.
pub(crate) fn made_with(instrument: &str, count: usize, seed: u64, change: impl Fn(&mut Survey)) -> Made {
    let (mut survey, source) = bundled_survey(&definition_from_json(instrument).unwrap()).unwrap();
    survey.state = SurveyState::Closed;
    change(&mut survey);
    let today = Date::new(2026, 3, 5).unwrap();
    let responses = examples(instrument, &survey, &source, (count, seed), today);
    let form = Form::build(&source).unwrap();
    let mut table = Table::with_texts(&form);
    responses.iter().for_each(|response| table.push(&form, response));
    let view = View::default();
    let summary = summarize(&form, &survey, &table, &view);
    let plan = work_plan(&form, &survey, &table, &view, &|_| true);
    let mut inputs = Inputs::default();
    inputs.see(&table);
    let hash = inputs_hash(&inputs, &survey, &view);
    let stamp = Stamp { hash, version: "0.0.0", made: today };
    Made { form, survey, summary, comparison: None, plan, texts: Vec::new(), stamp, responses }
}

/// Examples take a while to make and are the same whatever a survey's settings: each set is made once.
fn examples(
    instrument: &str,
    survey: &Survey,
    source: &FormSource,
    (count, seed): (usize, u64),
    today: Date,
) -> Vec<Response> {
    static KNOWN: Mutex<BTreeMap<(usize, usize, u64), Vec<Response>>> = Mutex::new(BTreeMap::new());
    let key = (instrument.len(), count, seed);
    if let Some(known) = KNOWN.lock().unwrap().get(&key) {
        return known.clone();
    }
    let form = Rc::new(Form::build(source).unwrap());
    let responses = sondeo::job::examples(&form, survey, count, seed, today, matches).unwrap();
    assert_eq!(responses.len(), count);
    KNOWN.lock().unwrap().insert(key, responses.clone());
    responses
}

/// A study of a random sample, weighted, by district and gender, beside an earlier wave, with comments; or the visit with
/// everything that it can have.
pub(crate) fn rich(instrument: &str, count: usize) -> Made {
    let change = |survey: &mut Survey| {
        survey.design = SamplingDesign::Probability;
        survey.expected = Some(60_000);
        let target = |name: &str, share: f64| (name.to_owned(), share);
        let margins = vec![
            Margin {
                question: "gender".into(),
                targets: vec![target("woman", 51.0), target("man", 45.0), target("other", 4.0)],
            },
            Margin { question: "nothing".into(), targets: vec![target("yes", 1.0)] },
        ];
        survey.weighting = Weighting::of(&WeightingPlan { margins, ..WeightingPlan::default() });
    };
    let mut made = made(instrument, count, change);
    let by = vec!["district".to_owned(), "gender".to_owned(), LANGUAGE.to_owned()];
    made.seen(&View { by, ..View::default() });
    let earlier = made_with(instrument, count, 99, change);
    made.comparison = Some(compare(&earlier.summary, &made.summary));
    made.texts = vec![TextSection {
        question: "comment".into(),
        label: Bilingual { es: "¿Algo más?".into(), en: "Anything else?".into() },
        base: 120,
        words: vec![("luz".into(), 31), ("policía".into(), 22)],
        themes: vec![Theme {
            label: Bilingual { es: "Alumbrado".into(), en: "Lighting".into() },
            count: 40,
            percent: Some(33.3),
        }],
        quotes: vec!["Falta luz en <la> calle & en el parque".into()],
    }];
    made
}
