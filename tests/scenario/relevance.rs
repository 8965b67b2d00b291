use super::fill::{Filling, check};
use expect_test::expect;

const HOUSEHOLD: &str = "
    | survey |             |       |                    |
    |        | type        | name  | relevant           |
    |        | text        | home  |                    |
    |        | begin_group | house | ${home} = 'yes'    |
    |        | text        | pets  |                    |
    |        | begin_group | dogs  | ${pets} = 'dogs'   |
    |        | integer     | count |                    |
    |        | text        | many  | ${count} > 3       |
    |        | end_group   |       |                    |
    |        | end_group   |       |                    |
    |        | text        | echo  | ${pets} != ''      |
";

#[test]
fn a_group_hides_what_is_in_it() {
    check(
        HOUSEHOLD,
        &["?", "home = yes", "house/pets = dogs", "house/dogs/count = 5", "?", "house/dogs/count = 1"],
        &expect![[r#"
            home
            house hidden
              pets hidden
              dogs hidden
                count hidden
                many hidden
            echo hidden
            ---
            home = yes
            house
              pets = dogs
              dogs
                count = 5
                many
            echo
            ---
            home = yes
            house
              pets = dogs
              dogs
                count = 1
                many hidden
            echo
        "#]],
    );
}

#[test]
fn an_irrelevant_answer_counts_as_blank_and_is_there_again_when_its_time_comes() {
    check(
        HOUSEHOLD,
        &["home = yes", "house/pets = dogs", "home = no", "?", "home = yes"],
        &expect![[r#"
        home = no
        house hidden
          pets = dogs hidden
          dogs hidden
            count hidden
            many hidden
        echo hidden
        ---
        home = yes
        house
          pets = dogs
          dogs
            count
            many hidden
        echo
    "#]],
    );
}

#[test]
fn an_irrelevant_answer_is_no_part_of_the_response() {
    let mut filling = Filling::new(HOUSEHOLD);
    for step in ["home = yes", "house/pets = dogs", "house/dogs/count = 2", "home = no"] {
        filling.act(step);
    }
    let answers = filling.session.finish().unwrap();
    let paths: Vec<&str> = answers.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["home"]);
}

#[test]
fn changes_name_the_slots_that_differ_and_no_others() {
    let mut filling = Filling::new(HOUSEHOLD);
    let mut changed = |step: &str| {
        let changes = filling.act(step);
        assert_eq!(changes.structure, []);
        let mut paths: Vec<String> = changes.nodes.iter().map(|at| filling.session.path(*at)).collect();
        paths.sort();
        paths.join(" ")
    };
    assert_eq!(changed("home = no"), "home");
    assert_eq!(changed("home = no"), "");
    assert_eq!(changed("home = yes"), "home house house/pets");
    assert_eq!(changed("house/pets = cats"), "echo house/pets");
    assert_eq!(changed("house/pets = dogs"), "house/dogs house/dogs/count house/pets");
}

#[test]
fn a_calculation_inside_waits_until_it_is_relevant() {
    check(
        "
        | survey |             |         |                 |               |
        |        | type        | name    | relevant        | calculation   |
        |        | integer     | number  |                 |               |
        |        | text        | go      |                 |               |
        |        | begin_group | inside  | ${go} = 'yes'   |               |
        |        | calculate   | double  |                 | ${number} * 2 |
        |        | calculate   | fourth  |                 | ${double} * 2 |
        |        | text        | more    | ${double} > 5   |               |
        |        | end_group   |         |                 |               |
        ",
        &["number = 2", "?", "go = yes", "?", "go = no", "number = 3", "go = yes"],
        &expect![[r#"
            number = 2
            go
            inside hidden
              double hidden
              fourth hidden
              more hidden
            ---
            number = 2
            go = yes
            inside
              double = 4
              fourth = 8
              more hidden
            ---
            number = 3
            go = yes
            inside
              double = 6
              fourth = 12
              more
        "#]],
    );
}

#[test]
fn what_stands_in_a_readonly_group_is_readonly() {
    check(
        "
        | survey |              |        |                  |
        |        | type         | name   | readonly         |
        |        | text         | sealed |                  |
        |        | begin_group  | g      | ${sealed} = 'yes' |
        |        | begin_repeat | r      |                  |
        |        | text         | a      |                  |
        |        | text         | b      | yes              |
        |        | end_repeat   |        |                  |
        |        | end_group    |        |                  |
        ",
        &["?", "sealed = yes", "+ g/r", "?", "sealed ="],
        &expect![[r#"
            sealed
            g
              r
                r[1]
                  a
                  b readonly
            ---
            sealed = yes
            g readonly
              r readonly
                r[1] readonly
                  a readonly
                  b readonly
                r[2] readonly
                  a readonly
                  b readonly
            ---
            sealed
            g
              r
                r[1]
                  a
                  b readonly
                r[2]
                  a
                  b readonly
        "#]],
    );
}
