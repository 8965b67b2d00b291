use super::super::{Expr, LocationPath, ParseErrorKind, PathStart, PathStep, Reference};
use super::DEEPEST;

fn fault(source: &str) -> (ParseErrorKind, usize) {
    let error = Expr::parse(source).expect_err(source);
    (error.kind, error.position)
}

#[test]
fn faults_say_what_and_where() {
    use ParseErrorKind::*;
    let table = [
        ("", Empty, 0),
        (" \u{a0}\n", Empty, 3),
        ("1 +", UnexpectedEnd, 3),
        ("(1 + 2", UnexpectedEnd, 6),
        ("${a}[1", UnexpectedEnd, 6),
        ("1 2", Unexpected('2'), 2),
        ("${a} == 1", Unexpected('='), 6),
        ("${a} && ${b}", Unexpected('&'), 5),
        ("if(${a}; 1; 2)", Unexpected(';'), 7),
        ("1 OR 1", Unexpected('O'), 2),
        ("a orb", Unexpected('o'), 2),
        ("á = ñ)", Unexpected(')'), 5),
        ("'abc", UnclosedText, 0),
        ("concat('é', \"abc')", UnclosedText, 12),
        ("${a = 1", BadName("a = 1".into()), 0),
        ("1 + ${}", BadName("".into()), 4),
        ("${a b}", BadName("a b".into()), 0),
        ("1 + nope(2)", UnknownFunction("nope".into()), 4),
        ("If(1, 2, 3)", UnknownFunction("If".into()), 0),
        ("a/nope()", Unsupported("nope()".into()), 2),
        ("//a", Unsupported("//".into()), 0),
        ("a//b", Unsupported("//".into()), 1),
        ("@id", Unsupported("@".into()), 0),
        ("../@id", Unsupported("@".into()), 3),
        ("ancestor::a", Unsupported("ancestor::".into()), 0),
        ("a/following-sibling::b", Unsupported("following-sibling::".into()), 2),
        ("orx:meta", Unsupported("orx:meta".into()), 0),
        ("$a", Unsupported("$".into()), 0),
        ("$(a)", Unsupported("$".into()), 0),
        ("a/text()", Unsupported("text()".into()), 2),
        ("instance(${a})/root", Unsupported("instance()".into()), 0),
    ];
    for (source, kind, position) in table {
        assert_eq!(fault(source), (kind, position), "{source}");
    }
}

#[test]
fn argument_counts_are_checked_before_anything_runs() {
    let table = [
        ("today(1)", "today", 0, Some(0), 1),
        ("1 + if(1, 2)", "if", 3, Some(3), 2),
        ("selected(${a})", "selected", 2, Some(2), 1),
        ("round(1, 2, 3)", "round", 1, Some(2), 3),
        ("coalesce()", "coalesce", 1, None, 0),
        ("current(1)", "current", 0, Some(0), 1),
        ("instance()", "instance", 1, Some(1), 0),
        ("indexed-repeat(a, b, 1, c)", "indexed-repeat", 3, Some(7), 4),
        ("weighted-checklist(1, 2, 3)", "weighted-checklist", 4, None, 3),
    ];
    for (source, function, least, most, given) in table {
        let kind = ParseErrorKind::WrongArgumentCount { function, least, most, given };
        assert_eq!(fault(source), (kind, source.find(function).unwrap()), "{source}");
    }
}

#[test]
fn typographic_marks_and_odd_blanks_are_accepted() {
    for source in [
        "${a} = 'yes'",
        "${a} = ‘yes’",
        "${a} = ’yes‘",
        "${a} = “yes”",
        "${a} = \"yes”",
        "\u{feff}${a}\u{a0}=\u{2009}'yes'\u{200b}",
        "\n${ a }\t= 'yes'\r\n",
    ] {
        let expr = Expr::parse(source).unwrap();
        assert_eq!((expr.references(), expr.source()), (&[Reference::Name("a".into())][..], source));
    }
    // A typographic apostrophe is no reason to end text in double marks.
    assert!(Expr::parse("concat(“don’t”, \"l’eau\")").is_ok());
}

#[test]
fn references_are_listed_once_and_predicates_apart() {
    use PathStep::*;
    let child = |name: &str| Child(name.into());
    let path = |start, steps: &[PathStep]| Reference::Path(LocationPath { start, steps: steps.to_vec() });
    let name = |name: &str| Reference::Name(name.into());
    let context = PathStart::Context;
    let table = [
        ("1 + 2", vec![]),
        ("${a} > 1 and ${b} > ${a}", vec![name("a"), name("b")]),
        (". > 5 and current() < 9 and string-length() = 1", vec![Reference::Dot]),
        (
            "../x + /data/y",
            vec![
                path(context.clone(), &[Parent, child("x")]),
                path(PathStart::Root, &[child("data"), child("y")]),
            ],
        ),
        ("position(..)", vec![path(context.clone(), &[Parent])]),
        ("current()/../x/*", vec![path(context.clone(), &[Parent, child("x"), Any])]),
        (
            "../kid[age > ${a}]/name",
            vec![
                path(context.clone(), &[Parent, child("kid"), child("age")]),
                name("a"),
                path(context.clone(), &[Parent, child("kid"), child("name")]),
            ],
        ),
        (
            "../kid[. = current()/../b]",
            vec![
                path(context.clone(), &[Parent, child("kid")]),
                path(context.clone(), &[Parent, child("b")]),
            ],
        ),
        (
            "sum(${kid}[age < 18]/pets)",
            vec![
                name("kid"),
                path(PathStart::Name("kid".into()), &[child("age")]),
                path(PathStart::Name("kid".into()), &[child("pets")]),
            ],
        ),
        (
            "instance('t')/root/item[zone = ${z} and name != .]/label",
            vec![Reference::Instance("t".into()), name("z")],
        ),
        ("pulldata('t', 'label', 'name', ${z})", vec![Reference::Instance("t".into()), name("z")]),
        ("${last-saved#age} + ${last-saved#age}", vec![Reference::LastSaved("age".into())]),
        ("jr:choice-name(${q}, '${list}')", vec![name("q"), name("list")]),
        ("once(uuid())", vec![]),
    ];
    for (source, references) in table {
        assert_eq!(Expr::parse(source).unwrap().references(), references, "{source}");
    }
}

#[test]
fn volatile_is_what_asks_the_clock_or_for_chance() {
    for source in ["now()", "1 + today()", "a[random() > 0.5]", "uuid(5)", "if(1, randomize(${a}), 2)"] {
        assert!(Expr::parse(source).unwrap().is_volatile(), "{source}");
    }
    for source in ["1", "${today}", "randomize(${a}, 42)", "date('2026-11-23')"] {
        assert!(!Expr::parse(source).unwrap().is_volatile(), "{source}");
    }
}

#[test]
fn hostile_nesting_is_refused_and_long_chains_are_not() {
    let deep = |count: usize| format!("{}1{}", "(".repeat(count), ")".repeat(count));
    assert!(Expr::parse(&deep(DEEPEST - 1)).is_ok());
    assert_eq!(fault(&deep(DEEPEST)).0, ParseErrorKind::TooDeep);
    assert_eq!(fault(&"not(".repeat(100_000)).0, ParseErrorKind::TooDeep);
    assert_eq!(fault(&"a[".repeat(100_000)).0, ParseErrorKind::TooDeep);
    assert!(Expr::parse(&format!("{}1", "-".repeat(100_001))).is_ok());
    for operator in ["+", "and", "=", "*", "|"] {
        assert!(Expr::parse(&vec!["${a}"; 20_000].join(&format!(" {operator} "))).is_ok());
    }
    let nested = format!("{}'x'{}", "if(${a} = 1, 'b', ".repeat(100), ")".repeat(100));
    assert!(Expr::parse(&nested).is_ok());
}
