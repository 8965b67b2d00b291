//! Every sentence of the program, in English and Spanish; numbers, dates, plurals. Read [`Language`] first.
//! Typed tables: a sentence missing in one language does not compile. Texts of forms are not here, they are data.

pub mod copies;
pub mod desk;
pub mod document;
pub mod enter;
pub mod examples;
pub mod explain;
pub mod explore;
pub mod file;
pub mod fill;
pub mod finding;
pub mod format;
pub mod join;
pub mod lend;
pub mod link;
pub mod media;
pub mod method;
pub mod own;
pub mod paper;
pub mod questionnaire;
pub mod report;
pub mod seal;
pub mod setup;
pub mod sheets;
pub mod storage;
pub mod table;
pub mod take;
pub mod written;
pub mod xlsform;

/// Sentences without holes: `name: "español", "english";` makes `pub fn name(language) -> &'static str`.
macro_rules! sentences {
    ($($name:ident: $es:literal, $en:literal;)*) => {
        $(
            #[doc = concat!("\"", $en, "\"")]
            pub fn $name(language: $crate::i18n::Language) -> &'static str {
                language.pick($es, $en)
            }
        )*
    };
}
pub(crate) use sentences;

/// The languages the program itself speaks. Forms may speak others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Language {
    /// Spanish, as in Panama.
    #[default]
    Es,
    /// English.
    En,
}

impl Language {
    /// Both, in the order of menus.
    pub const ALL: [Language; 2] = [Language::Es, Language::En];

    /// The tag: `es` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Es => "es",
            Language::En => "en",
        }
    }

    /// Its own name for itself.
    pub fn name(self) -> &'static str {
        match self {
            Language::Es => "Español",
            Language::En => "English",
        }
    }

    /// The language of a tag such as `es-PA`; anything that is not Spanish reads English.
    pub fn from_tag(tag: &str) -> Language {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        if primary.eq_ignore_ascii_case("es") { Language::Es } else { Language::En }
    }

    /// The one of two texts that is in this language.
    pub fn pick<T>(self, es: T, en: T) -> T {
        match self {
            Language::Es => es,
            Language::En => en,
        }
    }
}
