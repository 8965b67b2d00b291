//! Sentences about photographs, drawings, recordings, files and codes, where people give them.

use super::{Language, format, sentences};

sentences! {
    photograph: "Tomar una foto", "Take a photo";
    picture: "Elegir una foto", "Choose a photo";
    photograph_again: "Tomar otra foto", "Take another photo";
    picture_again: "Elegir otra foto", "Choose another photo";
    draw: "Dibujar aquí", "Draw here";
    draw_again: "Dibujar otra vez", "Draw again";
    sign: "Firmar aquí", "Sign here";
    sign_again: "Firmar otra vez", "Sign again";
    record: "Grabar", "Record";
    record_again: "Grabar otra vez", "Record again";
    choose: "Elegir un archivo", "Choose a file";
    choose_again: "Elegir otro archivo", "Choose another file";
    scan: "Leer con la cámara", "Read with the camera";
    code: "Código", "Code";
    remove: "Quitar", "Remove";
    keep_drawing: "Guardar", "Keep";
    clear_drawing: "Borrar y empezar de nuevo", "Clear and begin again";
    cancel: "Cancelar", "Cancel";

    pad: "Espacio para dibujar con el dedo o el ratón", "Space to draw in with a finger or the mouse";
    photo_hint: "Se guarda más pequeña y sin los datos ocultos que dicen dónde y cuándo se tomó.",
        "It is kept smaller, and without the hidden data that tells where and when it was taken.";
    as_is_hint: "Se guarda tal como está, hasta 10 MB. El archivo puede llevar escondidos el lugar y la hora.",
        "It is kept as it is, up to 10 MB. The file may hold the place and the time, out of sight.";
    scan_hint: "La foto del código se lee aquí mismo y no se guarda.", "The photo of the code is read right here and is not kept.";

    working: "Un momento…", "One moment…";
    kept: "Guardado.", "Kept.";
    removed: "Se quitó.", "Removed.";
    too_large: "El archivo pesa más de 10 MB. Elija uno más pequeño.", "The file is larger than 10 MB. Choose a smaller one.";
    no_room: "En este dispositivo casi no queda espacio para guardarlo. Libere espacio y vuelva a intentarlo.",
        "There is hardly any room left on this device to keep it. Free some space and try again.";
    no_picture: "Ese archivo no se puede abrir como foto aquí. Tome la foto otra vez o elija otra.",
        "That file cannot be opened as a photo here. Take the photo again or choose another one.";
    no_code: "No se ve ningún código. Acérquese, con buena luz, o escríbalo.",
        "No code can be seen. Move closer, in good light, or type it.";
    nothing_drawn: "Todavía no hay nada dibujado.", "Nothing is drawn yet.";
    not_kept: "No se pudo guardar. Vuelva a intentarlo.", "It could not be kept. Try again.";
    not_here: "El archivo no está en este dispositivo.", "The file is not on this device.";
    thumbnail: "Vista pequeña", "Small picture";
    picture_shown: "Imagen", "Picture";
    enlarge: "Ver más grande", "See it larger";
}

/// A file that a form shows and that is not here.
pub fn missing(medium: &str, file: &str, language: Language) -> String {
    let what = match medium {
        "audio" => language.pick("Falta un sonido", "A sound is missing"),
        "video" => language.pick("Falta un video", "A film is missing"),
        _ => language.pick("Falta una imagen", "A picture is missing"),
    };
    format!("{what}: {file}")
}

/// What a file is, and how large: `Photo, 120 kB`.
pub fn described(name: &str, bytes: usize, language: Language) -> String {
    let what = match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "jpg" | "jpeg" | "webp" | "gif" | "heic" => language.pick("Foto", "Photo"),
        "png" => language.pick("Dibujo", "Drawing"),
        "m4a" | "mp3" | "ogg" | "wav" | "aac" | "oga" | "amr" | "3ga" => language.pick("Audio", "Audio"),
        "mp4" | "mov" | "webm" | "3gp" | "mkv" => language.pick("Video", "Video"),
        _ => language.pick("Archivo", "File"),
    };
    if bytes < 1_000_000 {
        return format!("{what}, {} kB", format::integer(bytes.div_ceil(1000) as i64));
    }
    format!("{what}, {} MB", format::decimal(bytes as f64 / 1e6, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_kind_and_size() {
        assert_eq!(described("a.jpg", 99_001, Language::En), "Photo, 100 kB");
        assert_eq!(described("a.png", 1, Language::Es), "Dibujo, 1 kB");
        assert_eq!(described("a.mp4", 2_340_000, Language::En), "Video, 2.3 MB");
        assert_eq!(described("a.pdf", 0, Language::Es), "Archivo, 0 kB");
    }
}
