use super::{EventWave, Subject, Survey, SurveyState};

impl Survey {
    /// The id of the first wave, which all waves of a survey begin with.
    pub fn lineage(&self) -> &str {
        let numbered = self.id.trim_end_matches(|c: char| c.is_ascii_digit());
        let stem = self.id.strip_suffix("_followup");
        let stem = stem.or_else(|| numbered.strip_suffix("_wave").filter(|_| numbered != self.id));
        stem.unwrap_or(&self.id)
    }

    /// The survey of the next wave, to be set up: the same subject, a further wave, an id of its own.
    /// `None` where no wave can follow: after an event's follow-up.
    pub fn next_wave(&self) -> Option<Survey> {
        let mut next = self.clone();
        let stem = self.lineage();
        let id = match &mut next.subject {
            Subject::Event(event) if event.wave == EventWave::Post => {
                event.wave = EventWave::FollowUp;
                format!("{}_followup", self.id)
            }
            Subject::Event(_) => return None,
            Subject::Study(study) => {
                study.wave += 1;
                for line in &mut study.helplines {
                    line.confirmed = false;
                }
                let stem = if study.wave > 2 { stem } else { self.id.as_str() };
                format!("{stem}_wave{}", study.wave)
            }
            Subject::Own(own) => {
                own.wave += 1;
                let stem = if own.wave > 2 { stem } else { self.id.as_str() };
                format!("{stem}_wave{}", own.wave)
            }
        };
        next.rename(id);
        Some(next)
    }

    /// A survey of one's own with this one as the starting point: same lists, no name, no dates, an id of its own.
    pub fn starting_point(&self, id: String) -> Survey {
        let mut own = self.clone();
        match &mut own.subject {
            Subject::Event(event) => {
                event.name = Default::default();
                event.expected = 0;
                event.start = None;
                event.end = None;
                event.wave = EventWave::Post;
            }
            Subject::Study(study) => {
                study.name = Default::default();
                study.wave = 1;
                for line in &mut study.helplines {
                    line.confirmed = false;
                }
            }
            Subject::Own(own) => {
                own.name = Default::default();
                own.wave = 1;
            }
        }
        own.expected = None;
        own.rename(id);
        own
    }

    /// Gives a survey that nobody has kept yet its id.
    pub fn rename(&mut self, id: String) {
        match &mut self.subject {
            Subject::Event(event) => event.id.clone_from(&id),
            Subject::Study(study) => study.id.clone_from(&id),
            Subject::Own(_) => {}
        }
        self.id = id;
        self.state = SurveyState::Setup;
        self.example = false;
        // A key is one survey's.
        self.seal = None;
    }
}
