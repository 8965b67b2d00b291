//! The desk's sentences: surveys, responses, summary, downloads, and what to do when something fails.

use super::{Language, format, sentences};
use crate::form::Date;
use crate::store::Counts;
use crate::survey::{Obstacle, SamplingDesign, SurveyState};

sentences! {
    desk: "Panel de facilitación", "Facilitator’s desk";
    leave_desk: "Salir del panel", "Leave the desk";
    back: "Volver a las encuestas", "Back to the surveys";
    skip: "Ir al contenido", "Skip to the content";
    loading: "Cargando…", "Loading…";
    try_again: "Intentar de nuevo", "Try again";
    no_such_survey: "Esta encuesta no está en este dispositivo.", "This survey is not on this device.";
    no_such_page: "Esa página no existe.", "There is no such page.";

    surveys: "Encuestas", "Surveys";
    surveys_hint:
        "Todo lo que ve aquí se guarda solo en este dispositivo.",
        "Everything you see here is kept on this device only.";
    kind_event: "Visita", "Visit";
    kind_study: "Encuesta de barrio", "Neighborhood survey";
    no_name: "(sin nombre todavía)", "(no name yet)";
    set_up: "Preparar", "Set up";
    edit: "Editar", "Edit";
    open: "Abrir para recibir respuestas", "Open for answers";
    close: "Cerrar", "Close";
    reopen: "Reabrir", "Reopen";
    back_to_setup: "Volver a preparación", "Back to setting up";
    fill_in: "Llenar en este dispositivo", "Fill in on this device";
    summary: "Resumen", "Summary";
    responses: "Respuestas", "Responses";
    before_opening: "Antes de abrirla falta:", "Before it can be opened:";
    examples_remove: "Quitar los ejemplos", "Remove the examples";
    examples_made: "Ejemplos creados por el programa; nadie los respondió.",
        "Examples made by the program; nobody answered them.";
    open_title: "¿Abrir y quitar los ejemplos?", "Open and remove the examples?";
    open_text: "Los ejemplos no se mezclan con respuestas de personas: al abrir, se quitan.",
        "Examples are not mixed with people’s responses: opening removes them.";
    open_yes: "Quitarlos y abrir", "Remove them and open";
    open_no: "Todavía no", "Not yet";
    survey_remove_title: "¿Quitar esta encuesta?", "Remove this survey?";
    survey_remove_text: "Se borra lo preparado. Nadie la ha respondido.", "What was set up is removed. Nobody has answered it.";
    survey_remove: "Sí, quitarla", "Yes, remove it";
    survey_stay: "No, conservarla", "No, keep it";
    erase: "Borrar con sus respuestas", "Delete with its responses";
    erase_title: "¿Borrar la encuesta con sus respuestas?", "Delete the survey with its responses?";
    erase_yes: "Sí, borrar para siempre", "Yes, delete for ever";
    survey_removed: "Encuesta quitada.", "Survey removed.";
    next_follow_up: "Preparar el seguimiento", "Prepare the follow-up";
    create: "Empezar otra", "Start another";
    create_hint:
        "Se parte de las listas y preguntas incluidas; usted les pone nombre, fechas y lugares.",
        "You start from the lists and questions that come with the program, and give it a name, dates and places.";
    new_event: "Nueva visita", "New visit";
    new_study: "Nueva encuesta de barrio", "New neighborhood survey";
    working: "Un momento…", "One moment…";
    opened: "La encuesta está abierta.", "The survey is open.";
    closed: "La encuesta está cerrada: el resumen ya cuenta todas las respuestas.",
        "The survey is closed: the summary now counts every response.";

    refused: "Este archivo no se puede hacer así.", "This file cannot be made like this.";
    print: "Imprimir o guardar como PDF", "Print or save as PDF";
    back_to_summary: "Volver al resumen", "Back to the summary";

    responses_hint:
        "Aquí solo se ven cantidades. Las respuestas de una persona no se muestran.",
        "Only counts are shown here. No person’s answers are shown.";
    state: "Estado", "State";
    how_many: "Cantidad", "How many";
    finished: "Terminadas", "Finished";
    of_people: "de personas", "by people";
    of_examples: "de ejemplo", "examples";
    under_way: "En curso", "Under way";
    damaged: "Apartadas", "Kept aside";
    damaged_hint:
        "Algunas respuestas no se pudieron leer, o dicen otra cosa que otra con el mismo identificador. No se cuentan. Sus datos siguen guardados aquí; puede descargarlos para que alguien los revise.",
        "Some responses could not be read, or say something else than another with the same identifier. They are not counted. Their data is still kept here; you can download it for someone to look at.";
    damaged_surveys:
        "Alguna encuesta o cuestionario guardado aquí no se pudo leer. Sus datos siguen guardados; puede descargarlos para que alguien los revise. Si tiene una copia de esa encuesta, únala: sus respuestas siguen aquí y vuelven con ella.",
        "Some survey or questionnaire kept here could not be read. Its data is still kept; you can download it for someone to look at. If you have a copy of that survey, join it: its responses are still here and come back with it.";
    damaged_download: "Descargar lo apartado", "Download what is kept aside";
    by_day: "Por día en que se terminaron", "By the day they were finished";
    day: "Día", "Day";
    none_yet: "Todavía no hay respuestas.", "There are no responses yet.";
    under_way_hint:
        "“En curso” son personas que empezaron en este dispositivo y aún no terminan.",
        "“Under way” are people who began on this device and have not finished.";

    texts: "Respuestas escritas", "Written answers";
    contents: "Contenido", "Contents";
    counting: "Contando las respuestas…", "Counting the responses…";
    wave: "Toma", "Wave";
    wave_post: "Después de la visita", "After the visit";
    wave_followup: "Seguimiento", "Follow-up";
    over_several: "Resultados combinados", "Combined results";
    other_questions: "Otras preguntas", "Other questions";
    table: "Tabla", "Table";
    tables_open: "Abrir todas las tablas", "Open all tables";
    tables_close: "Cerrar todas las tablas", "Close all tables";
    refreshed: "Resumen actualizado.", "Summary refreshed.";
    live: "Se actualiza solo cuando llegan respuestas.", "Refreshes by itself as responses arrive.";

    worker_trouble:
        "El cálculo se detuvo. Vuelva a intentarlo; las respuestas siguen guardadas.",
        "The calculation stopped. Try again; the responses are still kept.";
    file_trouble:
        "No se pudo traer un archivo del programa. Revise la conexión y vuelva a intentarlo.",
        "A file of the program could not be fetched. Check the connection and try again.";
    form_trouble:
        "El cuestionario no se pudo armar con estos datos. Revise las listas de la preparación.",
        "The questionnaire could not be put together from this data. Check the lists in the set-up.";
}

/// Surveys that only a newer version of the program can read.
pub fn newer_surveys(newer: usize, language: Language) -> String {
    let number = format::integer(newer as i64);
    let of = |one, several| format::plural(newer, one, several);
    language.pick(
        format!(
            "{number} {} de una versión más nueva de Sondeo. Sus datos siguen guardados; actualice Sondeo para ver{}.",
            of("encuesta es", "encuestas son"),
            of("la", "las")
        ),
        format!(
            "{number} {} written by a newer version of Sondeo. {} data is still kept; update Sondeo to see {}.",
            of("survey was", "surveys were"),
            of("Its", "Their"),
            of("it", "them")
        ),
    )
}

/// What goes with a survey that is deleted.
pub fn erase_text(finished: usize, drafts: usize, language: Language) -> String {
    let (finished, drafts) = (super::format::integer(finished as i64), super::format::integer(drafts as i64));
    language.pick(
        format!("Se borra para siempre de este dispositivo: respuestas terminadas, {finished}; sin terminar, {drafts}. Lo que no esté en una copia se pierde."),
        format!("This is deleted from this device for ever: finished responses, {finished}; unfinished, {drafts}. What is in no copy is lost."),
    )
}

/// Where a survey stands.
pub fn survey_state(state: SurveyState, language: Language) -> &'static str {
    match state {
        SurveyState::Setup => language.pick("En preparación", "Being set up"),
        SurveyState::Open => language.pick("Abierta", "Open"),
        SurveyState::Closed => language.pick("Cerrada", "Closed"),
    }
}

/// How respondents come to be asked, in a few words.
pub fn design(design: SamplingDesign, language: Language) -> &'static str {
    match design {
        SamplingDesign::Census => language.pick("Se invita a todos", "Everybody is invited"),
        SamplingDesign::Probability => language.pick("Muestra al azar", "Random sample"),
        SamplingDesign::Convenience => language.pick("Responde quien quiere", "Whoever wants to answers"),
    }
}

/// What there is of a survey: `12 terminadas · 1 en curso`.
pub fn counts(counts: &Counts, language: Language) -> String {
    let mut parts =
        vec![count(counts.finished, ("terminada", "terminadas"), ("finished", "finished"), language)];
    if counts.drafts > 0 {
        parts.push(count(counts.drafts, ("en curso", "en curso"), ("under way", "under way"), language));
    }
    if counts.sealed > 0 {
        parts.push(count(counts.sealed, ("cifrada", "cifradas"), ("sealed", "sealed"), language));
    }
    if counts.unfinished > 0 {
        let (es, en) =
            (("cifrada sin terminar", "cifradas sin terminar"), ("sealed, unfinished", "sealed, unfinished"));
        parts.push(count(counts.unfinished, es, en, language));
    }
    if counts.damaged > 0 {
        parts.push(count(counts.damaged, ("apartada", "apartadas"), ("kept aside", "kept aside"), language));
    }
    parts.join(" · ")
}

fn count(number: usize, es: (&str, &str), en: (&str, &str), language: Language) -> String {
    let word = language.pick(format::plural(number, es.0, es.1), format::plural(number, en.0, en.1));
    format!("{} {word}", format::integer(number as i64))
}

/// The last day on which somebody finished.
pub fn last_activity(day: Option<Date>, language: Language) -> String {
    match day {
        Some(day) => {
            let day = format::date(day, language);
            language.pick(format!("Última respuesta: {day}"), format!("Last response: {day}"))
        }
        None => language.pick("Sin respuestas todavía", "No responses yet").to_owned(),
    }
}

/// How many of the people expected have answered.
pub fn coverage(people: usize, expected: u32, language: Language) -> String {
    let (people, expected) = (format::integer(people as i64), format::integer(i64::from(expected)));
    language.pick(format!("{people} de {expected} personas"), format!("{people} of {expected} people"))
}

/// How many examples a survey holds.
pub fn examples_here(examples: usize, language: Language) -> String {
    let number = format::integer(examples as i64);
    language
        .pick(format!("Contiene {number} respuestas de ejemplo"), format!("Holds {number} example responses"))
}

/// The act that makes examples, with their number.
pub fn examples_try_with(number: usize, language: Language) -> String {
    language.pick(
        format!("Probar con {number} respuestas de ejemplo"),
        format!("Try with {number} example responses"),
    )
}

/// The act that prepares a study's next wave.
pub fn next_wave(wave: u32, language: Language) -> String {
    language.pick(format!("Preparar la toma {wave}"), format!("Prepare wave {wave}"))
}

/// A wave by its stored value.
pub fn wave_named(wave: &str, language: Language) -> String {
    match wave {
        "post" => wave_post(language).to_owned(),
        "followup" => wave_followup(language).to_owned(),
        number => format!("{} {number}", self::wave(language)),
    }
}

/// Why a survey cannot be opened yet, and what to do.
pub fn obstacle(obstacle: &Obstacle, language: Language) -> String {
    match obstacle {
        Obstacle::NoName => {
            language.pick("Escribir el nombre en los dos idiomas.", "Write the name in both languages.")
        }
        Obstacle::NoSites => {
            language.pick("Agregar al menos un sitio visitado.", "Add at least one site visited.")
        }
        Obstacle::NoTopics => language.pick("Agregar al menos un tema.", "Add at least one topic."),
        Obstacle::NoAreas => language
            .pick("Agregar al menos un distrito y una zona.", "Add at least one district and one area."),
        Obstacle::NoDesign => {
            language.pick("Elegir cómo llegan las personas a responder.", "Choose how people come to answer.")
        }
        Obstacle::NoHelplines => {
            language.pick("Agregar al menos una línea de ayuda.", "Add at least one helpline.")
        }
        Obstacle::HelplineToConfirm(number) => {
            return language.pick(
                format!("Llamar al {number} y confirmar que contestan."),
                format!("Call {number} and confirm that it answers."),
            );
        }
        Obstacle::NoRecovery => language.pick(
            "Confirmar en «Cifrado» que la página de recuperación está guardada.",
            "Confirm under “Sealing” that the recovery page is kept.",
        ),
    }
    .to_owned()
}

/// How many examples were added.
pub fn examples_added(number: usize, language: Language) -> String {
    let number = format::integer(number as i64);
    language.pick(
        format!("Se agregaron {number} respuestas de ejemplo."),
        format!("{number} example responses were added."),
    )
}

/// How many examples were removed.
pub fn examples_removed(number: usize, language: Language) -> String {
    let number = format::integer(number as i64);
    language.pick(
        format!("Se quitaron {number} respuestas de ejemplo."),
        format!("{number} example responses were removed."),
    )
}

/// The file that was offered as a download.
pub fn downloaded(name: &str, language: Language) -> String {
    language.pick(format!("Descarga lista: {name}"), format!("Download ready: {name}"))
}
