use crate::form::Date;

/// What a survey is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// An exchange visit, evaluated with the post-visit form.
    Event(Event),
    /// A neighborhood study with the community safety survey.
    Study(Study),
    /// Whatever a facilitator's own form asks about.
    Own(Own),
}

/// A survey with a form of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The name people see.
    pub name: Bilingual,
    /// The wave, from 1.
    pub wave: u32,
}

/// A short text in the two languages of the program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bilingual {
    /// Spanish.
    pub es: String,
    /// English.
    pub en: String,
}

/// A value with its name for people: a site, a topic, a delegation, a district.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Named {
    /// The stored value: letters, digits and `_`, begins with a letter.
    pub value: String,
    /// What people read.
    pub label: Bilingual,
}

/// An exchange visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The id.
    pub id: String,
    /// The name people see.
    pub name: Bilingual,
    /// The programme it belongs to.
    pub programme: String,
    /// Who receives.
    pub host: Bilingual,
    /// First day, when known.
    pub start: Option<Date>,
    /// Last day, when known.
    pub end: Option<Date>,
    /// People invited to answer.
    pub expected: u32,
    /// Which questionnaire is due.
    pub wave: EventWave,
    /// Whether a follow-up is planned (asks for a code that links the two).
    pub follow_up: bool,
    /// Whether to ask about the Municipal Crime Prevention Committee.
    pub committee: bool,
    /// Delegations, shown in large groups only.
    pub delegations: Vec<Named>,
    /// Sites visited.
    pub sites: Vec<Named>,
    /// Topics covered.
    pub topics: Vec<Named>,
}

/// Which of an event's two questionnaires is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventWave {
    /// Right after the visit.
    Post,
    /// Months later.
    FollowUp,
}

impl EventWave {
    /// The value that the form compares with.
    pub fn as_str(self) -> &'static str {
        match self {
            EventWave::Post => "post",
            EventWave::FollowUp => "followup",
        }
    }
}

/// A neighborhood study.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// The id.
    pub id: String,
    /// The name people see.
    pub name: Bilingual,
    /// Who runs it, with its article (`el Comité`, `the Committee`), as sentences need it.
    pub sponsor: Bilingual,
    /// The police force asked about, with its article.
    pub police: Bilingual,
    /// The committee asked about, with its article.
    pub committee: Bilingual,
    /// Length of the reference period, in months.
    pub months: u32,
    /// Whether to ask about sexual violence (not where interviewers live in the same area).
    pub sensitive: bool,
    /// The wave, from 1.
    pub wave: u32,
    /// Districts.
    pub districts: Vec<Named>,
    /// Areas, each in a district: the smallest unit reported.
    pub areas: Vec<Area>,
    /// Numbers that people in distress can call, the emergency number first.
    pub helplines: Vec<Helpline>,
}

/// An area of a district.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Area {
    /// The stored value and its name.
    pub named: Named,
    /// The district's value.
    pub district: String,
}

/// A number to call for help.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Helpline {
    /// Whose number it is; what stands in parentheses at the end is told after the number.
    pub name: Bilingual,
    /// The number, as dialled.
    pub number: String,
    /// A facilitator has called it and it answered.
    pub confirmed: bool,
}
