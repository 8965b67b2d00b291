//! What is left after a kill, held against what was there before and what the page had told.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use sondeo::response::wire::{entry_from_json, response_from_json};
use sondeo::response::{Answer, Entry};
use sondeo::survey::{Survey, SurveyState, wire as survey_wire};

use crate::form::Bundle;
use crate::log::{Given, Told, saved};

/// How many responses the desk joins in one transaction.
const BATCH: usize = 500;

/// Every row of the store, and what the app's screens say. `tests/crash/look.js` reads it.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(crate) struct Seen {
    pub(crate) surveys: Vec<Row>,
    pub(crate) forms: Vec<(String, String)>,
    pub(crate) drafts: Vec<Row>,
    pub(crate) journal: Vec<Noted>,
    pub(crate) responses: Vec<Row>,
    /// The survey of each.
    pub(crate) quarantine: Vec<Option<String>>,
    pub(crate) columns: Vec<String>,
    pub(crate) codings: Vec<String>,
    /// The drafts that the start offers to go on with.
    pub(crate) shown: Vec<String>,
    /// Survey, finished responses and drafts, as the desk counts them; `None`: it was not asked.
    pub(crate) desk: Option<Vec<(String, usize, usize)>>,
    /// Why it could not be read.
    pub(crate) error: Option<String>,
}

/// A survey, draft or response.
#[derive(Deserialize, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) id: String,
    /// Blank for a survey.
    #[serde(default)]
    pub(crate) survey: String,
    pub(crate) text: String,
}

/// An entry of a journal.
#[derive(Deserialize, Clone)]
pub(crate) struct Noted {
    pub(crate) draft: String,
    pub(crate) n: usize,
    pub(crate) text: String,
}

type Answers = BTreeMap<String, Vec<String>>;

impl Seen {
    fn survey(&self, id: &str) -> Option<Survey> {
        let row = self.surveys.iter().find(|row| row.id == id)?;
        survey_wire::from_json(&row.text).ok()
    }

    /// Whether people can answer it now.
    pub(crate) fn is_open(&self, survey: &str) -> bool {
        self.survey(survey).is_some_and(|survey| survey.state == SurveyState::Open)
    }

    fn draft(&self, id: &str) -> Option<&Row> {
        self.drafts.iter().find(|row| row.id == id)
    }

    fn response(&self, id: &str) -> Option<&Row> {
        self.responses.iter().find(|row| row.id == id)
    }

    fn journal_of(&self, draft: &str) -> Vec<&str> {
        let mut noted: Vec<&Noted> = self.journal.iter().filter(|noted| noted.draft == draft).collect();
        noted.sort_by_key(|noted| noted.n);
        noted.into_iter().map(|noted| noted.text.as_str()).collect()
    }

    fn entries_of(&self, draft: &str) -> Vec<Given> {
        let entry = |text: &str| match entry_from_json(text) {
            Ok(Entry::Answer { path, answer }) => Some((path, values_of(&answer))),
            _ => None,
        };
        self.journal_of(draft).into_iter().filter_map(entry).collect()
    }

    /// The last answer to each question of a draft.
    fn last_of(&self, draft: &str) -> Answers {
        self.entries_of(draft).into_iter().collect()
    }

    /// How much there is of a survey, itself left out.
    pub(crate) fn remains_of(&self, survey: &str) -> usize {
        let of = |rows: &[Row]| rows.iter().filter(|row| row.survey == survey).count();
        let named = |names: &[String]| names.iter().filter(|name| *name == survey).count();
        let aside = self.quarantine.iter().filter(|name| name.as_deref() == Some(survey)).count();
        of(&self.drafts) + of(&self.responses) + named(&self.columns) + named(&self.codings) + aside
    }
}

fn values_of(answer: &Answer) -> Vec<String> {
    match answer {
        Answer::Choices(all) => sorted(all),
        Answer::Empty => Vec::new(),
        other => vec![other.to_text()],
    }
}

fn answers_of(response: &Row) -> Answers {
    let read = response_from_json(&response.text).map(|response| response.answers).unwrap_or_default();
    read.iter().map(|(path, answer)| (path.clone(), values_of(answer))).collect()
}

fn sorted(values: &[String]) -> Vec<String> {
    let mut values = values.to_vec();
    values.sort();
    values
}

/// What came of one run.
#[derive(Default, Debug)]
pub(crate) struct Verdict {
    /// How many things the page had said to be kept, closed or deleted.
    pub(crate) acknowledged: usize,
    /// Those that are not so, and all else that was there before and is not there now.
    pub(crate) lost: Vec<String>,
    /// What is there by half.
    pub(crate) half: Vec<String>,
}

/// What happened between two looks.
pub(crate) struct Run<'a> {
    /// The look before.
    pub(crate) before: &'a Seen,
    /// The survey that was to be deleted.
    pub(crate) erases: Option<&'a str>,
    /// The file that was to be joined.
    pub(crate) joins: Option<&'a Bundle>,
    /// What the page told.
    pub(crate) log: &'a [Told],
    /// The look after the kill.
    pub(crate) after: &'a Seen,
}

impl Run<'_> {
    /// Compares.
    pub(crate) fn judge(&self) -> Verdict {
        let mut verdict = Verdict::default();
        self.what_was_there(&mut verdict);
        self.opened_again(&mut verdict);
        self.new_fillings(&mut verdict);
        self.joined(&mut verdict);
        self.deleted(&mut verdict);
        // What was half before was told then.
        let before = halves(self.before);
        verdict.half.extend(halves(self.after).into_iter().filter(|words| !before.contains(words)));
        screens(self.after, &mut verdict);
        verdict
    }

    /// Its deletion may have gone through, told or not.
    fn gone(&self, survey: &str) -> bool {
        self.erases == Some(survey) && !self.after.surveys.iter().any(|row| row.id == survey)
    }

    fn what_was_there(&self, verdict: &mut Verdict) {
        let (before, after) = (self.before, self.after);
        let mut miss = |survey: &str, words: String| {
            if self.erases == Some(survey) {
                verdict.half.push(format!("deleting {survey}: {words}"));
            } else {
                verdict.lost.push(words);
            }
        };
        for row in before.surveys.iter().filter(|row| self.erases != Some(&row.id)) {
            if !after.surveys.iter().any(|other| other.id == row.id) {
                miss("", format!("survey {} is gone", row.id));
            }
        }
        for row in before.responses.iter().filter(|row| !self.gone(&row.survey)) {
            if after.response(&row.id).is_none_or(|other| other.text != row.text) {
                miss(&row.survey, format!("response {} of {} is gone or another", row.id, row.survey));
            }
        }
        for row in before.drafts.iter().filter(|row| !self.gone(&row.survey)) {
            let journal = before.journal_of(&row.id);
            if after.draft(&row.id).is_some() {
                if !after.journal_of(&row.id).starts_with(&journal) {
                    miss(&row.survey, format!("the journal of draft {} does not begin as before", row.id));
                }
            } else if let Some(response) = after.response(&row.id) {
                let answers = answers_of(response);
                for (path, values) in before.last_of(&row.id) {
                    if answers.get(&path) != Some(&values) {
                        miss(&row.survey, format!("{path} of draft {} is not in its response", row.id));
                    }
                }
            } else {
                miss(&row.survey, format!("draft {} is gone", row.id));
            }
        }
        let aside = after.quarantine.len().saturating_sub(before.quarantine.len());
        verdict.lost.extend((0..aside).map(|_| "something was damaged".to_owned()));
    }

    fn opened_again(&self, verdict: &mut Verdict) {
        for told in self.log.iter().filter(|told| told.kind == "resumed") {
            let Some(draft) = &told.draft else { continue };
            let last = self.before.last_of(draft);
            for (path, values) in &told.shown {
                if last.get(path).is_some_and(|kept| *kept != sorted(values)) {
                    verdict
                        .lost
                        .push(format!("draft {draft} shows {values:?} at {path}, not {:?}", last.get(path)));
                }
            }
        }
        for (draft, given) in saved(self.log, true) {
            verdict.acknowledged += given.len();
            let kept = Kept::of(self.after, &draft);
            verdict.lost.extend(kept.missing(&given).map(|(path, values)| {
                format!("{values:?} at {path} of draft {draft} was saved and is not there")
            }));
        }
        for told in self.log.iter().filter(|told| told.kind == "done") {
            let Some(draft) = &told.draft else { continue };
            verdict.acknowledged += 1;
            match self.after.response(draft) {
                None => verdict.lost.push(format!("draft {draft} was finished and there is no response")),
                Some(response) => {
                    let answers = answers_of(response);
                    verdict.lost.extend(
                        differing(&answers, &told.answers)
                            .map(|path| format!("{path} of response {draft} is not what was handed in")),
                    );
                }
            }
        }
    }

    /// Those that began in this run: nobody knows their ids, so they are found by what is in them.
    fn new_fillings(&self, verdict: &mut Verdict) {
        let (before, after) = (self.before, self.after);
        let new = |rows: &[Row], id: &str| rows.iter().all(|row| row.id != id);
        let joined: BTreeSet<&str> =
            self.joins.iter().flat_map(|bundle| &bundle.responses).map(|(id, _)| id.as_str()).collect();
        let mut found: Vec<&Row> = after
            .responses
            .iter()
            .filter(|row| new(&before.responses, &row.id) && new(&before.drafts, &row.id))
            .filter(|row| !joined.contains(row.id.as_str()))
            .chain(after.drafts.iter().filter(|row| new(&before.drafts, &row.id)))
            .collect();
        let all_saved = saved(self.log, false);
        let of_mark = |kind: &str, mark: &str| {
            self.log.iter().find(|told| told.kind == kind && told.draft.is_none() && told.mark == mark)
        };
        let mut begun: Vec<(&Told, Vec<Given>, Option<&Told>)> = self
            .log
            .iter()
            .filter(|told| told.kind == "begins")
            .map(|told| {
                let given = all_saved.get(&told.mark).cloned().unwrap_or_default();
                (told, given, of_mark("done", &told.mark))
            })
            .collect();
        // Of which least is known last: its first letters are those of others too.
        begun.sort_by_key(|(_, given, done)| std::cmp::Reverse((done.is_some(), given.len())));
        for (begun, given, done) in begun {
            verdict.acknowledged += given.len() + usize::from(done.is_some());
            if given.is_empty() && done.is_none() {
                continue;
            }
            let missing = |row: &Row| {
                let unfinished = done.is_some_and(|done| {
                    after
                        .response(&row.id)
                        .is_none_or(|row| differing(&answers_of(row), &done.answers).next().is_some())
                });
                Kept::of(after, &row.id).missing(&given).count() + usize::from(unfinished)
            };
            let candidates = found.iter().enumerate().filter(|(_, row)| row.survey == begun.survey);
            let best = candidates.map(|(at, row)| (missing(row), at)).min();
            let words = |number| {
                format!("{number} of what filling {} of {} was told is not there", begun.mark, begun.survey)
            };
            match best {
                None => {
                    let all = given.len() + usize::from(done.is_some());
                    verdict.lost.extend((0..all).map(|_| words(all)));
                }
                Some((number, at)) => {
                    verdict.lost.extend((0..number).map(|_| words(number)));
                    found.remove(at);
                }
            }
        }
    }

    fn joined(&self, verdict: &mut Verdict) {
        let Some(bundle) = self.joins else { return };
        let here =
            |(id, text): &&(String, String)| self.after.response(id).is_some_and(|row| row.text == *text);
        let first = bundle.responses.iter().take_while(here).count();
        let count = bundle.responses.iter().filter(here).count();
        let of = bundle.responses.len();
        if self.log.iter().any(|told| told.kind == "joined") {
            verdict.acknowledged += 1;
            if count < of || !self.after.surveys.iter().any(|row| row.id == bundle.survey) {
                verdict
                    .lost
                    .push(format!("{} was joined and {count} of {of} responses are there", bundle.survey));
            }
        } else if first != count || (count < of && !count.is_multiple_of(BATCH)) {
            verdict
                .half
                .push(format!("{count} of {of} responses of {} are there: half a batch", bundle.survey));
        }
    }

    fn deleted(&self, verdict: &mut Verdict) {
        let Some(survey) = self.erases else { return };
        let told = |kind: &str| self.log.iter().any(|told| told.kind == kind);
        let here = self.after.surveys.iter().any(|row| row.id == survey);
        if told("closed") {
            verdict.acknowledged += 1;
            if self.after.is_open(survey) {
                verdict.lost.push(format!("{survey} was closed and is open"));
            }
        }
        if told("erased") {
            verdict.acknowledged += 1;
            if here || self.after.remains_of(survey) > 0 {
                verdict.lost.push(format!("{survey} was deleted and something of it is there"));
            }
        }
    }
}

/// What is kept of a filling, draft or response.
enum Kept {
    Journal(Vec<Given>),
    Response(Answers),
    Nothing,
}

impl Kept {
    fn of(seen: &Seen, id: &str) -> Kept {
        if let Some(response) = seen.response(id) {
            return Kept::Response(answers_of(response));
        }
        seen.draft(id).map_or(Kept::Nothing, |_| Kept::Journal(seen.entries_of(id)))
    }

    /// What was said to be saved and is not among it. In a response stands only the last answer to each question.
    fn missing<'a>(&'a self, given: &'a [Given]) -> impl Iterator<Item = &'a Given> {
        given
            .iter()
            .enumerate()
            .filter(|(at, (path, values))| match self {
                Kept::Nothing => true,
                Kept::Journal(entries) => !entries.contains(&(path.clone(), sorted(values))),
                Kept::Response(answers) => {
                    let again = given.iter().skip(at + 1).any(|(other, _)| other == path);
                    !again && answers.get(path).is_none_or(|kept| !grew(values, kept))
                }
            })
            .map(|(_, given)| given)
    }
}

/// The same, or what had been typed further when it was handed in, or chosen beside it.
fn grew(values: &[String], kept: &[String]) -> bool {
    match (values, kept) {
        ([value], [kept]) => kept.starts_with(value.as_str()),
        _ => values.iter().all(|value| kept.contains(value)),
    }
}

fn differing<'a>(answers: &'a Answers, given: &'a [Given]) -> impl Iterator<Item = &'a str> {
    let differs = |(path, values): &&Given| answers.get(path) != Some(&sorted(values));
    given.iter().filter(differs).map(|(path, _)| path.as_str())
}

/// What no moment of the store may show.
fn halves(seen: &Seen) -> Vec<String> {
    let mut half = Vec::new();
    let drafts: BTreeSet<&str> = seen.drafts.iter().map(|row| row.id.as_str()).collect();
    for row in &seen.responses {
        if drafts.contains(row.id.as_str()) {
            half.push(format!("{} is a draft and a response", row.id));
        }
    }
    let journals: BTreeSet<&str> = seen.journal.iter().map(|noted| noted.draft.as_str()).collect();
    for draft in journals.difference(&drafts) {
        half.push(format!("there is a journal and no draft {draft}"));
    }
    for draft in drafts.difference(&journals) {
        half.push(format!("draft {draft} has no journal"));
    }
    let surveys: BTreeSet<&str> = seen.surveys.iter().map(|row| row.id.as_str()).collect();
    let rows = seen.drafts.iter().chain(&seen.responses).map(|row| row.survey.as_str());
    let others = seen.columns.iter().chain(&seen.codings).map(String::as_str);
    let named: BTreeSet<&str> = rows.chain(others).collect();
    for survey in named.difference(&surveys) {
        half.push(format!("survey {survey} is gone and {} things of it are not", seen.remains_of(survey)));
    }
    for id in &surveys {
        let form = seen.survey(id).map(|survey| (survey.form.id, survey.form.version));
        if form.is_none_or(|form| !seen.forms.contains(&form)) {
            half.push(format!("survey {id} cannot be read or has no form"));
        }
    }
    half
}

/// The app's own screens say what the store holds.
fn screens(seen: &Seen, verdict: &mut Verdict) {
    let shown: BTreeSet<&str> = seen.shown.iter().map(String::as_str).collect();
    let open = seen.drafts.iter().filter(|draft| seen.is_open(&draft.survey));
    let kept: BTreeSet<&str> = open.map(|row| row.id.as_str()).collect();
    if shown != kept {
        verdict.lost.push(format!("the start offers the drafts {shown:?} and there are {kept:?}"));
    }
    for (survey, finished, drafts) in seen.desk.iter().flatten() {
        let of = |rows: &[Row]| rows.iter().filter(|row| row.survey == *survey).count();
        let there = (of(&seen.responses), of(&seen.drafts));
        if (*finished, *drafts) != there {
            verdict.lost.push(format!(
                "the desk counts {finished} and {drafts} of {survey}, and there are {there:?}"
            ));
        }
    }
}
