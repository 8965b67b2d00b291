//! The words of a workbook's tables.

use super::sentences;

sentences! {
    results: "Resultados", "Results";
    section: "Sección", "Section";
    name: "Nombre", "Name";
    index: "Índice", "Index";
    low: "Intervalo 95 %: desde", "95% interval: from";
    high: "Intervalo 95 %: hasta", "95% interval: to";
    label: "Calidad", "Quality";
    note: "Nota o valor", "Note or value";
    value: "Valor", "Value";
    suppressed: "Oculto para proteger a las personas", "Hidden to protect people";
    blank: "Sin respuesta", "No answer";
    by: "Por", "By";
    language: "idioma", "language";
    waves: "Cambios", "Changes";
    points: "Cambio en puntos", "Change in points";
    reliable: "confiable", "reliable";
    weakly_reliable: "poco confiable", "weakly reliable";
    not_reliable: "no confiable", "not reliable";
}
