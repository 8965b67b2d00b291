use std::collections::BTreeMap;

use crate::form::{Appearance, Form, Node, NodeId, NodeKind};
use crate::i18n::Language;
use crate::i18n::questionnaire as say;

/// The questions of a form, numbered in document order from 1.
pub(super) struct Numbers(BTreeMap<NodeId, usize>);

impl Numbers {
    pub(super) fn of(form: &Form) -> Numbers {
        let questions = form.iter().filter(|(_, node)| node.kind.is_question());
        Numbers(questions.enumerate().map(|(place, (id, _))| (id, place + 1)).collect())
    }

    /// The same for paper: what this survey never asks, and what nobody sees, has no number there.
    pub(super) fn on_paper(form: &Form) -> Numbers {
        let asked = form.iter().filter(|(id, node)| node.kind.is_question() && is_asked(form, *id));
        Numbers(asked.enumerate().map(|(place, (id, _))| (id, place + 1)).collect())
    }

    pub(super) fn of_node(&self, id: NodeId) -> Option<usize> {
        self.0.get(&id).copied()
    }
}

/// Whether some answers lead to a node, as far as that can be told; nobody is asked what is computed or hidden.
pub(super) fn is_asked(form: &Form, id: NodeId) -> bool {
    let numbers = Numbers(BTreeMap::new());
    let read = Reader { form, numbers: &numbers, language: Language::default() };
    let mut at = form.node(id);
    if at.is_some_and(|node| node.appearance == Appearance::Hidden || node.calculation.is_some()) {
        return false;
    }
    while let Some(node) = at {
        if node.relevant.as_ref().is_some_and(|when| read.is_never(when.source().trim())) {
            return false;
        }
        at = node.parent.and_then(|parent| form.node(parent));
    }
    true
}

/// What a part of an expression asks.
#[derive(Debug, Clone, PartialEq)]
enum Test<'a> {
    /// A name, a sign and a literal without quotation marks.
    Compares { name: &'a str, sign: &'a str, literal: &'a str, text: bool },
    /// A choice is marked.
    Marked { name: &'a str, literal: &'a str },
    /// More than so many are marked.
    MarkedMore { name: &'a str, than: &'a str },
}

/// When a node is asked, in words; `None`: always. What cannot be put into words stands as the form has it.
pub(super) fn routing(form: &Form, node: &Node, numbers: &Numbers, language: Language) -> Option<String> {
    let source = node.relevant.as_ref()?.source().trim().to_owned();
    let read = Reader { form, numbers, language };
    match read.words(&source) {
        Some(Words::Always) => None,
        Some(Words::Never) => Some(say::never(language).to_owned()),
        Some(Words::When(sentence)) => Some(sentence),
        None => Some(say::only_where(&source, language)),
    }
}

enum Words {
    Always,
    Never,
    When(String),
}

struct Reader<'a> {
    form: &'a Form,
    numbers: &'a Numbers,
    language: Language,
}

impl Reader<'_> {
    /// Whether the survey's own settings rule it out.
    fn is_never(&self, source: &str) -> bool {
        let ruled_out = |part: &&str| test(part.trim()).and_then(|test| self.settled(&test)) == Some(false);
        let any = split(source, " or ");
        match any.len() {
            1 => split(source, " and ").iter().any(&ruled_out),
            _ => any.iter().all(|part| split(part, " and ").iter().any(&ruled_out)),
        }
    }

    /// All of some tests, or any of some; not both at once.
    fn words(&self, source: &str) -> Option<Words> {
        let (all, any) = (split(source, " and "), split(source, " or "));
        let (parts, any) = match (all.len(), any.len()) {
            (_, 1) => (all, false),
            (1, _) => (any, true),
            _ => return None,
        };
        let mut tests = Vec::new();
        for part in &parts {
            let test = test(part.trim())?;
            match self.settled(&test) {
                // What the survey's own settings decide needs no words.
                Some(true) if any => return Some(Words::Always),
                Some(false) if !any => return Some(Words::Never),
                Some(_) => {}
                None => tests.push(test),
            }
        }
        if tests.is_empty() {
            return Some(if any { Words::Never } else { Words::Always });
        }
        let conditions = if any { self.together(&tests)? } else { self.one_by_one(&tests)? };
        Some(Words::When(say::only_if(&conditions, any, self.language)))
    }

    fn one_by_one(&self, tests: &[Test<'_>]) -> Option<Vec<String>> {
        tests.iter().map(|test| self.condition(test)).collect()
    }

    /// Several answers to a question, and the same answers to several questions, are told at once.
    fn together(&self, tests: &[Test<'_>]) -> Option<Vec<String>> {
        let mut answers: Vec<(usize, Vec<String>)> = Vec::new();
        let mut others = Vec::new();
        for test in tests {
            match test {
                Test::Compares { name, sign: "=", literal, text: true } if !literal.is_empty() => {
                    let (number, answer) = (self.number(name)?, self.label(name, literal));
                    match answers.iter_mut().find(|(known, _)| *known == number) {
                        Some((_, known)) => known.push(answer),
                        None => answers.push((number, vec![answer])),
                    }
                }
                test => others.push(self.condition(test)?),
            }
        }
        let mut alike: Vec<(Vec<usize>, Vec<String>)> = Vec::new();
        for (number, given) in answers {
            match alike.iter_mut().find(|(_, known)| *known == given) {
                Some((numbers, _)) => numbers.push(number),
                None => alike.push((vec![number], given)),
            }
        }
        let told = alike.iter().map(|(numbers, given)| say::answered_with(numbers, given, self.language));
        Some(told.chain(others).collect())
    }

    fn condition(&self, test: &Test<'_>) -> Option<String> {
        let language = self.language;
        Some(match *test {
            Test::Compares { name, sign: "=", literal: "", text: true } => {
                say::unanswered(self.number(name)?, language)
            }
            Test::Compares { name, sign: "!=", literal: "", text: true } => {
                say::answered(self.number(name)?, language)
            }
            Test::Compares { name, sign: "=", literal, text: true } => {
                say::answered_with(&[self.number(name)?], &[self.label(name, literal)], language)
            }
            Test::Compares { name, sign: "!=", literal, text: true } => {
                say::not_answered_with(self.number(name)?, &self.label(name, literal), language)
            }
            Test::Compares { name, sign, literal, .. } => {
                say::compares(self.number(name)?, sign, literal, language)
            }
            Test::Marked { name, literal } => {
                say::marked(self.number(name)?, &self.label(name, literal), language)
            }
            Test::MarkedMore { name, than } => say::marked_more(self.number(name)?, than, language),
        })
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.numbers.of_node(self.form.find(name)?)
    }

    /// What a choice is called; the value itself where the question has no such choice.
    fn label(&self, name: &str, value: &str) -> String {
        let tongue = self.form.language(self.language.tag()).unwrap_or(0);
        let node = self.form.find(name).and_then(|id| self.form.node(id));
        let choice = node.and_then(|node| self.form.choices_of(node)).and_then(|list| list.choice(value));
        choice.map_or_else(|| value.to_owned(), |choice| choice.label.plain(tongue))
    }

    /// Whether a test of a value that the survey's settings fix holds; `None` where people's answers decide.
    fn settled(&self, test: &Test<'_>) -> Option<bool> {
        let Test::Compares { name, sign, literal, .. } = *test else { return None };
        let node = self.form.node(self.form.find(name)?)?;
        if !matches!(node.kind, NodeKind::Calculate) {
            return None;
        }
        let (value, _) = literal_of(node.calculation.as_ref()?.source().trim())?;
        let order = match (value.parse::<f64>(), literal.parse::<f64>()) {
            (Ok(value), Ok(literal)) => value.partial_cmp(&literal)?,
            _ => value.cmp(literal),
        };
        Some(match sign {
            "=" => order.is_eq(),
            "!=" => order.is_ne(),
            ">" => order.is_gt(),
            ">=" => order.is_ge(),
            "<" => order.is_lt(),
            _ => order.is_le(),
        })
    }
}

/// An expression cut at a word outside quotation marks and parentheses.
fn split<'a>(source: &'a str, word: &str) -> Vec<&'a str> {
    let (mut parts, mut start, mut depth, mut quoted) = (Vec::new(), 0, 0_usize, None);
    for (at, c) in source.char_indices() {
        match (c, quoted) {
            (c, Some(mark)) if c == mark => quoted = None,
            (_, Some(_)) => {}
            ('\'' | '"', None) => quoted = Some(c),
            ('(', None) => depth += 1,
            (')', None) => depth = depth.saturating_sub(1),
            _ => {
                let here = source.get(at..).unwrap_or_default();
                if depth == 0 && at >= start && here.starts_with(word) {
                    parts.push(source.get(start..at).unwrap_or_default());
                    start = at + word.len();
                }
            }
        }
    }
    parts.push(source.get(start..).unwrap_or_default());
    parts
}

fn test(part: &str) -> Option<Test<'_>> {
    if let Some(inside) = part.strip_prefix("selected(").and_then(|rest| rest.strip_suffix(')')) {
        let (name, literal) = inside.split_once(',')?;
        let (literal, _) = literal_of(literal.trim())?;
        return Some(Test::Marked { name: name_of(name.trim())?, literal });
    }
    if let Some(rest) = part.strip_prefix("count-selected(") {
        let (name, rest) = rest.split_once(')')?;
        let (than, _) = literal_of(rest.trim().strip_prefix('>')?.trim())?;
        return Some(Test::MarkedMore { name: name_of(name.trim())?, than });
    }
    let (name, rest) = part.split_once('}')?;
    let name = name.strip_prefix("${")?;
    let rest = rest.trim();
    let sign = ["!=", ">=", "<=", "=", ">", "<"].into_iter().find(|sign| rest.starts_with(sign))?;
    let (literal, text) = literal_of(rest.strip_prefix(sign)?.trim())?;
    Some(Test::Compares { name, sign, literal, text })
}

fn name_of(reference: &str) -> Option<&str> {
    reference.strip_prefix("${")?.strip_suffix('}')
}

/// The value of a literal and whether it is a text.
fn literal_of(text: &str) -> Option<(&str, bool)> {
    for mark in ['\'', '"'] {
        if let Some(inside) = text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)) {
            return (!inside.contains(mark)).then_some((inside, true));
        }
    }
    text.parse::<f64>().ok().map(|_| (text, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_read_as_people_write_them() {
        let compares = |name, sign, literal, text| Some(Test::Compares { name, sign, literal, text });
        assert_eq!(test("${a} = 'yes'"), compares("a", "=", "yes", true));
        assert_eq!(test("${n}>=20"), compares("n", ">=", "20", false));
        assert_eq!(test("${n} != ''"), compares("n", "!=", "", true));
        assert_eq!(test("selected(${s}, 'x')"), Some(Test::Marked { name: "s", literal: "x" }));
        assert_eq!(test("count-selected(${s}) > 1"), Some(Test::MarkedMore { name: "s", than: "1" }));
        for odd in ["today() > ${d}", "not(${a})", "${a} = ${b}", "${a} + 1 > 2"] {
            assert_eq!(test(odd), None, "{odd}");
        }
    }

    #[test]
    fn words_in_quotation_marks_and_parentheses_cut_nothing() {
        assert_eq!(split("${a} = 'x and y' and f(b and c)", " and "), ["${a} = 'x and y'", "f(b and c)"]);
        assert_eq!(split("${a}", " or "), ["${a}"]);
    }
}
