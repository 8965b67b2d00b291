//! Sentences about responses that go from one device to another.

use super::{Language, format, sentences};
use crate::store::Merge;

sentences! {
    title: "Reunir respuestas de otros dispositivos", "Join responses from other devices";
    hint: "En el otro dispositivo: Respuestas, «Copiar las respuestas a un lugar seguro». Traiga el archivo y elíjalo aquí. El mismo archivo dos veces no cuenta doble. Si aquí había respuestas de ejemplo, se quitan.",
        "On the other device: Responses, “Copy the responses to a safe place”. Bring the file and choose it here. The same file twice does not count double. Example responses that were here are removed.";
    choose: "Elegir archivos…", "Choose files…";
    joining: "Reuniendo…", "Joining…";

    copy_title: "Llevar la encuesta a otro dispositivo", "Take the survey to another device";
    copy_hint: "El archivo lleva cada respuesta como se dio, también lo delicado. Entréguelo solo a quien reúne las respuestas y bórrelo después. Aquí no se borra nada.",
        "The file holds every response as it was given, sensitive answers too. Give it only to whoever joins the responses, and delete it afterwards. Nothing is deleted here.";
    copy_empty: "Todavía no hay respuestas de personas. El archivo lleva la encuesta, para recibir respuestas con ella en otro dispositivo.",
        "There are no responses by people yet. The file holds the survey, to collect responses with it on another device.";
    copy: "Copia para otro dispositivo", "Copy for another device";

    not_bundle: "No es una copia de Sondeo. Elija un archivo que termine en «.sondeo.jsonl».",
        "This is not a copy made by Sondeo. Choose a file that ends in “.sondeo.jsonl”.";
    newer: "Lo hizo una versión más nueva de Sondeo. Actualice aquí el programa y vuelva a elegirlo.",
        "A newer version of Sondeo made it. Update the program here and choose it again.";
    cut_off: "El archivo está incompleto. Pida que se lo envíen de nuevo: en el otro dispositivo no se perdió nada.",
        "The file is incomplete. Ask for it again: nothing was lost on the other device.";
    changed: "El archivo cambió después de hacerse, así que no se puede confiar en él. Pida que se lo envíen de nuevo: en el otro dispositivo no se perdió nada.",
        "The file changed after it was made, so it cannot be trusted. Ask for it again: nothing was lost on the other device.";
    unread: "No se pudo abrir el archivo. Vuelva a elegirlo.", "The file could not be opened. Choose it again.";
}

/// How many files of how many are joined; blank for one.
pub fn so_far(done: usize, of: usize, language: Language) -> String {
    if of == 1 {
        return String::new();
    }
    let between = language.pick(" de ", " of ");
    [" ", &format::integer(done as i64), between, &format::integer(of as i64)].concat()
}

/// A line of the file that cannot be read, from 1.
pub fn unreadable(line: &str, language: Language) -> String {
    language.pick(
        format!("No se entiende la línea {line} del archivo. No se reunió nada de él; guárdelo y pida ayuda."),
        format!("Line {line} of the file cannot be understood. Nothing of it was joined; keep it and ask for help."),
    )
}

/// What joining a file came to: how many responses are new, were here already, or say something else than the one here; and
/// how many are new and `sealed`.
pub fn joined(survey: &str, merge: &Merge, sealed: usize, new_survey: bool, language: Language) -> String {
    let Merge { added, already_had: already, aside, replaced, .. } = *merge;
    let of = |number: usize, es: (&str, &str), en: (&str, &str)| {
        let word = language.pick(format::plural(number, es.0, es.1), format::plural(number, en.0, en.1));
        format!("{} {word}", format::integer(number as i64))
    };
    let mut all = vec![format!(
        "{survey}: {}, {}.",
        of(added, ("respuesta nueva", "respuestas nuevas"), ("new response", "new responses")),
        of(already, ("ya estaba", "ya estaban"), ("was here already", "were here already")),
    )];
    if new_survey {
        all.push(
            language
                .pick(
                    "La encuesta no estaba aquí y vino con el archivo.",
                    "The survey was not here and came with the file.",
                )
                .to_owned(),
        );
    }
    if sealed > 0 {
        let how_many = of(sealed, ("llegó cifrada", "llegaron cifradas"), ("came sealed", "came sealed"));
        let rest = language.pick(
            "se abren con la llave de la encuesta, en «Cifrado».",
            "the survey’s key opens them, under “Sealing”.",
        );
        all.push(format!("{how_many}: {rest}"));
    }
    if aside > 0 {
        let how_many = of(
            aside,
            ("dice otra cosa que la que ya estaba", "dicen otra cosa que las que ya estaban"),
            ("says something else than the one here", "say something else than those here"),
        );
        let rest = language.pick(
            "de cada par cuenta una, la misma en todos los dispositivos, y la otra queda apartada en Respuestas.",
            "of each pair one counts, the same on every device, and the other is kept aside under Responses.",
        );
        all.push(format!("{how_many}: {rest}"));
    }
    if replaced > 0 {
        let how_many = of(
            replaced,
            ("de las que llegaron cuenta ahora", "de las que llegaron cuentan ahora"),
            ("of those that came counts now", "of those that came count now"),
        );
        let rest = language.pick(
            "en lugar de la que estaba aquí. Revíselo antes de publicar.",
            "in place of the one that was here. Look at it before you publish.",
        );
        all.push(format!("{how_many} {rest}"));
    }
    all.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_joining_came_to_is_said_in_whole_sentences() {
        assert_eq!(
            joined("Visita", &Merge { added: 1, ..Merge::default() }, 0, false, Language::Es),
            "Visita: 1 respuesta nueva, 0 ya estaban."
        );
        let merge = Merge { added: 1200, already_had: 1, aside: 2, replaced: 1, refused: 0 };
        assert_eq!(
            joined("Visit", &merge, 0, true, Language::En),
            "Visit: 1,200 new responses, 1 was here already. The survey was not here and came with the file. \
             2 say something else than those here: of each pair one counts, the same on every device, and the other is \
             kept aside under Responses. 1 of those that came counts now in place of the one that was here. Look at it \
             before you publish."
        );
    }
}
