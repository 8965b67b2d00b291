use std::fmt::Write;

use crate::chart::escape;
use crate::i18n::Language;
use crate::i18n::document as say;
use crate::survey::Bilingual;

/// Colours, results and print, the same as on the screen; then what a file needs of its own.
const STYLES: [&str; 3] = [
    include_str!("../../style/file.css"),
    include_str!("../../style/report.css"),
    include_str!("../../style/print.css"),
];

/// A file that opens from disk: no request, no script. Both languages are in it, and two radio buttons show one of them;
/// print takes the one that is shown.
pub(super) fn page(name: &Bilingual, articles: &[(Language, String)], first: Language) -> String {
    let title = format!("{} · {}", first.pick(&name.es, &name.en), say::report(first));
    let mut html = format!(
        concat!(
            "<!doctype html><html lang=\"{}\" data-theme=\"light\"><head><meta charset=\"utf-8\">",
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
            "<meta name=\"color-scheme\" content=\"light\"><title>{}</title><style>"
        ),
        first.tag(),
        escape(&title)
    );
    for style in STYLES {
        html.push_str(&squeezed(style));
    }
    html.push_str("</style></head><body class=\"file\">");
    for (language, _) in articles {
        let checked = if *language == first { " checked" } else { "" };
        let tag = language.tag();
        let _ = write!(
            html,
            "<input type=\"radio\" name=\"language\" class=\"switch no-print\" id=\"show-{tag}\"{checked} aria-label=\"{}\" lang=\"{tag}\">",
            escape(language.name())
        );
    }
    let _ = write!(
        html,
        "<nav class=\"languages no-print\" aria-label=\"{}\">",
        escape(&Language::ALL.map(say::language_of_report).join(" · "))
    );
    for (language, _) in articles {
        let tag = language.tag();
        let _ = write!(html, "<label for=\"show-{tag}\" lang=\"{tag}\">{}</label>", escape(language.name()));
    }
    html.push_str("</nav>");
    for (language, article) in articles {
        let tag = language.tag();
        let _ = write!(html, "<div class=\"in-{tag}\" lang=\"{tag}\">");
        plain(article, &mut html);
        html.push_str("</div>");
    }
    html.push_str("</body></html>");
    html
}

/// What programs read of a page, which a file that people open does not carry.
const FOR_PROGRAMS: [&str; 8] = [
    " scope=\"col\"",
    " data-change=\"",
    " data-choice=\"",
    " data-count=\"",
    " data-percent=\"",
    " data-display=\"",
    " data-about=\"",
    " scope=\"row\"",
];

/// A table's name, which in a report is the heading above it.
const CAPTION: (&str, &str) = ("<caption>", "</caption>");

/// The markup without [`FOR_PROGRAMS`] and captions: a heading cell in a table's head is one for its column anyway, and the
/// first cell of a row, where it is a heading, one for its row.
fn plain(markup: &str, into: &mut String) {
    let (mut kept, mut rest) = (String::with_capacity(markup.len()), markup);
    while let Some((before, after)) = rest.split_once(CAPTION.0) {
        kept.push_str(before);
        rest = after.split_once(CAPTION.1).map_or("", |(_, behind)| behind);
    }
    kept.push_str(rest);
    let mut rest = kept.as_str();
    while let Some(at) = rest.find(" data-").into_iter().chain(rest.find(" scope=\"")).min() {
        let (before, after) = rest.split_at(at);
        into.push_str(before);
        let inside_tag = before.rfind('<').unwrap_or(0) >= before.rfind('>').map_or(0, |end| end + 1);
        let known = FOR_PROGRAMS.iter().find(|known| inside_tag && after.starts_with(**known));
        rest = match known {
            Some(known) if known.ends_with("=\"") => {
                let value = after.strip_prefix(known).unwrap_or_default();
                value.split_once('"').map_or("", |(_, behind)| behind)
            }
            Some(known) => after.strip_prefix(known).unwrap_or_default(),
            None => {
                into.push(' ');
                after.strip_prefix(' ').unwrap_or_default()
            }
        };
    }
    into.push_str(rest);
}

/// A style sheet without its comments and blanks.
fn squeezed(style: &str) -> String {
    let mut plain = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let mut short = String::with_capacity(plain.len());
    for line in plain.lines() {
        let line = line.trim();
        if !line.is_empty() {
            let glue = short.ends_with(['{', '}', ';', ',']) || short.is_empty();
            if !glue {
                short.push(' ');
            }
            short.push_str(line);
        }
    }
    // No selector and no string of ours has such a blank that means something.
    for (blank, none) in
        [(" {", "{"), ("{ ", "{"), (": ", ":"), ("; ", ";"), (", ", ","), (" }", "}"), (";}", "}")]
    {
        short = short.replace(blank, none);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_loses_only_comments_and_blanks() {
        assert_eq!(
            squeezed("/* a */\n.b {\n  color: red;\n}\n\n.c,\n.d { x: y; }\n"),
            ".b{color:red}.c,.d{x:y}"
        );
        for style in STYLES {
            let short = squeezed(style);
            assert_eq!(short.matches('{').count(), style.matches('{').count());
            assert!(!short.contains("/*") && !short.contains("http"));
        }
    }
}
