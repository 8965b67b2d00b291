use super::hole::{Holes, value_and_label};
use super::wire::Definition;
use crate::survey::{Named, Subject};

/// The holes for each copy of something repeated over a set: its members one by one, or once when there is no set.
/// `None`: no such set.
pub(super) fn copies(
    definition: &Definition,
    subject: &Subject,
    set: &str,
    holes: &Holes,
) -> Option<Vec<Holes>> {
    let of_named = |named: &Named, district: &str| {
        let (value, label) = value_and_label(named);
        holes.with_member(value, label, district)
    };
    let all = |members: &[Named]| members.iter().map(|named| of_named(named, "")).collect();
    Some(match (set, subject) {
        ("", _) => vec![holes.clone()],
        ("sites", Subject::Event(event)) => all(&event.sites),
        ("topics", Subject::Event(event)) => all(&event.topics),
        ("delegations", Subject::Event(event)) => all(&event.delegations),
        ("districts", Subject::Study(study)) => all(&study.districts),
        ("areas", Subject::Study(study)) => {
            study.areas.iter().map(|area| of_named(&area.named, &area.district)).collect()
        }
        _ => {
            let own = definition.sets.iter().find(|own| own.name == set)?;
            let copy = |member: &super::wire::Member| {
                holes.with_member(&member.value, [&member.label.es, &member.label.en], "")
            };
            own.members.iter().map(copy).collect()
        }
    })
}
