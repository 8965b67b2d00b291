//! Payloads by rule, and a form whose every word is one.

use std::path::Path;

/// A host that nobody has.
pub(crate) const HOST: &str = "foreign.invalid";
/// Code that leaves a mark on the page. Without brackets, so that it can also be a form's default.
pub(crate) const RUN: &str = "ran=1";
pub(crate) const SECTIONS: usize = 8;
/// Text questions in each section, each with a label, a hint and two messages.
pub(crate) const TEXTS: usize = 5;
/// Choices of the one other question in each.
pub(crate) const CHOICES: usize = 6;

/// Every payload, each ending in a sign and number of its own.
pub(crate) fn payloads() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/payload/templates.txt");
    let text = std::fs::read_to_string(path).expect("the templates");
    let (mut lists, mut all) = (std::collections::BTreeMap::new(), Vec::new());
    let mut turn = 0;
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        if let Some(list) = line.strip_prefix("list ") {
            let (name, words) = list.split_once(": ").expect("a name");
            lists.insert(name.to_owned(), words.split(' ').map(str::to_owned).collect::<Vec<_>>());
            continue;
        }
        let each = ["tag", "break", "link"].into_iter().find(|name| line.contains(&format!("{{{name}}}")));
        let words = each.map_or_else(|| vec![String::new()], |name| lists[name].clone());
        for word in words {
            let line =
                each.map_or_else(|| line.to_owned(), |name| line.replace(&format!("{{{name}}}"), &word));
            let handlers = &lists["on"];
            let line = line.replace("{on}", &handlers[turn % handlers.len()]);
            turn += 1;
            let line = characters(&line.replace("{run}", RUN).replace("{host}", HOST));
            all.push(format!("{line} ¶{}", all.len()));
        }
    }
    all
}

/// `{u:202E}` as the character.
fn characters(line: &str) -> String {
    let mut parts = line.split("{u:");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once('}').expect("a number");
        let number = u32::from_str_radix(number, 16).expect("a number");
        text.extend(char::from_u32(number));
        text.push_str(rest);
    }
    text
}

/// A text as it is compared: without white space, which pages, sheets and forms each treat in their way, and without the
/// signs that XML cannot hold and no page shows.
pub(crate) fn seen(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

/// A form whose every word is a payload, as rows of a sheet; and the payloads in it by the section that shows them.
pub(crate) struct Form {
    pub(crate) sheet: String,
    pub(crate) title: String,
    /// Labels and hints of a section.
    pub(crate) shown: Vec<Vec<String>>,
    /// Messages of a section: of constraints.
    pub(crate) messages: Vec<Vec<String>>,
    /// Payloads that stand in fields from the start.
    pub(crate) defaults: Vec<String>,
}

/// A row of a table in markdown; the first cell is the sheet's name or blank.
fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |", cells.join(" | "))
}

pub(crate) fn form(all: &[String]) -> Form {
    // What begins like a reference to another answer is no text in a form; the rest is.
    let usable: Vec<&String> = all.iter().filter(|text| !text.contains("${")).collect();
    // A default that could be an expression is read as one.
    let signs = ['(', ')', '+', '*', '-', '[', '$', '|', '@', '=', '\'', '{', '.'];
    let plain = usable.iter().filter(|text| !text.contains(signs));
    let defaults: Vec<String> = plain.take(SECTIONS).map(|text| (*text).clone()).collect();
    let mut next = usable.iter().cycle();
    let mut take = || (*next.next().expect("a payload")).clone();
    let title = take();
    let heads = [
        "type",
        "name",
        "label",
        "hint",
        "constraint",
        "constraint_message",
        "required",
        "required_message",
        "default",
    ];
    let mut rows = vec![row(&["survey"]), row(&[&[""], &heads[..]].concat())];
    let mut lists = vec![row(&["choices"]), row(&["", "list_name", "name", "label"])];
    let (mut shown, mut messages) = (Vec::new(), Vec::new());
    for section in 0..SECTIONS {
        let (mut words, mut told) = (vec![take()], Vec::new());
        rows.push(row(&["", "begin_group", &format!("s{section}"), &words[0]]));
        for text in 0..TEXTS {
            let [label, hint, message, required] = [take(), take(), take(), take()];
            let default = defaults.get(section).filter(|_| text == 0).map_or("", String::as_str);
            let name = format!("t{section}_{text}");
            rows.push(row(&[
                "",
                "text",
                &name,
                &label,
                &hint,
                ". != 'malo'",
                &message,
                "yes",
                &required,
                default,
            ]));
            words.extend([label, hint]);
            told.push(message);
        }
        let (label, hint) = (take(), take());
        let (kind, name) = (format!("select_one l{section}"), format!("c{section}"));
        rows.push(row(&["", &kind, &name, &label, &hint]));
        rows.push(row(&["", "end_group"]));
        words.extend([label, hint]);
        for choice in 0..CHOICES {
            let label = take();
            lists.push(row(&["", &format!("l{section}"), &format!("n{choice}"), &label]));
            words.push(label);
        }
        shown.push(words);
        messages.push(told);
    }
    let settings = [
        row(&["settings"]),
        row(&["", "form_title", "form_id", "version"]),
        row(&["", &title, "payload", "1"]),
    ];
    let sheet = [rows, lists, settings.to_vec()].concat().join("\n");
    Form { sheet, title, shown, messages, defaults }
}
