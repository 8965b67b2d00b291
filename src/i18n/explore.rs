//! The sentences of exploring: who is looked at, side by side, compared with what, and for whom the view is.

use super::{Language, format, sentences};
use crate::form::Date;

sentences! {
    explore: "Explorar", "Explore";
    explore_change: "Cambiar", "Change";
    who: "De quiénes", "Of whom";
    everybody: "Todas las respuestas", "All responses";
    add_filter: "Elegir grupo", "Choose a group";
    clear_all: "Quitar todo", "Clear all";
    side_by_side: "Lado a lado", "Side by side";
    more: "Más…", "More…";
    compare_with: "Comparar con", "Compare with";
    compare_none: "nada", "nothing";
    language_of_answers: "Idioma en que respondieron", "Language of the answers";
    days: "Fecha en que terminaron", "Day they finished";
    days_from: "Desde", "From";
    days_to: "Hasta", "To";

    pick_filter_title: "¿De quiénes quiere ver los resultados?", "Whose results do you want to see?";
    pick_by_title: "¿Por cuál pregunta quiere comparar?", "Compare the answers to which question?";
    pick_find: "Buscar una pregunta", "Find a question";
    pick_usual: "Lo más usado", "Most used";
    pick_others: "Otras", "Others";
    pick_none: "Ninguna pregunta tiene esas palabras.", "No question has those words.";
    pick_hint: "Marque una o varias respuestas.", "Mark one answer or several.";
    pick_apply: "Ver este grupo", "Show this group";
    pick_back: "Otra pregunta", "Another question";
    pick_close: "Cerrar", "Close";

    profile: "Para quién", "For whom";
    to_publish: "Para publicar", "To publish";
    to_analyse: "Para analizar", "To analyse";
    to_publish_means:
        "Oculta los grupos pequeños. Esta vista se puede mostrar a cualquiera.",
        "Hides small groups. This view may be shown to anybody.";
    to_analyse_means:
        "Vista de análisis: muestra grupos pequeños. No la publique ni la reenvíe.",
        "Analyst view: shows small groups. Do not publish it or pass it on.";
    analyst_title: "Va a ver la vista de análisis", "You are about to see the analyst view";
    analyst_text:
        "Muestra grupos desde 10 personas y cuentas pequeñas que en la vista para publicar se ocultan. Con ellas alguien podría reconocer a una persona. Es para quien trabaja con los datos y responde por ellos.",
        "It shows groups from 10 people and small counts that the view to publish hides. Someone could recognise a person from them. It is for whoever works with the data and answers for it.";
    analyst_yes: "Entiendo, mostrar", "I understand, show it";
    analyst_no: "Seguir con la vista para publicar", "Stay with the view to publish";
    withheld: "De este grupo no se muestra nada.", "Nothing is shown of this group.";
}

/// How many responses a view shows, of how many that count.
pub fn base(chosen: usize, counted: usize, language: Language) -> String {
    let (n, of) = (format::integer(chosen as i64), format::integer(counted as i64));
    if chosen == counted {
        return language.pick(
            format::plural(
                counted,
                "La respuesta está en esta vista".to_owned(),
                format!("Las {of} respuestas, en esta vista"),
            ),
            format::plural(
                counted,
                "The one response is in this view".to_owned(),
                format!("All {of} responses in this view"),
            ),
        );
    }
    language
        .pick(format!("{n} de {of} respuestas en esta vista"), format!("{n} of {of} responses in this view"))
}

/// The days of a filter: `5 mar 2026 – 9 mar 2026`, `desde 5 mar 2026`.
pub fn period(from: Option<Date>, to: Option<Date>, language: Language) -> String {
    let day = |day| format::date(day, language);
    match (from, to) {
        (Some(from), Some(to)) => [&day(from), " – ", &day(to)].concat(),
        (Some(from), None) => [language.pick("desde ", "from "), &day(from)].concat(),
        (None, Some(to)) => [language.pick("hasta ", "until "), &day(to)].concat(),
        (None, None) => String::new(),
    }
}

/// The act that takes a filter away, for screen readers.
pub fn remove_filter(filter: &str, language: Language) -> String {
    language.pick(format!("Quitar el filtro {filter}"), format!("Remove the filter {filter}"))
}

/// The name of a language by its tag; a tag of another language stays.
pub fn language_named(tag: &str, language: Language) -> String {
    match tag {
        "es" => language.pick("español", "Spanish"),
        "en" => language.pick("inglés", "English"),
        other => other,
    }
    .to_owned()
}
