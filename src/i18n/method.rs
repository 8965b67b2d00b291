//! How a survey was made and counted, in sentences: the methodology note of a report.

use super::format::{date, integer, percent, plural};
use super::{Language, sentences};
use crate::form::Date;
use crate::survey::SamplingDesign;

sentences! {
    design: "Quiénes respondieron", "Who answered";
    dates: "Fechas", "Dates";
    responses: "Respuestas", "Responses";
    weighting: "Ponderación", "Weighting";
    missing: "No sabe, no aplica, sin respuesta", "Don’t know, not applicable, no answer";
    small: "Números pequeños", "Small numbers";
    rounding: "Redondeo", "Rounding";
    intervals: "Intervalos y calidad", "Intervals and quality";
    comparing: "Comparaciones", "Comparisons";
    view: "Qué se muestra", "What is shown";
    made: "Cómo repetirlo", "How to repeat it";

    missing_text:
        "Los porcentajes y promedios se toman de las respuestas válidas: «no sabe», «no aplica», «prefiero no responder» y lo que se dejó en blanco no cuentan en ellos y se dicen aparte. «Nunca lo hago» cuenta en los porcentajes y no en los promedios. A quien no se le mostró una pregunta no cuenta en ella.",
        "Percentages and averages are of valid answers: “don’t know”, “not applicable”, “prefer not to answer” and what was left blank are not counted in them and are told apart. “I never do it” counts in percentages and not in averages. Who was not shown a question does not count in it.";
    scales_text:
        "De una escala se dice qué parte eligió una de las dos respuestas más altas. Un índice es el promedio de una persona en varias preguntas, llevado a una escala de 0 a 100.",
        "Of a scale the share is told that chose one of the two highest answers. An index is a person’s average over several questions, put on a scale from 0 to 100.";
    rounding_text:
        "Los porcentajes se leen en números enteros; los de una pregunta de una sola respuesta suman 100. Donde se pueden marcar varias, son porcentajes de personas y suman más. Las diferencias se calculan antes de redondear.",
        "Percentages are read as whole numbers; those of a question with one answer add to 100. Where several can be marked they are percentages of people and add to more. Differences are taken before rounding.";
    no_intervals_census:
        "No se dan: se invitó a todas las personas, y los resultados describen a quienes respondieron.",
        "None are given: everybody was invited, and the results describe those who answered.";
    no_intervals:
        "No se dan: las personas no fueron elegidas al azar, y un margen diría más de lo que se sabe.",
        "None are given: people were not drawn at random, and a margin would say more than is known.";
    with_intervals:
        "Intervalos de Wilson al 95 % sobre las respuestas efectivas, o por linealización de Taylor donde se conocen estratos y conglomerados; desde 30 respuestas. «Confiable», «poco confiable» y «no confiable» siguen el estándar del INE de Chile (2020): al menos 60 respuestas, 9 grados de libertad y un error estándar bajo el límite que depende del porcentaje.",
        "Wilson’s 95% intervals on the effective number of answers, or Taylor linearization where strata and clusters are known; from 30 answers on. “Reliable”, “weakly reliable” and “not reliable” follow the standard of INE Chile (2020): at least 60 answers, 9 degrees of freedom and a standard error below a limit that depends on the percentage.";
    not_weighted: "Todas las respuestas cuentan igual.", "Every answer counts the same.";
    analyst_view:
        "Vista para quien analiza: incluye grupos desde 10 personas y pruebas. No es para publicar.",
        "A view for analysts: it holds groups from 10 people on, and tests. Not for publication.";
    compared_random:
        "Entre dos muestras al azar, la diferencia lleva el intervalo de Newcombe al 95 %; «subió» o «bajó» se dice solo si deja fuera el cero.",
        "Between two random samples the difference has Newcombe’s 95% interval; “rose” or “fell” is said only where it leaves out zero.";
    compared_beside:
        "Las dos tomas se ponen una junto a la otra y no se deduce nada de la diferencia.",
        "The two waves stand side by side and nothing is inferred from the difference.";
    groups_random:
        "Las diferencias entre grupos se prueban con ji cuadrado (exacta de Fisher en tablas pequeñas), ajustadas por Holm.",
        "Differences between groups are tested by chi-square (Fisher’s exact test in small tables), adjusted by Holm.";
}

/// The design by its name.
pub fn design_name(design: SamplingDesign, language: Language) -> &'static str {
    match design {
        SamplingDesign::Census => language.pick("Se invitó a todas las personas.", "Everybody was invited."),
        SamplingDesign::Probability => language.pick(
            "Personas elegidas al azar, con una probabilidad conocida.",
            "People drawn at random, with known chances.",
        ),
        SamplingDesign::Convenience => language.pick("Respondió quien quiso.", "Whoever wanted to answered."),
    }
}

/// What suppression does.
pub fn small_text(minimum_cell: u32, language: Language) -> String {
    language.pick(
        format!(
            "Nada se muestra de menos de {minimum_cell} respuestas; de 5 a 9, solo cuántas; de 10 a 29, con una marca de cautela. Un grupo se muestra aparte desde 30 personas. En las preguntas delicadas se ocultan también las respuestas que dieron menos de {minimum_cell} personas, y otras más donde hace falta para que no se puedan deducir; de violencia sexual no se dice nada con menos de 10 casos ni por debajo del distrito."
        ),
        format!(
            "Nothing is shown of fewer than {minimum_cell} answers; of 5 to 9 only how many; of 10 to 29 with a mark of caution. A group is shown by itself from 30 people on. In sensitive questions, answers given by fewer than {minimum_cell} people are hidden too, and others where it takes that to keep them from being worked out; of sexual violence nothing is told with fewer than 10 cases nor below the district."
        ),
    )
}

/// How many responses came in and how many are counted.
pub fn counts(finished: usize, counted: usize, chosen: usize, language: Language) -> String {
    let (finished_text, counted_text, chosen_text) =
        (integer(finished as i64), integer(counted as i64), integer(chosen as i64));
    let mut text = language.pick(
        format!("{finished_text} terminadas, {counted_text} contadas."),
        format!("{finished_text} finished, {counted_text} counted."),
    );
    if chosen < counted {
        text += &language.pick(
            format!(" Este informe es de {chosen_text} de ellas."),
            format!(" This report is of {chosen_text} of them."),
        );
    }
    text
}

/// How many of those invited answered.
pub fn response_rate(counted: usize, invited: u32, language: Language) -> String {
    let share = percent(100.0 * counted as f64 / f64::from(invited.max(1)), 0, language);
    language.pick(
        format!("Tasa de respuesta: {share} de {} personas invitadas.", integer(invited.into())),
        format!("Response rate: {share} of {} people invited.", integer(invited.into())),
    )
}

/// The population a sample was drawn from.
pub fn population(size: u32, language: Language) -> String {
    language.pick(
        format!("Población: {} personas.", integer(size.into())),
        format!("Population: {} people.", integer(size.into())),
    )
}

/// What it takes to make the same report again.
pub fn stamp(version: &str, made: Date, language: Language) -> String {
    let day = date(made, language);
    language.pick(
        format!("Hecho con Sondeo {version} el {day}. Con las mismas respuestas, la misma vista y los mismos ajustes, la huella SHA-256 es la misma:"),
        format!("Made with Sondeo {version} on {day}. With the same responses, view and settings the SHA-256 fingerprint is the same:"),
    )
}

/// The view as an address.
pub fn address(query: &str, language: Language) -> String {
    if query.is_empty() {
        return language.pick("Vista: todas las respuestas.", "View: all responses.").to_owned();
    }
    language.pick(format!("Vista: {query}"), format!("View: {query}"))
}

/// Responses that a newer version of the program wrote.
pub fn newer(newer: usize, language: Language) -> String {
    language.pick(
        format!(
            "{} {} de una versión más nueva de Sondeo y aquí no {}; sus datos siguen guardados. Actualice Sondeo para ver{}.",
            integer(newer as i64),
            plural(newer, "respuesta es", "respuestas son"),
            plural(newer, "se cuenta", "se cuentan"),
            plural(newer, "la", "las")
        ),
        format!(
            "{} {} written by a newer version of Sondeo and not counted here, but still kept. Update Sondeo to see {}.",
            integer(newer as i64),
            plural(newer, "response was", "responses were"),
            plural(newer, "it", "them")
        ),
    )
}
