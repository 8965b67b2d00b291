use super::*;

const HEADER: &str =
    "| | type | name | label | calculation | default | trigger | parameters | appearance | bind::type |";

fn survey(rows: &str) -> String {
    format!(
        "| survey |\n{HEADER}\n{rows}\n| choices |\n| | list_name | name | label |\n| | l | 0 | Low |\n| | l | 10 | High |"
    )
}

/// One row: its type, and what stands in the columns after the label.
fn row(kind: &str, rest: &str) -> String {
    survey(&format!("| | {kind} | a | A | {rest}"))
}

#[test]
fn types_become_kinds() {
    for (kind, expected, appearance) in [
        ("text", "text", ""),
        ("string", "text", ""),
        ("int", "integer", ""),
        ("decimal", "decimal", ""),
        ("date", "date", ""),
        ("time", "time", ""),
        ("datetime", "dateTime", ""),
        ("note", "note", ""),
        ("select1 l", "select_one", ""),
        ("select all that apply from l", "select_multiple", ""),
        ("rank l", "rank", ""),
        ("acknowledge", "select_multiple", ""),
        ("barcode", "text", "media"),
        ("geopoint", "text", "place"),
        ("hidden", "text", "hidden"),
        ("today", "calculate", ""),
        ("deviceid", "calculate", ""),
        ("start-geopoint", "calculate", ""),
        ("image", "text", "media"),
        ("video", "text", "media"),
        ("geotrace", "note", ""),
    ] {
        let form = form(&row(kind, "| | | | | |"));
        let node = node(&form, "a");
        assert_eq!((node.kind.as_str(), node.appearance.as_str()), (expected, appearance), "{kind}");
    }
    let form = form(&row("acknowledge", "| | | | | |"));
    assert_eq!(choices(&form, &node(&form, "a").list)[0].name, "OK");
}

#[test]
fn what_is_not_taken_is_told() {
    for (kind, expected) in [
        ("start", ProblemKind::DayOnly("start".to_owned())),
        ("username", ProblemKind::NotCollected("username".to_owned())),
        ("geotrace", ProblemKind::ReadOnly("geotrace".to_owned())),
        ("video", ProblemKind::KeptAsItIs("video".to_owned())),
    ] {
        assert_eq!(notices(&row(kind, "| | | | | |")), at("survey 2 type", expected), "{kind}");
    }
    assert_eq!(node(&form(&row("today", "| | | | | |")), "a").default, "today()");
    assert_eq!(node(&form(&row("end", "| | | | | |")), "a").default, "now()");
    let audit = survey("| | audit | audit | | | | | | |\n| | text | a | A | | | | | |");
    assert_eq!(form(&audit).nodes.len(), 1);
    assert_eq!(errors(&survey("| | audit | log | | | | | | |")), at("survey 2 name", ProblemKind::AuditName));
}

#[test]
fn a_question_with_a_file_says_what_gives_it() {
    let table = "| survey |
        | | type | name | label | required | appearance | parameters | default |
        | | image | a | A | yes | | max-pixels=640 | |
        | | image | b | B | | signature | | x.jpg |
        | | image | c | C | | new-front annotate | | |
        | | audio | d | D | | | quality=low | |
        | | barcode | e | E | | | | 12 |";
    let form = form(table);
    assert_eq!(form.format, THIRD_FORMAT);
    let of = |name: &str| {
        let node = node(&form, name);
        let parameters: Vec<String> =
            node.parameters.iter().map(|(key, value)| format!("{key}={value}")).collect();
        (node.required.as_str().to_owned(), parameters.join(" "), node.default.clone())
    };
    let is = |required: &str, parameters: &str, default: &str| {
        (required.to_owned(), parameters.to_owned(), default.to_owned())
    };
    assert_eq!(of("a"), is("true()", "media=image max-pixels=640", ""));
    assert_eq!(of("b"), is("", "media=signature", ""));
    assert_eq!(of("c"), is("", "media=annotate", ""));
    assert_eq!(of("d"), is("", "media=audio", ""));
    assert_eq!(of("e"), is("", "media=barcode", "'12'"));
    let built = Form::build(&form).unwrap();
    let media: Vec<(&str, bool)> =
        built.nodes.iter().map(|node| (node.media.as_str(), node.is_file())).collect();
    assert_eq!(
        media,
        [("image 640", true), ("signature", true), ("annotate", true), ("audio", true), ("barcode", false)]
    );
    let told: Vec<String> = notices(table).into_iter().map(|(place, _)| place).collect();
    assert_eq!(told, ["survey 3 default", "survey 4 appearance", "survey 5 parameters", "survey 5 type"]);
    // And a workbook made of it asks the same.
    let again = read(&write(&form)).form.unwrap();
    assert_eq!(
        again.nodes.iter().map(|node| &node.parameters).collect::<Vec<_>>(),
        form.nodes.iter().map(|node| &node.parameters).collect::<Vec<_>>()
    );
}

#[test]
fn what_stands_beside_a_text_is_found_among_the_files_that_came_along() {
    let table = "
        | survey  |
        |         | type          | name | label::es | label::en | media::image | audio::es | media::video::en | big-image |
        |         | begin group   | g    | Grupo     | Group     | casa.jpg     |           |                  |           |
        |         | select_one yn | a    | Uno       | One       | img/Casa.JPG | uno.mp3   | one.mp4          |           |
        |         | note          | b    | Dos       | Two       | ${a}.jpg     |           |                  |           |
        |         | end group     |      |           |           |              |           |                  |           |
        | choices |
        |         | list name | name | label::es | label::en | image     |
        |         | yn        | y    | Sí        | Yes       | uno.mp3   |
        |         | yn        | n    |           |           | no hay.png |";
    let mut sheets = sheets(table);
    for (file, name) in [("casa.jpg", "0000000000000001.jpg"), ("uno.mp3", "0000000000000002.mp3")] {
        sheets.media.push(Medium { file: file.to_owned(), name: name.to_owned() });
    }
    let reading = read(&sheets);
    let form = reading.form.unwrap();
    assert_eq!(form.format, FORMAT);
    let video = "video  one.mp4";
    let (picture, sound) = ("image 0000000000000001.jpg img/Casa.JPG", "audio 0000000000000002.mp3 uno.mp3");
    let shows = (SHOWS.to_owned(), [picture, sound, video].join("\n"));
    assert_eq!(node(&form, "a").parameters, [shows], "a language without a file has that of the other");
    assert!(node(&form, "g").parameters.is_empty() && node(&form, "b").parameters.is_empty());
    let shown = (SHOWS.to_owned(), "image  uno.mp3".to_owned());
    assert_eq!(choices(&form, "yn")[0].columns, [shown], "a sound is no picture");
    assert_eq!(
        choices(&form, "yn")[1].label,
        ["n", "n"],
        "a picture alone has no name for who does not see it"
    );
    assert_eq!(form.shown_files(), ["0000000000000001.jpg", "0000000000000002.mp3"]);
    let told: Vec<(Option<usize>, ProblemKind)> =
        reading.problems.into_iter().map(|problem| (problem.place.row, problem.kind)).collect();
    for expected in [
        (Some(2), ProblemKind::MediaOfGroup),
        (Some(3), ProblemKind::MissingFile("one.mp4".to_owned())),
        (Some(4), ProblemKind::MediaName("${a}.jpg".to_owned())),
        (Some(2), ProblemKind::OtherMedium("uno.mp3".to_owned())),
        (Some(3), ProblemKind::MissingFile("no hay.png".to_owned())),
    ] {
        assert!(told.contains(&expected), "{expected:?} in {told:?}");
    }
    // The names of files go into a workbook as their author has them.
    let mut again = write(&form);
    again.media = sheets.media;
    assert_eq!(node(&read(&again).form.unwrap(), "a").parameters, node(&form, "a").parameters);
}

#[test]
fn yes_and_no_are_conditions() {
    let table = "
        | survey |
        |        | type    | name | label | required | readonly | relevant | constraint |
        |        | integer | a    | A     | Yes      | no       | TRUE     | no         |
        |        | integer | b    | B     | ${a} > 1 | true()   |          |            |";
    let form = form(table);
    let (a, b) = (node(&form, "a"), node(&form, "b"));
    assert_eq!((a.required.as_str(), a.readonly.as_str()), ("true()", ""));
    assert_eq!((a.relevant.as_str(), a.constraint.as_str()), ("true()", "false()"));
    assert_eq!((b.required.as_str(), b.readonly.as_str()), ("${a} > 1", "true()"));
}

#[test]
fn a_range_is_a_number_on_a_scale() {
    let form = form(&survey(
        "| | range | a | A | | | | | | |
         | | range | b | B | | | | start=0 end=1 step=0.25 | vertical | |",
    ));
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    let (a, b) = (node(&form, "a"), node(&form, "b"));
    assert_eq!((a.kind.as_str(), b.kind.as_str()), ("integer", "decimal"));
    assert_eq!(a.parameters, [pair("start", "1"), pair("end", "10"), pair("step", "1")]);
    assert_eq!(b.parameters, [pair("start", "0"), pair("end", "1"), pair("step", "0.25")]);
    let ticks = notices(&row("range", "| | | start=0 end=10 tick_labelset=l | | |"));
    let unused = ProblemKind::Parameter(ParameterFault::Unused("tick_labelset".to_owned()));
    assert_eq!(ticks, at("survey 2 parameters", unused));
}

#[test]
fn parameters_belong_to_their_type() {
    let fault = |kind: &str, parameters: &str| {
        let all = errors(&row(kind, &format!("| | | {parameters} | | |")));
        let [(place, ProblemKind::Parameter(fault))] = &all[..] else {
            panic!("{kind} {parameters}: {all:?}")
        };
        assert_eq!(place, "survey 2 parameters");
        fault.clone()
    };
    assert_eq!(fault("text", "rows"), ParameterFault::Shape);
    assert_eq!(fault("text", "rows=few"), ParameterFault::Whole("rows"));
    assert_eq!(fault("range", "step=0"), ParameterFault::Zero("step"));
    assert_eq!(fault("select_one l", "seed=1"), ParameterFault::SeedAlone);
    assert_eq!(fault("image", "max-pixels=big"), ParameterFault::Whole("max-pixels"));
    assert_eq!(fault("geopoint", "capture-accuracy=near"), ParameterFault::Number("capture-accuracy"));
    assert_eq!(fault("geopoint", "reference-geometry=none"), ParameterFault::Geometry("none".to_owned()));
    assert!(matches!(fault("rank l", "label=x"), ParameterFault::Unknown { .. }));
}

#[test]
fn calculations_are_kept_and_never_seen() {
    let form = form(&survey(
        "| | calculate | a | | 1 + 1 | | | | | int |
         | | text | b | | ${a} * 2 | | | | | |
         | | text | c | C | ${a} * 2 | | | | | |",
    ));
    for (name, kind, appearance) in [("a", "integer", "hidden"), ("b", "text", "hidden"), ("c", "text", "")] {
        let node = node(&form, name);
        assert_eq!((node.kind.as_str(), node.appearance.as_str()), (kind, appearance), "{name}");
    }
    assert_eq!(
        errors(&survey("| | calculate | a | | | | | | | |")),
        at("survey 2 calculation", ProblemKind::NoCalculation)
    );
    assert_eq!(errors(&survey("| | calculate | a | | | now() | | | | |")), []);
}

#[test]
fn a_question_has_something_to_read() {
    assert_eq!(
        errors(&survey("| | text | a | | | | | | | |")),
        at("survey 2 label", ProblemKind::NoLabel("a".to_owned()))
    );
    let hint =
        "| survey |\n| | type | name | hint | guidance_hint |\n| | text | a | H | |\n| | text | b | | G |";
    assert_eq!(errors(hint), at("survey 3 label", ProblemKind::NoLabel("b".to_owned())));
    let picture = "| survey |\n| | type | name | image | big-image |\n| | text | a | p.png | |\n| | text | b | | p.png |";
    assert_eq!(errors(picture), at("survey 3 big-image", ProblemKind::BigImage));
}

#[test]
fn defaults_are_written_as_expressions() {
    for (kind, cell, expected) in [
        ("text", "hello", "'hello'"),
        ("text", "it's", "\"it's\""),
        ("integer", "-5", "'-5'"),
        ("date", "2026-01-31", "'2026-01-31'"),
        ("geopoint", "9.0 -79.5 0 0", "'9.0 -79.5 0 0'"),
        ("text", "https://a-b.org/?c=1", "'https://a-b.org/?c=1'"),
        ("integer", "1 + 2", "1 + 2"),
        ("date", "today()", "today()"),
        ("text", "black - white", "'black - white'"),
        ("text", "Town(west)", "'Town(west)'"),
    ] {
        let form = form(&row(kind, &format!("| {cell} | | | | |")));
        assert_eq!(node(&form, "a").default, expected, "{cell}");
    }
}

#[test]
fn triggers_are_questions_that_people_see() {
    let rows = |trigger: &str| {
        survey(&format!(
            "| | text | q | Q | | | | | | |\n| | text | p | P | | | | | | |\n| | calculate | c | | 1 | | | | | |
             | | begin group | g | G | | | | | | |\n| | end group | | | | | | | | |
             | | dateTime | a | | now() | | {trigger} | | | |"
        ))
    };
    let form = form(&rows("${q}, ${p}"));
    assert_eq!(node(&form, "a").trigger, ["q", "p"]);
    let place = "survey 7 trigger";
    assert_eq!(errors(&rows("${q} ${p}")), at(place, ProblemKind::TriggerComma));
    assert_eq!(errors(&rows("${g}")), at(place, ProblemKind::NoReference("g".to_owned())));
    assert_eq!(errors(&rows("${c}")), at(place, ProblemKind::TriggerUnseen("c".to_owned())));
    assert_eq!(errors(&rows("q")), at(place, ProblemKind::BadReference("q".to_owned())));
    assert_eq!(
        errors(&survey("| | background-geopoint | a | | 1 | | | | | |")),
        [
            ("survey 2 trigger".to_owned(), ProblemKind::NoTrigger),
            ("survey 2 calculation".to_owned(), ProblemKind::TriggerCalculation),
        ]
    );
}

#[test]
fn looks_that_are_not_here_are_told() {
    let appearance = |kind: &str, cell: &str| {
        let table = row(kind, &format!("| | | | {cell} | |"));
        (node(&form(&table), "a").appearance.clone(), notices(&table))
    };
    assert_eq!(appearance("select_one l", "likert w2"), ("scale".to_owned(), Vec::new()));
    assert_eq!(appearance("date", "month-year"), ("month".to_owned(), Vec::new()));
    let unknown = at("survey 2 appearance", ProblemKind::UnknownAppearance("map".to_owned()));
    assert_eq!(appearance("select_one l", "map minimal"), ("minimal".to_owned(), unknown));
}

#[test]
fn expressions_in_texts_are_told() {
    let table = survey("| | note | a | instance('l')/root/item[name = '0']/label | | | | | | |");
    assert_eq!(notices(&table), at("survey 2 label", ProblemKind::ExpressionInText));
}

#[test]
fn nothing_is_asked_of_what_nobody_sees() {
    let table = "
        | survey |
        |        | type        | name | label | calculation | required | constraint |
        |        | text        | a    |       | 1           | yes      | . = 2      |
        |        | begin group | g    | G     |             | yes      |            |
        |        | end group   |      |       |             |          |            |";
    let form = form(table);
    let a = node(&form, "a");
    assert_eq!((a.required.as_str(), a.constraint.as_str(), a.appearance.as_str()), ("", "", "hidden"));
    let unused = |place: &str| (place.to_owned(), ProblemKind::UnusedColumn);
    let places = ["survey 2 required", "survey 2 constraint", "survey 3 required"];
    assert_eq!(notices(table), places.map(unused));
}

#[test]
fn a_default_that_is_no_expression_is_a_text_and_told() {
    let told = at("survey 2 default", ProblemKind::DefaultText);
    assert_eq!(notices(&row("date", "| tody() | | | | |")), told);
}
