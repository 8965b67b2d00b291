use std::collections::{BTreeMap, BTreeSet};

use super::sheet_weights::WeightsSheet;
use super::{
    Area, Bilingual, Event, EventWave, Helpline, Named, Obstacle, SamplingDesign, Study, Subject, Survey,
    Weighting, WeightingPlan, value_for,
};
use crate::form::Date;

/// The smallest number that [`Survey::minimum_cell`] may have.
pub const LEAST_MINIMUM_CELL: u32 = 5;
/// The largest number that [`Survey::retention`] may have: ten years.
const MOST_RETENTION: u32 = 3_650;

/// What a facilitator has typed about a survey, exactly as typed, so that a mistake loses nothing.
/// [`Sheet::read`] gives it its meaning. Fields that the subject does not have stay blank.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// How respondents come to be asked; `None` until somebody has said so.
    pub design: Option<SamplingDesign>,
    /// How answers are weighted.
    pub weights: WeightsSheet,
    texts: BTreeMap<Field, String>,
    ticks: BTreeSet<Tick>,
    rows: Vec<Row>,
    next_key: u32,
}

/// A text of a [`Sheet`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The survey's name.
    Name(Side),
    /// Who receives (event) or runs it (study).
    Host(Side),
    /// The programme of an event.
    Programme,
    /// First day of an event, ISO.
    Start,
    /// Last day of an event, ISO.
    End,
    /// People invited, or living in the population.
    Expected,
    /// Smallest group shown.
    MinimumCell,
    /// For how many days responses are wanted here.
    Retention,
    /// The police force, with its article.
    Police(Side),
    /// The committee.
    Committee(Side),
    /// Reference period.
    Months,
    /// How respondents come to be asked.
    Design,
    /// A number to weight to: positions of the question among those weighted to, and of the choice.
    Target(u32, u32),
    /// A part of a row, by the row's key.
    Row(u32, Part),
}

/// Spanish or English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Spanish.
    Es,
    /// English.
    En,
}

/// A part of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Its name.
    Label(Side),
    /// An area's district: the key of the district's row.
    District,
    /// A helpline's number.
    Number,
}

/// A yes or no of a [`Sheet`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tick {
    /// The questionnaire due is the follow-up.
    FollowUpWave,
    /// A follow-up is planned.
    FollowUp,
    /// Ask about the committee.
    Committee,
    /// Ask about sexual violence.
    Sensitive,
    /// This helpline (by row key) was called and answers.
    Confirmed(u32),
}

/// A list of a [`Sheet`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// Sites visited.
    Sites,
    /// Topics covered.
    Topics,
    /// Delegations.
    Delegations,
    /// Districts.
    Districts,
    /// Areas, each in a district.
    Areas,
    /// Numbers to call for help.
    Helplines,
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    list: List,
    key: u32,
    /// The stored value; empty until the row is first read.
    value: String,
}

/// Something typed that cannot be kept as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where.
    pub field: Field,
    /// What is wrong.
    pub kind: MistakeKind,
}

/// What can be wrong with a field of a [`Sheet`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MistakeKind {
    /// Nothing was typed where something is needed.
    Blank,
    /// Not a whole number between these two.
    NotBetween(u32, u32),
    /// Not a date.
    NotADate,
    /// The last day is before the first.
    EndsBeforeStart,
    /// Another row of the list has this name.
    SameName,
    /// An area without a district.
    NoDistrict,
    /// A number that no telephone can dial.
    NotANumberToDial,
    /// None of the sampling designs was chosen.
    NoDesign,
    /// Not a number above 0.
    NotAShare,
    /// Fewer than two groups of the population have a number.
    FewShares,
}

impl Sheet {
    /// A survey as a facilitator sees it before changing anything.
    pub fn of(survey: &Survey) -> Sheet {
        let mut sheet = Sheet {
            design: Some(survey.design),
            weights: WeightsSheet::of(&survey.weighting.plan()),
            texts: BTreeMap::new(),
            ticks: BTreeSet::new(),
            rows: Vec::new(),
            next_key: 1,
        };
        sheet.set_both(Field::Name, survey.name());
        sheet.set(Field::MinimumCell, survey.minimum_cell.to_string());
        sheet.set(Field::Retention, survey.retention.map(|days| days.to_string()).unwrap_or_default());
        match &survey.subject {
            Subject::Event(event) => sheet.take_event(event, survey),
            Subject::Study(study) => sheet.take_study(study, survey),
            Subject::Own(_) => sheet.take_population(survey),
        }
        sheet
    }

    /// A survey made from another: how its respondents come to be asked is for somebody to say.
    pub fn fresh(survey: &Survey) -> Sheet {
        Sheet { design: None, weights: WeightsSheet::default(), ..Sheet::of(survey) }
    }

    fn take_event(&mut self, event: &Event, survey: &Survey) {
        self.set_both(Field::Host, &event.host);
        self.set(Field::Programme, event.programme.clone());
        self.set(Field::Start, event.start.map(|date| date.to_string()).unwrap_or_default());
        self.set(Field::End, event.end.map(|date| date.to_string()).unwrap_or_default());
        let expected = survey.expected.unwrap_or(event.expected);
        self.set(Field::Expected, if expected == 0 { String::new() } else { expected.to_string() });
        self.tick(Tick::FollowUpWave, event.wave == EventWave::FollowUp);
        self.tick(Tick::FollowUp, event.follow_up);
        self.tick(Tick::Committee, event.committee);
        for (list, rows) in [
            (List::Delegations, &event.delegations),
            (List::Sites, &event.sites),
            (List::Topics, &event.topics),
        ] {
            for named in rows {
                self.take_row(list, named);
            }
        }
    }

    fn take_population(&mut self, survey: &Survey) {
        self.set(Field::Expected, survey.expected.map(|n| n.to_string()).unwrap_or_default());
    }

    fn take_study(&mut self, study: &Study, survey: &Survey) {
        self.set_both(Field::Host, &study.sponsor);
        self.set_both(Field::Police, &study.police);
        self.set_both(Field::Committee, &study.committee);
        self.set(Field::Months, study.months.to_string());
        self.take_population(survey);
        self.tick(Tick::Sensitive, study.sensitive);
        for named in &study.districts {
            self.take_row(List::Districts, named);
        }
        for area in &study.areas {
            let key = self.take_row(List::Areas, &area.named);
            let district = self
                .rows
                .iter()
                .find(|row| row.list == List::Districts && row.value == area.district)
                .map(|row| row.key.to_string());
            self.set(Field::Row(key, Part::District), district.unwrap_or_default());
        }
        for line in &study.helplines {
            let key = self.add(List::Helplines);
            self.set_both(|side| Field::Row(key, Part::Label(side)), &line.name);
            self.set(Field::Row(key, Part::Number), line.number.clone());
            self.tick(Tick::Confirmed(key), line.confirmed);
        }
    }

    fn take_row(&mut self, list: List, named: &Named) -> u32 {
        let key = self.add(list);
        if let Some(row) = self.rows.last_mut() {
            row.value.clone_from(&named.value);
        }
        self.set_both(|side| Field::Row(key, Part::Label(side)), &named.label);
        key
    }

    /// The text of a field, as typed.
    pub fn text(&self, field: Field) -> &str {
        self.texts.get(&field).map(String::as_str).unwrap_or_default()
    }

    /// Replaces the text of a field. A helpline with another number is no longer confirmed.
    pub fn set(&mut self, field: Field, text: String) {
        if let Field::Row(key, Part::Number) = field
            && self.text(field) != text
        {
            self.tick(Tick::Confirmed(key), false);
        }
        self.texts.insert(field, text);
    }

    fn set_both(&mut self, field: impl Fn(Side) -> Field, text: &Bilingual) {
        self.set(field(Side::Es), text.es.clone());
        self.set(field(Side::En), text.en.clone());
    }

    fn both(&self, field: impl Fn(Side) -> Field) -> Bilingual {
        let trimmed = |side| self.text(field(side)).trim().to_owned();
        Bilingual { es: trimmed(Side::Es), en: trimmed(Side::En) }
    }

    /// Whether a box is ticked.
    pub fn ticked(&self, tick: Tick) -> bool {
        self.ticks.contains(&tick)
    }

    /// Ticks a box or clears it.
    pub fn tick(&mut self, tick: Tick, on: bool) {
        if on {
            self.ticks.insert(tick);
        } else {
            self.ticks.remove(&tick);
        }
    }

    /// The keys of a list's rows, in order. A key is never used again for another row.
    pub fn keys(&self, list: List) -> Vec<u32> {
        self.rows.iter().filter(|row| row.list == list).map(|row| row.key).collect()
    }

    /// Adds a blank row at the end of a list and tells its key.
    pub fn add(&mut self, list: List) -> u32 {
        let key = self.next_key;
        self.next_key += 1;
        self.rows.push(Row { list, key, value: String::new() });
        key
    }

    /// Removes a row. Areas of a removed district are left without one.
    pub fn remove(&mut self, key: u32) {
        self.rows.retain(|row| row.key != key);
        self.texts.retain(|field, _| !matches!(field, Field::Row(of, _) if *of == key));
        self.ticks.remove(&Tick::Confirmed(key));
        let gone = key.to_string();
        for (field, text) in &mut self.texts {
            if matches!(field, Field::Row(_, Part::District)) && *text == gone {
                text.clear();
            }
        }
    }

    /// Moves a row one place up or down in its list; an area among those of its district.
    pub fn shift(&mut self, key: u32, down: bool) {
        let Some(position) = self.rows.iter().position(|row| row.key == key) else { return };
        let Some(list) = self.rows.get(position).map(|row| row.list) else { return };
        let district = |row: &Row| self.text(Field::Row(row.key, Part::District)).to_owned();
        let own = self.rows.get(position).map(district).unwrap_or_default();
        let same = |row: &Row| row.list == list && district(row) == own;
        let other = if down {
            self.rows.iter().skip(position + 1).position(same).map(|step| position + 1 + step)
        } else {
            self.rows.iter().take(position).rposition(same)
        };
        if let Some(other) = other {
            self.rows.swap(position, other);
        }
    }

    /// The keys of the areas of a district (by its key), in order; with 0 those of no district.
    pub fn areas_of(&self, district: u32) -> Vec<u32> {
        let of = |key: u32| self.district_of(key).map_or(0, |row| row.key);
        self.keys(List::Areas).into_iter().filter(|key| of(*key) == district).collect()
    }

    /// Gives each row that has no stored value yet one, for good: what is kept now keeps its value when renamed.
    pub fn settle(&mut self) {
        for list in [List::Sites, List::Topics, List::Delegations, List::Districts, List::Areas] {
            for (key, named) in self.named(list) {
                if let Some(row) = self.rows.iter_mut().find(|row| row.key == key) {
                    row.value = named.value;
                }
            }
        }
    }

    /// What keeps the sheet from being read, in the order of the screen; empty when [`Sheet::read`] gives a survey.
    /// A blank name is no mistake: it keeps the survey from being opened, not from being kept.
    pub fn mistakes(&self, subject: &Subject) -> Vec<Mistake> {
        let mut found = Vec::new();
        match subject {
            Subject::Event(_) => {
                self.check_days(&mut found);
                self.check_number(Field::Expected, 1, 100_000, true, &mut found);
            }
            Subject::Study(_) => {
                self.check_number(Field::Months, 1, 60, true, &mut found);
                self.check_number(Field::Expected, 1, 50_000_000, false, &mut found);
            }
            Subject::Own(_) => self.check_number(Field::Expected, 1, 50_000_000, false, &mut found),
        }
        if self.design.is_none() {
            found.push(Mistake { field: Field::Design, kind: MistakeKind::NoDesign });
        }
        self.check_number(Field::MinimumCell, LEAST_MINIMUM_CELL, 100, true, &mut found);
        if self.design != Some(SamplingDesign::Census) {
            self.weights.check(&mut found);
        }
        self.check_number(Field::Retention, 1, MOST_RETENTION, false, &mut found);
        for row in &self.rows {
            self.check_row(row, &mut found);
        }
        found
    }

    fn check_days(&self, found: &mut Vec<Mistake>) {
        for field in [Field::Start, Field::End] {
            if !self.text(field).trim().is_empty() && self.day(field).is_none() {
                found.push(Mistake { field, kind: MistakeKind::NotADate });
            }
        }
        if let (Some(start), Some(end)) = (self.day(Field::Start), self.day(Field::End))
            && end < start
        {
            found.push(Mistake { field: Field::End, kind: MistakeKind::EndsBeforeStart });
        }
    }

    fn check_number(&self, field: Field, least: u32, most: u32, needed: bool, found: &mut Vec<Mistake>) {
        if self.text(field).trim().is_empty() {
            if needed {
                found.push(Mistake { field, kind: MistakeKind::Blank });
            }
        } else if !self.number(field).is_some_and(|number| (least..=most).contains(&number)) {
            found.push(Mistake { field, kind: MistakeKind::NotBetween(least, most) });
        }
    }

    fn check_row(&self, row: &Row, found: &mut Vec<Mistake>) {
        for side in [Side::Es, Side::En] {
            let field = Field::Row(row.key, Part::Label(side));
            let label = self.text(field).trim().to_lowercase();
            let same = |other: &&Row| {
                other.list == row.list
                    && other.key < row.key
                    && self.text(Field::Row(other.key, Part::Label(side))).trim().to_lowercase() == label
                    && (row.list != List::Areas || self.district_of(other.key) == self.district_of(row.key))
            };
            if label.is_empty() {
                found.push(Mistake { field, kind: MistakeKind::Blank });
            } else if self.rows.iter().find(same).is_some() {
                found.push(Mistake { field, kind: MistakeKind::SameName });
            }
        }
        if row.list == List::Areas && self.district_of(row.key).is_none() {
            let field = Field::Row(row.key, Part::District);
            found.push(Mistake { field, kind: MistakeKind::NoDistrict });
        }
        if row.list == List::Helplines {
            let field = Field::Row(row.key, Part::Number);
            let number = self.text(field).trim();
            let dials = number.chars().any(|c| c.is_ascii_digit())
                && number.chars().all(|c| c.is_ascii_digit() || " +-()*#".contains(c));
            if number.is_empty() {
                found.push(Mistake { field, kind: MistakeKind::Blank });
            } else if !dials {
                found.push(Mistake { field, kind: MistakeKind::NotANumberToDial });
            }
        }
    }

    fn district_of(&self, area: u32) -> Option<&Row> {
        let key: u32 = self.text(Field::Row(area, Part::District)).parse().ok()?;
        self.rows.iter().find(|row| row.list == List::Districts && row.key == key)
    }

    fn day(&self, field: Field) -> Option<Date> {
        Date::parse(self.text(field).trim())
    }

    fn number(&self, field: Field) -> Option<u32> {
        let digits: String =
            self.text(field).chars().filter(|c| !matches!(c, ' ' | ',' | '\u{a0}')).collect();
        digits.parse().ok()
    }

    /// The survey with what was typed. `locked`: answers have been given, so that the questionnaire stays as it is and
    /// only what is not part of it changes (name, host, programme, dates, expected people, design, weights, minimum cell, retention).
    pub fn read(&self, survey: &Survey, locked: bool) -> Result<Survey, Vec<Mistake>> {
        let mistakes = self.mistakes(&survey.subject);
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let mut read = survey.clone();
        read.design = self.design.unwrap_or(read.design);
        read.weighting = self.weighting(read.design);
        read.expected = self.number(Field::Expected);
        read.minimum_cell = self.number(Field::MinimumCell).unwrap_or(LEAST_MINIMUM_CELL);
        read.retention = self.number(Field::Retention);
        match &mut read.subject {
            Subject::Event(event) => self.read_event(event, locked),
            Subject::Study(study) => self.read_study(study, locked),
            Subject::Own(own) => own.name = self.both(Field::Name),
        }
        Ok(read)
    }

    /// A census has nothing to weight, and only a random sample is drawn in strata and clusters.
    fn weighting(&self, design: SamplingDesign) -> Weighting {
        let mut plan = self.weights.plan();
        match design {
            SamplingDesign::Census => plan = WeightingPlan::default(),
            SamplingDesign::Convenience => (plan.strata, plan.clusters) = (None, None),
            SamplingDesign::Probability => {}
        }
        Weighting::of(&plan)
    }

    /// What would still keep the survey, as typed, from being opened; `None` while something else cannot be read.
    pub fn obstacles(&self, survey: &Survey, locked: bool) -> Option<Vec<Obstacle>> {
        if self.design.is_some() {
            return self.read(survey, locked).ok().map(|read| read.obstacles());
        }
        let chosen = Sheet { design: Some(survey.design), ..self.clone() };
        let mut obstacles = chosen.read(survey, locked).ok()?.obstacles();
        obstacles.push(Obstacle::NoDesign);
        Some(obstacles)
    }

    fn read_event(&self, event: &mut Event, locked: bool) {
        event.name = self.both(Field::Name);
        event.host = self.both(Field::Host);
        event.programme = self.text(Field::Programme).trim().to_owned();
        event.start = self.day(Field::Start);
        event.end = self.day(Field::End);
        if locked {
            return;
        }
        event.expected = self.number(Field::Expected).unwrap_or_default();
        event.wave = if self.ticked(Tick::FollowUpWave) { EventWave::FollowUp } else { EventWave::Post };
        event.follow_up = self.ticked(Tick::FollowUp);
        event.committee = self.ticked(Tick::Committee);
        event.delegations = self.named(List::Delegations).into_iter().map(|(_, named)| named).collect();
        event.sites = self.named(List::Sites).into_iter().map(|(_, named)| named).collect();
        event.topics = self.named(List::Topics).into_iter().map(|(_, named)| named).collect();
    }

    fn read_study(&self, study: &mut Study, locked: bool) {
        study.name = self.both(Field::Name);
        if locked {
            // That somebody has called is no part of the questionnaire.
            for (line, key) in study.helplines.iter_mut().zip(self.keys(List::Helplines)) {
                line.confirmed = self.ticked(Tick::Confirmed(key));
            }
            return;
        }
        study.sponsor = self.both(Field::Host);
        study.police = self.both(Field::Police);
        study.committee = self.both(Field::Committee);
        study.months = self.number(Field::Months).unwrap_or(12);
        study.sensitive = self.ticked(Tick::Sensitive);
        let districts = self.named(List::Districts);
        study.areas = self
            .named(List::Areas)
            .into_iter()
            .map(|(key, named)| {
                let district = self.district_of(key).map(|row| row.key);
                let value = districts.iter().find(|(of, _)| Some(*of) == district);
                Area { named, district: value.map(|(_, named)| named.value.clone()).unwrap_or_default() }
            })
            .collect();
        study.districts = districts.into_iter().map(|(_, named)| named).collect();
        study.helplines = self
            .keys(List::Helplines)
            .into_iter()
            .map(|key| Helpline {
                name: self.both(|side| Field::Row(key, Part::Label(side))),
                number: self.text(Field::Row(key, Part::Number)).trim().to_owned(),
                confirmed: self.ticked(Tick::Confirmed(key)),
            })
            .collect();
    }

    /// The rows of a list with their keys; a row that has no value yet gets one from its name.
    fn named(&self, list: List) -> Vec<(u32, Named)> {
        let rows = || self.rows.iter().filter(|row| row.list == list);
        let mut taken: Vec<String> =
            rows().map(|row| row.value.clone()).filter(|value| !value.is_empty()).collect();
        rows()
            .map(|row| {
                let label = self.both(|side| Field::Row(row.key, Part::Label(side)));
                let value = if row.value.is_empty() {
                    let value = value_for(&label.en, &taken);
                    taken.push(value.clone());
                    value
                } else {
                    row.value.clone()
                };
                (row.key, Named { value, label })
            })
            .collect()
    }
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
