use std::borrow::Cow;

use super::Value;
use crate::form::read_number;

/// The members of a JSON object. Members that nobody asks for are ignored.
#[derive(Clone, Copy)]
pub(crate) struct Members<'a>(&'a [(Cow<'a, str>, Value<'a>)]);

impl<'a> Members<'a> {
    /// The members of `value`, if it is an object.
    pub(crate) fn of(value: &'a Value<'_>) -> Option<Members<'a>> {
        match value {
            Value::Object(members) => Some(Members(members)),
            _ => None,
        }
    }

    /// A member that may be left out or null.
    pub(crate) fn get(self, name: &str) -> Option<&'a Value<'a>> {
        self.find(name).filter(|value| !matches!(value, Value::Null))
    }

    /// A text.
    pub(crate) fn text(self, name: &str) -> Option<String> {
        text(self.find(name)?)
    }

    /// A text that is left out when empty.
    pub(crate) fn text_or_empty(self, name: &str) -> Option<String> {
        self.find(name).map_or(Some(String::new()), text)
    }

    /// A list of texts.
    pub(crate) fn texts(self, name: &str) -> Option<Vec<String>> {
        texts(self.find(name)?).map(owned)
    }

    /// A list of texts that is left out when empty.
    pub(crate) fn texts_or_empty(self, name: &str) -> Option<Vec<String>> {
        self.find(name).map_or(Some(Vec::new()), |value| texts(value).map(owned))
    }

    /// A pair of texts.
    pub(crate) fn pair(self, name: &str) -> Option<(String, String)> {
        pair(self.find(name)?)
    }

    /// A list of pairs of texts that is left out when empty.
    pub(crate) fn pairs_or_empty(self, name: &str) -> Option<Vec<(String, String)>> {
        self.list_or_empty(name)?.iter().map(pair).collect()
    }

    /// A list.
    pub(crate) fn list(self, name: &str) -> Option<&'a [Value<'a>]> {
        list(self.find(name)?)
    }

    /// A list that is left out when empty.
    pub(crate) fn list_or_empty(self, name: &str) -> Option<&'a [Value<'a>]> {
        self.find(name).map_or(Some(&[]), list)
    }

    /// A flag that is left out when false.
    pub(crate) fn flag_or_false(self, name: &str) -> Option<bool> {
        match self.find(name) {
            None => Some(false),
            Some(Value::Flag(flag)) => Some(*flag),
            Some(_) => None,
        }
    }

    /// A whole number, 0 or more.
    pub(crate) fn count(self, name: &str) -> Option<u32> {
        count(self.find(name)?)
    }

    /// A whole number that is left out when 0.
    pub(crate) fn count_or_zero(self, name: &str) -> Option<u32> {
        self.find(name).map_or(Some(0), count)
    }

    fn find(self, name: &str) -> Option<&'a Value<'a>> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

/// The list of texts that `value` is.
pub(crate) fn texts<'a>(value: &'a Value<'_>) -> Option<Vec<&'a str>> {
    list(value)?.iter().map(str_of).collect()
}

/// The whole number, 0 or more, that `value` is.
pub(crate) fn count(value: &Value<'_>) -> Option<u32> {
    match value {
        Value::Number(number) => number.parse().ok(),
        _ => None,
    }
}

/// The number that `value` is.
pub(crate) fn number(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Number(number) => read_number(number).filter(|number| number.is_finite()),
        _ => None,
    }
}

/// The text that `value` is.
pub(crate) fn text(value: &Value<'_>) -> Option<String> {
    str_of(value).map(str::to_owned)
}

fn str_of<'a>(value: &'a Value<'_>) -> Option<&'a str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn owned(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

fn list<'a>(value: &'a Value<'a>) -> Option<&'a [Value<'a>]> {
    match value {
        Value::List(values) => Some(values),
        _ => None,
    }
}

fn pair(value: &Value<'_>) -> Option<(String, String)> {
    match list(value)? {
        [first, second] => Some((text(first)?, text(second)?)),
        _ => None,
    }
}
