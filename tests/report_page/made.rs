use sondeo::form::{Date, Form};
use sondeo::instrument::{bundled_survey, definition_from_json};
use sondeo::job::{Job, Outcome, run};
use sondeo::report::document::{Material, Stamp, TextSection};
use sondeo::report::stamp::{Inputs, inputs_hash};
use sondeo::response::Response;
use sondeo::store::{MemoryStore, ResponseStore};
use sondeo::summary::{Comparison, Summary, Table, View, WorkPlan, summarize, work_plan};
use sondeo::survey::{Survey, SurveyState};

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

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn matches(pattern: &str, text: &str) -> Option<bool> {
    let anchored = format!("^(?:{})$", pattern.trim_start_matches('^').trim_end_matches('$'));
    regex_lite::Regex::new(&anchored).ok().map(|regex| regex.is_match(text))
}

/// A closed survey of the instrument with so many examples.
pub(crate) fn made(instrument: &str, count: usize, change: impl Fn(&mut Survey)) -> Made {
    let (mut survey, source) = bundled_survey(&definition_from_json(instrument).unwrap()).unwrap();
    survey.state = SurveyState::Closed;
    change(&mut survey);
    let store = MemoryStore::default();
    let today = Date::new(2026, 3, 5).unwrap();
    let job = Job::Examples { survey: survey.id.clone(), count, seed: 7, today };
    let responses = wait(async {
        store.put_survey(&survey, Some(&source)).await.unwrap();
        assert_eq!(run(&job, &store, matches, &mut |_| ()).await.unwrap(), Outcome::Added(count));
        store.responses(&survey.id, 0, usize::MAX).await.unwrap()
    });
    let form = Form::build(&source).unwrap();
    let responses: Vec<Response> = responses.into_iter().map(|arrived| arrived.response).collect();
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
