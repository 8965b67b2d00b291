/// Writes compact JSON, members in the order in which they are named. Whoever opens a bracket closes it.
#[derive(Default)]
pub(crate) struct Writer {
    written: String,
}

impl Writer {
    /// What has been written.
    pub(crate) fn finish(self) -> String {
        self.written
    }

    /// Opens an object or a list: `{` or `[`.
    pub(crate) fn open(&mut self, bracket: char) {
        self.separate();
        self.written.push(bracket);
    }

    /// Closes what was opened.
    pub(crate) fn close(&mut self, bracket: char) {
        self.written.push(bracket);
    }

    /// The name of a member, whose value comes next.
    pub(crate) fn name(&mut self, name: &str) {
        self.text(name);
        self.written.push(':');
    }

    /// A member that is an object or a list, opened.
    pub(crate) fn open_member(&mut self, name: &str, bracket: char) {
        self.name(name);
        self.open(bracket);
    }

    /// A text.
    pub(crate) fn text(&mut self, text: &str) {
        self.separate();
        self.written.push('"');
        // What needs no escape, which is nearly all, is copied as a whole.
        let mut plain = 0;
        for (at, byte) in text.bytes().enumerate() {
            let escape = match byte {
                b'"' => "\\\"",
                b'\\' => "\\\\",
                b'\n' => "\\n",
                b'\r' => "\\r",
                b'\t' => "\\t",
                8 => "\\b",
                12 => "\\f",
                0..=15 => "\\u000",
                16..=31 => "\\u001",
                _ => continue,
            };
            self.written.push_str(text.get(plain..at).unwrap_or_default());
            self.written.push_str(escape);
            if escape.len() > 2 {
                self.written.extend(char::from_digit(u32::from(byte) & 15, 16));
            }
            plain = at + 1;
        }
        self.written.push_str(text.get(plain..).unwrap_or_default());
        self.written.push('"');
    }

    /// A list of texts.
    pub(crate) fn texts(&mut self, texts: &[String]) {
        self.open('[');
        for text in texts {
            self.text(text);
        }
        self.close(']');
    }

    /// A member that is a text.
    pub(crate) fn text_member(&mut self, name: &str, text: &str) {
        self.name(name);
        self.text(text);
    }

    /// A member that is a text and is left out when empty.
    pub(crate) fn text_unless_empty(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.text_member(name, text);
        }
    }

    /// A member that is a list of texts.
    pub(crate) fn texts_member(&mut self, name: &str, texts: &[String]) {
        self.name(name);
        self.texts(texts);
    }

    /// A member that is a list of texts and is left out when empty.
    pub(crate) fn texts_unless_empty(&mut self, name: &str, texts: &[String]) {
        if !texts.is_empty() {
            self.texts_member(name, texts);
        }
    }

    /// A member that is a pair of texts.
    pub(crate) fn pair_member(&mut self, name: &str, first: &str, second: &str) {
        self.name(name);
        self.pair(first, second);
    }

    /// A member that is a list of pairs of texts and is left out when empty.
    pub(crate) fn pairs_unless_empty(&mut self, name: &str, pairs: &[(String, String)]) {
        if !pairs.is_empty() {
            self.open_member(name, '[');
            for (first, second) in pairs {
                self.pair(first, second);
            }
            self.close(']');
        }
    }

    /// A member that is a flag and is left out when false.
    pub(crate) fn flag_if_true(&mut self, name: &str, flag: bool) {
        if flag {
            self.name(name);
            self.written.push_str("true");
        }
    }

    /// A member that is a whole number.
    pub(crate) fn count_member(&mut self, name: &str, count: u64) {
        self.name(name);
        self.written.push_str(&count.to_string());
    }

    /// A member that is a number; `null` for one that JSON has no way to write.
    pub(crate) fn number_member(&mut self, name: &str, number: f64) {
        self.name(name);
        let digits = crate::form::write_number(number);
        self.written.push_str(if number.is_finite() { &digits } else { "null" });
        if number.is_finite() && !digits.contains('.') {
            self.written.push_str(".0");
        }
    }

    fn pair(&mut self, first: &str, second: &str) {
        self.open('[');
        self.text(first);
        self.text(second);
        self.close(']');
    }

    /// A comma, unless this is the first thing inside a bracket or the value of a named member.
    fn separate(&mut self) {
        if !matches!(self.written.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.written.push(',');
        }
    }
}
