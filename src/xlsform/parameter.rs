//! `parameters`: pairs of a key and a value, and what each type accepts.

use super::name::{is_name, sole_mention};
use super::problem::ParameterFault as Fault;
use crate::xpath::write_number;

/// The pairs of a cell; of a key that comes twice, the last.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Parameters(Vec<(String, String)>);

pub(super) const TRUE_FALSE: &[&str] = &["true", "false"];

impl Parameters {
    /// Reads `key=value` pairs with blanks, commas or semicolons between them. Keys and values are put in small letters,
    /// but not the columns that `label` and `value` name, nor a `${name}`.
    pub(super) fn read(cell: &str) -> Result<Parameters, Fault> {
        let is_between = |c: char| c.is_whitespace() || c == ',' || c == ';';
        let mut words: Vec<&str> = Vec::new();
        let mut start = 0;
        for (at, c) in cell.char_indices() {
            if is_between(c) || c == '=' {
                words.extend(cell.get(start..at).filter(|word| !word.is_empty()));
                words.extend((c == '=').then_some("="));
                start = at + c.len_utf8();
            }
        }
        words.extend(cell.get(start..).filter(|word| !word.is_empty()));
        let mut parameters = Parameters::default();
        for pair in words.chunks(3) {
            match pair {
                [key, "=", value] if *key != "=" && *value != "=" => parameters.set(key, value),
                _ => return Err(Fault::Shape),
            }
        }
        Ok(parameters)
    }

    fn set(&mut self, key: &str, value: &str) {
        let key = key.to_lowercase();
        let keeps = key == "label" || key == "value" || value.contains("${");
        let value = if keeps { value.to_owned() } else { value.to_lowercase() };
        self.0.retain(|(known, _)| *known != key);
        self.0.push((key, value));
    }

    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_str())
    }

    /// Whether it has no other keys than these.
    pub(super) fn only(&self, accepted: &'static [&'static str]) -> Result<(), Fault> {
        let mut keys: Vec<String> =
            self.keys().filter(|key| !accepted.contains(key)).map(str::to_owned).collect();
        keys.sort();
        if keys.is_empty() { Ok(()) } else { Err(Fault::Unknown { keys, accepted }) }
    }

    fn one_of(&self, key: &'static str, accepted: &'static [&'static str]) -> Result<(), Fault> {
        match self.get(key) {
            Some(value) if !accepted.contains(&value) => Err(Fault::OneOf(key, accepted)),
            _ => Ok(()),
        }
    }

    fn number(&self, key: &'static str) -> Result<Option<f64>, Fault> {
        self.get(key).map(|value| number(value).ok_or(Fault::Number(key))).transpose()
    }

    fn whole(&self, key: &'static str) -> Result<Option<i64>, Fault> {
        self.get(key).map(|value| value.parse().map_err(|_| Fault::Whole(key))).transpose()
    }
}

/// A number with nothing beside it; not infinite.
pub(super) fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

pub(super) fn text(parameters: &Parameters) -> Result<(), Fault> {
    parameters.only(&["rows"])?;
    parameters.whole("rows").map(|_| ())
}

pub(super) fn image(parameters: &Parameters, appearance: &str) -> Result<(), Fault> {
    parameters.only(&["app", "max-pixels"])?;
    parameters.whole("max-pixels")?;
    match parameters.get("app") {
        Some(app) if (appearance.is_empty() || appearance == "annotate") && !is_package(app) => {
            Err(Fault::Package(app.to_owned()))
        }
        _ => Ok(()),
    }
}

/// Two segments or more of letters, digits and underscores, each beginning with a letter.
fn is_package(name: &str) -> bool {
    let is_segment = |segment: &str| {
        segment.starts_with(|c: char| c.is_ascii_alphabetic())
            && segment.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    name.contains('.') && name.split('.').all(is_segment)
}

pub(super) fn audio(parameters: &Parameters) -> Result<(), Fault> {
    parameters.only(&["quality"])?;
    parameters.one_of("quality", &["voice-only", "low", "normal", "external"])
}

/// A recording in the background cannot come from another app.
pub(super) fn recording(parameters: &Parameters) -> Result<(), Fault> {
    parameters.only(&["quality"])?;
    parameters.one_of("quality", &["voice-only", "low", "normal"])
}

pub(super) fn audit(parameters: &Parameters) -> Result<(), Fault> {
    parameters.only(&[
        "identify-user",
        "location-max-age",
        "location-min-interval",
        "location-priority",
        "track-changes",
        "track-changes-reasons",
    ])?;
    parameters.one_of("track-changes", TRUE_FALSE)?;
    parameters.one_of("track-changes-reasons", &["on-form-edit"])?;
    parameters.one_of("identify-user", TRUE_FALSE)?;
    let places = ["location-priority", "location-min-interval", "location-max-age"];
    match places.iter().filter(|key| parameters.get(key).is_some()).count() {
        0 => return Ok(()),
        3 => {}
        _ => return Err(Fault::AuditPlaces),
    }
    parameters.one_of("location-priority", &["no-power", "low-power", "balanced", "high-accuracy"])?;
    let interval = parameters.whole("location-min-interval")?.unwrap_or_default();
    let age = parameters.whole("location-max-age")?.unwrap_or_default();
    match () {
        () if interval < 0 => Err(Fault::Negative("location-min-interval")),
        () if age < 0 => Err(Fault::Negative("location-max-age")),
        () if age < interval => Err(Fault::Less("location-max-age", "location-min-interval")),
        () => Ok(()),
    }
}

pub(super) fn place(parameters: &Parameters) -> Result<(), Fault> {
    parameters.only(&[
        "allow-mock-accuracy",
        "capture-accuracy",
        "reference-geometry",
        "warning-accuracy",
    ])?;
    parameters.number("capture-accuracy")?;
    parameters.number("warning-accuracy")?;
    parameters.one_of("allow-mock-accuracy", TRUE_FALSE)
}

pub(super) fn shape(parameters: &Parameters) -> Result<(), Fault> {
    parameters.only(&["allow-mock-accuracy", "incremental", "reference-geometry"])?;
    parameters.one_of("incremental", &["true", "true()", "yes"])?;
    parameters.one_of("allow-mock-accuracy", TRUE_FALSE)
}

pub(super) fn select(parameters: &Parameters) -> Result<(), Fault> {
    parameters.only(&["randomize", "seed"])?;
    shuffle(parameters)
}

pub(super) fn select_from_file(parameters: &Parameters) -> Result<(), Fault> {
    parameters.only(&["label", "randomize", "seed", "value"])?;
    for key in ["value", "label"] {
        if let Some(column) = parameters.get(key).filter(|column| !is_name(column)) {
            return Err(Fault::Name(key, column.to_owned()));
        }
    }
    shuffle(parameters)
}

fn shuffle(parameters: &Parameters) -> Result<(), Fault> {
    parameters.one_of("randomize", TRUE_FALSE)?;
    match (parameters.get("randomize"), parameters.get("seed")) {
        (None, Some(_)) => Err(Fault::SeedAlone),
        (Some(_), Some(seed)) if sole_mention(seed).is_none() && number(seed).is_none() => {
            Err(Fault::Number("seed"))
        }
        _ => Ok(()),
    }
}

/// A scale: from, to, by; whether all of them are whole.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    /// `start`, `end` and `step`.
    pub(super) pairs: Vec<(String, String)>,
    pub(super) is_whole: bool,
}

/// Reads the parameters of a `range`. `choices` gives the names of a list's choices.
pub(super) fn range<'a>(
    parameters: &Parameters,
    appearance: &str,
    choices: impl Fn(&str) -> Option<Vec<&'a str>>,
) -> Result<Scale, Fault> {
    parameters.only(&["end", "placeholder", "start", "step", "tick_interval", "tick_labelset"])?;
    let is_plain =
        appearance.is_empty() || appearance.contains("vertical") || appearance.contains("no-ticks");
    if !is_plain
        && ["tick_interval", "placeholder", "tick_labelset"].iter().any(|key| parameters.get(key).is_some())
    {
        return Err(Fault::TickAppearance);
    }
    let start = parameters.number("start")?.unwrap_or(1.0);
    let end = parameters.number("end")?.unwrap_or(10.0);
    let step = parameters.number("step")?.unwrap_or(1.0);
    let interval = parameters.number("tick_interval")?;
    let placeholder = parameters.number("placeholder")?;
    let width = (end - start).abs();
    let between = |value: f64| value >= start.min(end) && value <= start.max(end);
    for (key, value) in [("step", Some(step)), ("tick_interval", interval)] {
        match value {
            Some(0.0) => return Err(Fault::Zero(key)),
            Some(value) if value > width => return Err(Fault::TooLarge(key)),
            _ => {}
        }
    }
    if interval.is_some_and(|interval| !is_multiple(interval, step)) {
        return Err(Fault::OffStep("tick_interval", "step"));
    }
    if let Some(placeholder) = placeholder {
        if !is_multiple(placeholder - start, step) {
            return Err(Fault::OffStep("placeholder", "step"));
        }
        if !between(placeholder) {
            return Err(Fault::Outside("placeholder"));
        }
    }
    if let Some(list) = parameters.get("tick_labelset") {
        let names = choices(list).ok_or_else(|| Fault::TickList(list.to_owned()))?;
        let values: Option<Vec<f64>> = names.into_iter().map(number).collect();
        let values = values.ok_or(Fault::Number("tick_labelset"))?;
        if !values.iter().copied().all(between) {
            return Err(Fault::Outside("tick_labelset"));
        }
        let (by, key) = interval.map_or((step, "step"), |interval| (interval, "tick_interval"));
        if !values.iter().all(|value| is_multiple(value - start, by)) {
            return Err(Fault::OffStep("tick_labelset", key));
        }
        let has_ends = values.contains(&start) && values.contains(&end);
        if appearance.contains("no-ticks")
            && !(has_ends && values.iter().all(|value| [start, end].contains(value)))
        {
            return Err(Fault::TickEnds);
        }
    }
    let is_whole = [Some(start), Some(end), Some(step), interval, placeholder]
        .into_iter()
        .flatten()
        .all(|value| value.fract() == 0.0);
    // A step below zero counts down as one above zero does.
    let pairs = [("start", start), ("end", end), ("step", step.abs())];
    let pairs = pairs.map(|(key, value)| (key.to_owned(), write_number(value))).to_vec();
    Ok(Scale { pairs, is_whole })
}

/// Within what decimal fractions lose as binary ones.
fn is_multiple(value: f64, of: f64) -> bool {
    let times = value / of;
    (times - times.round()).abs() < 1e-9 * times.abs().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> Parameters {
        Parameters::read(cell).unwrap()
    }

    fn scale(cell: &str, appearance: &str) -> Result<Scale, Fault> {
        let choices = |list: &str| match list {
            "ends" => Some(vec!["0", "10"]),
            "words" => Some(vec!["low", "high"]),
            _ => None,
        };
        range(&read(cell), appearance, choices)
    }

    #[test]
    fn pairs_stand_apart_by_blanks_commas_and_semicolons() {
        let parameters = read("Start = 1, END=5;step= 0.5 Label=Nombre");
        assert_eq!(parameters.get("start"), Some("1"));
        assert_eq!(parameters.get("end"), Some("5"));
        assert_eq!(parameters.get("step"), Some("0.5"));
        assert_eq!(parameters.get("label"), Some("Nombre"));
        for cell in ["a", "a=", "=a", "a==b", "a=1=2", "a=1 b", "a:1"] {
            assert_eq!(Parameters::read(cell), Err(Fault::Shape), "{cell}");
        }
    }

    #[test]
    fn a_scale_is_checked() {
        let usual = scale("", "").unwrap();
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(usual.pairs, [pair("start", "1"), pair("end", "10"), pair("step", "1")]);
        assert!(usual.is_whole);
        assert!(!scale("start=0 end=1 step=0.1", "").unwrap().is_whole);
        assert!(scale("start=10 end=0 step=2 placeholder=4", "").is_ok());
        for (cell, fault) in [
            ("start=x", Fault::Number("start")),
            ("end=inf", Fault::Number("end")),
            ("step=0", Fault::Zero("step")),
            ("start=1 end=3 step=5", Fault::TooLarge("step")),
            ("tick_interval=3 step=2", Fault::OffStep("tick_interval", "step")),
            ("placeholder=11", Fault::Outside("placeholder")),
            ("start=0 end=10 step=2 placeholder=3", Fault::OffStep("placeholder", "step")),
            ("tick_labelset=words", Fault::Number("tick_labelset")),
            ("tick_labelset=none", Fault::TickList("none".to_owned())),
            ("tick_labelset=ends", Fault::Outside("tick_labelset")),
        ] {
            assert_eq!(scale(cell, ""), Err(fault), "{cell}");
        }
        assert!(scale("start=0 end=10 tick_labelset=ends", "no-ticks").is_ok());
        assert_eq!(scale("start=0 end=20 tick_labelset=ends", "no-ticks"), Err(Fault::TickEnds));
        assert_eq!(scale("placeholder=2", "rating"), Err(Fault::TickAppearance));
    }

    #[test]
    fn other_parameters_are_checked() {
        assert_eq!(select(&read("seed=1")), Err(Fault::SeedAlone));
        assert_eq!(select(&read("randomize=true seed=${a}")), Ok(()));
        assert_eq!(select(&read("randomize=true, seed=${a}+1")), Err(Fault::Number("seed")));
        assert_eq!(select_from_file(&read("value=a*")), Err(Fault::Name("value", "a*".to_owned())));
        assert_eq!(image(&read("app=camera"), ""), Err(Fault::Package("camera".to_owned())));
        assert_eq!(image(&read("app=org.camera max-pixels=1"), ""), Ok(()));
        assert_eq!(text(&read("rows=many")), Err(Fault::Whole("rows")));
        assert_eq!(audio(&read("quality=external")), Ok(()));
        assert!(recording(&read("quality=external")).is_err());
        assert_eq!(audit(&read("location-priority=balanced")), Err(Fault::AuditPlaces));
        assert!(shape(&read("incremental=false")).is_err());
        assert!(place(&read("capture-accuracy=near")).is_err());
    }
}
