//! What the person does in a run, and when the browser is killed: all of it drawn from the run's dice and from what is there.

use serde::Serialize;

use crate::compare::Seen;
use crate::form::{Bundle, OWN};
use crate::people::Dice;

/// The survey that comes with the program.
pub(crate) const VISIT: &str = "pinellas_panama_exchange";

/// What the person does, one after the other. `tests/crash/person.js` knows how.
#[derive(Serialize, Clone)]
#[serde(tag = "act", rename_all = "lowercase")]
pub(crate) enum Act {
    /// A new filling, to the end or until `stop` questions have been answered.
    Fill { survey: String, mark: String, stop: Option<usize> },
    /// A draft is opened again.
    Resume { draft: String, mark: String, stop: Option<usize> },
    /// A file is joined at the desk.
    Join { survey: String, text: String },
    /// The summary of a survey is opened at the desk, for which a worker keeps its responses as columns.
    Count { survey: String },
    /// A survey is closed and deleted at the desk.
    Erase { survey: String },
}

/// When the browser is killed.
#[derive(Clone, Debug)]
pub(crate) enum Kill {
    /// So many milliseconds after the person began.
    After(u64),
    /// So many milliseconds after the page told this for the `nth` time.
    On { kind: &'static str, nth: usize, after: u64 },
}

/// One run.
#[derive(Clone)]
pub(crate) struct Plan {
    /// For the person's own dice.
    pub(crate) seed: u32,
    /// What is done.
    pub(crate) acts: Vec<Act>,
    /// When it ends.
    pub(crate) kill: Kill,
}

impl Plan {
    /// Draws a run. `bundles`: every file made so far for this profile; a new one is added.
    pub(crate) fn draw(run: usize, dice: &mut Dice, seen: &Seen, bundles: &mut Vec<Bundle>) -> Plan {
        let seed = dice.roll(1 << 30) as u32;
        let own: Vec<&str> =
            seen.surveys.iter().map(|row| row.id.as_str()).filter(|id| id.starts_with(OWN)).collect();
        let open: Vec<&str> = own.iter().copied().filter(|id| seen.is_open(id)).collect();
        // The desk deletes no closed survey that nobody has answered.
        let answered: Vec<&str> = own.iter().copied().filter(|id| seen.remains_of(id) > 0).collect();
        let drafts: Vec<&str> = seen
            .drafts
            .iter()
            .filter(|draft| seen.is_open(&draft.survey))
            .map(|draft| draft.id.as_str())
            .collect();
        let pick =
            |from: &[&str], dice: &mut Dice| from.get(dice.roll(from.len())).map(|one| (*one).to_owned());
        let mark = |number: usize| format!("r{run}n{number}");
        let stop = |dice: &mut Dice| dice.chance(50).then(|| 1 + dice.roll(8));

        let mut erased = None;
        let (main, kill) = match dice.roll(100) {
            chance if chance < 16 || (open.is_empty() && chance < 50) => {
                let again = dice.chance(40).then(|| bundles.get(dice.roll(bundles.len())).cloned()).flatten();
                let bundle = again.unwrap_or_else(|| {
                    let responses = if dice.chance(35) { 400 + dice.roll(900) } else { 1 + dice.roll(60) };
                    let bundle = Bundle::draw(&format!("{OWN}{run}"), responses, dice);
                    bundles.push(bundle.clone());
                    bundle
                });
                (Act::Join { survey: bundle.survey, text: bundle.text }, of_desk("chooses", "joined", dice))
            }
            chance if chance < 34 && !answered.is_empty() => {
                erased = pick(&answered, dice);
                (Act::Erase { survey: erased.clone().unwrap_or_default() }, of_desk("erases", "erased", dice))
            }
            chance if chance < 40 && !open.is_empty() => (
                Act::Count { survey: pick(&open, dice).unwrap_or_default() },
                of_desk("counts", "counted", dice),
            ),
            chance if chance < 60 && !drafts.is_empty() => {
                let draft = pick(&drafts, dice).unwrap_or_default();
                (Act::Resume { draft, mark: mark(0), stop: stop(dice) }, of_filling(dice))
            }
            chance if chance < 78 && !open.is_empty() => {
                let survey = pick(&open, dice).unwrap_or_default();
                (Act::Fill { survey, mark: mark(0), stop: stop(dice) }, of_filling(dice))
            }
            _ => {
                let stop = Some(3 + dice.roll(25));
                (Act::Fill { survey: VISIT.to_owned(), mark: mark(0), stop }, of_filling(dice))
            }
        };
        let mut acts = vec![main];
        // Whatever comes after it is finished, so that at most one new filling of a run is not.
        let others: Vec<&str> = open.into_iter().filter(|id| Some(*id) != erased.as_deref()).collect();
        for number in 1..4 {
            if let Some(survey) = pick(&others, dice) {
                acts.push(Act::Fill { survey, mark: mark(number), stop: None });
            }
        }
        Plan { seed, acts, kill }
    }

    /// The survey that is deleted in this run, if one is.
    pub(crate) fn erases(&self) -> Option<&str> {
        self.acts.iter().find_map(|act| match act {
            Act::Erase { survey } => Some(survey.as_str()),
            _ => None,
        })
    }

    /// In a few words, for whoever reads of a loss.
    pub(crate) fn words(&self) -> String {
        let act = |act: &Act| match act {
            Act::Fill { survey, stop, .. } => format!("fill {survey} stop {stop:?}"),
            Act::Resume { draft, stop, .. } => format!("resume {draft} stop {stop:?}"),
            Act::Join { survey, .. } => format!("join {survey}"),
            Act::Count { survey } => format!("count {survey}"),
            Act::Erase { survey } => format!("erase {survey}"),
        };
        let acts: Vec<String> = self.acts.iter().map(act).collect();
        format!("{}; killed {:?}", acts.join(", "), self.kill)
    }
}

fn of_desk(begun: &'static str, told: &'static str, dice: &mut Dice) -> Kill {
    match dice.roll(100) {
        0..50 => Kill::On { kind: begun, nth: 1, after: dice.roll(60) as u64 },
        50..80 => Kill::On { kind: told, nth: 1, after: dice.roll(8) as u64 },
        _ => Kill::After(dice.roll(2500) as u64),
    }
}

fn of_filling(dice: &mut Dice) -> Kill {
    match dice.roll(100) {
        0..35 => Kill::On { kind: "saved", nth: 1 + dice.roll(8), after: dice.roll(12) as u64 },
        35..65 => Kill::On { kind: "finishes", nth: 1 + dice.roll(2), after: dice.roll(40) as u64 },
        65..77 => Kill::On { kind: "done", nth: 1 + dice.roll(2), after: dice.roll(8) as u64 },
        _ => Kill::After(dice.roll(3000) as u64),
    }
}
