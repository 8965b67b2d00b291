use super::super::world::World;
use super::super::{EvalError, Expr, Value};

#[test]
fn operators_bind_as_xpath_says() {
    World::new().check(&[
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("2 * 3 div 8 * 2", "1.5"),
        ("1 - 2 - 3", "-4"),
        ("10 mod 4 mod 3", "2"),
        ("-5 mod 3", "-2"),
        ("5 mod -3", "2"),
        ("5.3 mod 1.1", "0.8999999999999995"),
        ("--2", "2"),
        ("---2", "-2"),
        ("-'3'", "-3"),
        ("--'3'", "3"),
        ("2 - -2", "4"),
        ("3 < 4 < 5", "true"),
        ("-3 < 3 = 6 >= 6", "true"),
        ("1 or 0 and 0", "true"),
        ("(1 or 0) and 0", "false"),
        ("1or0", "true"),
        ("4div2", "2"),
        ("'1'and'0'", "true"),
        ("1 div 0", "Infinity"),
        ("-1 div 0", "-Infinity"),
        ("0 div 0", "NaN"),
        ("true() + true()", "2"),
        ("1 and nothing/here", "false"),
    ]);
}

#[test]
fn only_what_is_needed_of_and_and_or_is_looked_at() {
    World::new().check(&[
        ("1 or count('not nodes')", "true"),
        ("0 and count('not nodes')", "false"),
        ("1 and count('not nodes')", "NotNodes(\"count\")"),
        ("if(1, 'a', count('not nodes'))", "a"),
        ("coalesce('a', count('not nodes'))", "a"),
    ]);
}

#[test]
fn numbers_are_written_plainly_and_read_strictly() {
    World::new().check(&[
        ("-0", "0"),
        ("0.1 + 0.2", "0.30000000000000004"),
        ("1000000 * 1000000 * 1000000 * 1000000", "1000000000000000000000000"),
        ("1 div 10000000", "0.0000001"),
        (".5", "0.5"),
        ("5.", "5"),
        ("number(' -12.50 ')", "-12.5"),
        ("number('1e3')", "1000"),
        ("number('+7')", "7"),
        ("number('')", "NaN"),
        ("number('- 1')", "NaN"),
        ("number('1,5')", "NaN"),
        ("number('0x10')", "NaN"),
        ("number('Infinity')", "NaN"),
        ("number('inf')", "NaN"),
        ("number('e')", "NaN"),
        ("number('NaN')", "NaN"),
        ("number(true())", "1"),
        ("number(../age)", "34"),
    ]);
}

#[test]
fn blank_is_equal_to_blank_and_to_no_number() {
    World::new().check(&[
        ("${empty} = ''", "true"),
        ("${empty} != ''", "false"),
        ("${empty} = 0", "false"),
        ("${empty} != 0", "true"),
        ("${empty} < 1", "false"),
        ("${empty} >= 0", "false"),
        ("${empty} + 1", "NaN"),
        ("'' = 0", "false"),
        ("false() = ''", "true"),
        ("true() = 'false'", "true"),
        ("17 = '17.0'", "true"),
        ("'17' = '17.0'", "false"),
        ("'-17' > '-172'", "true"),
        ("'a' < 'b'", "false"),
    ]);
}

#[test]
fn one_node_that_compares_is_enough() {
    World::new().check(&[
        ("/data/kid/age = 12", "true"),
        ("/data/kid/age = 13", "false"),
        ("/data/kid/age != 12", "true"),
        ("/data/kid/age > 11", "true"),
        ("11 > /data/kid/age", "true"),
        ("/data/kid/age > /data/age", "false"),
        ("/data/kid/name = 'Cy'", "true"),
        ("/data/nobody = ''", "false"),
        ("/data/nobody != ''", "false"),
        ("/data/nobody = false()", "true"),
        ("/data/kid = true()", "true"),
        ("/data/empty = true()", "true"),
        ("/data/kid/age < true()", "false"),
        ("/data/kid/age > true()", "true"),
        ("not(/data/nobody)", "true"),
    ]);
}

#[test]
fn dates_compare_as_days_and_their_text_is_iso() {
    World::new().check(&[
        ("today()", "2026-11-23"),
        ("now()", "2026-11-23T12:34:56.789-05:00"),
        ("today() = '2026-11-23'", "true"),
        ("'2026-11-23' = today()", "true"),
        ("today() != ${born}", "true"),
        ("${born} < today()", "true"),
        ("${born} <= '1992-05-30'", "true"),
        ("${born} > '1992-05-31'", "false"),
        ("today() - date('2026-11-20')", "3"),
        ("int((today() - ${born}) div 365.25)", "34"),
        ("date(today() + 10)", "2026-12-03"),
        ("date('2026-11-23' + 1)", "2026-11-24"),
        ("today() < now()", "true"),
        ("date('2026-11-23T05:00:00Z') = today()", "true"),
        ("'2026-11-23' = '2026-11-23T00:00:00.000-05:00'", "false"),
        ("boolean(date('never'))", "false"),
        ("boolean(today())", "true"),
        ("concat(today(), '')", "2026-11-23"),
    ]);
}

#[test]
fn paths_walk_children_parents_and_instances() {
    World::new().check(&[
        ("/data/name", "Ana"),
        ("../name", "Ana"),
        (" .. / name ", "Ana"),
        ("/data/kid[2]/name", "Cy"),
        ("/data/kid[last()]/name", "Di"),
        ("/data/kid[position() > 1]/name", "Cy"),
        ("/data/kid[age > 5]/name", "Cy"),
        ("/data/kid[age = '']/name", "Di"),
        ("/data/kid[name = 'Bo'][1]/toy[2]/what", "kite"),
        ("/data/kid/toy[1]/what", "ball"),
        ("join(' ', /data/kid/toy[1]/what)", "ball drum"),
        ("(/data/kid/toy)[3]/what", "drum"),
        ("count(/data/kid/*)", "9"),
        ("count(/data/kid/toy/..)", "2"),
        ("count(/data/kid | /data/kid[2] | /data/name)", "4"),
        ("name(/data/kid[1]/..)", "data"),
        ("/data/child::kid[1]/self::kid/parent::data/name", "Ana"),
        ("count(/data/kid/self::toy)", "0"),
        ("count(/data/kid[1]/node())", "4"),
        ("count(/)", "1"),
        ("count(/..)", "0"),
        ("instance('towns')/root/item[name = 'col']/label", "Colón"),
        ("count(instance('towns')/root/item[zone = 1])", "2"),
        ("instance('towns')/root/item[2]/name", "col"),
        ("instance('nowhere')/root/item", "UnknownInstance(\"nowhere\")"),
        ("${kid}[2]/name", "Cy"),
        ("'a'/b", "NotNodes(\"/\")"),
        ("'a'[1]", "NotNodes(\"[\")"),
        ("1 | 2", "NotNodes(\"|\")"),
        ("${last-saved#age} + 1", "34"),
        ("${last-saved#name}", ""),
    ]);
}

#[test]
fn in_a_repeat_names_mean_the_same_instance() {
    let world = World::at("/data/kid[2]/name");
    world.check(&[
        (".", "Cy"),
        ("${age}", "12"),
        ("../age", "12"),
        ("${born}", "1992-05-30"),
        ("position(..)", "2"),
        ("count(../../kid)", "3"),
        ("count(${kid})", "3"),
        ("../../kid[position() = position(current()/..) - 1]/name", "Bo"),
        ("../../kid[name = current()]/age", "12"),
        ("../../kid[age < ${age}]/name", "Bo"),
        ("current()", "Cy"),
        ("/data/kid[. = 'nothing']/name", ""),
        ("count(../toy[what = 'drum' and current() = 'Cy'])", "1"),
    ]);
}

#[test]
fn values_keep_their_kind() {
    let world = World::new();
    let eval = |source: &str| Expr::parse(source).unwrap().eval(&world);
    assert_eq!(eval("1 + 1"), Ok(Value::Number(2.0)));
    assert_eq!(eval("1 = 1"), Ok(Value::Boolean(true)));
    assert_eq!(eval("'a'"), Ok(Value::Text("a".into())));
    assert_eq!(eval("today()"), Ok(Value::Text("2026-11-23".into())));
    assert!(matches!(eval("/data/kid"), Ok(Value::Nodes(nodes)) if nodes.len() == 3));
    assert_eq!(eval("count(1)"), Err(EvalError::NotNodes("count")));
    let expr = Expr::parse("${age}").unwrap();
    assert_eq!(expr.eval_number(&world), Ok(34.0));
    assert_eq!(expr.eval_boolean(&world), Ok(true));
}

#[test]
fn the_deepest_expression_that_is_read_can_be_evaluated() {
    let world = World::new();
    let deep = format!("{}1{}", "not(".repeat(150), ")".repeat(150));
    assert_eq!(world.give(&deep), "true");
    let deep = format!("{}../age{}", "../age[".repeat(150), "]".repeat(150));
    assert_eq!(world.give(&deep), "34");
    assert_eq!(world.give(&vec!["1"; 20_000].join(" + ")), "20000");
}

/// Pieces that hostile or careless expressions are made of.
const PIECES: [&str; 48] = [
    "${age}",
    "${kid}",
    "${nobody}",
    ".",
    "..",
    "/",
    "//",
    "*",
    "[",
    "]",
    "(",
    ")",
    "data",
    "kid",
    "name",
    "-",
    "+",
    "div",
    "mod",
    "and",
    "or",
    "=",
    "!=",
    "<",
    ">=",
    "|",
    ",",
    "'",
    "\"",
    "’",
    "1",
    "0",
    "2.5",
    "-1",
    "1e9",
    "'2026-11-23'",
    "'é'",
    "today()",
    "count(",
    "if(",
    "substr(",
    "round(",
    "indexed-repeat(",
    "format-date(",
    "current()",
    "@",
    "::",
    "instance('towns')",
];

proptest::proptest! {
    #[test]
    fn any_text_is_refused_or_gives_a_value(picked in proptest::collection::vec(0..PIECES.len(), 0..24)) {
        let source: String = picked.iter().map(|index| PIECES[*index]).collect();
        if let Ok(expr) = Expr::parse(&source) {
            let world = World::at("/data/kid[2]/name");
            let _ = (expr.eval(&world), expr.eval_text(&world), expr.eval_number(&world), expr.eval_boolean(&world));
        }
    }

    #[test]
    fn any_arguments_are_borne(
        name in proptest::sample::select(vec![
            "substr", "substring", "round", "selected-at", "format-date", "date", "decimal-time", "distance", "area",
            "geofence", "translate", "uuid", "base64-decode", "checklist", "pow", "randomize", "max", "normalize-space",
        ]),
        arguments in proptest::collection::vec(
            proptest::sample::select(vec![
                "''", "'x'", "-1", "0", "99999999999999999999", "0 div 0", "1 div 0", "-1 div 0", "true()", "${kid}",
                "${nobody}", "'2026-11-23'", "'9999-12-31T23:59:59.999-14:00'", "'1 2;3 4'", "'%%%Y%'", "'€a='", "now()",
            ]),
            0..4,
        ),
    ) {
        World::new().give(&format!("{name}({})", arguments.join(", ")));
    }
}
