/// Text made safe for SVG and HTML, in content and in quoted attributes.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // No XML can hold these.
            c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => {}
            '\u{fffe}' | '\u{ffff}' => {}
            c => safe.push(c),
        }
    }
    safe
}

/// About how wide a text is in a common sans serif, in pixels; on the wide side.
pub fn width(text: &str, size: f64) -> f64 {
    let em: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | 'í' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '¡' => 0.28,
            'f' | 't' | 'r' | 'I' | ' ' | '(' | ')' | '[' | ']' | '-' | '/' | '\u{a0}' => 0.38,
            'm' | 'w' | 'M' | 'W' | '%' | '@' | '→' => 0.92,
            c if c.is_uppercase() => 0.70,
            // Chinese, Japanese, Korean, pictures.
            '\u{1100}'..='\u{11ff}' | '\u{2e80}'.. => 1.1,
            _ => 0.57,
        })
        .sum();
    em * size
}

/// How much wider bold text is.
pub(super) const BOLD: f64 = 1.08;

/// The text in lines of at most `room` pixels where its words allow, broken at spaces that allow it (`67 %` with a no-break
/// space stays together); a word longer than a line is cut.
pub fn wrap(text: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(breaks).filter(|word| !word.is_empty()).flat_map(|word| cut(word, room, size)) {
        let longer = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
        if !line.is_empty() && width(&longer, size) > room {
            lines.push(std::mem::replace(&mut line, word));
        } else {
            line = longer;
        }
    }
    lines.push(line);
    lines
}

/// Lines as [`wrap`] makes them, for narrow columns: a word too long for a line is parted by a hyphen where a syllable seems
/// to begin, before a consonant and the vowel after it.
pub(super) fn hyphenate(text: &str, room: f64, size: f64) -> Vec<String> {
    let parted: Vec<String> = text
        .split(breaks)
        .flat_map(|word| {
            let (mut parts, mut rest) = (Vec::new(), word.to_owned());
            while width(&rest, size) > room
                && let Some((start, end)) = part(&rest, room, size)
            {
                parts.push(start);
                rest = end;
            }
            parts.push(rest);
            parts
        })
        .collect();
    wrap(&parted.join(" "), room, size)
}

/// The most of a word that fits with a hyphen, and the rest; `None` where no syllable ends in time.
fn part(word: &str, room: f64, size: f64) -> Option<(String, String)> {
    let letters: Vec<char> = word.chars().collect();
    let vowel = |c: &char| {
        let lower = c.to_lowercase().next().unwrap_or(*c);
        matches!(lower, 'a' | 'e' | 'i' | 'o' | 'u' | 'á' | 'é' | 'í' | 'ó' | 'ú' | 'ü')
    };
    let consonant = |c: &char| c.is_alphabetic() && !vowel(c);
    // One sound: nothing is parted between these, and the whole of it goes to the next line.
    let sound = |a: char, b: char| {
        matches!((a, b), ('l', 'l') | ('r', 'r') | ('q', 'u'))
            || (b == 'h' && "cpst".contains(a))
            || ("rl".contains(b) && "bcfgp".contains(a))
            || (b == 'r' && "dt".contains(a))
    };
    let place = (2..letters.len().saturating_sub(2)).rev().find(|place| {
        let [Some(before), Some(here), Some(after)] =
            [*place - 1, *place, *place + 1].map(|at| letters.get(at))
        else {
            return false;
        };
        let begins = consonant(here) && (vowel(after) || sound(*here, *after)) && !sound(*before, *here);
        let start: String = letters.iter().take(*place).collect();
        begins && width(&start, size) + width("-", size) <= room
    })?;
    let start: String = letters.iter().take(place).collect();
    Some((format!("{start}-"), letters.iter().skip(place).collect()))
}

/// The text itself where it fits in `room` pixels, else as much of it as does, with an ellipsis.
pub(super) fn fit(text: &str, room: f64, size: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept, size) + width("…", size) > room {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end())
}

fn breaks(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

fn cut(word: &str, room: f64, size: f64) -> Vec<String> {
    let mut parts = vec![String::new()];
    for c in word.chars() {
        if let Some(part) = parts.last_mut() {
            if part.is_empty() || width(part, size) + width(&c.to_string(), size) <= room {
                part.push(c);
            } else {
                parts.push(c.to_string());
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markup_is_only_text() {
        assert_eq!(
            escape(r#"<b class="x">&'\u{1}"#.replace("\\u{1}", "\u{1}").as_str()),
            "&lt;b class=&quot;x&quot;&gt;&amp;&#39;"
        );
    }

    #[test]
    fn numbers_stay_with_their_signs_and_long_texts_end_early() {
        assert_eq!(wrap("casi 67\u{a0}%", 40.0, 13.0), ["casi", "67\u{a0}%"]);
        assert_eq!(fit("corto", 100.0, 13.0), "corto");
        assert_eq!(fit("un texto muy largo", 60.0, 13.0), "un texto…");
        assert_eq!(fit("ab", 1.0, 13.0), "…");
    }

    #[test]
    fn long_words_are_parted_where_a_syllable_begins() {
        assert_eq!(hyphenate("En el transporte", 53.0, 12.0), ["En el", "trans-", "porte"]);
        assert_eq!(hyphenate("Insatisfecho", 54.0, 12.0), ["Insatis-", "fecho"]);
        assert_eq!(hyphenate("corregimientos", 54.0, 12.0), ["corregi-", "mientos"]);
        assert_eq!(hyphenate("noche", 54.0, 12.0), ["noche"]);
        assert_eq!(hyphenate("", 54.0, 12.0), [""]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_room_and_no_letter_is_lost(text in "[a-zA-Zñáé ]{0,200}", room in 60.0f64..400.0) {
            let lines = wrap(&text, room, 13.0);
            prop_assert!(lines.iter().all(|line| width(line, 13.0) <= room + 0.01));
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
            let lines = hyphenate(&text, room, 13.0);
            prop_assert!(lines.iter().all(|line| width(line, 13.0) <= room + 0.01));
            prop_assert_eq!(letters(&lines.concat().replace('-', "")), letters(&text));
        }
    }
}
