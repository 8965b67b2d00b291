//! What the page told before it was killed, by way of the test's own server.

use std::collections::BTreeMap;

use serde::Deserialize;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::server::Server;

/// An answer: its path and values.
pub(crate) type Given = (String, Vec<String>);

/// One thing that the page told. Which members it has hangs on the kind.
#[derive(Deserialize, Clone, Debug, Default)]
#[serde(default)]
pub(crate) struct Told {
    /// Its place among all that this page told.
    pub(crate) n: usize,
    /// `begins` `saved` `finishes` `done` `resumed` `chooses` `joined` `refused` `closed` `erases` `erased` `idle` `stuck`.
    pub(crate) kind: String,
    /// Which filling, as the plan calls it.
    pub(crate) mark: String,
    /// Which draft, where one was opened again.
    pub(crate) draft: Option<String>,
    /// Which survey.
    pub(crate) survey: String,
    /// What is said to be saved, or was handed in.
    pub(crate) answers: Vec<Given>,
    /// What stands in the fields of a page that was opened again.
    pub(crate) shown: Vec<Given>,
    /// In the page's own words.
    pub(crate) words: String,
    /// The screen where it stopped.
    pub(crate) screen: String,
    /// Its text.
    pub(crate) text: String,
}

/// Hears what pages tell.
pub(crate) struct Listener(UnboundedReceiver<Vec<u8>>);

impl Listener {
    /// Of the pages of one site.
    pub(crate) fn of(server: &Server) -> Listener {
        let (sender, told) = unbounded_channel();
        server.pass_on(sender);
        Listener(told)
    }

    /// The next thing told.
    pub(crate) async fn next(&mut self) -> Option<Told> {
        loop {
            if let Ok(told) = serde_json::from_slice(&self.0.recv().await?) {
                return Some(told);
            }
        }
    }

    /// What has come and nobody has taken yet.
    pub(crate) fn rest(&mut self) -> Vec<Told> {
        std::iter::from_fn(|| self.0.try_recv().ok())
            .filter_map(|told| serde_json::from_slice(&told).ok())
            .collect()
    }
}

/// What was said to be saved, filling by filling: by draft where one was opened again, else by mark.
pub(crate) fn saved(log: &[Told], of_draft: bool) -> BTreeMap<String, Vec<Given>> {
    let mut all: BTreeMap<String, Vec<Given>> = BTreeMap::new();
    for told in log.iter().filter(|told| told.kind == "saved" && told.draft.is_some() == of_draft) {
        let filling = told.draft.clone().unwrap_or_else(|| told.mark.clone());
        all.entry(filling).or_default().extend(told.answers.iter().cloned());
    }
    all
}
