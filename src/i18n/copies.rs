//! Sentences about copies of responses: where they are, what to do about it, receipts, and deleting what is elsewhere.

use super::{Language, format, sentences};
use crate::form::Date;
use crate::store::Held;

sentences! {
    title: "Copias de las respuestas", "Copies of the responses";
    copy: "Copiar las respuestas a un lugar seguro", "Copy the responses to a safe place";
    where_title: "Dónde están", "Where they are";
    only_here_row: "Solo en este dispositivo", "Only on this device";
    copied_row: "En una copia", "In a copy";
    confirmed_row: "Confirmadas: reunidas en otro dispositivo", "Confirmed: joined on another device";
    send: "Enviarla…", "Send it…";
    download: "Descargarla", "Download it";
    seen: "Sí, veo el archivo", "Yes, I see the file";
    not_seen: "Todavía no: copiar otra vez", "Not yet: copy again";
    noted: "Anotado: hay una copia fuera de este navegador.", "Noted: there is a copy outside of this browser.";
    sent: "La copia salió de este dispositivo.", "The copy has left this device.";
    unproved: "La copia no quedó completa. Vuelva a hacerla; aquí no se perdió nada.",
        "The copy is not whole. Make it again; nothing was lost here.";

    receipt_title: "Recibo", "Receipt";
    receipt_hint: "Quien reúne la copia en otro dispositivo ve allí doce cifras. Con ellas consta aquí que las respuestas ya están en los dos.",
        "Whoever joins the copy on another device sees twelve digits there. With them it is known here that the responses are on both.";
    receipt_enter: "Escriba el recibo", "Enter the receipt";
    receipt_confirm: "Confirmar", "Confirm";
    mistyped: "Falta o sobra alguna cifra, o una está cambiada. Son doce: pida que se las lean otra vez.",
        "A digit is missing, too many or wrong. There are twelve: ask to have them read out again.";
    unknown: "Este recibo no es de una copia de esta encuesta hecha aquí. Revise que sea el del archivo que usted entregó; si no aparece, haga otra copia y pida su recibo.",
        "This receipt is of no copy of this survey made here. Check that it is the one of the file you handed over; if it cannot be found, make another copy and ask for its receipt.";
    receipt_is: "Recibo para quien hizo la copia", "Receipt for whoever made the copy";
    receipt_what: "Léaselo o envíeselo. En el otro dispositivo: Respuestas, «Escriba el recibo».",
        "Read it out or send it. On the other device: Responses, “Enter the receipt”.";
    receipt_copy: "Copiar el recibo", "Copy the receipt";
    receipt_copied: "Recibo copiado.", "Receipt copied.";
    own_copy: "Esta copia se hizo en este mismo dispositivo: no lleva recibo.", "This copy was made on this very device: it has no receipt.";

    remove_text: "Según su recibo están en otro dispositivo. De este se borran para siempre. Las que nadie confirmó y las que están en curso se quedan.",
        "Their receipt says that they are on another device. They are deleted from this one for ever. Those that nobody confirmed and those under way stay.";
    remove_yes: "Sí, borrarlas", "Yes, delete them";
    remove_no: "No, conservarlas", "No, keep them";

    keeping: "Cuánto tiempo se guardan", "How long they are kept";
    keeping_hint: "Nada se borra solo: pasado el plazo, el panel propone borrar las respuestas confirmadas y avisa de las demás.",
        "Nothing is deleted by itself: after that time the desk offers to delete confirmed responses, and warns of the others.";
    keeping_days: "Días desde que se terminan", "Days since they were finished";
    keeping_days_hint: "En blanco: sin plazo.", "Blank: no limit.";
}

fn responses(number: usize, language: Language) -> String {
    let word = language.pick(
        format::plural(number, "respuesta", "respuestas"),
        format::plural(number, "response", "responses"),
    );
    format!("{} {word}", format::integer(number as i64))
}

/// How many responses are only here, and since when.
pub fn only_here(held: &Held, today: Date, language: Language) -> String {
    let (number, one) = (responses(held.count, language), held.count == 1);
    let ago = held.oldest.map_or(0, |oldest| (today.days() - oldest.days()).max(0));
    let since = match ago {
        0 => language.pick("de hoy".to_owned(), "from today".to_owned()),
        1 => language.pick("de ayer".to_owned(), "from yesterday".to_owned()),
        days => language.pick(format!("de hace {days} días"), format!("from {days} days ago")),
    };
    match language {
        Language::Es if one => format!("{number} está solo en este dispositivo: es {since}."),
        Language::Es => format!("{number} están solo en este dispositivo; la más antigua es {since}."),
        Language::En if one => format!("{number} is only on this device; it is {since}."),
        Language::En => format!("{number} are only on this device; the oldest is {since}."),
    }
}

/// A copy is made and can be given away.
pub fn ready(count: usize, language: Language) -> String {
    let number = responses(count, language);
    language.pick(
        format!("La copia está lista y revisada: {number}."),
        format!("The copy is ready and checked: {number}."),
    )
}

/// A download was started, and nobody can see from here what became of it.
pub fn pending(count: usize, made: Date, language: Language) -> String {
    let (number, made) = (responses(count, language), format::date(made, language));
    language.pick(
        format!("Se descargó una copia con {number} ({made}). ¿Llegó el archivo? Búsquelo en Descargas."),
        format!("A copy with {number} was downloaded ({made}). Did the file arrive? Look in Downloads."),
    )
}

/// A receipt was right: how many responses it confirms, and how many are confirmed by none.
pub fn confirmed(count: usize, left: usize, language: Language) -> String {
    let number = responses(count, language);
    let done = language.pick(
        format!("Confirmado: {number} en otro dispositivo."),
        format!("Confirmed: {number} on another device."),
    );
    if left == 0 {
        return done;
    }
    let left = format::integer(left as i64);
    let rest = language.pick(
        format!("Sin confirmar quedan {left}: haga otra copia y pida su recibo."),
        format!("Not confirmed: {left}. Make another copy and ask for its receipt."),
    );
    format!("{done} {rest}")
}

/// The act that deletes confirmed responses.
pub fn remove(count: usize, language: Language) -> String {
    let number = responses(count, language);
    language.pick(format!("Borrar {number} ya confirmadas"), format!("Delete {number} already confirmed"))
}

/// The question before it.
pub fn remove_title(count: usize, language: Language) -> String {
    let number = responses(count, language);
    language
        .pick(format!("¿Borrar {number} de este dispositivo?"), format!("Delete {number} from this device?"))
}

/// How many went.
pub fn removed(count: usize, language: Language) -> String {
    let number = responses(count, language);
    language.pick(format!("Se borró: {number}."), format!("Deleted: {number}."))
}

/// Confirmed responses have been here for longer than the survey wants.
pub fn due(count: usize, days: u32, language: Language) -> String {
    let number = responses(count, language);
    language.pick(
        format!("Plazo de {days} días cumplido: {number}, ya en otro dispositivo."),
        format!("Kept for the {days} days that were set: {number}, already on another device."),
    )
}

/// Responses that nobody confirmed have been here for longer than the survey wants.
pub fn overdue(count: usize, days: u32, language: Language) -> String {
    let number = responses(count, language);
    language.pick(
        format!("Plazo de {days} días cumplido, y nadie confirmó la copia: {number}. No se borra nada: haga una copia y pida su recibo."),
        format!("Kept for the {days} days that were set, and nobody confirmed a copy: {number}. Nothing is deleted: make a copy and ask for its receipt."),
    )
}

/// What is lost with responses that are only here.
pub fn lost(count: usize, language: Language) -> String {
    let number = responses(count, language);
    language.pick(format!("No están en ninguna copia: {number}."), format!("In no copy: {number}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_only_here_is_told_with_its_age_in_days() {
        let day = |day| Date { year: 2026, month: 11, day };
        let told =
            |count, oldest, language| only_here(&Held { count, oldest: Some(day(oldest)) }, day(9), language);
        assert_eq!(
            told(12, 6, Language::Es),
            "12 respuestas están solo en este dispositivo; la más antigua es de hace 3 días."
        );
        assert_eq!(told(1, 8, Language::Es), "1 respuesta está solo en este dispositivo: es de ayer.");
        assert_eq!(
            told(1200, 9, Language::En),
            "1,200 responses are only on this device; the oldest is from today."
        );
        assert_eq!(told(1, 7, Language::En), "1 response is only on this device; it is from 2 days ago.");
    }
}
