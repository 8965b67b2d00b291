//! The sentences of the screen of open answers: words, themes, coding by hand.

use super::{Language, format, sentences};

sentences! {
    title: "Respuestas escritas", "Written answers";
    question: "Pregunta", "Question";
    none: "Este cuestionario no tiene preguntas de texto.", "This questionnaire has no text questions.";
    reading: "Leyendo las respuestas…", "Reading the answers…";
    no_answers: "Nadie ha escrito nada aquí todavía.", "Nobody has written anything here yet.";
    words: "Palabras más usadas", "Words used most";
    words_hint: "Cuántas personas usaron cada palabra. Toque una para dejar de contarla.",
        "How many people used each word. Tap one to stop counting it.";
    words_none: "Ninguna palabra la usaron bastantes personas.", "No word was used by enough people.";
    stops: "Palabras que no se cuentan", "Words that are not counted";
    stops_es: "Palabras vacías del español (de, la, que…)", "Spanish filler words (de, la, que…)";
    stops_en: "Palabras vacías del inglés (the, of, and…)", "English filler words (the, of, and…)";
    stops_added: "Además, sin contar", "Besides, not counted";
    stops_removed: "De esas listas, sí contar", "Of those lists, count all the same";
    stops_hint: "Separe las palabras con comas.", "Separate words with commas.";
    stops_keep: "Aplicar", "Apply";

    themes: "Temas", "Themes";
    themes_hint:
        "Un tema es algo que dicen varias personas. Lea unas cuantas respuestas antes de crear los primeros.",
        "A theme is something that several people say. Read some answers before you make the first ones.";
    theme_es: "Nombre en español", "Name in Spanish";
    theme_en: "Nombre en inglés", "Name in English";
    theme_definition: "Qué incluye y qué no", "What belongs to it and what does not";
    theme_add: "Agregar tema", "Add a theme";
    theme_edit: "Cambiar", "Change";
    theme_keep: "Guardar tema", "Keep the theme";
    theme_cancel: "Dejarlo", "Leave it";
    theme_retire: "Quitar", "Remove";
    theme_retire_title: "¿Quitar este tema?", "Remove this theme?";
    theme_retire_text: "Deja de contarse en todas las respuestas que lo tienen.", "It is no longer counted in any answer that has it.";
    theme_retire_no: "No, conservarlo", "No, keep it";
    theme_needs_names: "Escriba el nombre en los dos idiomas.", "Write the name in both languages.";
    answers_told: "Respuestas", "Answers";
    without_theme: "Sin ningún tema", "Without any theme";
    few_themes: "Temas de muy pocas personas", "Themes of too few people";

    code: "Codificar a mano", "Code by hand";
    code_hint:
        "Toque los temas de cada respuesta. Con teclado: 1 a 9 para un tema, 0 para ninguno, flechas para pasar a otra.",
        "Tap the themes of each answer. With a keyboard: 1 to 9 for a theme, 0 for none, arrows to go to another.";
    code_analyst: "Para leer y codificar las respuestas pase a la vista de análisis.",
        "To read and code the answers, go to the analyst view.";
    coder: "Quién codifica", "Who codes";
    first_coder: "Primera persona", "First person";
    second_coder: "Segunda persona", "Second person";
    coder_hint:
        "La segunda persona codifica por su cuenta una parte, sin ver lo de la primera; así se sabe si los temas están claros.",
        "The second person codes a part on their own, without seeing the first’s; that tells whether the themes are clear.";
    no_theme_fits: "Ninguno", "None fits";
    only_uncoded: "Solo lo que falta", "Only what is left";
    more: "Mostrar más", "Show more";
    all_coded: "Todo está codificado.", "Everything is coded.";
    personal: "Puede tener datos personales: no se cita.", "May hold personal data: it is not quoted.";
    may_quote: "Permitió que se cite", "May be quoted";
    no_quote: "No se puede citar", "May not be quoted";
    back: "Volver al resumen", "Back to the summary";
    not_coded_double: "Nadie ha codificado por segunda vez.", "Nobody has coded for the second time.";
    agreed: "Las dos personas coinciden bien en todos los temas.", "The two people agree well on every theme.";
    disagreed: "En algún tema no coinciden: conviene aclarar qué incluye.",
        "On some theme they do not agree: make clearer what belongs to it.";
    all_alike: "Codificaron igual todo lo que ambas leyeron.", "They coded alike everything that both read.";
}

/// Of how many answers it is.
pub fn base(answers: usize, people: usize, language: Language) -> String {
    let (n, of) = (format::integer(answers as i64), format::integer(people as i64));
    if answers == people {
        return language.pick(format!("{n} personas escribieron"), format!("{n} people wrote something"));
    }
    language.pick(format!("{n} respuestas de {of} personas"), format!("{n} answers by {of} people"))
}

/// Words that are not shown.
pub fn hidden_words(number: usize, language: Language) -> String {
    let n = format::integer(number as i64);
    language.pick(
        format!("No se muestran {n} palabras que usaron muy pocas personas."),
        format!("{n} words that too few people used are not shown."),
    )
}

/// How far the coding is: `coded 12 of 40`.
pub fn coded(done: usize, of: usize, language: Language) -> String {
    let (done, of) = (format::integer(done as i64), format::integer(of as i64));
    language.pick(format!("Codificadas {done} de {of}"), format!("Coded {done} of {of}"))
}

/// How many answers both have coded.
pub fn double_coded(double: usize, percent: f64, language: Language) -> String {
    let (n, share) = (format::integer(double as i64), format::percent(percent, 0, language));
    let answers = language
        .pick(format::plural(double, "respuesta", "respuestas"), format::plural(double, "answer", "answers"));
    language.pick(
        format!("Las dos personas codificaron {n} {answers} ({share})."),
        format!("Both people coded {n} {answers} ({share})."),
    )
}

/// Fewer than the wanted share is double coded.
pub fn too_few_double(share: usize, language: Language) -> String {
    language.pick(
        format!("Falta: al menos {share} % debe codificarlo también la segunda persona."),
        format!("Still to do: at least {share}% is to be coded by the second person too."),
    )
}

/// Cohen's kappa of a theme.
pub fn kappa(theme: &str, kappa: f64, language: Language) -> String {
    let kappa = format::decimal(kappa, 2);
    language.pick(format!("{theme}: kappa {kappa}"), format!("{theme}: kappa {kappa}"))
}

/// What a word's number means and what a tap on it does, for screen readers.
pub fn leave_out(people: usize, language: Language) -> String {
    language.pick(
        [format::plural(people, " persona", " personas"), ". Dejar de contarla"].concat(),
        [format::plural(people, " person", " people"), ". Stop counting it"].concat(),
    )
}

/// An answer by its place in the list, for screen readers.
pub fn answer_number(number: usize, language: Language) -> String {
    language.pick(format!("Respuesta {number}"), format!("Answer {number}"))
}
