//! Conditions in words, where they are simple: comparisons of questions with choices or numbers, joined by one word.

use super::super::layout::Layout;
use crate::form::{Form, NodeId};
use crate::i18n::file as words;

/// More comparisons than this read worse than the expression.
const MOST: usize = 6;
/// A question's label is cut to so many characters.
const LONGEST: usize = 80;

/// What an expression is made of.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// `${name}`
    Question(String),
    /// A text or number.
    Literal(String),
    /// A name or a sign.
    Sign(String),
}

/// When something is asked that all of these expressions must allow. `None`: no expression, or one that is not simple.
pub(super) fn in_words(layout: &Layout<'_>, sources: &[&str]) -> Option<String> {
    let mut groups: Vec<(Vec<String>, bool)> = Vec::new();
    for source in sources {
        let group = comparisons(layout, &tokens(source)?)?;
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    if groups.is_empty() || groups.iter().map(|(parts, _)| parts.len()).sum::<usize>() > MOST {
        return None;
    }
    let language = layout.words;
    if let [(parts, all)] = groups.as_slice() {
        return Some(words::together(parts, *all, language));
    }
    let mut all: Vec<String> = Vec::new();
    for (parts, joined_by_and) in groups {
        if joined_by_and {
            parts.into_iter().for_each(|part| {
                if !all.contains(&part) {
                    all.push(part);
                }
            });
        } else {
            all.push(format!("({})", parts.join(language.pick(" o ", " or "))));
        }
    }
    Some(words::together(&all, true, language))
}

/// The comparisons, and whether all of them must hold (else any).
fn comparisons(layout: &Layout<'_>, tokens: &[Token]) -> Option<(Vec<String>, bool)> {
    let mut parts = Vec::new();
    let mut joint = None;
    let mut rest = tokens;
    loop {
        let (part, after) = comparison(layout, rest)?;
        parts.push(part);
        match after.split_first() {
            None => return Some((parts, joint.unwrap_or(true))),
            Some((Token::Sign(sign), after)) if sign == "and" || sign == "or" => {
                let all = sign == "and";
                if joint.is_some_and(|known| known != all) {
                    return None;
                }
                joint = Some(all);
                rest = after;
            }
            Some(_) => return None,
        }
    }
}

fn comparison<'t>(layout: &Layout<'_>, tokens: &'t [Token]) -> Option<(String, &'t [Token])> {
    let language = layout.words;
    match tokens {
        [Token::Question(name), Token::Sign(sign), Token::Literal(value), rest @ ..] => {
            let (question, choice) = named(layout, name, value)?;
            let words = match (sign.as_str(), choice) {
                ("!=", _) if value.is_empty() => words::is_answered(&question?, language),
                ("=", Some(choice)) => words::is_answer(&question?, &choice, language),
                ("!=", Some(choice)) => words::is_not_answer(&question?, &choice, language),
                ("<" | ">" | "<=" | ">=", None) if value.parse::<f64>().is_ok() => {
                    words::compares(&question?, sign, value, language)
                }
                ("=", None) if question.is_some() => words::is_answer(&question?, value, language),
                // Not a question: what is computed has no label.
                ("=" | "!=", None) => format!("{name} {sign} {value}"),
                _ => return None,
            };
            Some((words, rest))
        }
        [
            Token::Sign(selected),
            Token::Sign(open),
            Token::Question(name),
            Token::Sign(comma),
            Token::Literal(value),
            Token::Sign(close),
            rest @ ..,
        ] if selected == "selected" && open == "(" && comma == "," && close == ")" => {
            let (question, choice) = named(layout, name, value)?;
            Some((words::is_marked(&question?, &choice?, language), rest))
        }
        _ => None,
    }
}

/// The label of a question (`None`: it is no question) and of the choice that a value names. `None`: no such node.
fn named(layout: &Layout<'_>, name: &str, value: &str) -> Option<(Option<String>, Option<String>)> {
    let id = layout.form.find(name)?;
    let node = layout.form.node(id)?;
    if !node.kind.is_question() {
        return Some((None, None));
    }
    let list = layout.form.choices_of(node);
    let at = list.and_then(|list| list.choices.iter().position(|choice| choice.name == value));
    let choice = at.map(|at| layout.choice_label(id, at));
    Some((Some(short(layout.form, layout.language, id)), choice))
}

fn short(form: &Form, language: usize, id: NodeId) -> String {
    let Some(node) = form.node(id) else { return String::new() };
    let label = node.label.plain(language);
    match label.char_indices().nth(LONGEST) {
        _ if label.is_empty() => node.name.clone(),
        None => label,
        Some((at, _)) => format!("{}…", label.get(..at).unwrap_or_default().trim_end()),
    }
}

/// The tokens of an expression; `None` for signs that simple conditions do not have.
fn tokens(source: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = source.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = if let Some(after) = rest.strip_prefix("${") {
            let (name, _) = after.split_once('}')?;
            (Token::Question(name.trim().to_owned()), name.len() + 3)
        } else if first == '\'' || first == '"' {
            let (text, _) = rest.get(1..)?.split_once(first)?;
            (Token::Literal(text.to_owned()), text.len() + 2)
        } else if first.is_ascii_digit() {
            let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
            (Token::Literal(rest.get(..end)?.to_owned()), end)
        } else if first.is_ascii_alphabetic() {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(rest.len());
            (Token::Sign(rest.get(..end)?.to_owned()), end)
        } else {
            let two = ["!=", "<=", ">="].into_iter().find(|sign| rest.starts_with(sign));
            let sign =
                two.or_else(|| ["=", "<", ">", "(", ")", ","].into_iter().find(|s| rest.starts_with(s)))?;
            (Token::Sign(sign.to_owned()), sign.len())
        };
        tokens.push(token);
        rest = rest.get(length..)?.trim_start();
    }
    Some(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_simple_has_no_tokens_or_no_words() {
        assert_eq!(tokens("${a} >= 18 and selected(${b}, 'x')").unwrap().len(), 10);
        assert!(tokens("${a} * 2 = 4").is_none());
        assert!(tokens("'open").is_none());
    }
}
