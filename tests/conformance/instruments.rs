//! Every expression of the instruments that Sondeo was made for can be read.

use serde_json::Value as Json;
use sondeo::xpath::Expr;

const COLUMNS: [&str; 6] =
    ["relevant", "constraint", "calculation", "choice_filter", "required", "repeat_count"];

#[test]
fn every_expression_of_the_instruments_is_read() {
    let folder = super::folder().and_then(|folder| Some(folder.parent()?.join("instruments")));
    let Some(folder) = folder.filter(|folder| folder.is_dir()) else {
        println!("instruments: no folder of instruments here, nothing read");
        return;
    };
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let json: Json = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            read += visit(&json);
        }
    }
    println!("instruments: {read} expressions read");
    assert!(read > 0, "no expression was found");
}

/// Reads the expressions within, and counts them.
fn visit(json: &Json) -> usize {
    match json {
        Json::Array(items) => items.iter().map(visit).sum(),
        Json::Object(fields) => fields
            .iter()
            .map(|(name, value)| match value.as_str() {
                Some(text) if COLUMNS.contains(&name.as_str()) && !text.is_empty() => {
                    Expr::parse(text).unwrap_or_else(|error| panic!("{name}: {text}: {error}"));
                    1
                }
                _ => visit(value),
            })
            .sum(),
        _ => 0,
    }
}
