//! The sentences of taking files away: what each is for, for whom, how far it is.

use super::{Language, format, sentences};

sentences! {
    take_away: "Llevarse los resultados", "Take the results away";
    title: "¿Qué quiere llevarse?", "What do you want to take away?";
    for_whom: "¿Para quién es?", "Who is it for?";
    publication: "Para publicar o compartir", "To publish or share";
    publication_means:
        "Oculta los grupos pequeños y, fila por fila, lo que permitiría reconocer a alguien. No lleva textos escritos.",
        "Hides small groups and, row by row, what could tell who somebody is. Holds no written texts.";
    analyst: "Con respuestas individuales, para analizar", "With individual answers, for analysis";
    analyst_means:
        "Lleva cada respuesta como se dio, también los textos. No lo publique ni lo reenvíe.",
        "Holds every answer as it was given, texts included. Do not publish it or pass it on.";
    warning:
        "Con estas filas alguien podría reconocer a una persona. Guárdelas en un lugar con clave y bórrelas cuando ya no hagan falta.",
        "Someone could recognise a person from these rows. Keep them where a password is needed, and delete them when they are no longer needed.";
    sure: "Entiendo y respondo por este archivo.", "I understand, and I answer for this file.";
    sure_first: "Primero marque que entiende.", "First mark that you understand.";
    language: "Idioma de los archivos", "Language of the files";
    everybody:
        "Los archivos de respuestas llevan a todas las personas, sin el grupo elegido; el informe y las tablas sí lo siguen.",
        "Files of responses hold everybody, whatever group is chosen; the report and the tables follow it.";
    to_read: "Para leer y mostrar", "To read and show";
    to_work: "Para trabajar con los datos", "To work with the data";

    report: "Informe", "Report";
    report_for:
        "Para la alcaldía o el comité: se lee en cualquier teléfono o computadora, sin internet, en los dos idiomas.",
        "For the mayor or the committee: opens on any phone or computer, without internet, in both languages.";
    print: "Imprimir o PDF", "Print or PDF";
    print_for: "El mismo informe en páginas, listo para imprimir o guardar como PDF.",
        "The same report in pages, ready to print or save as PDF.";
    xlsx: "Excel", "Excel";
    xlsx_for: "Las tablas del resumen, las respuestas y qué significa cada columna, en un libro.",
        "The tables of the summary, the responses and what each column means, in one workbook.";
    csv_labels: "CSV con textos", "CSV with labels";
    csv_labels_for: "Una fila por persona, con las respuestas como se leen.", "One row per person, with answers as people read them.";
    csv_codes: "CSV con códigos", "CSV with codes";
    csv_codes_for: "Una fila por persona, para programas de estadística.", "One row per person, for statistics programs.";
    sav: "SPSS (.sav)", "SPSS (.sav)";
    sav_for: "Respuestas con sus etiquetas para SPSS, Stata, R o PSPP.", "Responses with their labels for SPSS, Stata, R or PSPP.";
    json: "Resumen en JSON", "Summary as JSON";
    json_for: "Todos los números del resumen, para otro programa.", "Every number of the summary, for another program.";
    codebook: "Libro de códigos", "Codebook";
    codebook_for: "Qué se preguntó y qué significa cada código, para leer.", "What was asked and what each code means, to read.";
    codebook_csv: "Libro de códigos en CSV", "Codebook as CSV";
    codebook_csv_for: "Lo mismo, como tabla.", "The same, as a table.";

    files: "Fotos y otros archivos", "Photos and other files";
    files_for: "Un zip con los archivos que la gente entregó, con el nombre que tienen en las respuestas.",
        "One zip with the files that people gave, under the names that they have in the responses.";
    files_for_analysis: "Las fotos y otros archivos pueden mostrar a personas y lugares, así que no se publican. Elija «Con respuestas individuales, para analizar».",
        "Photos and other files can show people and places, so they are not published. Choose “With individual answers, for analysis”.";
    no_files: "Todavía no hay archivos en las respuestas terminadas.", "There are no files in the finished responses yet.";

    cancel: "Cancelar", "Cancel";
    cancelled: "Cancelado. No se guardó ningún archivo.", "Cancelled. No file was saved.";
    close: "Cerrar", "Close";
}

/// What is being made.
pub fn making(file: &str, language: Language) -> String {
    language.pick(format!("Preparando: {file}"), format!("Making: {file}"))
}

/// How far it is: `12,000 of 100,000`.
pub fn far(done: usize, of: usize, language: Language) -> String {
    let (done, of) = (format::integer(done as i64), format::integer(of as i64));
    language.pick(format!("{done} de {of}"), format!("{done} of {of}"))
}
