//! Links that bring a survey to a phone: what the desk says when it makes one, the sheet with its code, and what the phone says
//! when one does not open.

use super::{Language, format, sentences};

sentences! {
    show: "Mostrar un enlace", "Show a link";
    lead: "Quien abre este enlace o escanea su código recibe la encuesta en su teléfono y la responde allí. El enlace lleva la encuesta, no respuestas; y nada pasa por un servidor.",
        "Whoever opens this link or scans its code gets the survey on their phone and answers it there. The link carries the survey, no responses; and nothing passes through a server.";
    come_back: "Lo que se responde queda en cada teléfono: tráigalo aquí con «Copiar las respuestas a un lugar seguro».",
        "What people answer stays on each phone: bring it here with “Copy the responses to a safe place”.";
    not_open: "Esta encuesta no está abierta. Ábrala primero: un enlace sirve para responder.",
        "This survey is not open. Open it first: a link is for answering.";
    language: "Idioma en que se abre", "Language in which it opens";
    beforehand: "Respuestas ya puestas", "Answers filled in beforehand";
    beforehand_hint: "Por ejemplo, el barrio donde se usará este enlace. La persona las ve y puede cambiarlas. Si una lista depende de otra, ponga las dos.",
        "For example the neighborhood where this link will be used. People see them and can change them. If a list depends on another, fill in both.";
    nothing: "No poner nada", "Nothing";
    copy: "Copiar el enlace", "Copy the link";
    copied: "Enlace copiado.", "Link copied.";
    not_copied: "No se pudo copiar. Seleccione el enlace y cópielo usted.", "It could not be copied. Select the link and copy it yourself.";
    share: "Compartir", "Share";
    print: "Imprimir la hoja con el código", "Print the sheet with the code";
    text: "Enlace", "Link";
    only_here: "Esta dirección solo funciona en este equipo. Para otros teléfonos, abra Sondeo con la dirección de internet donde está publicado y haga allí el enlace.",
        "This address works on this computer only. For other phones, open Sondeo at the internet address where it is published and make the link there.";
    no_qr: "El enlace es demasiado largo para un código que lea cualquier teléfono. Envíelo como texto, o lleve la encuesta con un archivo de copia desde «Respuestas».",
        "The link is too long for a code that any phone reads. Send it as text, or take the survey along in a copy file from “Responses”.";
    without_files: "El enlace no lleva las imágenes, sonidos y videos del formulario: quien lo abra verá los textos y un aviso de lo que falta. Para llevarlos, use un archivo de copia desde «Respuestas».",
        "The link does not carry the form’s pictures, sounds and films: whoever opens it sees the texts and a notice of what is missing. To take them along, use a copy file from “Responses”.";
    code: "Código QR del enlace", "QR code of the link";

    sheet_scan: "Abra la cámara de su teléfono y apunte a este código.", "Open the camera of your phone and point it at this code.";
    sheet_open: "Toque el enlace que aparece. La encuesta se abre en el navegador; no hay que instalar nada.",
        "Tap the link that appears. The survey opens in the browser; there is nothing to install.";
    sheet_free: "Participar es voluntario. Puede dejar preguntas en blanco o salir cuando quiera.",
        "Taking part is voluntary. You may leave questions blank or stop whenever you like.";
    sheet_no_camera: "¿No se abre? Pida ayuda a quien le mostró esta hoja.", "It does not open? Ask whoever showed you this sheet.";

    title: "El enlace no se pudo abrir", "The link could not be opened";
    damaged: "El enlace llegó incompleto o cambiado. Escanee el código otra vez, o pida que le envíen el enlace de nuevo y ábralo completo. En este teléfono no se cambió nada.",
        "The link arrived incomplete or changed. Scan the code again, or ask for the link to be sent again and open all of it. Nothing on this phone was changed.";
    other_version: "El enlace se hizo con otra versión de Sondeo. Recargue la página con conexión a internet; si sigue igual, pida un enlace nuevo a quien se lo dio.",
        "The link was made with another version of Sondeo. Load the page again while you have a connection; if that does not help, ask whoever gave it to you for a new link.";
    not_loaded: "Falta una parte de Sondeo. Revise la conexión e intente de nuevo; el enlace sigue sirviendo.",
        "A part of Sondeo is missing. Check the connection and try again; the link is still good.";
    lent: "Este dispositivo está prestado para otra encuesta. Devuélvalo a quien facilita, o abra el enlace en su propio teléfono.",
        "This device is lent for another survey. Give it back to the facilitator, or open the link on your own phone.";
    differs_title: "Esta encuesta ya está aquí, distinta", "This survey is here already, and differs";
    differs: "En este teléfono ya está esta encuesta con otras preguntas u otros datos que los del enlace. Si el enlace es el más nuevo, use el del enlace; si no lo sabe, pregunte a quien se lo dio. Lo ya respondido se conserva.",
        "This phone already has this survey, with other questions or details than the link's. If the link is the newer one, use the link's; if you do not know, ask whoever gave it to you. What was answered already is kept.";
    take: "Usar la del enlace", "Use the link's";
    stay: "Dejarla como está", "Leave it as it is";
    closed: "En este teléfono la encuesta está cerrada y ya no recibe respuestas. Si cree que es un error, hable con quien la organiza.",
        "On this phone the survey is closed and takes no more responses. If you think that is a mistake, talk to whoever runs it.";
    preparing: "En este dispositivo la encuesta todavía se está preparando. Quien facilita debe abrirla primero.",
        "On this device the survey is still being prepared. The facilitator has to open it first.";
    another: "En este teléfono hay otra encuesta con el mismo nombre interno, o sus respuestas se cifran con otra clave. No se cambió nada: pida ayuda a quien le dio el enlace.",
        "This phone has another survey of the same internal name, or its responses are sealed with another key. Nothing was changed: ask whoever gave you the link for help.";
    again: "Intentar de nuevo", "Try again";
    reload: "Recargar la página", "Load the page again";
}

/// The questionnaire fits in no link that programs pass on whole.
pub fn too_long(length: usize, most: usize, language: Language) -> String {
    let (length, most) = (format::integer(length as i64), format::integer(most as i64));
    language.pick(
        format!("Este cuestionario es demasiado largo para un enlace: serían {length} caracteres, y muchos programas cortan los de más de {most}. Llévelo a los teléfonos con un archivo de copia, desde «Respuestas»."),
        format!("This questionnaire is too long for a link: it would have {length} characters, and many programs cut those of more than {most}. Take it to the phones in a copy file, from “Responses”."),
    )
}

/// How long the link is, where some programs may cut it.
pub fn is_long(length: usize, language: Language) -> String {
    let length = format::integer(length as i64);
    language.pick(
        format!("Es un enlace largo ({length} caracteres). Algunos programas de mensajes los cortan: pruébelo primero con usted. Si llega cortado, el teléfono lo dice."),
        format!("This is a long link ({length} characters). Some messaging programs cut those: try it on yourself first. If it arrives cut, the phone says so."),
    )
}
