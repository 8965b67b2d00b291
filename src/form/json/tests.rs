use super::*;
use proptest::prelude::*;
use serde_json::Map;

/// `None` for a number that serde_json does not read: it is noticed here when somebody asks for it.
fn to_serde(value: &Value<'_>) -> Option<serde_json::Value> {
    Some(match value {
        Value::Null => serde_json::Value::Null,
        Value::Flag(flag) => (*flag).into(),
        Value::Number(number) => serde_json::from_str(number).ok()?,
        Value::Text(text) => text.as_ref().into(),
        Value::List(values) => values.iter().map(to_serde).collect::<Option<_>>()?,
        // Only of the texts compared here: who asks for a name of two members gets the first.
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| Some((name.clone(), to_serde(value)?)))
            .collect::<Option<_>>()?,
    })
}

fn reads_as_serde_json_does(text: &str) {
    let expected = serde_json::from_str::<serde_json::Value>(text).ok();
    assert_eq!(parse(text).and_then(|value| to_serde(&value)), expected, "{text}");
}

#[test]
fn every_character_is_written_as_serde_json_writes_it() {
    for character in ('\0'..='\u{300}').chain(['\u{2028}', '\u{fffd}', '😀', '\u{10ffff}']) {
        let text = format!("a{character}b");
        let mut writer = Writer::default();
        writer.text(&text);
        assert_eq!(writer.finish(), serde_json::to_string(&text).unwrap());
    }
}

#[test]
fn hard_texts_are_read_as_serde_json_reads_them() {
    for text in [
        "",
        " ",
        "null",
        " true ",
        "false",
        "nul",
        "truefalse",
        "1 2",
        "\u{feff}1",
        "\u{a0}1",
        "{}",
        "[ ]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{\"a\" : [ 1 , {} ] }",
        "0",
        "-0",
        "01",
        "-",
        "+1",
        "1.",
        ".5",
        "1.5",
        "-1.25e3",
        "1e",
        "1e+",
        "1E-2",
        "1e5",
        "0x1",
        "Infinity",
        "\"",
        "\"a",
        "\"\\",
        "\"\\\"",
        "\"\n\"",
        "\"\u{7f}\u{2028}ñ😀\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\u00f1\\u00F1\"",
        "\"\\u+123\"",
        "\"\\u12\"",
        "\"\\u12ñ4\"",
        "\"\\x41\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"\\ud83d\\u0041\"",
        "\"\\ud83dA\"",
        "\"\\ud83d\\ud83d\"",
        "\"\\ud83d\\n\"",
    ] {
        reads_as_serde_json_does(text);
    }
    for depth in [126, 127, 128, 129] {
        reads_as_serde_json_does(&("[".repeat(depth) + &"]".repeat(depth)));
    }
    assert_eq!(parse(&"[".repeat(1_000_000)), None);
    assert_eq!(parse(&"{\"a\":".repeat(1_000_000)), None);
}

#[test]
fn members_of_another_type_are_noticed_and_members_left_out_are_not() {
    let value =
        parse(r#"{"text":"t","number":1.5,"count":7,"flag":true,"null":null,"list":["a",2]}"#).unwrap();
    let members = Members::of(&value).unwrap();
    assert!(Members::of(&Value::Null).is_none() && Members::of(&Value::Text("text".into())).is_none());
    assert_eq!((members.text("text"), members.text("gone")), (Some("t".to_owned()), None));
    assert_eq!((members.text_or_empty("gone"), members.text_or_empty("null")), (Some(String::new()), None));
    assert_eq!(
        (members.count("count"), members.count("number"), members.count("gone")),
        (Some(7), None, None)
    );
    assert_eq!((members.flag_or_false("flag"), members.flag_or_false("text")), (Some(true), None));
    assert_eq!(members.flag_or_false("gone"), Some(false));
    assert_eq!((members.texts("list"), members.texts_or_empty("gone")), (None, Some(Vec::new())));
    assert_eq!(members.list("list").map(<[_]>::len), Some(2));
    assert_eq!((members.list_or_empty("gone"), members.list_or_empty("text")), (Some([].as_slice()), None));
    assert_eq!((members.pair("list"), members.pairs_or_empty("list")), (None, None));
    assert!(members.get("null").is_none() && members.get("gone").is_none());
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<f64>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        any::<String>().prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(4, 30, 5, |inside| {
        prop_oneof![
            proptest::collection::vec(inside.clone(), 0..5).prop_map(serde_json::Value::from),
            proptest::collection::btree_map(any::<String>(), inside, 0..5)
                .prop_map(|members| members.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_json_is_read_as_serde_json_reads_it(json in json()) {
        reads_as_serde_json_does(&json.to_string());
        reads_as_serde_json_does(&serde_json::to_string_pretty(&json).unwrap());
    }

    #[test]
    fn damaged_json_is_read_as_serde_json_reads_it(
        json in json(), at: proptest::sample::Index, with in r#"[\[\]{}:,"\\0-9.eEu+\- ]{0,3}"#, cut in 0..3_usize,
    ) {
        let mut characters: Vec<char> = json.to_string().chars().collect();
        let at = at.index(characters.len());
        let end = (at + cut).min(characters.len());
        characters.splice(at..end, with.chars());
        reads_as_serde_json_does(&characters.into_iter().collect::<String>());
    }

    #[test]
    fn noise_never_panics(noise: String) {
        reads_as_serde_json_does(&noise);
    }

    #[test]
    fn a_number_comes_back_as_it_was(value in any::<f64>().prop_filter("finite", |value| value.is_finite())) {
        let mut writer = Writer::default();
        writer.number_member("a", value);
        let written = writer.finish();
        prop_assert_eq!(parse(written.trim_start_matches("\"a\":")).as_ref().and_then(number), Some(value));
    }

    #[test]
    fn what_is_written_is_what_serde_json_writes(
        texts: Vec<String>, pairs: Vec<(String, String)>, flag: bool, count: u32, number in -1e6..1e6_f64,
    ) {
        let mut writer = Writer::default();
        writer.open('{');
        writer.texts_member("a", &texts);
        writer.pairs_unless_empty("b", &pairs);
        writer.flag_if_true("c", flag);
        writer.count_member("d", u64::from(count));
        writer.number_member("e", number);
        writer.open_member("f", '[');
        for text in &texts {
            writer.open('{');
            writer.text_unless_empty("g", text);
            writer.close('}');
        }
        writer.close(']');
        writer.close('}');
        let mut expected = Map::new();
        expected.insert("a".into(), texts.clone().into());
        if !pairs.is_empty() {
            expected.insert("b".into(), serde_json::to_value(&pairs).unwrap());
        }
        if flag {
            expected.insert("c".into(), true.into());
        }
        expected.insert("d".into(), count.into());
        expected.insert("e".into(), number.into());
        let inside = texts.iter().map(|text| {
            if text.is_empty() { serde_json::json!({}) } else { serde_json::json!({ "g": text }) }
        });
        expected.insert("f".into(), inside.collect());
        prop_assert_eq!(writer.finish(), serde_json::Value::from(expected).to_string());
    }
}
