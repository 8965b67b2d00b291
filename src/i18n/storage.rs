//! Sentences about where everything is kept: the browser's storage, what it promises, and wiping it.

use super::{Language, format, sentences};

sentences! {
    title: "Almacenamiento de este dispositivo", "Storage of this device";
    link: "Almacenamiento y borrado", "Storage and deletion";
    lead: "Lo que la gente responde vive en este navegador hasta que alguien lo copia.",
        "What people answer lives in this browser until somebody copies it.";
    oldest: "Respuestas sin copia", "Responses in no copy";
    none_only_here: "Ninguna.", "None.";
    protection: "Protección", "Protection";
    protected: "El navegador se comprometió a no borrar lo guardado cuando falte espacio.",
        "The browser has promised not to delete what is kept when space runs short.";
    unprotected: "El navegador puede borrar lo guardado cuando falte espacio.",
        "The browser may delete what is kept when space runs short.";
    unsaid: "El navegador no lo dice.", "The browser does not say.";
    protect: "Pedir al navegador que lo proteja", "Ask the browser to protect it";
    refused: "El navegador no lo concedió. Suele concederlo cuando Sondeo está instalado o se usa a menudo.",
        "The browser did not grant it. It mostly does once Sondeo is installed or used often.";
    space: "Espacio", "Space";
    little: "Es poco: así es en una ventana privada o con el disco casi lleno.",
        "That is little, as in a private window or on a disk that is nearly full.";
    browser: "Navegador", "Browser";
    opened: "Cómo está abierto", "How it is opened";
    installed: "Instalado, como aplicación.", "Installed, as an app.";
    tab: "En una pestaña.", "In a tab.";
    offline: "Sin conexión", "Without a network";
    offline_ready: "Sondeo abre también sin conexión.", "Sondeo opens without a network too.";
    offline_not: "Sondeo todavía no abre sin conexión. Déjelo abierto un momento con conexión.",
        "Sondeo does not open without a network yet. Leave it open for a moment with one.";
    private: "Ventana privada", "Private window";
    private_hint: "El navegador no dice si lo es. En una ventana privada todo se borra al cerrarla: no recoja respuestas en ella.",
        "The browser does not say whether this is one. In a private window all is deleted when it closes: collect no responses in it.";
    safari: "Safari borra lo que guarda una página tras siete días de uso sin visitarla.",
        "Safari deletes what a page keeps after seven days of use without a visit to it.";
    safari_phone: "Antes de la primera respuesta: botón Compartir, «Agregar a inicio», y abra Sondeo desde allí. Lo que ya está en esta pestaña no pasa: cópielo antes.",
        "Before the first response: the Share button, “Add to Home Screen”, and open Sondeo from there. What is in this tab already does not go along: copy it first.";
    safari_desk: "Antes de la primera respuesta: Archivo, «Agregar al Dock», y abra Sondeo desde allí. Lo que ya está en esta pestaña no pasa: cópielo antes.",
        "Before the first response: File, “Add to Dock”, and open Sondeo from there. What is in this tab already does not go along: copy it first.";

    wipe: "Borrar todo de este dispositivo", "Wipe this device";
    wipe_text: "Borra lo que Sondeo guarda en este navegador: encuestas, respuestas, preferencias y el programa mismo. No se puede deshacer. Las copias ya entregadas no se tocan.",
        "Deletes what Sondeo keeps in this browser: surveys, responses, preferences and the program itself. It cannot be undone. Copies that were handed over are left alone.";
    wipe_word: "BORRAR", "DELETE";
    wipe_wrong: "Escriba esa palabra, y nada más.", "Type that word and nothing else.";
    wipe_title: "¿Borrar lo que no está en ninguna copia?", "Delete what is in no copy?";
    wipe_yes: "Sí, borrar todo", "Yes, delete everything";
    wipe_no: "No, conservarlo", "No, keep it";
    wiped: "De Sondeo no queda nada en este navegador", "Nothing of Sondeo is left in this browser";
    wiped_text: "Puede cerrar esta página. Para empezar de nuevo hace falta conexión.",
        "You can close this page. To start afresh you need a network.";
    afresh: "Empezar de nuevo", "Start afresh";
    not_wiped: "No se pudo borrar todo. Cierre las otras pestañas de Sondeo e inténtelo de nuevo.",
        "Not everything could be deleted. Close the other tabs of Sondeo and try again.";
}

/// What is taken of what the browser allows, in bytes.
pub fn taken(used: f64, quota: f64, language: Language) -> String {
    let (used, free) = (size(used), size((quota - used).max(0.0)));
    language.pick(
        format!("Usa {used}; quedan {free}. Es lo que el navegador calcula: el disco puede llenarse antes."),
        format!("Uses {used}; {free} are left. That is the browser’s estimate: the disk may be full sooner."),
    )
}

fn size(bytes: f64) -> String {
    match bytes {
        ..1e6 => format!("{} kB", format::decimal(bytes / 1e3, 0)),
        ..1e9 => format!("{} MB", format::decimal(bytes / 1e6, 1)),
        _ => format!("{} GB", format::decimal(bytes / 1e9, 1)),
    }
}

/// A browser with its version and what it is built on.
pub fn browser_named(name: &str, version: &str, engine: &str, language: Language) -> String {
    language.pick(format!("{name} {version}, motor {engine}."), format!("{name} {version}, engine {engine}."))
}

/// What has to be typed before everything goes.
pub fn wipe_type(language: Language) -> String {
    let word = wipe_word(language);
    language.pick(format!("Para borrar todo, escriba {word}"), format!("To delete everything, type {word}"))
}

/// What would be lost: finished responses that are only here, and unfinished ones.
pub fn wipe_lost(only_here: usize, drafts: usize, language: Language) -> String {
    let (only_here, drafts) = (format::integer(only_here as i64), format::integer(drafts as i64));
    language.pick(
        format!("Se perdería: respuestas terminadas que no están en ninguna copia, {only_here}; sin terminar, {drafts}."),
        format!("This would be lost: finished responses that are in no copy, {only_here}; unfinished, {drafts}."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn space_is_told_in_units_people_know() {
        for (bytes, told) in [(0.0, "0 kB"), (1_499.0, "1 kB"), (2_340_000.0, "2.3 MB"), (61e9, "61.0 GB")] {
            assert_eq!(size(bytes), told);
        }
    }
}
