//! JSON for reading by eye.

/// JSON without spaces, indented by two a level. serde_json's own indenting would compile every shape a second time.
pub(super) fn indented(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        (0..depth).for_each(|_| out.push_str("  "));
    };
    let mut characters = json.chars().peekable();
    while let Some(character) = characters.next() {
        if quoted {
            out.push(character);
            quoted = escaped || character != '"';
            escaped = !escaped && character == '\\';
            continue;
        }
        match character {
            '{' | '[' => {
                out.push(character);
                let close = if character == '{' { '}' } else { ']' };
                match characters.next_if_eq(&close) {
                    Some(close) => out.push(close),
                    None => {
                        depth += 1;
                        line(&mut out, depth);
                    }
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(character);
            }
            ',' => {
                out.push(character);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            _ => {
                quoted = character == '"';
                out.push(character);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<i64>().prop_map(Value::from),
            r#"[a\\"{}\[\],: ñ]{0,6}"#.prop_map(Value::from)
        ];
        leaf.prop_recursive(4, 30, 4, |inside| {
            prop_oneof![
                proptest::collection::vec(inside.clone(), 0..4).prop_map(Value::from),
                proptest::collection::btree_map(r#"["{\\a:]{0,3}"#, inside, 0..4)
                    .prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn indents_as_serde_json_does(json in json()) {
            prop_assert_eq!(super::indented(&json.to_string()), serde_json::to_string_pretty(&json).unwrap());
        }
    }
}
