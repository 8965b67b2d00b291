//! Just enough XML for workbooks: elements, their attributes and texts, one after the other.

use std::borrow::Cow;

use super::{OpenError, damaged, too_large};

/// The longest text in bytes: a cell holds 32,767 signs, and few of them take as many as a reference does.
pub(super) const LONGEST: usize = 1 << 20;

/// What comes next.
#[derive(Debug)]
pub(super) enum Event<'a> {
    /// An element begins; one without content ends next.
    Open(Tag<'a>),
    /// An element of this name, without its prefix, ends.
    Close(&'a str),
    /// A text, its references resolved.
    Text(Cow<'a, str>),
}

/// An element's beginning.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag<'a> {
    /// Its name without the prefix.
    pub(super) name: &'a str,
    attributes: &'a str,
}

/// A reader of a part.
#[derive(Debug)]
pub(super) struct Xml<'a> {
    rest: &'a str,
    /// The element without content that is yet to end.
    ending: Option<&'a str>,
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Xml<'a> {
        Xml { rest: text.trim_start_matches('\u{feff}'), ending: None }
    }

    /// What comes next; `None` at the end.
    ///
    /// Errors: what is no XML, or a text that is longer than any cell.
    pub(super) fn next(&mut self) -> Result<Option<Event<'a>>, OpenError> {
        if let Some(name) = self.ending.take() {
            return Ok(Some(Event::Close(name)));
        }
        loop {
            let rest = self.rest;
            if rest.is_empty() {
                return Ok(None);
            }
            if !rest.starts_with('<') {
                let text = self.take(rest.find('<').unwrap_or(rest.len()));
                if text.len() > LONGEST {
                    return Err(too_large());
                }
                return Ok(Some(Event::Text(resolve(text))));
            }
            if rest.starts_with("<![CDATA[") {
                self.take(9);
                let text = self.until("]]>")?;
                return Ok(Some(Event::Text(text.into())));
            }
            if rest.starts_with("<!--") {
                self.until("-->")?;
            } else if rest.starts_with("<?") {
                self.until("?>")?;
            } else if rest.starts_with("<!") {
                self.until(">")?;
            } else if rest.starts_with("</") {
                self.take(2);
                return Ok(Some(Event::Close(local(self.until(">")?.trim_end()))));
            } else {
                return self.open().map(Some);
            }
        }
    }

    fn open(&mut self) -> Result<Event<'a>, OpenError> {
        let mut quote = None;
        let end = self.rest.bytes().position(|byte| {
            match (quote, byte) {
                (Some(open), byte) if open == byte => quote = None,
                (None, b'"' | b'\'') => quote = Some(byte),
                _ => {}
            }
            quote.is_none() && byte == b'>'
        });
        let tag = self.take(end.ok_or_else(damaged)?);
        self.take(1);
        let tag = tag.get(1..).unwrap_or_default();
        let inside = tag.strip_suffix('/');
        let tag = inside.unwrap_or(tag);
        let (name, attributes) = tag.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((tag, ""));
        let name = local(name);
        self.ending = inside.map(|_| name);
        Ok(Event::Open(Tag { name, attributes }))
    }

    fn until(&mut self, end: &str) -> Result<&'a str, OpenError> {
        let at = self.rest.find(end).ok_or_else(damaged)?;
        let before = self.take(at);
        self.take(end.len());
        Ok(before)
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (before, after) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = after;
        before
    }
}

impl<'a> Tag<'a> {
    /// The value of an attribute, asked for without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.attributes;
        loop {
            let (key, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, after) = after.get(1..)?.split_once(quote)?;
            if local(key.trim()) == name {
                return Some(resolve(value));
            }
            rest = after;
        }
    }

    /// The same as a number.
    pub(super) fn count(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// The same as yes or no.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| matches!(&*value, "1" | "true" | "on"))
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// A text with its references resolved; what is none stands as it is.
fn resolve(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        // None is longer: a stray sign must not make the text be searched again and again.
        let end = after.bytes().take(12).position(|byte| byte == b';');
        let found = end.and_then(|end| Some((sign(after.get(..end)?)?, after.get(end + 1..)?)));
        rest = match found {
            Some((sign, after)) => {
                out.push(sign);
                after
            }
            None => {
                out.push('&');
                after
            }
        };
    }
    out.push_str(rest);
    out.into()
}

fn sign(reference: &str) -> Option<char> {
    match reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = reference.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut xml = Xml::new(text);
        let mut shown = String::new();
        while let Some(event) = xml.next().unwrap() {
            match event {
                Event::Open(tag) => {
                    let id = tag.attribute("id").map(|id| format!(" {id}")).unwrap_or_default();
                    shown += &format!("<{}{id}>", tag.name);
                }
                Event::Close(name) => shown += &format!("</{name}>"),
                Event::Text(text) => shown += &text,
            }
        }
        shown
    }

    #[test]
    fn elements_attributes_and_texts_come_in_order() {
        let text = "\u{feff}<?xml version='1.0'?><!-- <a> --><x:a b='>' r:id = \"1&amp;2\"><b/>é &#233;&#x41;&no; & <![CDATA[<c>]]></x:a >";
        assert_eq!(shown(text), "<a 1&2><b></b>é éA&no; & <c></a>");
    }

    #[test]
    fn what_does_not_end_is_damaged() {
        for text in ["<a", "<a b='>", "<!-- ", "</a", "<![CDATA[ ]]"] {
            assert!(Xml::new(text).next().is_err(), "{text}");
        }
    }
}
