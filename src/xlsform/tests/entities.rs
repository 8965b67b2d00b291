use super::*;

fn table(survey: &str, entities: &str) -> String {
    format!(
        "| survey |\n| | type | name | label | save_to |\n{survey}\n| entities |\n| | list_name | label | entity_id | create_if | update_if |\n{entities}"
    )
}

fn fault(place: &str, fault: EntityFault) -> Vec<(String, ProblemKind)> {
    at(place, ProblemKind::Entity(fault))
}

const REPEATS: &str = "
    | | begin repeat | r1 | R | |
    | | text         | a  | A | {1} |
    | | end repeat   |    |   | |
    | | begin repeat | r2 | R | |
    | | text         | b  | B | {2} |
    | | end repeat   |    |   | |";

#[test]
fn entities_are_checked_and_not_used() {
    let table = table("| | text | a | A | size |", "| | trees | ${a} | | | |");
    assert_eq!(errors(&table), []);
    assert_eq!(
        notices(&table),
        [
            ("survey 1 save_to".to_owned(), ProblemKind::UnusedColumn),
            ("entities".to_owned(), ProblemKind::EntitiesUnused),
        ]
    );
}

#[test]
fn a_row_of_entities_says_what_is_created_or_updated() {
    let row = |cells: &str| errors(&table("| | text | a | A | |", cells));
    assert_eq!(row("| | t | | | | |"), fault("entities 2 label", EntityFault::NoLabel("t".to_owned())));
    assert_eq!(row("| | t | L | | | 1 |"), fault("entities 2 entity_id", EntityFault::NoId("t".to_owned())));
    assert_eq!(
        row("| | t | L | ${a} | 1 | |"),
        fault("entities 2 update_if", EntityFault::NoUpdateIf("t".to_owned()))
    );
    assert_eq!(row("| | t | | ${a} | | |"), []);
    assert_eq!(row("| | a.b | L | | | |"), fault("entities 2 list_name", EntityFault::Period));
    assert_eq!(row("| | __t | L | | | |"), fault("entities 2 list_name", EntityFault::ReservedPrefix));
    assert_eq!(row("| | | L | | | |"), fault("entities 2 list_name", EntityFault::NoListName));
    let twice = fault("entities 3 list_name", EntityFault::SameList("t".to_owned()));
    assert_eq!(row("| | t | L | | | |\n| | t | L | | | |"), twice);
    assert_eq!(row("| | t | ${z} | | | |"), at("entities 2 label", ProblemKind::NoReference("z".to_owned())));
}

#[test]
fn save_to_names_a_property_of_an_entity() {
    let one = "| | t | L | | | |";
    let two = "| | t | L | | | |\n| | u | L | | | |";
    let row = |save_to: &str, entities: &str| {
        let survey = format!("| | begin group | g | G | |\n| | text | a | A | {save_to} |\n| | end group |");
        errors(&table(&survey, entities))
    };
    let place = "survey 3 save_to";
    assert_eq!(row("p", one), []);
    assert_eq!(row("t#p", one), []);
    assert_eq!(row("p#q#r", one), fault(place, EntityFault::TwoMarks));
    assert_eq!(row("Name", one), fault(place, EntityFault::ReservedProperty("Name".to_owned())));
    assert_eq!(row("a b", one), fault(place, EntityFault::BadName("a b".to_owned())));
    assert_eq!(row("v#p", one), fault(place, EntityFault::Unknown("v".to_owned())));
    assert!(row("p", two).contains(&fault(place, EntityFault::NoPrefix)[0]));
    let survey =
        "| | begin group | g | G | p |\n| | text | a | A | p |\n| | text | b | B | p |\n| | end group |";
    let same = EntityFault::SameProperty { property: "p".to_owned(), row: 3 };
    let expected =
        [fault("survey 2 save_to", EntityFault::OnGroup), fault("survey 4 save_to", same)].concat();
    assert_eq!(errors(&table(survey, one)), expected);
    let alone = "| survey |\n| | type | name | label | save_to |\n| | text | a | A | p |";
    assert_eq!(errors(alone), fault("survey 2 save_to", EntityFault::NoSheet));
}

#[test]
fn an_entity_does_not_gather_from_two_repeats() {
    let survey = REPEATS.replace("{1}", "p").replace("{2}", "q");
    let apart = EntityFault::Apart {
        list: "t".to_owned(),
        other: "/survey/r1".to_owned(),
        here: "/survey/r2".to_owned(),
    };
    assert_eq!(errors(&table(&survey, "| | t | L | | | |")), fault("survey 6 save_to", apart));
    let each = REPEATS.replace("{1}", "t#p").replace("{2}", "u#q");
    assert_eq!(errors(&table(&each, "| | t | L | | | |\n| | u | L | | | |")), []);
}

#[test]
fn a_group_has_room_for_one_entity() {
    let two = "| | t | ${a} | | | |\n| | u | ${a} | | | |";
    let room = EntityFault::NoRoom { scope: "/survey".to_owned(), row: 2 };
    assert_eq!(errors(&table("| | text | a | A | |", two)), fault("entities 3", room));
    let survey = "| | begin group | g | G | |\n| | text | a | A | |\n| | end group |";
    assert_eq!(errors(&table(survey, two)), []);
}

#[test]
fn other_columns_are_not_for_entities() {
    let table = "| survey |\n| | type | name | label |\n| | text | a | A |\n| entities |\n| | list_name | label | colour |\n| | t | L | red |";
    assert_eq!(errors(table), fault("entities 1", EntityFault::Columns(vec!["colour".to_owned()])));
}
