use crate::xpath::Expr;

/// What people read: a template per language of the form, in the order of [`super::Form::languages`]. May be empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text {
    /// One template per language, or none at all.
    pub templates: Vec<Template>,
}

/// A text with holes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Template {
    /// Literal text and `${name}` holes, in reading order.
    pub pieces: Vec<Piece>,
}

/// A part of a [`Template`].
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Text as it stands.
    Literal(String),
    /// A value of the filling.
    Hole(Expr),
}

impl Text {
    /// Whether there is nothing to read in any language.
    pub fn is_empty(&self) -> bool {
        self.templates.iter().all(|template| template.pieces.is_empty())
    }

    /// The template in a language, or the first that is not empty.
    pub fn template(&self, language: usize) -> Option<&Template> {
        self.templates
            .get(language)
            .filter(|template| !template.pieces.is_empty())
            .or_else(|| self.templates.iter().find(|template| !template.pieces.is_empty()))
    }

    /// The text in a language with its holes written as `…`: for places without a filling (summaries, lists, codebooks).
    pub fn plain(&self, language: usize) -> String {
        let mut text = String::new();
        for piece in self.template(language).map(|t| t.pieces.as_slice()).unwrap_or_default() {
            match piece {
                Piece::Literal(literal) => text.push_str(literal),
                Piece::Hole(_) => text.push('…'),
            }
        }
        text
    }

    /// The holes of all languages.
    pub fn holes(&self) -> impl Iterator<Item = &Expr> {
        self.templates.iter().flat_map(|template| &template.pieces).filter_map(|piece| match piece {
            Piece::Hole(expr) => Some(expr),
            Piece::Literal(_) => None,
        })
    }
}
