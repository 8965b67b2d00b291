//! Markup as our own code writes it, read step by step: double quotes, every element closed, five references. No more is
//! understood, and what is not understood is refused.

/// Elements of pages and of drawings that our markup has. None of them runs, fetches or sends anything.
const ELEMENTS: &str = "a article b caption circle code dd desc details div dl dt figure g h1 h2 h3 h4 header li line nav ol p \
    path rect section small span strong summary svg table tbody td text th thead title tr ul";

/// What markup is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// An element begins; an empty one also ends.
    Open {
        /// Its name.
        name: &'a str,
        /// Names and values.
        attributes: Vec<(&'a str, String)>,
        /// Nothing is in it.
        empty: bool,
    },
    /// Text.
    Text(String),
    /// An element ends.
    Close(&'a str),
}

/// Gives the steps in order; `None` in place of one that is not ours, and then no more.
pub(super) struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    pub(super) fn new(markup: &'a str) -> Reader<'a> {
        Reader { rest: markup }
    }

    fn step(&mut self) -> Option<Step<'a>> {
        let Some(inside) = self.rest.strip_prefix('<') else {
            let end = self.rest.find('<').unwrap_or(self.rest.len());
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Some(Step::Text(plain(text)?));
        };
        if let Some(closing) = inside.strip_prefix('/') {
            let (name, rest) = closing.split_once('>')?;
            self.rest = rest;
            return Some(Step::Close(name));
        }
        let (name, mut rest) = inside.split_at(inside.find([' ', '>', '/'])?);
        if !ELEMENTS.split(' ').any(|known| known == name) {
            return None;
        }
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            if let Some(rest) = rest.strip_prefix("/>") {
                self.rest = rest;
                return Some(Step::Open { name, attributes, empty: true });
            }
            if let Some(rest) = rest.strip_prefix('>') {
                self.rest = rest;
                return Some(Step::Open { name, attributes, empty: false });
            }
            let (attribute, after) = rest.split_at(rest.find(['=', ' ', '>', '/'])?);
            let (value, after) = match after.strip_prefix("=\"") {
                Some(quoted) => quoted.split_once('"')?,
                None => ("", after),
            };
            let value = plain(value)?;
            if !is_harmless(attribute, &value) {
                return None;
            }
            // An element that is made in a space of names carries no word of it.
            if attribute != "xmlns" {
                attributes.push((attribute, value));
            }
            rest = after;
        }
    }
}

impl<'a> Iterator for Reader<'a> {
    type Item = Option<Step<'a>>;

    fn next(&mut self) -> Option<Option<Step<'a>>> {
        if self.rest.is_empty() {
            return None;
        }
        let step = self.step();
        if step.is_none() {
            self.rest = "";
        }
        Some(step)
    }
}

/// No handler of an event, and no address but of a place on the page.
fn is_harmless(attribute: &str, value: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == ':';
    !attribute.is_empty()
        && attribute.chars().all(known)
        && !attribute.starts_with("on")
        && (attribute != "href" || value.starts_with('#'))
        && !matches!(attribute, "src" | "action" | "formaction" | "srcdoc" | "xlink:href" | "ping")
}

/// Text with its references replaced; `None` where there is one that we do not write.
fn plain(text: &str) -> Option<String> {
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let (name, after) = after.split_once(';')?;
        plain.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" => '\'',
            _ => return None,
        });
        rest = after;
    }
    plain.push_str(rest);
    Some(plain)
}
