//! What a store holds, row by row and byte for byte, and what no moment may show.

use std::collections::{BTreeMap, BTreeSet};

use sondeo::response::ResponseId;
use sondeo::response::wire::{draft_to_json, entry_to_json, response_to_json};
use sondeo::share::seal::recipient_in;
use sondeo::store::ResponseStore;
use sondeo::store::wire::copy_to_json;
use sondeo::survey::wire::{form_to_json, to_json};

/// The surveys that any scene knows; rows of one that is not there would show.
pub(crate) const SURVEYS: [&str; 4] = ["a", "b", "quick", "quick_2"];

/// By kind and name, what lies there.
pub(crate) type Rows = BTreeMap<(&'static str, String), String>;

/// Every row there is. Of keys only whose they are: each is made of new randomness.
pub(crate) async fn rows(store: &impl ResponseStore) -> Rows {
    let mut rows = Rows::new();
    for survey in store.surveys().await.unwrap() {
        if let Some(form) = store.form(&survey.form).await.unwrap() {
            rows.insert(("form", format!("{:?}", survey.form)), form_to_json(&form));
        }
        rows.insert(("survey", survey.id.clone()), to_json(&survey));
    }
    for survey in SURVEYS {
        let of = |what: &str| format!("{survey} {what}");
        for draft in store.drafts(survey).await.unwrap() {
            let whole = store.draft(draft.id).await.unwrap().unwrap();
            let id = draft.id.to_text();
            rows.insert(("draft", of(&id)), draft_to_json(&draft));
            for (n, entry) in whole.journal.iter().enumerate() {
                rows.insert(("entry", of(&format!("{id} {n:04}"))), entry_to_json(entry));
            }
        }
        let mut after = 0;
        loop {
            let page = store.responses(survey, after, 1000).await.unwrap();
            let Some(last) = page.last() else { break };
            after = last.arrival;
            for arrived in &page {
                let id = arrived.response.id.to_text();
                let text = format!("{} {}", arrived.arrival, response_to_json(&arrived.response));
                let kind = if arrived.response.example { "example" } else { "response" };
                assert_eq!(rows.insert((kind, of(&id)), text), None, "twice under one id");
            }
        }
        for response in store.aside(survey).await.unwrap() {
            let text = response_to_json(&response);
            rows.insert(("aside", of(&text)), text);
        }
        for sealed in store.sealed(survey).await.unwrap() {
            rows.insert(("sealed", of(&sealed.id.to_text())), format!("{sealed:?}"));
        }
        if let Some(key) = store.key(survey).await.unwrap() {
            rows.insert(("key", of("")), recipient_in(&key).unwrap_or(key));
        }
        if let Some(coding) = store.coding(survey).await.unwrap() {
            rows.insert(("coding", of("")), coding);
        }
        for copy in store.copies(survey).await.unwrap() {
            rows.insert(("copy", of(&copy.sum)), copy_to_json(&copy));
        }
        for block in store.blocks(survey, 0, 1000).await.unwrap() {
            rows.insert(("block", of(&block.after.to_string())), format!("{} {:?}", block.upto, block.bytes));
        }
    }
    rows
}

/// What stands there half done, in words; nothing at any moment.
pub(crate) fn half_done(rows: &Rows) -> Vec<String> {
    let mut wrong = Vec::new();
    let of_kind = |kind: &'static str| rows.iter().filter(move |((of, _), _)| *of == kind);
    let names =
        |kind: &'static str| of_kind(kind).map(|((_, name), _)| name.clone()).collect::<BTreeSet<String>>();
    let surveys = names("survey");
    for (kind, name) in rows.keys().filter(|(kind, _)| !matches!(*kind, "survey" | "form")) {
        let survey = name.split(' ').next().unwrap_or_default();
        if !surveys.contains(survey) {
            wrong.push(format!("{kind} {name} without its survey"));
        }
    }
    for (_, text) in of_kind("survey") {
        let survey = sondeo::survey::wire::from_json(text).unwrap();
        if !rows.contains_key(&("form", format!("{:?}", survey.form))) {
            wrong.push(format!("survey {} without its form", survey.id));
        }
        let here = rows.get(&("key", format!("{} ", survey.id)));
        if let (Some(seal), Some(here)) = (&survey.seal, here)
            && *here != seal.recipient
        {
            wrong.push(format!("survey {} seals to another key than the one kept", survey.id));
        }
    }
    let finished: BTreeSet<String> = names("response").union(&names("example")).cloned().collect();
    for (kind, others) in [("draft", names("draft")), ("sealed", names("sealed"))] {
        wrong.extend(finished.intersection(&others).map(|name| format!("{name} is a response and {kind}")));
    }
    for name in names("entry") {
        let draft = name.rsplit_once(' ').map(|(draft, _)| draft.to_owned()).unwrap_or_default();
        if !names("draft").contains(&draft) {
            wrong.push(format!("an entry of {draft}, which is no draft"));
        }
    }
    for survey in &surveys {
        let of_survey =
            |kind: &'static str| names(kind).iter().any(|name| name.starts_with(&format!("{survey} ")));
        if of_survey("example") && (of_survey("response") || of_survey("sealed")) {
            wrong.push(format!("{survey} has examples among people"));
        }
    }
    // Marks of themes name responses: those of somebody who is gone would tell that they were here.
    for ((_, name), coding) in of_kind("coding") {
        let survey = name.trim_end();
        for id in ids_in(coding) {
            if !finished.contains(&format!("{survey} {id}")) {
                wrong.push(format!("{survey} has a mark of {id}, which is not there"));
            }
        }
    }
    wrong
}

fn ids_in(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    words.filter_map(ResponseId::from_text).map(|id| id.to_text()).collect()
}

/// Where `now` is neither `before` nor `after` nor on the way from one to the other, in words.
pub(crate) fn off_the_way(before: &Rows, now: &Rows, after: &Rows) -> Vec<String> {
    let mut wrong = Vec::new();
    if now == before || now == after {
        return wrong;
    }
    let keys: BTreeSet<_> = before.keys().chain(now.keys()).chain(after.keys()).collect();
    for key in keys {
        let (was, is, will) = (before.get(key), now.get(key), after.get(key));
        // What is computed of responses may go at any time.
        if is != was && is != will && !(key.0 == "block" && is.is_none()) {
            let short = |text: Option<&String>| text.map(|text| text.chars().take(120).collect::<String>());
            wrong.push(format!(
                "{key:?}: {:?} was, {:?} is, {:?} will be",
                short(was),
                short(is),
                short(will)
            ));
        }
    }
    wrong
}
