//! What authors of forms write with marks: `**strong**`, `*stressed*`, `[a link](https://...)`. Always text, never markup:
//! what is not understood stays as it is.

use crate::ui::parts::{View, element};
use crate::xpath::split_once;

/// A piece of a text: how it stands, what it says, where it leads.
struct Piece<'a> {
    tag: &'static str,
    words: &'a str,
    link: &'a str,
}

/// A text with its marks shown.
pub(super) fn rich(text: &str) -> View {
    let show = |piece: Piece<'_>| match piece.tag {
        "" => View::Text(piece.words.to_owned()),
        "a" => element("a")
            .attr("href", piece.link)
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer")
            .text(piece.words)
            .view(),
        tag => element(tag).text(piece.words).view(),
    };
    View::Several(pieces(text).into_iter().map(show).collect())
}

/// A text without its marks, for where words alone can stand.
pub(super) fn plain(text: &str) -> String {
    pieces(text).iter().map(|piece| piece.words).collect()
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, piece, after)) = marked(rest) {
        found.push(Piece { tag: "", words: before, link: "" });
        found.push(piece);
        rest = after;
    }
    found.push(Piece { tag: "", words: rest, link: "" });
    found
}

/// The first marked piece, between what stands before and after it.
fn marked(text: &str) -> Option<(&str, Piece<'_>, &str)> {
    let mut in_word = false;
    for (at, sign) in text.char_indices() {
        let (before, here) = text.split_at_checked(at)?;
        let piece = match sign {
            // Inside of a word it is a name: `a_b_c`, or a sum: `2*3*4`.
            '*' | '_' if !in_word => strong(here),
            '[' => link(here),
            _ => None,
        };
        if let Some((piece, after)) = piece {
            return Some((before, piece, after));
        }
        in_word = sign.is_ascii_alphanumeric() || !sign.is_ascii();
    }
    None
}

fn strong(text: &str) -> Option<(Piece<'_>, &str)> {
    [("**", "strong"), ("__", "strong"), ("*", "em"), ("_", "em")].into_iter().find_map(|(mark, tag)| {
        let (words, after) = split_once(text.strip_prefix(mark)?, mark)?;
        let fits = !words.is_empty() && words.trim() == words;
        fits.then_some((Piece { tag, words, link: "" }, after))
    })
}

fn link(text: &str) -> Option<(Piece<'_>, &str)> {
    let (words, after) = split_once(text.strip_prefix('[')?, "](")?;
    let (link, after) = after.split_once(')')?;
    let safe = ["https://", "http://", "tel:", "mailto:"].iter().any(|start| link.starts_with(start));
    safe.then_some((Piece { tag: "a", words, link }, after))
}
