use super::fill::Filling;
use expect_test::{Expect, expect};
use sondeo::engine::{Paging, Progress};

const FORM: &str = "
    | survey  |              |         |                |                 |              |              |
    |         | type         | name    | label          | relevant        | appearance   | repeat_count |
    |         | note         | hello   | Hello          |                 |              |              |
    |         | select_one y | consent | Do you agree?  |                 |              |              |
    |         | begin_group  | safety  | Safety         | ${consent} = 'yes' | field-list |             |
    |         | note         | intro   | About safety   |                 |              |              |
    |         | begin_group  | places  | How safe is    |                 | table-list   |              |
    |         | select_one y | street  | the street     |                 |              |              |
    |         | select_one y | park    | the park       |                 |              |              |
    |         | end_group    |         |                |                 |              |              |
    |         | begin_group  | extra   | More           |                 |              |              |
    |         | text         | why     | Why?           | ${street} = 'no' |             |              |
    |         | end_group    |         |                |                 |              |              |
    |         | calculate    | hidden  |                |                 |              |              |
    |         | end_group    |         |                |                 |              |              |
    |         | begin_group  | plans   | Plans          | ${consent} = 'yes' | field-list |             |
    |         | integer      | n       | How many?      |                 |              |              |
    |         | begin_repeat | plan    | Plan           |                 |              | ${n}         |
    |         | text         | what    | What?          |                 |              |              |
    |         | end_repeat   |         |                |                 |              |              |
    |         | begin_repeat | helper  | Helper         |                 |              |              |
    |         | text         | who     | Who?           |                 |              |              |
    |         | end_repeat   |         |                |                 |              |              |
    |         | end_group    |         |                |                 |              |              |
    |         | begin_group  | empty   | Empty          |                 | field-list   |              |
    |         | calculate    | nothing |                |                 |              |              |
    |         | end_group    |         |                |                 |              |              |
    |         | text         | last    | Anything else? |                 |              |              |
    | choices |              |         |                |                 |              |              |
    |         | list_name    | name    |                |                 |              |              |
    |         | y            | yes     |                |                 |              |              |
    |         | y            | no      |                |                 |              |              |
";

fn pages(steps: &[&str], paging: Paging, expect: &Expect) {
    let mut filling = Filling::new(FORM);
    steps.iter().for_each(|step| {
        filling.act(step);
    });
    let mut shown = String::new();
    for page in filling.session.pages(paging) {
        let section = page.section.map(|at| filling.session.path(at)).unwrap_or_default();
        let slots: Vec<String> = page.slots.iter().map(|at| filling.session.path(*at)).collect();
        shown.push_str(&format!("[{section}] {}\n", slots.join(", ")));
    }
    expect.assert_eq(&shown);
}

#[test]
fn a_section_is_a_page_and_irrelevant_ones_are_left_out() {
    pages(
        &[],
        Paging::Sections,
        &expect![[r#"
        [] hello, consent
        [] last
    "#]],
    );
    let steps = ["consent = yes", "safety/places/street = no", "plans/n = 2"];
    pages(
        &steps,
        Paging::Sections,
        &expect![[r#"
        [] hello, consent
        [safety] safety/intro, safety/places, safety/extra, safety/extra/why
        [plans] plans/n, plans/plan[1], plans/plan[1]/what, plans/plan[2], plans/plan[2]/what, plans/helper[1], plans/helper[1]/who, plans/helper
        [] last
    "#]],
    );
}

#[test]
fn one_question_a_page_where_a_grid_counts_as_one() {
    let steps = ["consent = yes", "safety/places/street = no", "plans/n = 2"];
    pages(
        &steps,
        Paging::Questions,
        &expect![[r#"
        [] hello
        [] consent
        [safety] safety/intro
        [safety] safety/places
        [safety] safety/extra, safety/extra/why
        [plans] plans/n
        [plans] plans/plan[1], plans/plan[1]/what
        [plans] plans/plan[2], plans/plan[2]/what
        [plans] plans/helper[1], plans/helper[1]/who
        [plans] plans/helper
        [] last
    "#]],
    );
}

#[test]
fn progress_counts_the_questions_that_are_relevant_now() {
    let mut filling = Filling::new(FORM);
    assert_eq!(filling.session.progress(), Progress { answered: 0, relevant: 2 });
    filling.act("consent = yes");
    assert_eq!(filling.session.progress(), Progress { answered: 1, relevant: 6 });
    filling.act("safety/places/park = yes");
    filling.act("plans/n = 2");
    assert_eq!(filling.session.progress(), Progress { answered: 3, relevant: 8 });
    filling.act("consent = no");
    assert_eq!(filling.session.progress(), Progress { answered: 1, relevant: 2 });
}

#[test]
fn every_slot_is_found_by_its_path() {
    let mut filling = Filling::new(FORM);
    filling.act("consent = yes");
    filling.act("plans/n = 3");
    let mut open = filling.session.roots();
    let mut seen = 0;
    while let Some(at) = open.pop() {
        seen += 1;
        assert_eq!(filling.session.find(&filling.session.path(at)), Some(at));
        open.extend(filling.session.children(at));
    }
    assert_eq!(seen, 25);
    for path in
        ["", "nobody", "plans/plan[4]", "plans/plan[0]", "plans/plan[x]", "plans/n/deeper", "plans/n[2]"]
    {
        assert_eq!(filling.session.find(path), None, "{path}");
    }
}

#[test]
fn many_questions_outside_of_sections_stand_ten_to_a_page_wherever_they_are_relevant() {
    let mut form = String::from("| survey | | | |\n| | type | name | relevant |\n");
    for number in 0..24 {
        let relevant = if (3..6).contains(&number) { "${q0} = 1" } else { "" };
        form += &format!("| | integer | q{number} | {relevant} |\n| | calculate | c{number} | |\n");
    }
    let mut filling = Filling::new(&form);
    let starts = |filling: &Filling| {
        let first = |page: &sondeo::engine::Page| filling.session.path(page.slots[0]);
        filling.session.pages(Paging::Sections).iter().map(first).collect::<Vec<_>>()
    };
    assert_eq!(starts(&filling), ["q0", "q10", "q20"]);
    assert_eq!(filling.session.pages(Paging::Sections)[0].slots.len(), 7);
    filling.act("q0 = 1");
    assert_eq!(starts(&filling), ["q0", "q10", "q20"]);
    assert_eq!(filling.session.pages(Paging::Sections)[0].slots.len(), 10);
}
