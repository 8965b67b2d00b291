//! What languages are called: authors write `French`, `Francés` or `Français (fr)`, and people look for their own by the name
//! that it gives itself.

/// Tag, own name, and the names that authors give it in English and Spanish.
const KNOWN: &[(&str, &str, &[&str])] = &[
    ("es", "Español", &["Spanish", "Castellano"]),
    ("en", "English", &["Inglés"]),
    ("fr", "Français", &["French", "Francés"]),
    ("pt", "Português", &["Portuguese", "Portugués"]),
    ("ht", "Kreyòl ayisyen", &["Haitian Creole", "Kreyòl", "Criollo haitiano", "Creole", "Haitian"]),
    ("gym", "Ngäbere", &["Ngobere", "Guaymi"]),
    ("cuk", "Dulegaya", &["Guna", "Kuna"]),
    ("sab", "Buglere", &["Bugle"]),
    ("qu", "Runasimi", &["Quechua"]),
    ("ay", "Aymar aru", &["Aymara", "Aimara"]),
    ("gn", "Avañe’ẽ", &["Guarani", "Guaraní"]),
    ("ar", "العربية", &["Arabic", "Árabe"]),
    ("fa", "فارسی", &["Persian", "Farsi", "Persa"]),
    ("he", "עברית", &["Hebrew", "Hebreo"]),
    ("ur", "اردو", &["Urdu"]),
    ("ps", "پښتو", &["Pashto"]),
    ("zh", "中文", &["Chinese", "Chino"]),
    ("de", "Deutsch", &["German", "Alemán"]),
    ("it", "Italiano", &["Italian"]),
    ("nl", "Nederlands", &["Dutch"]),
    ("ru", "Русский", &["Russian", "Ruso"]),
    ("uk", "Українська", &["Ukrainian", "Ucraniano"]),
    ("tr", "Türkçe", &["Turkish", "Turco"]),
    ("hi", "हिन्दी", &["Hindi"]),
    ("bn", "বাংলা", &["Bengali", "Bangla"]),
    ("ne", "नेपाली", &["Nepali"]),
    ("sw", "Kiswahili", &["Swahili"]),
    ("so", "Soomaali", &["Somali"]),
    ("am", "አማርኛ", &["Amharic"]),
    ("vi", "Tiếng Việt", &["Vietnamese"]),
    ("tl", "Tagalog", &["Filipino"]),
    ("id", "Bahasa Indonesia", &["Indonesian"]),
];

/// The tag of a language that is written by one of its names.
pub(super) fn tag_of(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let is = |known: &str| known.to_lowercase() == name;
    KNOWN
        .iter()
        .find(|(_, own, others)| is(own) || others.iter().any(|other| is(other)))
        .map(|(tag, ..)| *tag)
}

/// What a language calls itself.
pub(super) fn own_name(tag: &str) -> Option<&'static str> {
    KNOWN.iter().find(|(known, ..)| known.eq_ignore_ascii_case(tag)).map(|(_, own, _)| *own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_its_own_name_and_those_that_others_give_it() {
        for name in ["Français", "french", "Francés"] {
            assert_eq!(tag_of(name), Some("fr"), "{name}");
        }
        assert_eq!((tag_of("Klingon"), tag_of("fr")), (None, None));
        assert_eq!((own_name("AR"), own_name("tlh")), (Some("العربية"), None));
    }
}
