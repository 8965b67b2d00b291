use std::collections::BTreeSet;

use super::{Fault, ResponseStore};
use crate::form::Date;
use crate::response::ResponseId;

/// A hundred years of retention: more is as good as for ever.
const MOST_DAYS: u32 = 36_500;

/// A copy of a survey's responses that was given to somebody: a bundle, and how far that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyMade {
    /// Which one: the SHA-256 in its last line.
    pub sum: String,
    /// It holds every response of people that was here and had arrived up to this one, and no other; 0: it may lack some.
    pub upto: u64,
    /// The finished sealed responses that it holds: they arrive in no order.
    pub sealed: Vec<ResponseId>,
    /// How many responses it holds, finished sealed ones among them.
    pub count: usize,
    /// The day it was made.
    pub made: Date,
    /// The day on which somebody said that it is where it should be.
    pub arrived: Option<Date>,
    /// The day on which its receipt was entered: it was joined on another device.
    pub confirmed: Option<Date>,
}

impl CopyMade {
    /// Whether somebody has seen it where it should be.
    fn is_seen(&self) -> bool {
        self.arrived.or(self.confirmed).is_some()
    }

    /// The same with what is known of it already. A copy made twice of the same responses on one day is the same file.
    pub fn with_known(self, copies: &[CopyMade]) -> CopyMade {
        match copies.iter().find(|known| known.sum == self.sum) {
            Some(known) => CopyMade {
                upto: self.upto.max(known.upto),
                arrived: known.arrived.or(self.arrived),
                confirmed: known.confirmed.or(self.confirmed),
                ..self
            },
            None => self,
        }
    }
}

/// Up to which arrival copies hold what is here. Arrivals are given away in order and none twice, so two numbers tell it of
/// every response: what comes later, from a person or from another device, is only here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// Copied out.
    pub copied: u64,
    /// Copied out, and joined elsewhere.
    pub confirmed: u64,
}

impl Marks {
    /// Of the copies that were made. One whose file nobody has seen counts for nothing.
    ///
    /// ```
    /// use sondeo::store::{CopyMade, Marks};
    /// let made = sondeo::form::Date::from_days(20_000);
    /// let copy = CopyMade { sum: "5f".into(), upto: 12, sealed: Vec::new(), count: 9, made, arrived: None, confirmed: None };
    /// assert_eq!(Marks::of(&[copy.clone()]), Marks::default());
    /// let seen = CopyMade { arrived: Some(made), ..copy };
    /// assert_eq!(Marks::of(&[seen]), Marks { copied: 12, confirmed: 0 });
    /// ```
    pub fn of(copies: &[CopyMade]) -> Marks {
        let most = |counts: fn(&&CopyMade) -> bool| copies.iter().filter(counts).map(|copy| copy.upto).max();
        Marks {
            copied: most(|copy| copy.is_seen()).unwrap_or_default(),
            confirmed: most(|copy| copy.confirmed.is_some()).unwrap_or_default(),
        }
    }
}

/// The finished sealed responses in copies that somebody has seen; `confirmed`: in those alone that were joined elsewhere.
/// What is in none of them is only here.
pub fn sealed_in(copies: &[CopyMade], confirmed: bool) -> BTreeSet<ResponseId> {
    let counts = |copy: &&CopyMade| if confirmed { copy.confirmed.is_some() } else { copy.is_seen() };
    copies.iter().filter(counts).flat_map(|copy| &copy.sealed).copied().collect()
}

/// Responses of people, by when they came and when they were finished. Examples are never among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// They arrived after this one; 0: from the first.
    pub after: u64,
    /// And up to this one, included.
    pub upto: u64,
    /// Finished on this day or before it; `None`: whenever.
    pub finished_by: Option<Date>,
}

impl Reach {
    /// Those that arrived after this one.
    pub fn after(arrival: u64) -> Reach {
        Reach { after: arrival, upto: u64::MAX, finished_by: None }
    }

    /// Those that had arrived up to this one.
    pub fn upto(arrival: u64) -> Reach {
        Reach { after: 0, upto: arrival, finished_by: None }
    }

    /// Of these, those finished on a day or before it.
    pub fn finished_by(self, day: Date) -> Reach {
        Reach { finished_by: Some(day), ..self }
    }

    /// Whether an arrival is within it.
    pub fn has(&self, arrival: u64) -> bool {
        arrival > self.after && arrival <= self.upto
    }
}

/// How many responses there are in a [`Reach`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// How many.
    pub count: usize,
    /// The first day on which one of them was finished.
    pub oldest: Option<Date>,
}

/// How the responses of people to a survey would come through the loss of this device.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Safety {
    /// Where the copies end.
    pub marks: Marks,
    /// How many finished responses are sealed here; those that follow count them too.
    pub sealed: usize,
    /// In no copy.
    pub only_here: Held,
    /// Joined on another device.
    pub confirmed: Held,
    /// Of those, the ones that have been here for longer than the survey wants.
    pub due: Held,
    /// Not joined anywhere, though they have been here for longer than the survey wants.
    pub overdue: Held,
    /// A copy that holds more than those before it, and nobody has said whether it arrived.
    pub pending: Option<CopyMade>,
}

/// How urgent a copy is. What is kept has days and no hours: a response of today may be some hours old, or a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// The oldest is of today.
    Calm,
    /// Of yesterday.
    Remind,
    /// Older.
    Warn,
}

impl Held {
    /// These and as many more, finished on such days.
    fn and(self, days: impl Iterator<Item = Date>) -> Held {
        days.fold(self, |Held { count, oldest }, day| Held {
            count: count + 1,
            oldest: oldest.into_iter().chain([day]).min(),
        })
    }

    /// How urgent a copy of these is; `None`: there are none.
    pub fn urgency(&self, today: Date) -> Option<Urgency> {
        let days = today.days() - self.oldest?.days();
        Some(match days {
            ..=0 => Urgency::Calm,
            1 => Urgency::Remind,
            _ => Urgency::Warn,
        })
    }
}

impl Safety {
    /// Looks at a survey. `retention`: for how many days after it was finished a response is wanted here.
    ///
    /// Errors: the store's.
    pub async fn of(
        store: &impl ResponseStore,
        survey: &str,
        retention: Option<u32>,
        today: Date,
    ) -> Result<Safety, Fault> {
        let copies = store.copies(survey).await?;
        let marks = Marks::of(&copies);
        // A finished one stays as it is, so its id tells whether a copy holds it.
        let sealed = store.sealed_days(survey).await?;
        let (copied, elsewhere) = (sealed_in(&copies, false), sealed_in(&copies, true));
        let days = |of: &BTreeSet<ResponseId>, within: bool, by: Option<Date>| {
            let counts =
                |(id, day): &&(ResponseId, Date)| of.contains(id) == within && by.is_none_or(|by| *day <= by);
            sealed.iter().filter(counts).map(|(_, day)| *day).collect::<Vec<Date>>().into_iter()
        };
        let holds_more = |copy: &CopyMade| {
            let is_new = |id| !copied.contains(id) && sealed.iter().any(|(here, _)| here == id);
            copy.upto > marks.copied || copy.sealed.iter().any(is_new)
        };
        let pending = copies.iter().filter(|copy| holds_more(copy));
        let mut safety = Safety {
            marks,
            sealed: sealed.len(),
            only_here: store.held(survey, &Reach::after(marks.copied)).await?.and(days(&copied, false, None)),
            pending: pending.max_by_key(|copy| (copy.upto, copy.sealed.len())).cloned(),
            ..Safety::default()
        };
        if marks.confirmed > 0 {
            safety.confirmed = store.held(survey, &Reach::upto(marks.confirmed)).await?;
        }
        safety.confirmed = safety.confirmed.and(days(&elsewhere, true, None));
        if let Some(retention) = retention {
            let by = last_day(retention, today);
            let unconfirmed = Reach::after(marks.confirmed).finished_by(by);
            safety.overdue = store.held(survey, &unconfirmed).await?.and(days(&elsewhere, false, Some(by)));
            if safety.confirmed.count > 0 {
                let due = store.held(survey, &safety.reach_of_due(retention, today)).await?;
                safety.due = due.and(days(&elsewhere, true, Some(by)));
            }
        }
        Ok(safety)
    }

    /// The confirmed ones that have been here for this many days or longer.
    pub fn reach_of_due(&self, retention: u32, today: Date) -> Reach {
        Reach::upto(self.marks.confirmed).finished_by(last_day(retention, today))
    }
}

/// What was finished on this day or before it has been here for this many days or longer.
fn last_day(retention: u32, today: Date) -> Date {
    Date::from_days(today.days() - retention.min(MOST_DAYS) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u8) -> Date {
        Date { year: 2026, month: 11, day }
    }

    #[test]
    fn a_copy_counts_once_somebody_has_seen_it_and_a_receipt_counts_for_both() {
        let copy = |upto: u64, arrived: Option<u8>, confirmed: Option<u8>| CopyMade {
            sum: upto.to_string(),
            upto,
            sealed: Vec::new(),
            count: 1,
            made: day(3),
            arrived: arrived.map(day),
            confirmed: confirmed.map(day),
        };
        let marks = |copied, confirmed| Marks { copied, confirmed };
        assert_eq!(Marks::of(&[]), marks(0, 0));
        assert_eq!(Marks::of(&[copy(9, None, None)]), marks(0, 0));
        assert_eq!(Marks::of(&[copy(9, None, None), copy(4, Some(3), None)]), marks(4, 0));
        assert_eq!(Marks::of(&[copy(9, Some(4), None), copy(4, Some(3), Some(5))]), marks(9, 4));
        assert_eq!(Marks::of(&[copy(9, None, Some(5)), copy(4, Some(3), None)]), marks(9, 9));
    }

    #[test]
    fn the_same_copy_made_again_loses_nothing_of_what_is_known() {
        let copy = |arrived, confirmed| CopyMade {
            sum: "5f".into(),
            upto: 3,
            sealed: Vec::new(),
            count: 3,
            made: day(3),
            arrived,
            confirmed,
        };
        let (unseen, known) = (copy(None, None), copy(Some(day(4)), Some(day(5))));
        assert_eq!(unseen.clone().with_known(&[]), unseen);
        assert_eq!(unseen.clone().with_known(&[CopyMade { sum: "5e".into(), ..known.clone() }]), unseen);
        assert_eq!(unseen.clone().with_known(std::slice::from_ref(&known)), known);
        assert_eq!(copy(Some(day(9)), None).with_known(&[unseen]), copy(Some(day(9)), None));
    }

    #[test]
    fn urgency_goes_by_whole_days() {
        let held = |oldest| Held { count: 1, oldest };
        assert_eq!(held(None).urgency(day(9)), None);
        // A clock that was put back makes no alarm.
        for (oldest, urgency) in [
            (10, Urgency::Calm),
            (9, Urgency::Calm),
            (8, Urgency::Remind),
            (7, Urgency::Warn),
            (1, Urgency::Warn),
        ] {
            assert_eq!(held(Some(day(oldest))).urgency(day(9)), Some(urgency), "{oldest}");
        }
    }
}
