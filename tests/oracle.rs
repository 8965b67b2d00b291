//! Sondeo's side of `./dev oracle`: fills a form as lines on standard input say, and tells its state in lines. Read [`main`]
//! first; `oracle/walk.py` knows the protocol, and speaks it with `oracle/Walk.java` too. Without `SONDEO_ORACLE` it does nothing.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a driver that cannot read its orders must stop, and standard output is how it answers"
)]

use std::fmt::Write;
use std::io::{BufRead, Write as _};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::process::ExitCode;
use std::rc::Rc;

use sondeo::engine::{Answer, At, Moment, Session, Settings, ViolationKind};
use sondeo::form::{Appearance, DateTime, Form, Node, NodeKind, QuestionKind, Time};
use sondeo::instrument::{bundled_survey, definition_from_json};
use sondeo::job::form_workbook;
use sondeo::xlsform::{self, SheetName, Sheets};

/// Minutes from UTC; walk.py tells JavaRosa the same zone.
const PANAMA: i16 = -300;
/// Between the names of choices, which may have spaces.
const BETWEEN: &str = "\u{1f}";

fn main() -> ExitCode {
    if std::env::var_os("SONDEO_ORACLE").is_none() {
        println!("test result: ok. 0 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out");
        return ExitCode::SUCCESS;
    }
    panic::set_hook(Box::new(|_| {}));
    let mut filling = None;
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let words: Vec<&str> = line.split('\t').collect();
        let told = panic::catch_unwind(AssertUnwindSafe(|| act(&mut filling, &words)));
        match told.unwrap_or_else(|_| Err(String::from("panicked"))) {
            Ok(told) => print!("{told}"),
            Err(fault) => println!("error\t{}", escape(&fault)),
        }
        println!(".");
        std::io::stdout().flush().unwrap();
    }
    ExitCode::SUCCESS
}

/// A session and the clock that it is told.
struct Filling {
    session: Session,
    now: Moment,
}

fn act(filling: &mut Option<Filling>, words: &[&str]) -> Result<String, String> {
    if let ["export", folder] = words {
        return export(Path::new(folder)).map(|()| String::new());
    }
    if let ["load", file, now] = words {
        *filling = None;
        *filling = Some(load(Path::new(file), now)?);
        return Ok(String::new());
    }
    let Filling { session, now } = filling.as_mut().ok_or("no form")?;
    let find = |path: &str| session.find(path).ok_or_else(|| format!("no {path}"));
    match words {
        ["set", path, text] => {
            let at = find(path)?;
            let answer =
                read(session, at, &unescape(text)).ok_or_else(|| format!("{path} cannot hold {text}"))?;
            session.answer(at, answer, *now);
        }
        ["add", path] => drop(session.add(find(path)?, *now)),
        ["remove", path] => drop(session.remove(find(path)?, *now)),
        ["state"] => {
            let mut told = String::new();
            session.roots().into_iter().for_each(|at| tell(session, at, &mut told));
            return Ok(told);
        }
        _ => return Err(format!("no command {words:?}")),
    }
    Ok(String::new())
}

fn load(file: &Path, now: &str) -> Result<Filling, String> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let bytes = std::fs::read(file).map_err(|error| error.to_string())?;
    let sheets = xlsform::open(&name, &bytes).map_err(|error| format!("{error:?}"))?;
    let reading = xlsform::read(&sheets);
    let source = reading.form.ok_or_else(|| format!("{:?}", reading.problems))?;
    let form = Form::build(&source).map_err(|problems| format!("{problems:?}"))?;
    let language = form.language(default_language(&sheets)).unwrap_or(0);
    let now = DateTime::parse(now, PANAMA).ok_or("no moment")?;
    let settings = Settings {
        language,
        seed: 7,
        matches,
        calculate: sondeo::xpath::Math::calculate,
        digest: sondeo::xpath::digest::digest,
    };
    let session = Session::new(Rc::new(form), settings, now).map_err(|cycle| format!("{cycle:?}"))?;
    Ok(Filling { session, now })
}

/// The built-in instruments as workbooks, so that ODK's tools can read them.
fn export(folder: &Path) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    for name in ["post_visit", "community_safety"] {
        let instrument = format!("{}/public/instruments/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let json = std::fs::read_to_string(instrument).map_err(|error| error.to_string())?;
        let definition = definition_from_json(&json).map_err(|error| format!("{error:?}"))?;
        let (_, form) = bundled_survey(&definition).map_err(|error| format!("{error:?}"))?;
        let bytes = form_workbook(&form).map_err(|error| format!("{error:?}"))?;
        std::fs::write(folder.join(format!("built_in_{name}.xlsx")), bytes)
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// The language that a form begins in: `es` of `Español (es)`.
fn default_language(sheets: &Sheets) -> &str {
    let settings = sheets.sheets.iter().find(|sheet| sheet.name == SheetName::Settings);
    let cell = settings.and_then(|sheet| {
        let column = sheet.header.iter().position(|header| header == "default_language")?;
        sheet.rows.first()?.cells.get(column)
    });
    let language = cell.map_or("", String::as_str);
    let inside = language.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    inside.map_or(language, |(tag, _)| tag).trim()
}

/// A text as an answer; times are those of the clock on the wall, as the questions' fields read them.
fn read(session: &Session, at: At, text: &str) -> Option<Answer> {
    match session.definition(at)?.kind {
        NodeKind::Question(QuestionKind::Time) if !text.is_empty() => {
            Some(Answer::Time(Time::parse(text, PANAMA)?))
        }
        NodeKind::Question(QuestionKind::DateTime) if !text.is_empty() => {
            Some(Answer::DateTime(DateTime::parse(text, PANAMA)?))
        }
        NodeKind::Question(kind) => Answer::from_text(kind, text),
        _ => None,
    }
}

fn tell(session: &Session, at: At, told: &mut String) {
    let (Some(node), Some(state)) = (session.definition(at), session.state(at)) else { return };
    let path = session.path(at);
    let bit = u8::from;
    let children = session.children(at);
    match node.kind {
        NodeKind::Repeat { .. } if !session.is_instance(at) => {
            let _ = writeln!(told, "repeat\t{path}\t{}\t{}", children.len(), bit(session.is_extensible(at)));
        }
        NodeKind::Repeat { .. } | NodeKind::Group(_) => {
            let _ = writeln!(told, "group\t{path}\t{}", bit(state.relevant));
        }
        NodeKind::Question(_) | NodeKind::Note | NodeKind::Calculate => {
            let names: Vec<&str> = state.choices.iter().map(|choice| choice.name.as_str()).collect();
            let choices =
                if node.kind.list().is_some() { escape(&names.join(BETWEEN)) } else { String::from("-") };
            let _ = writeln!(
                told,
                "leaf\t{path}\t{}\t{}\t{}\t{}\t{}\t{}\t{choices}\t{}",
                kind(node),
                bit(state.relevant),
                bit(state.required),
                bit(state.readonly),
                bit(state.violation == Some(ViolationKind::Constraint)),
                escape(&state.answer.to_text()),
                escape(&state.label),
            );
        }
    }
    children.into_iter().for_each(|child| tell(session, child, told));
}

fn kind(node: &Node) -> &'static str {
    match node.kind {
        // Nobody answers it.
        NodeKind::Question(_) if node.appearance == Appearance::Hidden => "calculate",
        NodeKind::Question(kind) => match kind {
            QuestionKind::Text if node.appearance == Appearance::Place => "place",
            QuestionKind::Text => "text",
            QuestionKind::Integer => "integer",
            QuestionKind::Decimal => "decimal",
            QuestionKind::SelectOne(_) => "select_one",
            QuestionKind::SelectMultiple(_) => "select_multiple",
            QuestionKind::Rank(_) => "rank",
            QuestionKind::Date => "date",
            QuestionKind::Time => "time",
            QuestionKind::DateTime => "dateTime",
        },
        NodeKind::Calculate => "calculate",
        NodeKind::Note | NodeKind::Group(_) | NodeKind::Repeat { .. } => "note",
    }
}

fn matches(pattern: &str, text: &str) -> Option<bool> {
    Some(regex_lite::Regex::new(&format!("^(?:{pattern})$")).ok()?.is_match(text))
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t")
}

fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        plain.push(match sign {
            '\\' => match signs.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                other => other.unwrap_or('\\'),
            },
            sign => sign,
        });
    }
    plain
}
