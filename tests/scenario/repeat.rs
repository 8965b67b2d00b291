use super::fill::{Filling, check};
use expect_test::expect;

const COMMITMENTS: &str = "
    | survey |              |             |                      |          |             |             |
    |        | type         | name        | repeat_count         | required | label       | calculation |
    |        | integer      | count       |                      |          |             |             |
    |        | begin_repeat | commitments | number(${count})     |          | Number ${which} |         |
    |        | calculate    | which       |                      |          |             | position(..) |
    |        | text         | what        |                      | yes      |             |             |
    |        | date         | until       |                      |          |             |             |
    |        | end_repeat   |             |                      |          |             |             |
    |        | calculate    | filled      |                      |          |             | count-non-empty(${what}) |
";

#[test]
fn a_count_gives_instances_and_takes_them() {
    check(
        COMMITMENTS,
        &["?", "count = 2", "commitments[1]/what = walk", "commitments[2]/what = talk", "?", "count = 1"],
        &expect![[r#"
            count
            commitments "Number "
            filled = 0
            ---
            count = 2
            commitments "Number 1"
              commitments[1] "Number 1"
                which = 1
                what = walk required
                until
              commitments[2] "Number 2"
                which = 2
                what = talk required
                until
            filled = 2
            ---
            count = 1
            commitments "Number 1"
              commitments[1] "Number 1"
                which = 1
                what = walk required
                until
            filled = 1
        "#]],
    );
}

#[test]
fn instances_come_back_with_their_answers_when_the_count_does() {
    check(
        COMMITMENTS,
        &[
            "count = 3",
            "commitments[2]/what = b",
            "commitments[3]/what = c",
            "count =",
            "?",
            "count = 2",
            "?",
            "count = 4",
        ],
        &expect![[r#"
            count
            commitments "Number "
            filled = 0
            ---
            count = 2
            commitments "Number 1"
              commitments[1] "Number 1"
                which = 1
                what required ! Required
                until
              commitments[2] "Number 2"
                which = 2
                what = b required
                until
            filled = 1
            ---
            count = 4
            commitments "Number 1"
              commitments[1] "Number 1"
                which = 1
                what required ! Required
                until
              commitments[2] "Number 2"
                which = 2
                what = b required
                until
              commitments[3] "Number 3"
                which = 3
                what = c required
                until
              commitments[4] "Number 4"
                which = 4
                what required ! Required
                until
            filled = 2
        "#]],
    );
}

#[test]
fn structure_is_told_where_instances_come_or_go() {
    let mut filling = Filling::new(COMMITMENTS);
    let repeat = filling.at("commitments");
    assert_eq!(filling.act("count = 2").structure, [repeat]);
    let second = filling.at("commitments[2]");
    assert_eq!(filling.act("commitments[1]/what = x").structure, []);
    assert_eq!(filling.act("count = 1").structure, [repeat]);
    assert_eq!(filling.session.state(second), None);
    assert_eq!(filling.session.path(second), "");
    filling.act("count = 2");
    assert_eq!(filling.at("commitments[2]"), second);
}

const FAMILY: &str = "
    | survey |              |        |          |                               |                       |
    |        | type         | name   | default  | calculation                   | relevant              |
    |        | begin_repeat | house  |          |                               |                       |
    |        | text         | street | unnamed  |                               |                       |
    |        | begin_repeat | person |          |                               |                       |
    |        | text         | name   |          |                               |                       |
    |        | integer      | age    |          |                               | ${name} != ''         |
    |        | calculate    | id     |          | concat(${street}, position(../..), '.', position(..)) |  |
    |        | end_repeat   |        |          |                               |                       |
    |        | calculate    | ages   |          | sum(${age})                   |                       |
    |        | end_repeat   |        |          |                               |                       |
    |        | calculate    | all    |          | sum(${age})                   |                       |
    |        | calculate    | homes  |          | count(${house})               |                       |
";

#[test]
fn people_add_and_remove_instances_inside_of_instances() {
    check(
        FAMILY,
        &[
            "house[1]/person[1]/name = Ana",
            "house[1]/person[1]/age = 40",
            "+ house[1]/person",
            "house[1]/person[2]/name = Luz",
            "house[1]/person[2]/age = 5",
            "+ house",
            "+ house[2]/person",
            "house[2]/street = Elm",
            "house[2]/person[1]/name = Eva",
            "house[2]/person[1]/age = 30",
            "?",
            "- house[1]/person[1]",
            "?",
            "- house[1]",
        ],
        &expect![[r#"
            house
              house[1]
                street = unnamed
                person
                  person[1]
                    name = Ana
                    age = 40
                    id = unnamed1.1
                  person[2]
                    name = Luz
                    age = 5
                    id = unnamed1.2
                ages = 45
              house[2]
                street = Elm
                person
                  person[1]
                    name = Eva
                    age = 30
                    id = Elm2.1
                ages = 30
            all = 75
            homes = 2
            ---
            house
              house[1]
                street = unnamed
                person
                  person[1]
                    name = Luz
                    age = 5
                    id = unnamed1.1
                ages = 5
              house[2]
                street = Elm
                person
                  person[1]
                    name = Eva
                    age = 30
                    id = Elm2.1
                ages = 30
            all = 35
            homes = 2
            ---
            house
              house[1]
                street = Elm
                person
                  person[1]
                    name = Eva
                    age = 30
                    id = Elm1.1
                ages = 30
            all = 30
            homes = 1
        "#]],
    );
}

#[test]
fn a_name_means_the_question_of_the_same_instance_and_a_path_may_reach_the_others() {
    check(
        "
        | survey |              |       |                                                             |
        |        | type         | name  | calculation                                                 |
        |        | begin_repeat | day   |                                                             |
        |        | integer      | km    |                                                             |
        |        | calculate    | twice | ${km} * 2                                                   |
        |        | calculate    | sofar | sum(../../day[position() <= position(current()/..)]/km)     |
        |        | calculate    | share | indexed-repeat(${km}, ${day}, position(..) - 1)             |
        |        | end_repeat   |       |                                                             |
        ",
        &[
            "day[1]/km = 3",
            "+ day",
            "day[2]/km = 4",
            "+ day",
            "day[3]/km = 5",
            "?",
            "day[1]/km = 10",
            "?",
            "- day[2]",
        ],
        &expect![[r#"
            day
              day[1]
                km = 3
                twice = 6
                sofar = 3
                share
              day[2]
                km = 4
                twice = 8
                sofar = 7
                share = 3
              day[3]
                km = 5
                twice = 10
                sofar = 12
                share = 4
            ---
            day
              day[1]
                km = 10
                twice = 20
                sofar = 10
                share
              day[2]
                km = 4
                twice = 8
                sofar = 14
                share = 10
              day[3]
                km = 5
                twice = 10
                sofar = 19
                share = 4
            ---
            day
              day[1]
                km = 10
                twice = 20
                sofar = 10
                share
              day[2]
                km = 5
                twice = 10
                sofar = 15
                share = 10
        "#]],
    );
}

#[test]
fn a_count_inside_of_an_instance_belongs_to_it() {
    check(
        "
        | survey |              |       |              |
        |        | type         | name  | repeat_count |
        |        | integer      | n     |              |
        |        | begin_repeat | site  | ${n}         |
        |        | integer      | m     |              |
        |        | begin_repeat | visit | ${m}         |
        |        | text         | note  |              |
        |        | end_repeat   |       |              |
        |        | end_repeat   |       |              |
        ",
        &[
            "n = 2",
            "site[2]/m = 2",
            "site[2]/visit[2]/note = x",
            "?",
            "site[2]/m = 1",
            "n = 1",
            "n = 2",
            "site[2]/m = 2",
        ],
        &expect![[r#"
            n = 2
            site
              site[1]
                m
                visit
              site[2]
                m = 2
                visit
                  visit[1]
                    note
                  visit[2]
                    note = x
            ---
            n = 2
            site
              site[1]
                m
                visit
              site[2]
                m = 2
                visit
                  visit[1]
                    note
                  visit[2]
                    note = x
        "#]],
    );
}

#[test]
fn a_default_may_be_the_answer_of_the_instance_before() {
    check(
        "
        | survey |              |      |                                                  |
        |        | type         | name | default                                          |
        |        | begin_repeat | r    |                                                  |
        |        | text         | q    | /data/r[position() = position(current()/..) - 1]/q |
        |        | end_repeat   |      |                                                  |
        ",
        &["r[1]/q = seven", "+ r", "r[2]/q = eight", "+ r"],
        &expect![[r#"
            r
              r[1]
                q = seven
              r[2]
                q = eight
              r[3]
                q = eight
        "#]],
    );
}

#[test]
fn a_count_beyond_reason_is_cut() {
    let mut filling = Filling::new(COMMITMENTS);
    filling.act("count = 1000000");
    assert_eq!(filling.session.children(filling.at("commitments")).len(), 1000);
    filling.act("count = -3");
    assert_eq!(filling.session.children(filling.at("commitments")).len(), 0);
}

#[test]
fn what_is_irrelevant_in_an_instance_is_left_out_of_sums_and_counts() {
    check(
        "
        | survey |              |        |                   |                         |
        |        | type         | name   | relevant          | calculation             |
        |        | begin_repeat | person |                   |                         |
        |        | text         | works  |                   |                         |
        |        | integer      | wage   | ${works} = 'yes'  |                         |
        |        | end_repeat   |        |                   |                         |
        |        | calculate    | sum    |                   | sum(${wage})            |
        |        | calculate    | asked  |                   | count(${wage})          |
        ",
        &[
            "?",
            "person[1]/works = yes",
            "person[1]/wage = 10",
            "+ person",
            "person[2]/works = yes",
            "person[2]/wage = 5",
            "?",
            "person[1]/works = no",
        ],
        &expect![[r#"
            person
              person[1]
                works
                wage hidden
            sum = 0
            asked = 0
            ---
            person
              person[1]
                works = yes
                wage = 10
              person[2]
                works = yes
                wage = 5
            sum = 15
            asked = 2
            ---
            person
              person[1]
                works = no
                wage = 10 hidden
              person[2]
                works = yes
                wage = 5
            sum = 5
            asked = 1
        "#]],
    );
}

#[test]
fn in_an_added_instance_a_repeat_begins_empty_and_one_in_a_group_does_not() {
    check(
        "
        | survey |              |         |
        |        | type         | name    |
        |        | begin_repeat | place   |
        |        | begin_repeat | right   |
        |        | text         | a       |
        |        | end_repeat   |         |
        |        | begin_group  | inside  |
        |        | begin_repeat | house   |
        |        | text         | b       |
        |        | end_repeat   |         |
        |        | end_group    |         |
        |        | end_repeat   |         |
        ",
        &["+ place"],
        &expect![[r#"
            place
              place[1]
                right
                  right[1]
                    a
                inside
                  house
                    house[1]
                      b
              place[2]
                right
                inside
                  house
                    house[1]
                      b
        "#]],
    );
}
