//! The house as a test: which module may name which, how long a file may grow, where serde and sentences may stand.

#![allow(clippy::unwrap_used, reason = "a test that cannot read the sources must stop")]

use std::fs;
use std::path::{Path, PathBuf};

/// Module, and the modules of this crate that it may name.
const LAYERS: &[(&str, &[&str])] = &[
    ("xpath", &[]),
    ("form", &["xpath"]),
    ("xlsform", &["xpath", "form"]),
    ("response", &["form"]),
    ("engine", &["xpath", "form", "response"]),
    ("survey", &["form", "response"]),
    ("instrument", &["form", "response", "survey"]),
    ("summary", &["form", "response", "survey"]),
    ("chart", &[]),
    ("i18n", &["form", "engine", "store", "survey", "xlsform", "xpath"]),
    ("report", &["form", "response", "survey", "summary", "chart", "i18n"]),
    ("share", &["form", "response", "survey"]),
    ("store", &["form", "response", "survey"]),
    (
        "job",
        &[
            "xpath",
            "form",
            "xlsform",
            "instrument",
            "engine",
            "response",
            "survey",
            "summary",
            "chart",
            "i18n",
            "report",
            "share",
            "store",
        ],
    ),
    ("browser", &["form", "response", "survey", "share", "store", "xpath"]),
    ("ui/parts", &["i18n", "browser", "store"]),
    ("ui/media", &["i18n", "browser", "store", "response"]),
    (
        "ui/link",
        &["form", "response", "survey", "share", "store", "i18n", "instrument", "job", "browser", "ui"],
    ),
    (
        "ui/fill",
        &[
            "form",
            "engine",
            "response",
            "survey",
            "share",
            "store",
            "i18n",
            "instrument",
            "browser",
            "ui",
            "xpath",
        ],
    ),
    (
        "ui/desk",
        &[
            "xpath",
            "form",
            "instrument",
            "engine",
            "response",
            "survey",
            "summary",
            "chart",
            "i18n",
            "report",
            "share",
            "store",
            "job",
            "browser",
            "ui",
        ],
    ),
];

const LONGEST_FILE: usize = 600;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

/// Every source file with its path from the top, its code without comments, and whether it holds tests only.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    rust_files(&root().join(folder), &mut paths);
    assert!(!paths.is_empty(), "no source under {folder}");
    paths
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn is_test_file(name: &str) -> bool {
    name.ends_with("tests.rs") || name.contains("/tests/")
}

/// The code before the file's own tests, with comments and string contents blanked out.
fn code_only(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut code = String::new();
    for line in text.lines() {
        let line = line.trim_start();
        if !line.starts_with("//") {
            code.push_str(line.split(" // ").next().unwrap_or_default());
            code.push('\n');
        }
    }
    code
}

/// The modules of this crate that a piece of code names: `crate::form::…`, `crate::{form::…, survey}`.
fn named_modules(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for after in code.split("crate::").skip(1) {
        if let Some(group) = after.strip_prefix('{') {
            let mut depth = 0;
            let mut word = String::new();
            let mut taking = true;
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        names.push(std::mem::take(&mut word));
                        taking = true;
                    }
                    c if taking && depth == 0 && (c.is_alphanumeric() || c == '_') => word.push(c),
                    c if c.is_whitespace() => {}
                    _ => taking = false,
                }
            }
            names.push(word);
        } else {
            names.push(after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn a_module_names_only_the_layers_below_it() {
    let known: Vec<&str> =
        LAYERS.iter().map(|(module, _)| module.split('/').next().unwrap_or(module)).collect();
    let mut faults = Vec::new();
    for (name, text) in sources("src") {
        let Some((module, allowed)) =
            LAYERS.iter().find(|(module, _)| name.starts_with(&format!("src/{module}/")))
        else {
            continue;
        };
        let own = module.split('/').next().unwrap_or(module);
        for used in named_modules(&code_only(&text)) {
            let fine = used == own || allowed.contains(&used.as_str()) || !known.contains(&used.as_str());
            if !fine && !is_test_file(&name) {
                faults.push(format!("{name} names {used}, which {module} may not"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_folder_of_src_has_a_place_in_the_layers() {
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "bin" && name != "ui" {
            assert!(LAYERS.iter().any(|(module, _)| *module == name), "src/{name} is not in the layers");
        }
    }
}

#[test]
fn filling_never_names_what_only_the_desk_needs() {
    for (name, text) in sources("src/ui/fill") {
        for word in ["summary", "chart", "report", "xlsform", "job", "desk"] {
            let code = code_only(&text);
            assert!(!code.contains(&format!("crate::{word}")), "{name} names {word}");
            assert!(!code.contains(&format!("ui::{word}")), "{name} names {word}");
        }
    }
}

#[test]
fn the_browser_is_named_in_one_place() {
    for (name, text) in sources("src") {
        let at_home =
            name.starts_with("src/browser/") || name.starts_with("src/ui/") || name.starts_with("src/bin/");
        if !at_home {
            for word in ["web_sys", "js_sys", "leptos", "gloo_storage", "wasm_bindgen"] {
                assert!(!code_only(&text).contains(word), "{name} names {word}");
            }
        }
        if name.starts_with("src/ui/") {
            assert!(!code_only(&text).contains("gloo_storage"), "{name} names gloo_storage");
        }
    }
}

/// Ways from text to markup or script. What is read from forms, files and people is text, and only text.
const WAYS: [&str; 15] = [
    "innerHTML",
    "inner_html",
    "outerHTML",
    "outer_html",
    "insertAdjacentHTML",
    "insert_adjacent_html",
    "document.write",
    "createContextualFragment",
    "DOMParser",
    "setHTMLUnsafe",
    "parseHTMLUnsafe",
    "srcdoc",
    "eval(",
    "new Function",
    "Function::new",
];

#[test]
fn no_text_becomes_markup_or_script() {
    let mut files = sources("src");
    for name in ["public/loader.js", "public/sw.js", "index.html"] {
        files.push((name.to_owned(), fs::read_to_string(root().join(name)).unwrap()));
    }
    let mut faults = Vec::new();
    for (name, text) in files.into_iter().filter(|(name, _)| !is_test_file(name)) {
        for way in WAYS {
            // An expression of a form is evaluated by our own engine, which is a method.
            let code =
                code_only(&text).replace(".eval(", "").replace("fn eval(", "").replace("eval::eval(", "");
            // What is refused has to be named.
            if code.contains(way) && !(name == "src/browser/markup/read.rs" && way == "srcdoc") {
                faults.push(format!("{name}: {way}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_page_has_a_policy_that_runs_and_sends_nothing_foreign() {
    let page = fs::read_to_string(root().join("index.html")).unwrap();
    let (_, after) = page.split_once("http-equiv=\"Content-Security-Policy\" content=\"").unwrap();
    let (policy, after) = after.split_once('"').unwrap();
    assert!(after.contains("<script") && after.contains("<link"), "it stands before all that it is for");
    for wanted in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types default",
    ] {
        assert!(policy.split(';').any(|part| part == wanted), "{wanted}");
    }
    for part in policy.split(';') {
        let sources: Vec<&str> = part.split(' ').skip(1).collect();
        assert!(!sources.contains(&"'unsafe-inline'") && !sources.contains(&"'unsafe-eval'"), "{part}");
        assert!(sources.iter().all(|source| !source.contains(['*', '.', '/'])), "another host: {part}");
    }
    assert!(page.contains("<meta name=\"referrer\" content=\"no-referrer\">"));
}

#[test]
fn serde_stands_only_in_wire_files() {
    for (name, text) in sources("src") {
        if !name.ends_with("/wire.rs") && !name.contains("/wire/") && !is_test_file(&name) {
            assert!(
                !code_only(&text).contains("serde"),
                "{name} names serde; stored shapes belong in wire.rs"
            );
        }
    }
}

#[test]
fn no_file_outgrows_a_reader() {
    for folder in ["src", "tests"] {
        for (name, text) in sources(folder) {
            let lines = text.lines().count();
            assert!(lines <= LONGEST_FILE, "{name} has {lines} lines, more than {LONGEST_FILE}");
        }
    }
}

#[test]
fn each_module_says_what_it_is() {
    for (name, text) in sources("src") {
        if name.ends_with("/mod.rs") {
            assert!(text.starts_with("//!"), "{name} does not open with what lives here");
        }
    }
}

#[test]
fn sentences_for_people_stand_in_i18n() {
    let mut faults = Vec::new();
    for folder in ["src/ui", "src/chart", "src/report", "src/job", "src/browser"] {
        for (name, text) in sources(folder) {
            if is_test_file(&name) {
                continue;
            }
            for (number, line) in code_only(&text).lines().enumerate() {
                faults.extend(
                    line.split('"')
                        .skip(1)
                        .step_by(2)
                        .filter(|literal| reads_like_a_sentence(literal))
                        .map(|literal| format!("{name}, code line {}: {literal:?}", number + 1)),
                );
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A capital first letter and three words or more, or a letter that only Spanish has.
fn reads_like_a_sentence(literal: &str) -> bool {
    let words = literal.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count();
    let begins = literal.chars().next().is_some_and(char::is_uppercase);
    (begins && words >= 3 && !literal.contains(['<', '=', '{']))
        || literal.contains(['á', 'é', 'í', 'ó', 'ú', 'ñ', '¿', '¡'])
}
