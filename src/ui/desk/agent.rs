//! Which browser this is, as far as it tells of itself.

/// A browser, by what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Agent {
    /// Its name.
    pub(super) name: &'static str,
    /// The first part of its version; blank where it tells none.
    pub(super) version: String,
    /// What it is built on.
    pub(super) engine: &'static str,
    /// Safari, which deletes after seven days, and on what.
    pub(super) safari: Option<Apple>,
}

/// What Safari runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Apple {
    /// A telephone or tablet.
    Phone,
    /// A computer.
    Mac,
}

/// What a browser writes before its version, and its name. Each that others imitate stands after them.
const NAMES: [(&str, &str); 10] = [
    ("EdgiOS/", "Edge"),
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
];

/// Reads how a browser introduces itself. `touch`: the screen can be touched, by which a tablet that calls itself a
/// computer is known.
pub(super) fn read(text: &str, touch: bool) -> Agent {
    let version = |mark: &str| {
        let rest = text.split_once(mark)?.1;
        Some(rest.chars().take_while(char::is_ascii_digit).collect::<String>())
    };
    let named = NAMES.iter().find_map(|(mark, name)| Some((*name, version(mark)?)));
    let (name, version) = named.unwrap_or(("?", String::new()));
    let phone = ["iPhone", "iPad", "iPod"].iter().any(|device| text.contains(device));
    let apple = if phone || touch { Apple::Phone } else { Apple::Mac };
    let webkit = phone || name == "Safari";
    let engine = match name {
        _ if webkit => "WebKit",
        "Firefox" => "Gecko",
        "?" => "?",
        _ => "Chromium",
    };
    Agent { name, version, engine, safari: (name == "Safari").then_some(apple) }
}
