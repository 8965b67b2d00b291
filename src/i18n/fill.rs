//! What the participant's side says. One function a sentence; both languages side by side.

use super::Language;
use super::format::{integer, plural};

macro_rules! sentences {
    ($($name:ident: $es:literal, $en:literal;)*) => {$(
        #[doc = $en]
        pub fn $name(language: Language) -> &'static str {
            language.pick($es, $en)
        }
    )*};
}

sentences! {
    tagline: "Su opinión, en su propio celular", "Your view, on your own phone";
    skip_to_content: "Ir al contenido", "Skip to the content";
    language_menu: "Idioma", "Language";
    loading: "Abriendo…", "Opening…";

    start_title: "¿Qué desea responder?", "What would you like to answer?";
    start_lead: "Responda a su ritmo. Puede saltar preguntas y cambiar de idioma en cualquier momento.",
        "Answer at your own pace. You may skip questions and change the language at any moment.";
    start_act: "Empezar", "Start";
    start_again: "Empezar de nuevo", "Start a new one";
    post_visit_title: "Evaluación posterior a la visita", "Post-visit evaluation";
    community_title: "Encuesta de seguridad comunitaria", "Community safety survey";
    community_waits: "Antes de abrirla, quien facilita debe llamar a los números de ayuda y confirmar que contestan.",
        "Before it opens, the facilitator has to call the helplines and confirm that they answer.";
    not_open_yet: "Todavía no está abierta", "Not open yet";
    prepare: "Preparar la encuesta", "Prepare the survey";
    example_badge: "Respuestas de ejemplo", "Example responses";
    to_desk: "Para quien facilita: encuestas y resultados", "For facilitators: surveys and results";
    cannot_keep: "Este navegador no deja guardar respuestas", "This browser does not let answers be saved";
    nothing_open: "No hay encuestas abiertas en este dispositivo. Pida a quien facilita que abra una.",
        "No survey is open on this device. Ask the facilitator to open one.";
    privacy_note: "Sus respuestas se guardan en este dispositivo y no se envían a ningún servidor.",
        "Your answers are kept on this device and are not sent to any server.";

    newer: "Hay una versión nueva", "There is a new version";
    update: "Usarla ahora", "Use it now";
    newer_others: "Cierre antes las otras pestañas de Sondeo.", "Close the other tabs of Sondeo first.";

    draft_title: "Tiene una encuesta sin terminar", "You have an unfinished survey";
    resume: "Continuar donde iba", "Continue where you were";
    discard: "Borrar", "Discard";
    discard_title: "¿Borrar estas respuestas?", "Discard these answers?";
    discard_text: "Se borrarán de este dispositivo y no se podrán recuperar.",
        "They will be removed from this device and cannot be brought back.";
    discard_yes: "Sí, borrarlas", "Yes, discard them";
    discard_no: "No, conservarlas", "No, keep them";
    discarded: "Respuestas borradas.", "Answers discarded.";
    form_gone: "Estas respuestas son de una versión del cuestionario que ya no está en este dispositivo. Avise a quien facilita.",
        "These answers belong to a version of the questionnaire that is no longer on this device. Please tell the facilitator.";

    sealed_note: "Sus respuestas se guardan cifradas. Si sale de esta página, tendrá que empezar de nuevo.",
        "Your answers are kept encrypted. If you leave this page, you will have to begin again.";

    elsewhere_title: "Esta encuesta está abierta en otra pestaña", "This survey is open in another tab";
    elsewhere: "Siga allí, o tráigala aquí: lo que ya respondió viene con ella.",
        "Go on there, or bring it here: what you have answered comes along.";
    take_over: "Seguir aquí", "Go on here";
    taken: "Usted siguió esta encuesta en otra pestaña. Lo que respondió aquí quedó guardado.",
        "You went on with this survey in another tab. What you answered here was saved.";
    still_there: "¿Sigue ahí?", "Are you still there?";
    still_there_text: "Por su privacidad, esta encuesta se cierra en unos segundos.",
        "For your privacy, this survey closes in a few seconds.";
    stay: "Seguir respondiendo", "Go on answering";

    next: "Siguiente", "Next";
    back: "Atrás", "Back";
    review: "Revisar y enviar", "Review and submit";
    finish: "Enviar", "Submit";
    finishing: "Guardando…", "Saving…";
    to_review: "Volver a la revisión", "Back to the review";
    home: "Inicio", "Home";
    one_by_one: "Una pregunta por pantalla", "One question per screen";
    by_section: "Varias preguntas por pantalla", "Several questions per screen";
    aids: "Ayudas para leer", "Help with reading";
    large: "Letra más grande", "Larger letters";
    contrast: "Más contraste", "More contrast";
    aloud: "Escuchar las preguntas", "Listen to the questions";
    listen: "Escuchar", "Listen";
    progress_label: "Avance", "Progress";
    page_options: "Opciones de la encuesta", "Survey options";
    leave: "Salir y continuar después", "Leave and continue later";
    leave_plainly: "Salir", "Leave";

    saved: "Guardado", "Saved";
    saving: "Guardando…", "Saving…";
    not_saved: "Sin guardar", "Not saved";
    save_failed: "Sus respuestas no se están guardando", "Your answers are not being saved";
    retry: "Intentar de nuevo", "Try again";
    export: "Descargar mis respuestas", "Download my answers";
    export_name: "mis-respuestas.json", "my-answers.json";
    unsaved_reminder: "Lo que responda se pierde si cierra esta página.",
        "What you answer is lost if you close this page.";

    required_mark: "obligatoria", "required";
    clear: "Borrar", "Clear";
    clear_what: "respuesta", "answer";
    cleared: "Respuesta borrada.", "Answer cleared.";
    choose: "Elija…", "Choose…";
    grid_hint: "Una respuesta por fila.", "One answer per row.";
    multiple_hint: "Puede marcar varias.", "You may mark several.";
    rank_hint: "Toque en orden: primero lo más urgente. Toque otra vez para quitar.",
        "Tap in order, the most urgent first. Tap again to remove.";
    number_less: "Uno menos", "One less";
    number_more: "Uno más", "One more";
    others_unmarked: "Se quitaron las otras opciones, porque esta no se combina con otras.",
        "The other options were unmarked: this one stands alone.";
    alone_unmarked: "Se quitó la opción que no se combina con otras.",
        "The option that stands alone was unmarked.";

    search: "Buscar en la lista", "Search the list";
    not_found: "No se encontró. Pruebe con otra palabra.", "Not found. Try another word.";

    remove: "Quitar", "Remove";
    remove_text: "Se borrará lo que respondió ahí.", "What you answered there will be deleted.";
    remove_yes: "Sí, quitar", "Yes, remove";
    remove_no: "No, conservar", "No, keep it";

    place_use: "Usar este lugar", "Use this place";
    place_what: "Si toca el botón, este celular dirá dónde está ahora. Con sus respuestas se guardan la latitud, la longitud y qué tan exactas son. También puede escribirlas.",
        "If you tap the button, this phone tells where it is now. The latitude, the longitude and how exact they are will be kept with your answers. You can also type them.";
    place_typed: "Latitud y longitud", "Latitude and longitude";
    place_seeking: "Buscando el lugar…", "Finding the place…";
    place_refused: "El celular no dio permiso para saber el lugar. Puede escribirlo.",
        "The phone gave no permission to know the place. You can type it.";
    place_lost: "No se encontró el lugar: falta señal. Intente al aire libre o escríbalo.",
        "The place was not found: there is no signal. Try outdoors or type it.";
    place_wrong: "Escriba dos números: primero la latitud y después la longitud. Por ejemplo: 8.98 -79.52",
        "Type two numbers: first the latitude, then the longitude. For example: 8.98 -79.52";

    problems_title: "Falta completar o corregir algo en esta página", "Something on this page is missing or needs a change";

    review_title: "Revise sus respuestas", "Review your answers";
    review_lead: "Toque cualquier pregunta para cambiar su respuesta. Cuando esté conforme, toque «Enviar».",
        "Tap any question to change its answer. When you are happy with them, tap “Submit”.";
    review_all_good: "Todo está listo para enviar.", "Everything is ready to submit.";
    review_first: "Ir a la primera", "Go to the first one";
    file_given: "Un archivo", "One file";
    no_answer: "Sin respuesta", "No answer";
    hidden_answer: "Respondida (oculta por privacidad)", "Answered (hidden for privacy)";
    show_hidden: "Mostrar respuestas ocultas", "Show hidden answers";
    hide_again: "Ocultar otra vez", "Hide again";
    change: "Cambiar", "Change";

    preview_note: "Vista previa: nada de lo que responda aquí se guarda.", "Preview: nothing that you answer here is kept.";
    preview_title: "Fin de la vista previa", "End of the preview";
    preview_text: "No se guardó nada. Así verá el formulario quien responda.", "Nothing was kept. This is how the form will look to whoever answers.";
    done_title: "¡Gracias por participar!", "Thank you for taking part!";
    done_text: "Sus respuestas quedaron guardadas. Ya no se pueden ver en esta pantalla.",
        "Your answers have been saved. They can no longer be seen on this screen.";
    done_hand: "Si este celular es prestado, puede devolverlo a quien facilita.",
        "If this phone was lent to you, you can hand it back to the facilitator.";
    declined_title: "Gracias por su tiempo", "Thank you for your time";
    declined_text: "No se guardó ninguna respuesta.", "No answers were kept.";
    to_start: "Volver al inicio", "Back to the start";

    quick_exit: "Salir rápido", "Quick exit";
    quick_exit_hint: "«Salir rápido» cierra esta pantalla al instante. Podrá continuar después.",
        "“Quick exit” closes this screen at once. You can continue later.";

    trouble_title: "Algo no salió bien", "Something went wrong";
    no_survey: "Esta encuesta no está en este dispositivo o ya se cerró. Avise a quien facilita.",
        "This survey is not on this device or has been closed. Please tell the facilitator.";
    cannot_load: "No se pudo cargar la encuesta. Revise la conexión e intente de nuevo.",
        "The survey could not be loaded. Check the connection and try again.";
    form_wrong: "El cuestionario tiene un error y no se puede abrir. Avise a quien facilita.",
        "The questionnaire has an error and cannot be opened. Please tell the facilitator.";
    desk_failed: "No se pudo abrir esta parte de Sondeo. Revise la conexión y recargue la página.",
        "This part of Sondeo could not be opened. Check the connection and load the page again.";
}

/// How far the filling is, in words.
pub fn answered(language: Language, answered: usize, of: usize) -> String {
    let (answered, of) = (answered.to_string(), of.to_string());
    match language {
        Language::Es => ["Respondidas: ", &answered, " de ", &of].concat(),
        Language::En => ["Answered: ", &answered, " of ", &of].concat(),
    }
}

/// Which part of how many.
pub fn part(language: Language, position: usize, of: usize) -> String {
    [language.pick("Parte ", "Part "), &position.to_string(), language.pick(" de ", " of "), &of.to_string()]
        .concat()
}

/// The heading of a repeat instance: `Acción 1 de 2`.
pub fn instance(language: Language, label: &str, position: usize, of: usize) -> String {
    let number = [position.to_string().as_str(), language.pick(" de ", " of "), &of.to_string()].concat();
    if label.is_empty() { number } else { [label, " ", &number].concat() }
}

/// Asks for one more instance of a repeat.
pub fn add(language: Language, label: &str) -> String {
    let words = language.pick("Agregar", "Add another");
    if label.is_empty() { words.to_owned() } else { [words, ": ", label].concat() }
}

/// Whether an instance is to be removed.
pub fn remove_title(language: Language, name: &str) -> String {
    [language.pick("¿Quitar «", "Remove “"), name, language.pick("»?", "”?")].concat()
}

/// An instance was removed.
pub fn removed(language: Language, name: &str) -> String {
    [language.pick("Se quitó: ", "Removed: "), name].concat()
}

/// How many more choices there are than are shown.
pub fn more_choices(language: Language, count: usize) -> String {
    let count = integer(i64::try_from(count).unwrap_or(i64::MAX));
    match language {
        Language::Es => ["Hay ", &count, " más. Escriba para encontrar la suya."].concat(),
        Language::En => [count.as_str(), " more. Type to find yours."].concat(),
    }
}

/// What is left before the text is too long, or by how much it is.
pub fn characters_left(language: Language, left: i64) -> String {
    let count = integer(left.abs());
    let one = left.abs() == 1;
    match (language, left < 0) {
        (Language::Es, false) => {
            [if one { "Queda " } else { "Quedan " }, &count, if one { " letra" } else { " letras" }].concat()
        }
        (Language::Es, true) => {
            [if one { "Sobra " } else { "Sobran " }, &count, if one { " letra" } else { " letras" }].concat()
        }
        (Language::En, false) => {
            [count.as_str(), if one { " character left" } else { " characters left" }].concat()
        }
        (Language::En, true) => {
            [count.as_str(), if one { " character too many" } else { " characters too many" }].concat()
        }
    }
}

/// A choice has taken a place in a ranking.
pub fn ranked(language: Language, place: usize, label: &str) -> String {
    [language.pick("Lugar ", "Place "), &place.to_string(), ": ", label].concat()
}

/// How many answers must still be looked at.
pub fn to_mend(language: Language, count: usize) -> String {
    let number = count.to_string();
    match language {
        Language::Es => [
            plural(count, "Hay ", "Hay "),
            &number,
            plural(count, " respuesta por completar o corregir", " respuestas por completar o corregir"),
        ]
        .concat(),
        Language::En => [
            plural(count, "There is ", "There are "),
            &number,
            plural(count, " answer to complete or correct", " answers to complete or correct"),
        ]
        .concat(),
    }
}

/// When an unfinished survey was begun.
pub fn begun(language: Language, day: &str) -> String {
    [language.pick("Empezada el ", "Begun on "), day].concat()
}
