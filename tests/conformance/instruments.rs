//! Every expression of the instruments that Sondeo was made for can be read.

use std::path::Path;

use serde_json::Value as Json;
use sondeo::xpath::Expr;

const COLUMNS: [&str; 6] =
    ["relevant", "constraint", "calculation", "choice_filter", "required", "repeat_count"];

/// What cannot be read.
pub(crate) fn read_all(folder: &Path) -> Vec<String> {
    let folder = folder.parent().map(|above| above.join("instruments"));
    let Some(folder) = folder.filter(|folder| folder.is_dir()) else {
        println!("instruments: no folder of instruments here, nothing read");
        return Vec::new();
    };
    let (mut read, mut faults) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let json: Json = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            read += visit(&json, &mut faults);
        }
    }
    println!("instruments: {read} expressions read");
    if read == 0 {
        faults.push("no expression was found".to_owned());
    }
    faults
}

/// Reads the expressions within, and counts them.
fn visit(json: &Json, faults: &mut Vec<String>) -> usize {
    match json {
        Json::Array(items) => items.iter().map(|item| visit(item, faults)).sum(),
        Json::Object(fields) => {
            let mut read = 0;
            for (name, value) in fields {
                match value.as_str() {
                    Some(text) if COLUMNS.contains(&name.as_str()) && !text.is_empty() => {
                        match Expr::parse(text) {
                            Ok(_) => read += 1,
                            Err(error) => faults.push(format!("{name}: {text}: {error}")),
                        }
                    }
                    _ => read += visit(value, faults),
                }
            }
            read
        }
        _ => 0,
    }
}
