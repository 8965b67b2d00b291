/// Attributes that every chart inherits from its style, or that its style gives to a class: (class, attribute).
const GIVEN: [(&str, &str); 23] = [
    ("", r#"font-size="13""#),
    ("", r#"fill="currentColor""#),
    ("", r#"text-anchor="start""#),
    ("", r#"stroke="var(--chart-paper, #fff)""#),
    ("", r#"xmlns="http://www.w3.org/2000/svg""#),
    ("", r#"font-family="system-ui, sans-serif""#),
    ("chart-low-1", r##"fill="#d8a75b""##),
    ("chart-low-2", r##"fill="#8c510a""##),
    ("chart-low-3", r##"fill="#57320a""##),
    ("chart-neutral", r##"fill="#d3d5d2""##),
    ("chart-high-1", r##"fill="#8cc9bf""##),
    ("chart-high-2", r##"fill="#01665e""##),
    ("chart-high-3", r##"fill="#003c37""##),
    ("chart-bar", r##"fill="#1f7a74""##),
    ("chart-track", r##"fill="#efeae1""##),
    ("chart-quiet", r##"fill="#8a8a8a""##),
    ("chart-rail", r##"stroke="#b8b8b8""##),
    ("chart-rank-1", r##"fill="#1f7a74""##),
    ("chart-rank-2", r##"fill="#7fb8b0""##),
    ("chart-rank-3", r##"fill="#c4dcd7""##),
    ("chart-rank-", r#"stroke="currentColor""#),
    ("chart-rank-", r#"stroke-opacity="0.55""#),
    ("chart-rank-", r#"stroke-width="0.75""#),
];

/// Marks that every chart repeats, and the class that says the same.
const SHORT: [(&str, &str); 7] = [
    (r#" text-anchor="end" class="chart-note""#, r#" class="chart-end""#),
    (r##" text-anchor="middle" font-size="12" fill="#fff" class="chart-inside""##, r#" class="chart-white""#),
    (
        r##" text-anchor="middle" font-size="12" fill="#1a1a1a" class="chart-inside""##,
        r#" class="chart-black""#,
    ),
    (r#" text-anchor="middle" font-size="12" class="chart-inside""#, r#" class="chart-black""#),
    (
        r#" class="chart-axis" stroke="currentColor" stroke-width="1.5" stroke-opacity="0.6""#,
        r#" class="chart-zero""#,
    ),
    (
        r##" text-anchor="middle" font-size="12" fill="#fff" class="chart-inside chart-on-deep""##,
        r#" class="chart-white""#,
    ),
    (
        r##" text-anchor="middle" font-size="12" fill="#1a1a1a" class="chart-inside chart-on-pale""##,
        r#" class="chart-black""#,
    ),
];

/// A chart as a file carries it, a third as long: its name stays, the numbers in words go (the table beside it has them), and
/// what the file's style says of every chart is not said again. Looks need [`super::page`]'s style.
pub(super) fn compact(svg: &str) -> String {
    let mut short = String::with_capacity(svg.len() / 2);
    let mut rest = svg;
    let mut title = "";
    while let Some(at) = rest.find('<') {
        let (text, markup) = rest.split_at(at);
        short.push_str(text);
        let Some(end) = markup.find('>') else { break };
        let (tag, after) = markup.split_at(end + 1);
        rest = after;
        let name = tag.trim_start_matches('<').split([' ', '>', '/']).next().unwrap_or_default();
        if name == "title" || name == "desc" {
            let close = ["</", name, ">"].concat();
            let Some((inside, after)) = rest.split_once(close.as_str()) else { break };
            if title.is_empty() {
                title = inside;
            }
            rest = after;
            continue;
        }
        if tag == "</rect>" && short.ends_with('>') {
            short.truncate(short.len() - 1);
            short.push_str("/>");
            continue;
        }
        shorten(tag, &mut short);
    }
    short.push_str(rest);
    named(short, title)
}

/// The tag without the attributes that are given.
fn shorten(tag: &str, into: &mut String) {
    let mut tag = tag.to_owned();
    let class = |tag: &str, class: &str| class.is_empty() || tag.contains(&["class=\"", class].concat());
    let inherits = !tag.starts_with("<rect") && !tag.starts_with("<circle") && !tag.starts_with("<path");
    for (of, attribute) in GIVEN {
        // A shape's own paint may say what its class does not.
        let paints = attribute.starts_with("fill=\"current") || attribute.starts_with("stroke=\"var");
        let segment = tag.contains("class=\"chart-") && attribute.starts_with("stroke=\"var");
        if class(&tag, of) && (!paints || inherits || segment) {
            tag = tag.replace(&[" ", attribute].concat(), "");
        }
    }
    let tag = tag.replace(" class=\"chart-text \"", "").replace("class=\"chart-text ", "class=\"");
    let tag = tag.replace(" class=\"chart-text\"", "").replace(" stroke-width=\"1\"", "");
    let tag = SHORT.iter().fold(tag, |tag, (long, short)| tag.replace(long, short));
    into.push_str(&tag.replace("\"0%\"", "\"0\""));
}

/// The chart with its name alone for those who do not see it.
fn named(svg: String, title: &str) -> String {
    let Some((before, after)) = svg.split_once("aria-label=\"") else { return svg };
    let Some((_, after)) = after.split_once('"') else { return svg };
    [before, "aria-label=\"", title, "\"", after].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Bar, Frame, NARROW, Scale, ScaleRow, bars, diverging};

    #[test]
    fn a_chart_keeps_its_words_and_colours_by_class() {
        let frame = Frame { title: "Temas <b>", description: "a: 60 %.", room: NARROW };
        let bar = Bar { label: "a & b".into(), share: 60.0, text: "60 % (6)".into(), quiet: false };
        let long = bars(&frame, &[bar]);
        let short = compact(&long);
        assert!(short.len() * 3 < long.len() * 2, "{} of {}", short.len(), long.len());
        assert!(
            short.starts_with("<svg class=\"chart\" role=\"img\" aria-label=\"Temas &lt;b&gt;\""),
            "{short}"
        );
        assert!(short.contains(">a &amp; b</text>") && short.contains(">60 % (6)</text>"));
        assert!(short.contains("class=\"chart-bar\"/>") && !short.contains("<title>"), "{short}");
        assert!(roxmltree::Document::parse(&short).is_ok(), "{short}");
    }

    #[test]
    fn text_on_a_dark_segment_stays_white() {
        let scale = Scale { categories: vec!["no".into(), "yes".into()], ..Scale::default() };
        let row = ScaleRow {
            shares: vec![40.0, 60.0],
            texts: vec!["40".into(), "60".into()],
            ..ScaleRow::default()
        };
        let frame = Frame { title: "t", description: "d", room: NARROW };
        let short = compact(&diverging(&frame, &scale, &[row]));
        assert!(short.contains("class=\"chart-white\">60<"), "{short}");
        assert!(roxmltree::Document::parse(&short).is_ok(), "{short}");
    }
}
