use std::borrow::Cow;

/// How deep brackets may stand inside each other, as serde_json has it: what is made to exhaust the stack is damaged.
const DEEPEST: usize = 127;

/// What a JSON text says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Flag(bool),
    /// A number as it is written: who asks for it knows its type.
    Number(&'a str),
    /// A text, without escapes: where it had none, a part of what was read.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Value<'a>>),
    /// An object's members in their order. Of two that share a name, the first counts.
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
}

/// Reads a JSON text. `None` if it is none.
pub(crate) fn parse(text: &str) -> Option<Value<'_>> {
    let mut parser = Parser { rest: text, depth: 0 };
    let value = parser.value()?;
    parser.skip_blank();
    parser.rest.is_empty().then_some(value)
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn value(&mut self) -> Option<Value<'a>> {
        self.skip_blank();
        match self.rest.as_bytes().first()? {
            b'{' => self.nested(Parser::object),
            b'[' => self.nested(Parser::list),
            b'"' => self.text().map(Value::Text),
            b'n' => self.expect("null").then_some(Value::Null),
            b't' => self.expect("true").then_some(Value::Flag(true)),
            b'f' => self.expect("false").then_some(Value::Flag(false)),
            _ => self.number(),
        }
    }

    fn nested(&mut self, read: fn(&mut Parser<'a>) -> Option<Value<'a>>) -> Option<Value<'a>> {
        self.depth += 1;
        let value = if self.depth > DEEPEST { None } else { read(self) };
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Option<Value<'a>> {
        let mut members = Vec::new();
        self.expect("{");
        if !self.mark("}") {
            loop {
                self.skip_blank();
                let name = self.text()?;
                if !self.mark(":") {
                    return None;
                }
                members.push((name, self.value()?));
                if !self.mark(",") {
                    break;
                }
            }
            if !self.mark("}") {
                return None;
            }
        }
        Some(Value::Object(members))
    }

    fn list(&mut self) -> Option<Value<'a>> {
        let mut values = Vec::new();
        self.expect("[");
        if !self.mark("]") {
            loop {
                values.push(self.value()?);
                if !self.mark(",") {
                    break;
                }
            }
            if !self.mark("]") {
                return None;
            }
        }
        Some(Value::List(values))
    }

    fn text(&mut self) -> Option<Cow<'a, str>> {
        if !self.expect("\"") {
            return None;
        }
        let plain = self.plain()?;
        if self.expect("\"") {
            return Some(Cow::Borrowed(plain));
        }
        let mut text = plain.to_owned();
        while self.expect("\\") {
            text.push(self.escaped()?);
            text.push_str(self.plain()?);
        }
        self.expect("\"").then_some(Cow::Owned(text))
    }

    /// What comes before the next mark or control character.
    fn plain(&mut self) -> Option<&'a str> {
        let end = self.rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))?;
        self.take(end)
    }

    /// The character that an escape stands for, after its backslash.
    fn escaped(&mut self) -> Option<char> {
        Some(match self.take(1)? {
            "\"" => '"',
            "\\" => '\\',
            "/" => '/',
            "b" => '\u{8}',
            "f" => '\u{c}',
            "n" => '\n',
            "r" => '\r',
            "t" => '\t',
            "u" => {
                let unit = self.unit()?;
                let high = (0xd800..0xdc00).contains(&unit);
                if high && self.expect("\\u") {
                    let low = self.unit()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                    return char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + low);
                }
                return char::from_u32(unit);
            }
            _ => return None,
        })
    }

    /// Four hexadecimal digits: a unit of UTF-16.
    fn unit(&mut self) -> Option<u32> {
        let digits = self.take(4)?;
        let all = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        if all { u32::from_str_radix(digits, 16).ok() } else { None }
    }

    fn number(&mut self) -> Option<Value<'a>> {
        let from = self.rest;
        self.expect("-");
        if !self.expect("0") {
            self.digits()?;
        }
        if self.expect(".") {
            self.digits()?;
        }
        if self.expect("e") || self.expect("E") {
            let _ = self.expect("+") || self.expect("-");
            self.digits()?;
        }
        from.get(..from.len() - self.rest.len()).map(Value::Number)
    }

    /// One digit or more.
    fn digits(&mut self) -> Option<()> {
        let count = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if count == 0 { None } else { self.take(count).map(|_| ()) }
    }

    fn take(&mut self, bytes: usize) -> Option<&'a str> {
        let (taken, rest) = self.rest.split_at_checked(bytes)?;
        self.rest = rest;
        Some(taken)
    }

    /// Whether `token` comes next; then it is passed.
    fn expect(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Like [`Parser::expect`], with blanks before.
    fn mark(&mut self, mark: &str) -> bool {
        self.skip_blank();
        self.expect(mark)
    }

    fn skip_blank(&mut self) {
        // What this program writes has none.
        if self.rest.as_bytes().first().is_some_and(|byte| *byte <= b' ') {
            self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
        }
    }
}
