//! What stands in the column `type`.

use super::problem::Control;

/// A type, understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    Begin(Control),
    End(Control),
    Question(Question),
    Select(Select<'a>),
    /// A value that comes from a calculation.
    Calculate,
    /// A value that people never see.
    Hidden,
    /// When the filling is, of which the day is kept.
    Moment(Moment),
    /// What ODK takes from the device or the person, and this program does not.
    Private(Private),
    /// What is photographed, recorded, drawn or walked.
    Media(Media),
    /// A table to look up in, in a file with this ending.
    Table(&'static str),
    /// A setting on the survey sheet, by the setting's name.
    Setting(&'static str),
    /// A type of XLSForm that this program does not do.
    Unsupported,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    Text,
    Integer,
    Decimal,
    Range,
    Date,
    Time,
    DateTime,
    Note,
    Barcode,
    Place,
    Acknowledge,
    /// A whole number from 0 to this one.
    UpTo(u16),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Select<'a> {
    pub(super) how: How,
    pub(super) source: Source,
    /// The list's name, the file's name or the question's name.
    pub(super) list: &'a str,
    /// Whether people can name something that is not on the list.
    pub(super) has_other: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    One,
    Multiple,
    Rank,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Choices,
    External,
    File,
    /// The answers to a question in a repeat.
    Answers,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Today,
    Now,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Private {
    Device,
    Audit,
    Recording,
    Place,
    TriggeredPlace,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Media {
    Image,
    Audio,
    Video,
    File,
    /// With the parameters of a line or an area.
    Shape,
}

const CONTROLS: &[(&str, Control)] = &[
    ("group", Control::Group),
    ("lgroup", Control::Repeat),
    ("repeat", Control::Repeat),
    ("loop", Control::Loop),
    ("looped group", Control::Repeat),
];

const SELECTS: &[(&str, How, Source)] = &[
    ("add select one prompt using", How::One, Source::Choices),
    ("add select multiple prompt using", How::Multiple, Source::Choices),
    ("select all that apply from", How::Multiple, Source::Choices),
    ("select one from", How::One, Source::Choices),
    ("select1", How::One, Source::Choices),
    ("select_one", How::One, Source::Choices),
    ("select one", How::One, Source::Choices),
    ("select_multiple", How::Multiple, Source::Choices),
    ("select all that apply", How::Multiple, Source::Choices),
    ("select_one_external", How::One, Source::External),
    ("select_one_from_file", How::One, Source::File),
    ("select_multiple_from_file", How::Multiple, Source::File),
    ("select one from file", How::One, Source::File),
    ("select multiple from file", How::Multiple, Source::File),
    ("rank", How::Rank, Source::Choices),
];
const OTHER: [&str; 3] = ["or specify other", "or_other", "or other"];

const DEVICE: Kind<'static> = Kind::Private(Private::Device);
const NOW: Kind<'static> = Kind::Moment(Moment::Now);

/// Every type that stands alone, with the names older forms have for it.
const TYPES: &[(&[&str], Kind<'static>)] = &[
    (&["text", "string", "q string", "add text prompt"], Kind::Question(Question::Text)),
    (&["integer", "int", "q int", "add integer prompt"], Kind::Question(Question::Integer)),
    (&["decimal", "q decimal", "add decimal prompt"], Kind::Question(Question::Decimal)),
    (&["range"], Kind::Question(Question::Range)),
    (&["date", "q date", "add date prompt"], Kind::Question(Question::Date)),
    (&["time"], Kind::Question(Question::Time)),
    (
        &[
            "dateTime",
            "datetime",
            "date time",
            "q date time",
            "q dateTime",
            "add date time prompt",
            "add dateTime prompt",
        ],
        Kind::Question(Question::DateTime),
    ),
    (&["note", "q note", "add note prompt"], Kind::Question(Question::Note)),
    (&["barcode", "q barcode", "add barcode prompt"], Kind::Question(Question::Barcode)),
    (
        &["geopoint", "gps", "location", "q geopoint", "q location", "add location prompt"],
        Kind::Question(Question::Place),
    ),
    (
        &["acknowledge", "trigger", "q acknowledge", "add acknowledge prompt"],
        Kind::Question(Question::Acknowledge),
    ),
    (&["percentage"], Kind::Question(Question::UpTo(100))),
    (&["number of days in last month"], Kind::Question(Question::UpTo(31))),
    (&["number of days in last six months"], Kind::Question(Question::UpTo(183))),
    (&["number of days in last year"], Kind::Question(Question::UpTo(365))),
    (&["calculate", "q calculate", "add calculate prompt"], Kind::Calculate),
    (&["hidden"], Kind::Hidden),
    (&["today", "get today"], Kind::Moment(Moment::Today)),
    (&["start", "start time", "get start time", "end", "end time", "get end time"], NOW),
    (&["deviceid", "device id", "imei", "get device id", "uri:deviceid"], DEVICE),
    (&["subscriberid", "subscriber id", "get subscriber id", "uri:subscriberid"], DEVICE),
    (&["simserial", "sim id", "get sim id", "uri:simserial"], DEVICE),
    (&["phonenumber", "phone number", "get phone number", "uri:phonenumber"], DEVICE),
    (&["username", "uri:username", "email", "uri:email"], DEVICE),
    (&["audit"], Kind::Private(Private::Audit)),
    (&["background-audio"], Kind::Private(Private::Recording)),
    (&["start-geopoint"], Kind::Private(Private::Place)),
    (&["background-geopoint"], Kind::Private(Private::TriggeredPlace)),
    (
        &["image", "photo", "q image", "q picture", "add image prompt", "add photo prompt"],
        Kind::Media(Media::Image),
    ),
    (&["audio", "q audio", "add audio prompt"], Kind::Media(Media::Audio)),
    (&["geotrace", "geoshape", "q geotrace", "q geoshape"], Kind::Media(Media::Shape)),
    (&["video", "q video", "add video prompt"], Kind::Media(Media::Video)),
    (&["file", "add file prompt"], Kind::Media(Media::File)),
    (&["csv-external"], Kind::Table("csv")),
    (&["xml-external"], Kind::Table("xml")),
    (&["osm", "include"], Kind::Unsupported),
    (&["form_title", "set_form_title"], Kind::Setting("form_title")),
    (&["form_id", "set_form_id"], Kind::Setting("form_id")),
    (&["prefix"], Kind::Setting("prefix")),
];

/// Understands a type as it is written, blanks tidied.
pub(super) fn kind(written: &str) -> Kind<'_> {
    if let Some((_, kind)) = TYPES.iter().find(|(names, _)| names.contains(&written)) {
        return *kind;
    }
    if let Some(select) = select(written) {
        return Kind::Select(select);
    }
    let after = |word: &str| written.strip_prefix(word).and_then(|rest| rest.strip_prefix([' ', '_']));
    if let Some(rest) = after("begin") {
        return begin(rest).map_or(Kind::Unknown, Kind::Begin);
    }
    if let Some(rest) = after("end") {
        let control = CONTROLS.iter().find(|(name, _)| *name == rest);
        return control.map_or(Kind::Unknown, |(_, control)| Kind::End(*control));
    }
    let is_unsupported = ["osm ", "cascading_select", "cascading select"];
    if is_unsupported.iter().any(|begin| written.starts_with(begin)) {
        return Kind::Unsupported;
    }
    Kind::Unknown
}

/// The type that differs from what is written in capitals only.
pub(super) fn meant(written: &str) -> Option<String> {
    let lower = written.to_lowercase();
    (lower != written && kind(&lower) != Kind::Unknown).then_some(lower)
}

/// `group`, `repeat`, `loop over list`: a list may follow each of them.
fn begin(rest: &str) -> Option<Control> {
    let is_list = |after: &str| {
        let list = after.strip_prefix(' ').map(|list| list.strip_prefix("over ").unwrap_or(list));
        after.is_empty() || list.is_some_and(|list| !list.is_empty() && !list.contains(char::is_whitespace))
    };
    let starts = |(name, _): &&(&str, Control)| rest.strip_prefix(name).is_some_and(is_list);
    CONTROLS.iter().find(starts).map(|(_, control)| *control)
}

/// The list that a loop goes over: `begin loop over towns`.
pub(super) fn loop_list(written: &str) -> Option<&str> {
    written.rsplit_once(' ').map(|(_, list)| list).filter(|list| !["loop", "over"].contains(list))
}

fn select(written: &str) -> Option<Select<'_>> {
    // Of two commands that fit, the longer one leaves a list and nothing else.
    SELECTS.iter().find_map(|(command, how, source)| {
        let rest = written.strip_prefix(command)?.strip_prefix(' ')?;
        let (list, other) = rest.split_once(' ').unwrap_or((rest, ""));
        if list.is_empty() || !(other.is_empty() || OTHER.contains(&other)) {
            return None;
        }
        let is_answers = *source == Source::Choices && list.contains("${");
        let source = if is_answers { Source::Answers } else { *source };
        Some(Select { how: *how, source, list, has_other: !other.is_empty() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(written: &str) -> (How, Source, &str, bool) {
        let Kind::Select(select) = kind(written) else { panic!("{written}: {:?}", kind(written)) };
        (select.how, select.source, select.list, select.has_other)
    }

    #[test]
    fn selects_have_many_names() {
        assert_eq!(list("select_one yn"), (How::One, Source::Choices, "yn", false));
        assert_eq!(list("select one from yn"), (How::One, Source::Choices, "yn", false));
        assert_eq!(list("select1 yn or specify other"), (How::One, Source::Choices, "yn", true));
        assert_eq!(
            list("select all that apply from yn or_other"),
            (How::Multiple, Source::Choices, "yn", true)
        );
        assert_eq!(list("select_multiple_from_file a.csv"), (How::Multiple, Source::File, "a.csv", false));
        assert_eq!(list("select one from file a.csv"), (How::One, Source::File, "a.csv", false));
        assert_eq!(list("rank yn"), (How::Rank, Source::Choices, "yn", false));
        assert_eq!(list("select_one ${name}"), (How::One, Source::Answers, "${name}", false));
        assert_eq!(list("select_one_external towns"), (How::One, Source::External, "towns", false));
        for written in ["select_one", "select_one ", "select_one a b"] {
            assert_eq!(kind(written), Kind::Unknown, "{written}");
        }
    }

    #[test]
    fn groups_begin_and_end() {
        for (written, expected) in [
            ("begin group", Kind::Begin(Control::Group)),
            ("begin_repeat", Kind::Begin(Control::Repeat)),
            ("begin looped group", Kind::Begin(Control::Repeat)),
            ("begin loop over towns", Kind::Begin(Control::Loop)),
            ("end_group", Kind::End(Control::Group)),
            ("end lgroup", Kind::End(Control::Repeat)),
            ("begin", Kind::Unknown),
            ("begin dancing", Kind::Unknown),
            ("end", Kind::Moment(Moment::Now)),
            ("end group a", Kind::Unknown),
            ("osm buildings", Kind::Unsupported),
        ] {
            assert_eq!(kind(written), expected, "{written}");
        }
        assert_eq!(meant("Begin Group").as_deref(), Some("begin group"));
        assert_eq!(meant("nonsense"), None);
    }
}
