/// Personal data that a free text may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PersonalData {
    /// An e-mail address.
    Email,
    /// A Panamanian cédula: `8-765-1234`, `PE-12-345`, `E-8-123456`.
    CedulaPa,
    /// A Panamanian phone number: `6123-4567`, `441-2345`, with or without +507.
    PhonePa,
    /// A phone number of the United States: `(727) 555-0134`, with or without +1.
    PhoneUs,
    /// A social security number of the United States: `123-45-6789`.
    SsnUs,
}

impl PersonalData {
    /// Every kind with the regular expression that finds it (anywhere in a text, ECMAScript syntax), in the order in which
    /// kinds are told. The same as the vector `pii_open_text`.
    pub const PATTERNS: [(PersonalData, &str); 5] = [
        (PersonalData::Email, r"[\w.+-]+@[\w-]+\.[\w.]+"),
        (PersonalData::CedulaPa, r"\b(?:PE|E|N|(?:1[0-3]|[1-9])(?:AV|PI)?)-\d{1,4}-\d{1,6}\b"),
        (PersonalData::PhonePa, r"(?<![\d-])(?:\+?507[ -]?)?(?:6\d{3}|[2-9]\d{2})[- ]?\d{4}(?![\d-])"),
        (PersonalData::PhoneUs, r"(?<![\d-])(?:\+?1[ -]?)?\(?[2-9]\d{2}\)?[ .-]?\d{3}[ .-]\d{4}(?![\d-])"),
        (PersonalData::SsnUs, r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])"),
    ];
}

/// The kinds of personal data that a text seems to hold, in the order of [`PersonalData::PATTERNS`]. Names and addresses are
/// not found. `find` says whether a text holds a match of a pattern: the browser's own `RegExp` serves there.
pub fn personal_data(text: &str, find: fn(pattern: &str, text: &str) -> bool) -> Vec<PersonalData> {
    PersonalData::PATTERNS
        .into_iter()
        .filter(|(_, pattern)| find(pattern, text))
        .map(|(kind, _)| kind)
        .collect()
}
