//! A form on paper: what stands around its questions, and what the desk says about printing one.

use super::{Language, sentences};

sentences! {
    print: "Imprimir el cuestionario", "Print the questionnaire";
    lead: "El cuestionario en blanco, para el día en que no haya teléfonos. Lo que se responda en papel se pasa después aquí con «Pasar formularios de papel».",
        "The blank questionnaire, for the day when there are no phones. What is answered on paper is typed in here afterwards with “Enter paper forms”.";
    languages: "Idioma", "Language";
    both: "Los dos idiomas", "Both languages";
    to_print: "Imprimir", "Print";
    preparing: "Preparando el cuestionario…", "Preparing the questionnaire…";

    number: "Número de formulario", "Form number";
    instructions: "Marque con una X, o escriba con letra clara. Una línea en cursiva que empieza con «Solo si» dice quién responde esa pregunta; los demás pasan a la siguiente.",
        "Mark with an X, or write clearly. A line in italics that begins with “Only if” says who answers that question; others go on to the next one.";
    no_name: "No escriba su nombre en esta hoja.", "Do not write your name on this sheet.";
    mark_one: "Marque una.", "Mark one.";
    mark_many: "Marque todas las que quiera.", "Mark all that apply.";
    put_in_order: "Escriba 1 junto a la primera, 2 junto a la segunda, y así.", "Write 1 beside the first, 2 beside the second, and so on.";
    write_number: "Escriba el número de su respuesta", "Write the number of your answer";
    row_number: "En cada línea, escriba el número de su respuesta.", "On each line, write the number of your answer.";
    row_mark: "En cada línea, marque una.", "On each line, mark one.";
    day: "día / mes / año", "day / month / year";
    time: "hora : minutos", "hours : minutes";
    day_and_time: "día / mes / año, hora : minutos", "day / month / year, hours : minutes";
    month: "mes / año", "month / year";
    year: "año", "year";
    more_copies: "Si hacen falta más, siga en otra hoja con el mismo número de formulario.",
        "If more are needed, go on on another sheet with the same form number.";
    in_words: "Escriba su respuesta con palabras", "Write your answer in words";
    as_before: "Escriba el nombre o número que puso antes", "Write the name or number that you gave before";
    end: "Gracias.", "Thank you.";
}

/// One of several times that a part is printed.
pub fn time_of(number: usize, language: Language) -> String {
    language.pick(format!("N.º {number}"), format!("No. {number}"))
}

/// Where the choices of a question stand.
pub fn see_list(number: usize, language: Language) -> String {
    language.pick(
        format!("Las respuestas están en la lista de la pregunta {number}, al final."),
        format!("The answers are in the list for question {number}, at the end."),
    )
}

/// The heading of such a list.
pub fn list_of(number: usize, language: Language) -> String {
    language.pick(format!("Lista de la pregunta {number}"), format!("List for question {number}"))
}
