//! Victimization: who can be known to be a victim, how often, and who told an authority.

/// A person's answer to whether something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Don't know, refused, skipped or not asked.
    Unknown,
}

/// Whether anything of a list happened to a person: any yes is yes, all no is no, anything else cannot be known.
pub fn any(answers: impl IntoIterator<Item = Happened>) -> Happened {
    let mut unknown = false;
    let mut asked = false;
    for answer in answers {
        asked = true;
        match answer {
            Happened::Yes => return Happened::Yes,
            Happened::No => {}
            Happened::Unknown => unknown = true,
        }
    }
    if unknown || !asked { Happened::Unknown } else { Happened::No }
}

/// (Victims, people of whom it is known).
pub fn prevalence(answers: impl IntoIterator<Item = Happened>) -> (usize, usize) {
    answers.into_iter().fold((0, 0), |(victims, base), answer| match answer {
        Happened::Yes => (victims + 1, base + 1),
        Happened::No => (victims, base + 1),
        Happened::Unknown => (victims, base),
    })
}

/// Incidents of victims, each person's cut at `cap`, and how many had more than one.
pub fn incidents(times: impl IntoIterator<Item = f64>, cap: f64) -> (f64, usize) {
    times
        .into_iter()
        .fold((0.0, 0), |(sum, repeated), times| (sum + times.min(cap), repeated + usize::from(times > 1.0)))
}
