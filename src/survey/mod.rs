//! What a facilitator runs: a form, the event or study it is about, waves, sampling design and privacy rules.
//! Read [`Survey`] first. Never answers, a clock or a screen.

mod next;
mod sheet;
mod sheet_weights;
mod subject;
mod value;
mod weighting;
pub mod wire;

pub use sheet::{Field, LEAST_MINIMUM_CELL, List, Mistake, MistakeKind, Part, Sheet, Side, Tick};
pub use sheet_weights::{TypedMargin, WeightsSheet};

pub use subject::{Area, Bilingual, Event, EventWave, Helpline, Named, Own, Study, Subject};
pub use value::value_for;
pub use weighting::{Margin, Weighting, WeightingPlan};

use crate::response::FormReference;

/// A form being run.
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    /// The id: the same on every device that collects for this survey.
    pub id: String,
    /// The form in use; fixed when the survey is first opened.
    pub form: FormReference,
    /// What it is about.
    pub subject: Subject,
    /// How respondents come to be asked. Required: it decides what may be claimed.
    pub design: SamplingDesign,
    /// How many people are invited, or live in the population asked about; `None`: not known.
    pub expected: Option<u32>,
    /// Groups smaller than this are never shown; at least 5.
    pub minimum_cell: u32,
    /// How answers are weighted.
    pub weighting: Weighting,
    /// For how many days after it was finished a response is wanted on a device that collects; `None`: for as long as it lasts.
    /// What is over is offered for deletion once it is known to be elsewhere, and never goes by itself.
    pub retention: Option<u32>,
    /// Where it stands.
    pub state: SurveyState,
    /// Holds responses that the program made up, and says so everywhere.
    pub example: bool,
    /// What people answer is sealed before it is kept; `None`: it is not. Made before anybody has answered.
    pub seal: Option<Seal>,
}

/// Who alone can read what people answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The public key that responses are sealed to: an age recipient, `age1...`.
    pub recipient: String,
    /// Somebody has confirmed that the recovery page is kept where it will be found.
    pub recovery_kept: bool,
}

/// How respondents come to be asked, which decides what a summary may claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SamplingDesign {
    /// Everybody was invited.
    Census,
    /// Chosen at random with known chances.
    Probability,
    /// Whoever wanted to.
    Convenience,
}

/// Where a survey stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurveyState {
    /// Being prepared: nobody can answer yet.
    Setup,
    /// People can answer.
    Open,
    /// No more answers; the summary counts everybody.
    Closed,
}

impl Survey {
    /// The wave that responses started now belong to.
    pub fn wave(&self) -> String {
        match &self.subject {
            Subject::Event(event) => event.wave.as_str().to_owned(),
            Subject::Study(study) => study.wave.to_string(),
            Subject::Own(own) => own.wave.to_string(),
        }
    }

    /// The survey's name in both languages.
    pub fn name(&self) -> &Bilingual {
        match &self.subject {
            Subject::Event(event) => &event.name,
            Subject::Study(study) => &study.name,
            Subject::Own(own) => &own.name,
        }
    }

    /// What still keeps it from being opened; empty when it can be.
    pub fn obstacles(&self) -> Vec<Obstacle> {
        let mut obstacles = Vec::new();
        match &self.subject {
            Subject::Event(event) => {
                if event.sites.is_empty() {
                    obstacles.push(Obstacle::NoSites);
                }
                if event.topics.is_empty() {
                    obstacles.push(Obstacle::NoTopics);
                }
            }
            Subject::Study(study) => {
                if study.areas.is_empty() || study.districts.is_empty() {
                    obstacles.push(Obstacle::NoAreas);
                }
                if study.helplines.is_empty() {
                    obstacles.push(Obstacle::NoHelplines);
                }
                obstacles.extend(
                    study
                        .helplines
                        .iter()
                        .filter(|line| !line.confirmed)
                        .map(|line| Obstacle::HelplineToConfirm(line.number.clone())),
                );
            }
            Subject::Own(_) => {}
        }
        let name = self.name();
        // A form of one's own may speak one language only.
        let lacks = match &self.subject {
            Subject::Own(_) => name.es.trim().is_empty() && name.en.trim().is_empty(),
            Subject::Event(_) | Subject::Study(_) => name.es.trim().is_empty() || name.en.trim().is_empty(),
        };
        if lacks {
            obstacles.push(Obstacle::NoName);
        }
        if self.seal.as_ref().is_some_and(|seal| !seal.recovery_kept) {
            obstacles.push(Obstacle::NoRecovery);
        }
        obstacles
    }
}

/// Why a survey cannot be opened yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// The name is missing in a language.
    NoName,
    /// An event without sites.
    NoSites,
    /// An event without topics.
    NoTopics,
    /// A study without districts or areas.
    NoAreas,
    /// Nobody has said how respondents come to be asked. Only a survey that is not kept yet can lack it.
    NoDesign,
    /// A study without a helpline.
    NoHelplines,
    /// Nobody has called this number yet to see that it answers.
    HelplineToConfirm(String),
    /// Responses are to be sealed, and nobody has confirmed that the recovery page is kept.
    NoRecovery,
}
