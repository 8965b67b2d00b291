//! Sentences about forms of one's own: loading an XLSForm and setting its survey up.

use super::{Language, format, sentences};

sentences! {
    title: "Cargar un formulario propio (XLSForm)", "Load a form of your own (XLSForm)";
    lead: "Para formularios hechos para KoboToolbox u ODK: .xlsx, .xls, .csv o .md. Antes de guardarlo se dice lo que no se puede hacer. El archivo no sale de este dispositivo.",
        "For forms made for KoboToolbox or ODK: .xlsx, .xls, .csv or .md. What cannot be done is told before it is kept. The file does not leave this device.";
    choose: "Elegir el archivo del formulario…", "Choose the form's file…";
    drop: "O suelte aquí el archivo.", "Or drop the file here.";
    tables: "Si el formulario usa tablas aparte (.csv) o muestra imágenes, sonidos o videos, elija esos archivos junto con él.",
        "If the form uses tables of its own (.csv), or shows pictures, sounds or films, choose those files together with it.";
    file_too_large: "Este archivo pesa más de 10 MB y no se guarda con el formulario. Hágalo más pequeño.",
        "This file is larger than 10 MB and is not kept with the form. Make it smaller.";
    file_drawing: "Los dibujos SVG pueden llevar programas dentro y no se guardan. Guárdelo como PNG y elíjalo otra vez.",
        "SVG drawings can hold programs and are not kept. Save it as PNG and choose it again.";
    file_unknown: "Este archivo no es una imagen, un sonido o un video que los celulares muestren. Sirven JPG, PNG, GIF, WebP, MP3, M4A, OGG, WAV, MP4 y WebM.",
        "This file is no picture, sound or film that phones show. JPG, PNG, GIF, WebP, MP3, M4A, OGG, WAV, MP4 and WebM do.";
    too_much: "Los archivos juntos pesan demasiado: caben 60 MB. Haga más pequeñas las imágenes o los videos.",
        "The files together are too large: they may have 60 MB. Make the pictures or films smaller.";
    new_form: "Formulario propio (XLSForm)", "Form of your own (XLSForm)";
    kind: "Formulario propio", "Own form";
    reading: "Leyendo el formulario…", "Reading the form…";
    unread: "No se pudo abrir el archivo. Vuelva a elegirlo.", "The file could not be opened. Choose it again.";
    too_large: "El archivo es demasiado grande para ser un formulario: caben 20 MB.", "The file is too large to be a form: it may have 20 MB.";
    no_book: "Falta el formulario: elija un archivo .xlsx, .xls, .csv o .md.", "The form is missing: choose an .xlsx, .xls, .csv or .md file.";
    can: "El formulario se puede usar", "The form can be used";
    cannot: "El formulario todavía no se puede usar", "The form cannot be used yet";
    mend: "Corrija esto en el archivo y vuelva a elegirlo. No se perdió nada.",
        "Mend this in the file and choose it again. Nothing was lost.";
    differs: "Esto será distinto de lo que dice el archivo:", "This will differ from what the file says:";
    all_well: "Todo lo que dice el archivo se puede hacer.", "Everything in the file can be done.";
    keep: "Usar este formulario", "Use this form";
    keep_new: "Usarlo en una encuesta nueva", "Use it in a new survey";
    same: "Ya hay aquí una encuesta con este formulario:", "There is a survey with this form here already:";
    renew_hint: "Si sigue con la versión nueva, las respuestas que ya hay se conservan y se cuentan en las preguntas que sigan igual.",
        "If it goes on with the new version, the responses that are there stay, and count in the questions that stay the same.";
    other: "Elegir otro archivo", "Choose another file";
    no_questions: "No hay ninguna pregunta. Agregue al menos una.", "There is no question. Add at least one.";
    no_digest: "Los celulares no calculan digest() aquí. Quite las expresiones que la usan.", "Phones do not compute digest() here. Remove the expressions that use it.";
    kept: "El formulario está guardado. Diga ahora cómo llega la gente a responder.", "The form is kept. Now say how people come to answer.";
    renewed: "La encuesta sigue con la versión nueva.", "The survey goes on with the new version.";
    edit_title: "Preparar la encuesta", "Set the survey up";
    form_title: "El formulario", "The form";
    form_hint: "Las preguntas se cambian en el archivo del formulario: cárguelo otra vez cuando lo haya cambiado.",
        "Questions are changed in the form's file: load it again when you have changed it.";
    load_again: "Cargar una versión nueva", "Load a new version";
    preview: "Ver como lo verá la gente", "See it as people will";
    write_form: "Descargar como XLSForm", "Download as XLSForm";
    name_hint: "Así se llama la encuesta en las pantallas y en el informe. Basta un idioma.",
        "What the survey is called on screens and in the report. One language is enough.";
    version: "Versión", "Version";
    languages: "Idiomas", "Languages";
}

/// The act that goes on with a new version of the form in this survey.
pub fn renew(name: &str, language: Language) -> String {
    language.pick(
        format!("Seguir con la versión nueva en «{name}»"),
        format!("Go on with the new version in “{name}”"),
    )
}

/// How many questions a form has.
pub fn questions(number: usize, language: Language) -> String {
    let word = language.pick(
        format::plural(number, "pregunta", "preguntas"),
        format::plural(number, "question", "questions"),
    );
    [&format::integer(number as i64), " ", word].concat()
}

/// How many things keep a form from being used.
pub fn barred(number: usize, language: Language) -> String {
    let word = language.pick(
        format::plural(number, "cosa por corregir", "cosas por corregir"),
        format::plural(number, "thing to mend", "things to mend"),
    );
    [&format::integer(number as i64), " ", word].concat()
}

/// How many things will differ from what the file says.
pub fn noticed(number: usize, language: Language) -> String {
    let word =
        language.pick(format::plural(number, "aviso", "avisos"), format::plural(number, "notice", "notices"));
    [&format::integer(number as i64), " ", word].concat()
}

/// A choice that the version before had.
pub fn choice_gone(name: &str, survey: &str, language: Language) -> String {
    language.pick(
        format!("La opción «{name}» ya no está. Si la encuesta «{survey}» sigue con esta versión, las respuestas que la dieron se conservan, pero en el resumen contarán como sin respuesta."),
        format!("The choice “{name}” is gone. If the survey “{survey}” goes on with this version, the answers that gave it are kept, but count as no answer in the summary."),
    )
}

/// Questions whose values wait for each other.
pub fn cycle(names: &[String], language: Language) -> String {
    let names = names.join(" → ");
    language.pick(
        format!("Estas preguntas se esperan unas a otras y ninguna puede calcularse: {names}. Quite una de las referencias."),
        format!("These questions wait for each other and none can be computed: {names}. Remove one of the references."),
    )
}
