/// Values that the two questionnaires use themselves in lists built from an event or a study.
const RESERVED: [&str; 10] =
    ["none", "other", "ref", "dk", "na", "yes", "no", "never", "other_site", "programme_team"];

/// A stored value for a name that people typed: ASCII letters, digits and `_`, begins with a letter, at most 32 long,
/// different from all in `taken` and from the values that the questionnaires use themselves.
///
/// ```
/// use sondeo::survey::value_for;
/// assert_eq!(value_for("Niñez y juventud", &[]), "ninez_y_juventud");
/// assert_eq!(value_for("Niñez y juventud", &["ninez_y_juventud".to_owned()]), "ninez_y_juventud_2");
/// ```
pub fn value_for(name: &str, taken: &[String]) -> String {
    let mut value = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match plain(letter) {
            Some(letter) => value.push(letter),
            None if value.ends_with('_') || value.is_empty() => {}
            None => value.push('_'),
        }
    }
    value.truncate(28);
    let trimmed = value.trim_end_matches('_').len();
    value.truncate(trimmed);
    if !value.starts_with(|c: char| c.is_ascii_alphabetic()) {
        value.insert_str(0, "v_");
        let trimmed = value.trim_end_matches('_').len();
        value.truncate(trimmed);
    }
    let free = |value: &str| !RESERVED.contains(&value) && taken.iter().all(|other| other != value);
    if free(&value) {
        return value;
    }
    let mut number = 2;
    loop {
        let numbered = format!("{value}_{number}");
        if free(&numbered) {
            return numbered;
        }
        number += 1;
    }
}

fn plain(letter: char) -> Option<char> {
    Some(match letter {
        'a'..='z' | '0'..='9' => letter,
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_plain_unique_and_not_reserved() {
        let taken = ["drug_court".to_owned(), "drug_court_2".to_owned()];
        for (name, expected) in [
            ("Drug court", "drug_court_3"),
            ("  Río Abajo / San José ", "rio_abajo_san_jose"),
            ("24 de Diciembre", "v_24_de_diciembre"),
            ("None", "none_2"),
            ("¿?", "v"),
            ("A very long name of a place that goes on", "a_very_long_name_of_a_place"),
        ] {
            assert_eq!(value_for(name, &taken), expected);
        }
    }
}
