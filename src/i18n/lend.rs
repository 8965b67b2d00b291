//! What the desk says about lending a device.

use super::sentences;

sentences! {
    lend: "Prestar este dispositivo", "Lend this device";
    lead: "Una persona tras otra responde esta encuesta y no ve nada más. Para volver a sus encuestas y resultados usted escribirá la clave que elija aquí.",
        "One person after the other answers this survey and sees nothing else. To come back to your surveys and results you will type the passphrase that you choose here.";
    after_each: "Cuando alguien termina, la pantalla vuelve sola al inicio. Sus respuestas quedan guardadas y ya no se pueden ver desde la encuesta.",
        "When somebody finishes, the screen goes back to the start by itself. The answers are saved and can no longer be seen from the survey.";
    walks_away: "Si nadie toca la pantalla por dos minutos, se pregunta si hay alguien y después la encuesta se cierra. También se cierra si se recarga la página. Lo respondido queda guardado como «sin terminar», y nadie puede continuarlo.",
        "When nobody touches the screen for two minutes, it asks whether somebody is there and then the survey closes. It also closes when the page is reloaded. What was answered is kept as “unfinished”, and nobody can go on with it.";
    pin: "Para que tampoco salgan a otras aplicaciones, fije esta en la pantalla: en Android, «Fijar aplicaciones»; en iPhone y iPad, «Acceso guiado».",
        "So that they do not wander off into other apps either, pin this one to the screen: “App pinning” on Android, “Guided Access” on iPhone and iPad.";
    no_safe: "La clave es una puerta cerrada, no una caja fuerte: quien sabe de computadoras y tiene tiempo a solas con el dispositivo puede abrirla.",
        "The passphrase is a closed door, not a safe: somebody who knows computers and has time alone with the device can open it.";
    passphrase: "Clave", "Passphrase";
    passphrase_hint: "Seis letras o números, o más. Anótela: nadie puede recordársela.",
        "Six letters or digits, or more. Write it down: nobody can remind you of it.";
    again: "La misma clave otra vez", "The same passphrase again";
    start: "Empezar a prestar", "Start lending";
    too_short: "La clave necesita seis letras o números, o más.", "The passphrase needs six letters or digits, or more.";
    differs: "Las dos claves no son iguales. Escríbalas de nuevo.", "The two passphrases differ. Type them again.";
    not_here: "Este navegador no puede guardar la clave: abra Sondeo con una dirección que empiece con https y fuera del modo privado.",
        "This browser cannot keep the passphrase: open Sondeo at an address that begins with https and outside private mode.";

    lent: "Este dispositivo está prestado", "This device is lent";
    lent_lead: "Para ver encuestas y resultados, quien facilita escribe la clave.",
        "To see surveys and results, the facilitator types the passphrase.";
    take_back: "Terminar el préstamo", "Take the device back";
    to_survey: "Volver a la encuesta", "Back to the survey";
    wrong: "Esa no es la clave. Revise las mayúsculas y escríbala de nuevo.",
        "That is not the passphrase. Check the capital letters and type it again.";
    forgotten: "¿Olvidó la clave?", "Forgotten the passphrase?";
    forgotten_text: "Las respuestas siguen guardadas en este dispositivo. No borre los datos del navegador, porque se perderían: busque a quien pueda seguir la página «docs/kiosk.md» de Sondeo.",
        "The responses are still kept on this device. Do not clear the browser's data, for that would lose them: find somebody who can follow the page “docs/kiosk.md” of Sondeo.";
}
