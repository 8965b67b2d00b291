//! Text to tree, by recursive descent straight over the characters: XPath tells `*` the operator from
//! `*` the wildcard, and `div` the operator from `div` the name, only by what stands before.

use super::error::{ParseError, ParseErrorKind};
use super::function::{self, Function, MANY};
use super::number::read_number;
use super::tree::{Axis, Operator, Path, Start, Step, Test, Tree};

/// Brackets within brackets, calls within calls. Real forms nest `if` some 60 deep at the worst.
const DEEPEST: usize = 160;

/// XPath or ODK functions that are known and not offered.
const REFUSED: [&str; 9] = [
    "id",
    "lang",
    "namespace-uri",
    "text",
    "comment",
    "processing-instruction",
    "property",
    "intersects",
    "extract-signed",
];

pub(super) fn parse(source: &str) -> Result<Tree, ParseError> {
    let mut parser = Parser { source, rest: source, depth: 0 };
    parser.skip_blanks();
    if parser.rest.is_empty() {
        return Err(parser.fault(ParseErrorKind::Empty));
    }
    let tree = parser.expression(0)?;
    if parser.rest.is_empty() { Ok(tree) } else { Err(parser.unexpected()) }
}

struct Parser<'a> {
    source: &'a str,
    rest: &'a str,
    depth: usize,
}

impl<'a> Parser<'a> {
    /// An expression whose operators bind at least this strongly. Ends behind trailing blanks.
    fn expression(&mut self, least: u8) -> Result<Tree, ParseError> {
        let mut left = self.operand()?;
        loop {
            self.skip_blanks();
            let Some((operator, width)) = self.operator() else { break };
            let strength = operator.strength();
            if strength < least {
                break;
            }
            self.skip(width);
            let right = self.expression(strength + 1)?;
            match &mut left {
                Tree::Chain(_, links) if links.first().is_some_and(|link| link.0.strength() == strength) => {
                    links.push((operator, right));
                }
                _ => left = Tree::Chain(Box::new(left), vec![(operator, right)]),
            }
        }
        Ok(left)
    }

    /// The operator that stands next and its length in bytes.
    fn operator(&self) -> Option<(Operator, usize)> {
        const WRITTEN: [(&str, Operator); 14] = [
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("!=", Operator::NotEqual),
            ("=", Operator::Equal),
            ("<", Operator::Less),
            (">", Operator::Greater),
            ("+", Operator::Add),
            ("-", Operator::Subtract),
            ("*", Operator::Multiply),
            ("|", Operator::Union),
            ("and", Operator::And),
            ("or", Operator::Or),
            ("div", Operator::Divide),
            ("mod", Operator::Modulo),
        ];
        let (written, operator) = WRITTEN.iter().find(|(written, _)| self.rest.starts_with(written))?;
        let after = self.rest.get(written.len()..).and_then(|rest| rest.chars().next());
        let is_word = written.starts_with(is_name_start);
        let runs_on = after.is_some_and(is_name_start);
        (!(is_word && runs_on)).then_some((*operator, written.len()))
    }

    /// A path with the minus signs before it.
    fn operand(&mut self) -> Result<Tree, ParseError> {
        let mut signs = 0;
        self.skip_blanks();
        while self.eat("-") {
            signs += 1;
            self.skip_blanks();
        }
        if signs == 0 {
            return self.path();
        }
        let mut tree = self.expression(Operator::Union.strength())?;
        // Two signs still make a number of text.
        for _ in 0..2 - signs % 2 {
            tree = match tree {
                Tree::Number(number) => Tree::Number(-number),
                other => Tree::Negate(Box::new(other)),
            };
        }
        Ok(tree)
    }

    /// A literal, a call, a reference, a bracket or steps; then predicates and further steps.
    fn path(&mut self) -> Result<Tree, ParseError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fault(ParseErrorKind::TooDeep));
        }
        let mut path = Path { start: Start::Here, filters: Vec::new(), steps: Vec::new() };
        let first = self.rest.chars().next().ok_or_else(|| self.unexpected())?;
        match first {
            '0'..='9' => path.start = Start::Tree(self.number()?),
            '.' if self.rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit) => {
                path.start = Start::Tree(self.number()?);
            }
            '.' => {
                if self.rest.starts_with("..") {
                    path.steps.push(self.step()?);
                } else {
                    self.skip(1);
                }
            }
            '(' => {
                self.skip(1);
                path.start = Start::Tree(self.expression(0)?);
                self.close(')')?;
            }
            '$' => path.start = self.reference()?,
            '/' => {
                path.start = Start::Root;
                if self.rest.starts_with("//") {
                    return Err(self.unsupported("//"));
                }
                self.skip(1);
                self.skip_blanks();
                if self.rest.starts_with(|c| is_name_start(c) || matches!(c, '.' | '*' | '@')) {
                    path.steps.push(self.step()?);
                }
            }
            c if quote(c).is_some() => path.start = Start::Tree(Tree::Text(self.text()?)),
            c if is_name_start(c) => {
                let before = self.rest;
                let name = self.name();
                self.skip_blanks();
                if self.rest.starts_with('(') && name != "node" {
                    path.start = self.call(name, before)?;
                } else {
                    self.rest = before;
                    path.steps.push(self.step()?);
                }
            }
            _ => path.steps.push(self.step()?),
        }
        self.tail(&mut path)?;
        self.depth -= 1;
        Ok(match path.start {
            Start::Tree(tree) if path.filters.is_empty() && path.steps.is_empty() => tree,
            _ => Tree::Path(Box::new(path)),
        })
    }

    /// Predicates and steps behind a start.
    fn tail(&mut self, path: &mut Path) -> Result<(), ParseError> {
        loop {
            self.skip_blanks();
            if self.eat("[") {
                let predicate = self.expression(0)?;
                self.close(']')?;
                match path.steps.last_mut() {
                    Some(step) => step.predicates.push(predicate),
                    None => path.filters.push(predicate),
                }
            } else if self.rest.starts_with("//") {
                return Err(self.unsupported("//"));
            } else if self.eat("/") {
                self.skip_blanks();
                path.steps.push(self.step()?);
            } else {
                return Ok(());
            }
        }
    }

    /// One step, without its predicates.
    fn step(&mut self) -> Result<Step, ParseError> {
        let mut axis = Axis::Child;
        let test = if self.eat("..") {
            axis = Axis::Parent;
            Test::Any
        } else if self.eat(".") {
            axis = Axis::Here;
            Test::Any
        } else if self.eat("*") {
            Test::Any
        } else if self.rest.starts_with('@') {
            return Err(self.unsupported("@"));
        } else {
            let mut before = self.rest;
            let mut name = self.name();
            self.skip_blanks();
            if self.rest.starts_with("::") {
                axis = match name {
                    "child" => Axis::Child,
                    "parent" => Axis::Parent,
                    "self" => Axis::Here,
                    _ => {
                        self.rest = before;
                        return Err(self.unsupported(&format!("{name}::")));
                    }
                };
                self.skip(2);
                self.skip_blanks();
                if self.eat("*") {
                    return Ok(Step { axis, test: Test::Any, predicates: Vec::new() });
                }
                before = self.rest;
                name = self.name();
                self.skip_blanks();
            }
            if name.is_empty() {
                return Err(self.unexpected());
            }
            if name.contains(':') || self.rest.starts_with(':') {
                self.rest = before;
                return Err(self.unsupported(name));
            }
            if self.rest.starts_with('(') {
                if name != "node" {
                    self.rest = before;
                    return Err(self.unsupported(&format!("{name}()")));
                }
                self.skip(1);
                self.skip_blanks();
                self.close(')')?;
                Test::Any
            } else {
                Test::Name(name.to_owned())
            }
        };
        Ok(Step { axis, test, predicates: Vec::new() })
    }

    /// A call whose name has been read; `before` is the text from the name on.
    fn call(&mut self, name: &'a str, before: &'a str) -> Result<Start, ParseError> {
        self.skip(1);
        let mut given = Vec::new();
        self.skip_blanks();
        if !self.eat(")") {
            loop {
                given.push(self.expression(0)?);
                if !self.eat(",") {
                    break;
                }
            }
            self.close(')')?;
        }
        let after = std::mem::replace(&mut self.rest, before);
        let (name, function, least, most) = match (name, given.as_slice()) {
            ("current", []) => {
                self.rest = after;
                return Ok(Start::Current);
            }
            ("current", _) => ("current", Function::Position, 0, 0),
            ("instance", [Tree::Text(id)]) => {
                self.rest = after;
                return Ok(Start::Instance(id.clone()));
            }
            ("instance", [_]) => return Err(self.unsupported("instance()")),
            ("instance", _) => ("instance", Function::Position, 1, 1),
            _ => match function::find(name) {
                Some(row) => *row,
                None if REFUSED.contains(&name) => return Err(self.unsupported(&format!("{name}()"))),
                None => return Err(self.fault(ParseErrorKind::UnknownFunction(name.to_owned()))),
            },
        };
        let count = given.len();
        let pairs = matches!(function, Function::WeightedChecklist);
        let unpaired = pairs && count % 2 == 1 || function == Function::IndexedRepeat && count % 2 == 0;
        if count < usize::from(least) || (most != MANY && count > usize::from(most)) || unpaired {
            return Err(self.fault(ParseErrorKind::WrongArgumentCount {
                function: name,
                least: usize::from(least),
                most: (most != MANY).then_some(usize::from(most)),
                given: count,
            }));
        }
        if function == Function::ChoiceName {
            // ODK writes the question as text: jr:choice-name(${q}, '${q}').
            if let Some(question) = given.get_mut(1)
                && let Tree::Text(written) = question
            {
                let inner = parse(written).map_err(|fault| self.fault(fault.kind))?;
                *question = inner;
            }
        }
        self.rest = after;
        Ok(Start::Tree(Tree::Call(function, given)))
    }

    /// `${name}` or `${last-saved#name}`.
    fn reference(&mut self) -> Result<Start, ParseError> {
        let Some(inside) = self.rest.strip_prefix("${") else { return Err(self.unsupported("$")) };
        let name = inside.split_once('}').map(|(name, _)| name);
        let trimmed = name.unwrap_or(inside).trim();
        let (saved, bare) = match trimmed.strip_prefix("last-saved#") {
            Some(bare) => (true, bare.trim()),
            None => (false, trimmed),
        };
        let is_name = bare.starts_with(is_name_start) && bare.chars().all(is_name_part);
        let Some(name) = name.filter(|_| is_name) else {
            let shown = bare.chars().take(40).collect();
            return Err(self.fault(ParseErrorKind::BadName(shown)));
        };
        self.skip(name.len() + 3);
        let bare = bare.to_owned();
        Ok(if saved { Start::Tree(Tree::LastSaved(bare)) } else { Start::Name(bare) })
    }

    fn number(&mut self) -> Result<Tree, ParseError> {
        let mut dots = 0;
        let end = self.rest.find(|c: char| {
            dots += usize::from(c == '.');
            !(c.is_ascii_digit() || c == '.' && dots == 1)
        });
        let (written, rest) = end.and_then(|end| self.rest.split_at_checked(end)).unwrap_or((self.rest, ""));
        let number = read_number(written).ok_or_else(|| self.unexpected())?;
        self.rest = rest;
        Ok(Tree::Number(number))
    }

    /// Text in quotation marks; curly ones close straight ones of their kind and the other way round.
    fn text(&mut self) -> Result<String, ParseError> {
        let mut inside = self.rest.chars();
        let kind = inside.next().and_then(quote);
        let inside = inside.as_str();
        match inside.find(|c| quote(c) == kind) {
            Some(end) => {
                let (text, rest) = inside.split_at_checked(end).unwrap_or_default();
                self.rest = rest;
                let mark = rest.chars().next().map_or(0, char::len_utf8);
                self.skip(mark);
                Ok(text.to_owned())
            }
            None => Err(self.fault(ParseErrorKind::UnclosedText)),
        }
    }

    /// The longest name that stands next, with its prefix if it has one; blank if none does.
    fn name(&mut self) -> &'a str {
        let start = self.rest;
        let rest = skip_name(start);
        let local = rest.strip_prefix(':').filter(|local| local.starts_with(is_name_start));
        self.rest = local.map_or(rest, skip_name);
        start.get(..start.len() - self.rest.len()).unwrap_or("")
    }

    fn close(&mut self, bracket: char) -> Result<(), ParseError> {
        let rest = self.rest.strip_prefix(bracket).ok_or_else(|| self.unexpected())?;
        self.rest = rest;
        Ok(())
    }

    fn eat(&mut self, written: &str) -> bool {
        let rest = self.rest.strip_prefix(written);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or("");
    }

    fn skip_blanks(&mut self) {
        self.rest =
            self.rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
    }

    fn fault(&self, kind: ParseErrorKind) -> ParseError {
        let read = self.source.len().saturating_sub(self.rest.len());
        ParseError { kind, position: self.source.get(..read).map_or(0, |read| read.chars().count()) }
    }

    fn unexpected(&self) -> ParseError {
        let next = self.rest.chars().next();
        self.fault(next.map_or(ParseErrorKind::UnexpectedEnd, ParseErrorKind::Unexpected))
    }

    fn unsupported(&self, what: &str) -> ParseError {
        self.fault(ParseErrorKind::Unsupported(what.to_owned()))
    }
}

fn skip_name(text: &str) -> &str {
    if text.starts_with(is_name_start) { text.trim_start_matches(is_name_part) } else { text }
}

/// As XML names start, without the colon.
fn is_name_start(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '_' | '\u{c0}'..='\u{2ff}' | '\u{370}'..='\u{1fff}' | '\u{200c}' | '\u{200d}'
        | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fefe}'
        | '\u{ff10}'..='\u{fffd}' | '\u{10000}'..)
        && !matches!(c, '×' | '÷' | '\u{37e}')
}

/// As XML names go on: combining marks too, for names typed with separate accents.
fn is_name_part(c: char) -> bool {
    is_name_start(c)
        || matches!(c, '0'..='9' | '-' | '.' | '·' | '\u{300}'..='\u{36f}' | '\u{203f}' | '\u{2040}')
}

/// The straight mark that a quotation mark of any shape stands for.
fn quote(c: char) -> Option<char> {
    match c {
        '"' | '\u{201c}'..='\u{201f}' => Some('"'),
        '\'' | '\u{2018}'..='\u{201b}' => Some('\''),
        _ => None,
    }
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
