//! Sentences about sealed collection: making a key, keeping it, opening what was sealed.

use super::{Language, format, sentences};
use crate::store::{Counts, Merge};

sentences! {
    title: "Cifrado", "Sealing";
    badge: "Cifrada", "Sealed";
    lead: "Con una llave propia, lo que la gente responde se cifra antes de guardarse en el celular. Quien encuentre, robe o revise ese celular no puede leerlo. Solo lo abre quien tiene la llave.",
        "With a key of its own, what people answer is encrypted before it is kept on the phone. Whoever finds, steals or searches that phone cannot read it. Only the holder of the key opens it.";
    price: "Si se pierden las dos cosas, la frase de paso y la página de recuperación, las respuestas se pierden para siempre. Nadie puede recuperarlas: ni quien hizo este programa ni nadie más.",
        "If both are lost, the passphrase and the recovery page, the answers are lost for ever. Nobody can bring them back: not the makers of this program, not anybody.";
    price_title: "Antes de hacer la llave", "Before you make the key";
    price_more: "En el celular nadie podrá continuar una encuesta a medias, y no habrá resumen hasta abrir las respuestas aquí. Después de hecha, la llave no se cambia ni se quita.",
        "On the phone nobody will be able to go on with a half-filled survey, and there is no summary until the responses are opened here. Once made, the key is neither changed nor taken away.";
    too_late: "La llave se hace mientras la encuesta está en preparación y nadie ha respondido. Para cifrar, prepare una encuesta nueva.",
        "A key is made while the survey is being set up and nobody has answered. To seal, set up a new survey.";

    passphrase: "Frase de paso", "Passphrase";
    again: "La misma frase otra vez", "The same passphrase again";
    advice: "Cuatro palabras o más que no vayan juntas en ninguna canción ni dicho, o doce caracteres o más. No la use en otro lugar.",
        "Four words or more that go together in no song or saying, or twelve characters or more. Do not use it anywhere else.";
    short: "Es corta: escriba al menos cuatro palabras o doce caracteres.",
        "It is short: write at least four words or twelve characters.";
    differs: "Las dos no son iguales.", "The two are not the same.";
    make: "Hacer la llave", "Make the key";
    making: "Haciendo la llave…", "Making the key…";

    recovery_title: "Página de recuperación", "Recovery page";
    recovery_what: "Esta es la llave que abre las respuestas de la encuesta. Quien la tenga puede leerlas todas, sin frase de paso. Imprímala o cópiela a mano y guárdela bajo llave, lejos de los celulares y de esta computadora. Si alguien olvida la frase de paso, solo esta página abre las respuestas.",
        "This is the key that opens the survey’s responses. Whoever has it can read them all, without a passphrase. Print it or copy it by hand and keep it locked away, far from the phones and from this computer. If the passphrase is forgotten, only this page opens the responses.";
    recovery_typing: "Para usarla se escribe entera; los espacios no importan. Sondeo avisa si hay un error al escribirla. También la abre el programa «age», sin Sondeo.",
        "To use it, type all of it; the spaces do not matter. Sondeo tells if there is a typing error. The program “age” opens with it too, without Sondeo.";
    recovery_print: "Imprimir la página", "Print the page";
    recovery_show: "Mostrar la página de recuperación", "Show the recovery page";
    recovery_hide: "Ocultarla", "Hide it";
    recovery_confirm: "La página de recuperación está impresa o copiada, y guardada",
        "The recovery page is printed or copied, and kept";
    recovery_wanted: "Sin confirmarlo no se puede abrir la encuesta.", "Without confirming it the survey cannot be opened.";
    recovery_kept: "Confirmado: la página de recuperación está guardada.", "Confirmed: the recovery page is kept.";
    public_key: "Llave pública", "Public key";
    made_for: "Encuesta", "Survey";

    file: "Descargar la llave, cerrada con la frase de paso", "Download the key, locked with the passphrase";
    file_hint: "El archivo sirve para abrir las respuestas en otra computadora, con la frase de paso.",
        "The file serves to open the responses on another computer, with the passphrase.";
    take_file: "Traer el archivo de la llave…", "Bring the key’s file…";
    took_file: "La llave está aquí. Ábrala con su frase de paso.", "The key is here. Open it with its passphrase.";
    not_key: "Ese archivo no es la llave de esta encuesta.", "That file is not the key of this survey.";
    no_key_here: "En este dispositivo no está la llave. Traiga su archivo o escriba la llave de la página de recuperación.",
        "The key is not on this device. Bring its file or type the key of the recovery page.";

    open_title: "Abrir las respuestas cifradas", "Open the sealed responses";
    open_warning: "Después de abrirlas quedan sin cifrar en este dispositivo, para poder contarlas. Ábralas solo en una computadora de confianza.",
        "Once opened they lie unencrypted on this device, so that they can be counted. Open them only on a computer you trust.";
    open_field: "Frase de paso, o la llave de la página de recuperación", "Passphrase, or the key of the recovery page";
    opening: "Abriendo…", "Opening…";
    none: "No hay respuestas cifradas terminadas en este dispositivo.", "There are no finished sealed responses on this device.";
    unfinished_hint: "Las cifradas sin terminar son de personas que aún responden o que se fueron sin enviar. No se abren ni se cuentan como respuestas: no las entregaron.",
        "Sealed and unfinished ones are of people who are still answering or left without submitting. They are not opened and do not count as responses: they were not handed in.";
    no_summary: "Aquí no hay resumen: las respuestas están cifradas y este dispositivo no puede leerlas. Haga una copia y llévela a quien tiene la llave.",
        "There is no summary here: the responses are sealed and this device cannot read them. Make a copy and take it to whoever has the key.";
    copy_hint: "El archivo lleva las respuestas cifradas: solo las abre quien tiene la llave. Aquí no se borra nada.",
        "The file holds the responses sealed: only whoever has the key opens them. Nothing is deleted here.";
    finished: "Cifradas, terminadas", "Sealed, finished";
    unfinished: "Cifradas, sin terminar", "Sealed, unfinished";

    why_passphrase: "La frase de paso no es esa.", "That is not the passphrase.";
    why_typing: "La llave tiene un error al escribirla. Compárela con la página, grupo por grupo.",
        "The key has a typing error. Compare it with the page, group by group.";
    why_other_key: "Esa llave es de otra encuesta.", "That key is another survey’s.";
    why_answered: "La encuesta ya tiene respuestas o ya tiene llave.", "The survey has responses or a key already.";
    why_not_loaded: "No se pudo cargar lo que cifra. Conéctese a internet y vuelva a intentarlo.",
        "What seals could not be loaded. Connect to the internet and try again.";
    media: "El formulario pide fotos u otros archivos, y Sondeo todavía no los cifra. Para cifrar, use un formulario sin esas preguntas.",
        "The form asks for photos or other files, and Sondeo does not seal these yet. To seal, use a form without such questions.";
    why_unmade: "La llave no se pudo hacer. Vuelva a intentarlo; si pasa otra vez, cierre otras pestañas.",
        "The key could not be made. Try again; if it happens again, close other tabs.";
}

/// Why a key could not be made or does not open, as a job says it.
pub fn why(detail: &str) -> fn(Language) -> &'static str {
    match detail {
        "passphrase" => why_passphrase,
        "typing" => why_typing,
        "other_key" => why_other_key,
        "no_key" => no_key_here,
        "answered" => why_answered,
        "media" => media,
        "not_loaded" => why_not_loaded,
        _ => why_unmade,
    }
}

/// The act that opens so many.
pub fn open(number: usize, language: Language) -> String {
    let count = format::integer(number as i64);
    language.pick(
        format!("Abrir {count} {}", format::plural(number, "respuesta cifrada", "respuestas cifradas")),
        format!("Open {count} sealed {}", format::plural(number, "response", "responses")),
    )
}

/// What opening came to: how many are new, were here already, say something else than the one here, count now in its place,
/// did not open.
pub fn opened(merge: &Merge, unopened: usize, language: Language) -> String {
    let Merge { added, already_had: already, aside, replaced, .. } = *merge;
    let number = |number: usize| format::integer(number as i64);
    let mut all = vec![language.pick(
        format!("Se abrieron: nuevas, {}; ya estaban, {}.", number(added), number(already)),
        format!("Opened: new, {}; here already, {}.", number(added), number(already)),
    )];
    if aside > 0 {
        all.push(language.pick(
            format!(
                "Dicen otra cosa que la que ya estaba: {}. De cada par cuenta una, la misma en todos los dispositivos, y la \
                 otra queda apartada en Respuestas.",
                number(aside)
            ),
            format!(
                "Say something else than the one here: {}. Of each pair one counts, the same on every device, and the other \
                 is kept aside under Responses.",
                number(aside)
            ),
        ));
    }
    if replaced > 0 {
        all.push(language.pick(
            format!(
                "Cuentan ahora en lugar de la que estaba aquí: {}. Revíselo antes de publicar.",
                number(replaced)
            ),
            format!(
                "Count now in place of the one that was here: {}. Look at it before you publish.",
                number(replaced)
            ),
        ));
    }
    if unopened > 0 {
        all.push(language.pick(
            format!(
                "No abrieron con esta llave o están dañadas, y siguen cifradas aquí: {}.",
                number(unopened)
            ),
            format!("Did not open with this key or are damaged, and stay sealed here: {}.", number(unopened)),
        ));
    }
    all.join(" ")
}

/// How many sealed responses there are.
pub fn here(counts: &Counts, language: Language) -> String {
    let (sealed, unfinished) =
        (format::integer(counts.sealed as i64), format::integer(counts.unfinished as i64));
    language.pick(
        format!("Respuestas cifradas: terminadas, {sealed}; sin terminar, {unfinished}."),
        format!("Sealed responses: finished, {sealed}; unfinished, {unfinished}."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opening_came_to_is_said_in_whole_sentences() {
        let merge = Merge { added: 2, ..Merge::default() };
        assert_eq!(opened(&merge, 0, Language::Es), "Se abrieron: nuevas, 2; ya estaban, 0.");
        assert_eq!(
            opened(
                &Merge { added: 1, already_had: 1, aside: 2, replaced: 1, refused: 0 },
                1200,
                Language::En
            ),
            "Opened: new, 1; here already, 1. Say something else than the one here: 2. Of each pair one counts, the same on \
             every device, and the other is kept aside under Responses. Count now in place of the one that was here: 1. Look \
             at it before you publish. Did not open with this key or are damaged, and stay sealed here: 1,200."
        );
        assert_eq!(open(1, Language::Es), "Abrir 1 respuesta cifrada");
    }
}
