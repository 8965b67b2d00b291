//! Plural to singular, carefully: only where both were written, and only by the regular rules of the language that the plural
//! was mostly written in.

/// Pairs that look like plural and singular and mean different things.
const APART: [(&str, &str); 20] = [
    ("bienes", "bien"),
    ("deberes", "deber"),
    ("poderes", "poder"),
    ("dios", "dio"),
    ("esposas", "esposa"),
    ("fondos", "fondo"),
    ("gracias", "gracia"),
    ("medios", "medio"),
    ("restos", "resto"),
    ("celos", "celo"),
    ("afueras", "afuera"),
    ("news", "new"),
    ("goods", "good"),
    ("means", "mean"),
    ("arms", "arm"),
    ("customs", "custom"),
    ("rights", "right"),
    ("woods", "wood"),
    ("glasses", "glass"),
    ("grounds", "ground"),
];

/// What the singular of a folded word may be, the likeliest first. Whether it is a word at all, the texts must say.
pub(super) fn singulars(word: &str, spanish: bool) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(stem) = word.strip_suffix('s') {
        let last = stem.chars().next_back().unwrap_or('s');
        let regular = if spanish { is_vowel(last) } else { last != 's' };
        if regular {
            found.push(stem.to_owned());
        }
    }
    if let Some(stem) = word.strip_suffix("es") {
        let regular = match spanish {
            true => stem.ends_with(['d', 'j', 'l', 'n', 'r', 's', 'y']) && !stem.ends_with("ll"),
            false => ["s", "x", "z", "ch", "sh", "o"].into_iter().any(|ending| stem.ends_with(ending)),
        };
        if regular {
            found.push(stem.to_owned());
        }
    }
    let changed = if spanish { ("ces", "z") } else { ("ies", "y") };
    if let Some(stem) = word.strip_suffix(changed.0) {
        found.push([stem, changed.1].concat());
    }
    found.retain(|singular| singular.chars().count() >= 3 && !APART.contains(&(word, singular.as_str())));
    found
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_plurals_find_their_singular() {
        let spanish = [
            ("calles", "calle"),
            ("robos", "robo"),
            ("policias", "policia"),
            ("reuniones", "reunion"),
            ("lugares", "lugar"),
            ("comunidades", "comunidad"),
            ("señales", "señal"),
            ("luces", "luz"),
            ("veces", "vez"),
            ("meses", "mes"),
            ("leyes", "ley"),
            ("paises", "pais"),
            ("niños", "niño"),
            ("redes", "red"),
            ("taxis", "taxi"),
        ];
        let english = [
            ("streets", "street"),
            ("lights", "light"),
            ("cities", "city"),
            ("buses", "bus"),
            ("churches", "church"),
            ("houses", "house"),
            ("boxes", "box"),
            ("drugs", "drug"),
            ("boys", "boy"),
            ("days", "day"),
            ("crimes", "crime"),
        ];
        for (pairs, is_spanish) in [(&spanish[..], true), (&english[..], false)] {
            for (plural, singular) in pairs {
                let found = singulars(plural, is_spanish);
                assert!(found.iter().any(|word| word == singular), "{plural}: {found:?}");
            }
        }
    }

    #[test]
    fn words_that_only_look_alike_stay_apart() {
        let spanish = [
            ("partes", "part"),
            ("calles", "call"),
            ("bienes", "bien"),
            ("dios", "dio"),
            ("mas", "ma"),
            ("clubs", "club"),
            ("posters", "poster"),
            ("esposas", "esposa"),
        ];
        let english = [
            ("cares", "car"),
            ("bones", "bon"),
            ("planes", "plan"),
            ("news", "new"),
            ("glass", "glas"),
            ("glasses", "glass"),
            ("voces", "voz"),
            ("his", "hi"),
        ];
        for (pairs, is_spanish) in [(&spanish[..], true), (&english[..], false)] {
            for (word, other) in pairs {
                assert!(singulars(word, is_spanish).iter().all(|found| found != other), "{word} {other}");
            }
        }
    }
}
