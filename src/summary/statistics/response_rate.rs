//! How many of those asked took part, in AAPOR's words. Everybody on the list is known to be eligible.

/// A list of people and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Participation {
    /// Asked to take part.
    pub invited: usize,
    /// Began to answer.
    pub started: usize,
    /// Answered to the end.
    pub complete: usize,
    /// Answered enough to be counted, but not to the end.
    pub partial: usize,
}

impl Participation {
    /// RR1: complete of invited, in percent; `None` when nobody was invited.
    pub fn rr1(self) -> Option<f64> {
        share(self.complete, self.invited)
    }

    /// RR2: complete or partial of invited, in percent.
    pub fn rr2(self) -> Option<f64> {
        share(self.complete + self.partial, self.invited)
    }

    /// Began and did not finish, of all who began, in percent; `None` when nobody began.
    pub fn break_off(self) -> Option<f64> {
        share(self.started.saturating_sub(self.complete), self.started)
    }
}

fn share(count: usize, base: usize) -> Option<f64> {
    (base > 0).then(|| super::round::percent(count, base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_of_eight_finished_and_one_nearly() {
        let visit = Participation { invited: 8, started: 8, complete: 6, partial: 1 };
        assert_eq!((visit.rr1(), visit.rr2(), visit.break_off()), (Some(75.0), Some(87.5), Some(25.0)));
        assert_eq!((Participation::default().rr1(), Participation::default().break_off()), (None, None));
    }
}
