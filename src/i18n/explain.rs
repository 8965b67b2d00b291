//! What went wrong, told to people: what happened and what to do, in their language.

use super::Language;
use crate::engine::ViolationKind;
use crate::store::FaultKind;

/// What is wrong with an answer, where the form says nothing of its own.
pub fn violation(kind: ViolationKind, language: Language) -> &'static str {
    match kind {
        ViolationKind::Required => {
            language.pick("Esta pregunta necesita una respuesta.", "This question needs an answer.")
        }
        ViolationKind::Constraint => language
            .pick("Revise esta respuesta: no es válida.", "Please check this answer: it is not valid."),
        ViolationKind::NotOffered => language.pick(
            "La opción que eligió ya no está disponible. Elija otra.",
            "The option you chose is no longer available. Please choose another.",
        ),
    }
}

/// Why something could not be kept on this device, and what to do about it.
pub fn fault(kind: FaultKind, language: Language) -> &'static str {
    match kind {
        FaultKind::Full => language.pick(
            "No queda espacio en este dispositivo. Borre fotos o aplicaciones que no use e intente de nuevo.",
            "This device has no space left. Remove photos or apps you do not use and try again.",
        ),
        FaultKind::Blocked => language.pick(
            "Otra pestaña con esta página no deja guardar. Ciérrela e intente de nuevo.",
            "Another tab with this page keeps it from saving. Close it and try again.",
        ),
        FaultKind::Gone => language.pick(
            "El navegador no permite guardar aquí (quizás esté en modo privado). Ábrala en una ventana normal o descargue sus respuestas.",
            "The browser does not allow saving here (perhaps it is in private mode). Open it in a normal window or download your answers.",
        ),
        FaultKind::Newer => language.pick(
            "Lo guardado aquí es de una versión más nueva de Sondeo. Recargue la página para actualizarla.",
            "What is kept here was written by a newer version of Sondeo. Reload the page to update it.",
        ),
        FaultKind::Other => language.pick(
            "El navegador no pudo guardar; quizás no queda espacio en este dispositivo. Haga espacio e intente de nuevo; si sigue igual, descargue sus respuestas.",
            "The browser could not save; perhaps this device has no space left. Make some room and try again; if it goes on, download your answers.",
        ),
    }
}
