use crate::survey::{Bilingual, Helpline, Named, Study};

use super::wire::{Joiners, Words};

/// How many languages the built-in instruments speak: Spanish, then English.
pub(super) const LANGUAGES: [&str; 2] = ["es", "en"];

/// What fills the holes of an instrument, by name and language.
#[derive(Debug, Clone, Default)]
pub(super) struct Holes {
    filled: Vec<(String, [String; 2])>,
}

impl Holes {
    /// Fills a hole with the same text in every language.
    pub(super) fn set(&mut self, name: &str, text: impl ToString) {
        let text = text.to_string();
        self.filled.push((name.to_owned(), [text.clone(), text]));
    }

    /// Fills a hole with what a person wrote, in each language.
    pub(super) fn set_words(&mut self, name: &str, [es, en]: [&str; 2]) {
        self.filled.push((name.to_owned(), [quiet(es), quiet(en)]));
    }

    /// The same holes and those of one member of a set, which come first.
    pub(super) fn with_member(&self, value: &str, label: [&str; 2], district: &str) -> Holes {
        let mut holes = Holes::default();
        holes.set("value", value);
        holes.set_words("label", label);
        holes.set("district", district);
        holes.filled.extend(self.filled.iter().cloned());
        holes
    }

    /// Fills the holes of a text in a language (a position in [`LANGUAGES`]), each once: what stands in a hole is never
    /// read for holes itself. `Err` with the name of a hole that nothing fills.
    pub(super) fn fill(&self, text: &str, language: usize) -> Result<String, String> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find('{') {
            let (before, hole) = rest.split_at(start);
            filled.push_str(before);
            let name = hole.split_once('}').map(|(name, _)| name.trim_start_matches('{'));
            match name.filter(|name| !before.ends_with('$') && is_name(name)) {
                Some(name) => {
                    let found = self.filled.iter().find(|(known, _)| known == name);
                    let value = found.and_then(|(_, texts)| texts.get(language));
                    join(&mut filled, value.ok_or_else(|| name.to_owned())?, language);
                    rest = hole.get(name.len() + 2..).unwrap_or_default();
                }
                None => {
                    filled.push('{');
                    rest = hole.get(1..).unwrap_or_default();
                }
            }
        }
        filled.push_str(rest);
        Ok(filled)
    }
}

/// Fills the holes that a study's texts have.
pub(super) fn fill_study(holes: &mut Holes, study: &Study, words: &Joiners) {
    holes.set("id", &study.id);
    holes.set("sensitive", u8::from(study.sensitive));
    // A year has 365.25 days; twelve months make 365.
    holes.set("days", (u64::from(study.months) * 1461 + 23) / 48);
    holes.set("months", study.months);
    let period = if study.months == 1 { &words.month } else { &words.months };
    let period = [0, 1].map(|language| holes.fill(pick(period, language), language).unwrap_or_default());
    holes.set_words("period", [&period[0], &period[1]]);
    for (name, text) in
        [("sponsor", &study.sponsor), ("police", &study.police), ("committee", &study.committee)]
    {
        holes.set_words(name, both(text));
    }
    let (emergency, support) = match study.helplines.split_first() {
        Some((first, rest)) => (first.number.trim(), rest),
        None => ("", study.helplines.as_slice()),
    };
    holes.set_words("emergency", [emergency, emergency]);
    let lines = [0, 1].map(|language| {
        let lines = study.helplines.iter().map(|line| dialled(line, language));
        lines.collect::<Vec<_>>().join("; ")
    });
    holes.set_words("helplines", [&lines[0], &lines[1]]);
    let mut numbers: Vec<&str> = support.iter().map(|line| line.number.trim()).collect();
    numbers.push(emergency);
    let numbers = [0, 1].map(|language| listed(&numbers, words, language));
    holes.set_words("support", [&numbers[0], &numbers[1]]);
    let free = [0, 1].map(|language| {
        let free = pick(&words.free, language);
        let says = |line: &Helpline| of(both(&line.name), language).contains(free.trim());
        if !support.is_empty() && support.iter().all(says) { free } else { "" }
    });
    holes.set_words("free", free);
}

/// A text in both languages, in the order of [`LANGUAGES`].
pub(super) fn both(text: &Bilingual) -> [&str; 2] {
    [text.es.trim(), text.en.trim()]
}

/// The value and the label of a named thing.
pub(super) fn value_and_label(named: &Named) -> (&str, [&str; 2]) {
    (named.value.as_str(), both(&named.label))
}

/// An instrument's text in a language.
pub(super) fn pick(words: &Words, language: usize) -> &str {
    of([&words.es, &words.en], language)
}

/// The one of two texts that is in a language.
pub(super) fn of<T>([es, en]: [T; 2], language: usize) -> T {
    if language == 0 { es } else { en }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

/// People's own words are never read as a hole of the form.
fn quiet(text: &str) -> String {
    text.replace("${", "$ {")
}

/// Spanish contracts "a el" and "de el", so that a name with its article can follow either.
fn join(text: &mut String, value: &str, language: usize) {
    let contracts =
        language == 0 && value.starts_with("el ") && [" a ", " de "].iter().any(|end| text.ends_with(end));
    match value.strip_prefix('e').filter(|_| contracts) {
        Some(rest) => {
            // "a " + "el X" is "al X"; "de " + "el X" is "del X".
            text.pop();
            text.push_str(rest);
        }
        None => text.push_str(value),
    }
}

/// A helpline with its number before what stands in parentheses: `Who 182 (24 hours, free)`.
fn dialled(line: &Helpline, language: usize) -> String {
    let name = of(both(&line.name), language);
    match name.split_once(" (") {
        Some((who, note)) => format!("{who} {} ({note}", line.number.trim()),
        None => format!("{name} {}", line.number.trim()),
    }
}

fn listed(numbers: &[&str], words: &Joiners, language: usize) -> String {
    let mut text = String::new();
    for (position, number) in numbers.iter().enumerate() {
        if position > 0 {
            let last = position + 1 == numbers.len();
            text.push_str(pick(if last { &words.or } else { &words.comma }, language));
        }
        text.push_str(number);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_its_article_can_follow_a_and_de() {
        let mut holes = Holes::default();
        holes.set_words("who", ["el Comité", "the Committee"]);
        holes.set_words("she", ["la Policía", "the Police"]);
        for (text, expected) in [
            ("Avise a {who}.", "Avise al Comité."),
            ("¿Oyó de {who}?", "¿Oyó del Comité?"),
            ("Lo organiza {who}.", "Lo organiza el Comité."),
            ("Confía en {who}.", "Confía en el Comité."),
            ("Avise a {she}.", "Avise a la Policía."),
        ] {
            assert_eq!(holes.fill(text, 0).as_deref(), Ok(expected));
        }
        assert_eq!(holes.fill("Tell {who}.", 1).as_deref(), Ok("Tell the Committee."));
    }

    #[test]
    fn only_names_in_single_braces_are_holes() {
        let mut holes = Holes::default();
        holes.set_words("x", ["{x} ${y}", "-"]);
        let text = "regex(., '^[A-Z]{2}$') and ${x} = {x} {";
        assert_eq!(holes.fill(text, 0).as_deref(), Ok("regex(., '^[A-Z]{2}$') and ${x} = {x} $ {y} {"));
        assert_eq!(holes.fill("{nobody}", 0), Err("nobody".to_owned()));
    }
}
