//! The sentences of the report as a document: headings, what page one says, the work plan, comments, groups and waves.

use super::format::{date, decimal, integer, plural};
use super::{Language, sentences};
use crate::form::Date;

sentences! {
    report: "Informe", "Report";
    language_of_report: "Idioma del informe", "Language of the report";
    contents: "Contenido", "Contents";
    found: "Lo que se encontró", "What was found";
    careful: "Con qué tener cuidado", "What to be careful about";
    decisions: "Decisiones que se piden", "Decisions asked for";
    decision: "Decisión", "Decision";
    who: "Responsable", "Who";
    when: "Fecha", "When";
    best_rows: "Lo mejor valorado", "What was rated best";
    worst_rows: "Lo que más preocupa o falla", "What worries or fails most";
    priorities: "Las tres primeras prioridades", "The first three priorities";
    no_findings: "Ningún resultado se deja decir en una frase: vea las tablas.", "No result can be told in one sentence: see the tables.";

    over_several: "Resultados que juntan varias preguntas", "Results over several questions";
    other_questions: "Otras preguntas", "Other questions";
    headline: "Resultado principal", "Main result";
    index: "Índice", "Index";
    mean_of_100: "Promedio (0 a 100)", "Average (0 to 100)";
    mean_of_100_note:
        "Cada índice junta varias preguntas de una persona en un número de 0 a 100: 100 es la respuesta más alta en todas.",
        "Each index joins several questions of a person in one number from 0 to 100: 100 is the highest answer to all of them.";
    share: "Porcentaje", "Percentage";
    of_scales: "De las escalas se dice qué parte eligió una de las dos respuestas más altas.",
        "Of scales the share is told that chose one of the two highest answers.";
    nine_or_ten: "dio 9 o 10", "gave 9 or 10";
    median: "mediana", "median";
    written: "respuestas escritas", "written answers";
    days_named: "fechas", "dates";

    by_groups: "Comparación por grupos", "Comparison by groups";
    by_language: "Idioma", "Language";
    everybody: "Total", "Total";
    in_first: "En primer lugar", "First";
    in_second: "En segundo", "Second";
    in_third: "En tercero", "Third";
    groups_note:
        "Cada columna es un grupo y sus porcentajes se toman de las personas de ese grupo que respondieron la pregunta. De las escalas se dice qué parte eligió una de las dos respuestas más altas; de sí y no, el sí.",
        "Each column is a group, and its percentages are of the people of that group who answered the question. Of scales the share is told that chose one of the two highest answers; of yes and no, the yes.";
    hatched_note:
        "Las casillas rayadas se ocultan: el grupo es pequeño, o con ese número se podría deducir otro que lo es.",
        "Hatched cells are hidden: the group is small, or with that number another small one could be worked out.";
    hidden_cell: "oculto", "hidden";
    no_groups: "Ningún grupo es bastante grande para mostrarse aparte.", "No group is large enough to be shown by itself.";
    stands_out: "▲ o ▼: más o menos de lo que darían los porcentajes de todas las personas (residuo ajustado mayor que 1.96).",
        "▲ or ▼: more or fewer than everybody’s percentages would give (adjusted residual beyond 1.96).";

    since: "Cambio desde la toma anterior", "Change since the earlier wave";
    earlier: "Antes", "Earlier";
    later: "Ahora", "Now";
    change: "Cambio (puntos)", "Change (points)";
    interval_95: "Intervalo (95 %)", "Interval (95%)";
    reading: "Lectura", "Reading";
    rose: "subió", "rose";
    fell: "bajó", "fell";
    no_clear_change: "sin cambio claro", "no clear change";
    not_inferred: "–", "–";
    changes_inferred:
        "«Subió» o «bajó» se dice solo cuando el intervalo de la diferencia deja fuera el cero; en lo demás no hay un cambio claro.",
        "“Rose” or “fell” is said only where the interval of the difference leaves out zero; elsewhere there is no clear change.";
    changes_beside:
        "Las dos tomas se ponen una junto a la otra: no son dos muestras al azar, y de la diferencia no se deduce nada sobre otras personas.",
        "The two waves stand side by side: they are not two random samples, and nothing about other people follows from the difference.";
    largest: "El gráfico muestra los cambios más grandes; en gris, los que no son claros.",
        "The chart shows the largest changes; in grey, those that are not clear.";
    nothing_to_compare: "Las dos tomas no tienen resultados que se puedan comparar.", "The two waves have no results that can be compared.";
    unrounded: "Las diferencias se calculan antes de redondear.", "Differences are taken before rounding.";

    work_plan: "Plan de trabajo", "Work plan";
    action: "Acción", "Action";
    due: "Para cuándo", "By when";
    likelihood: "Probabilidad", "Likelihood";
    no_topic: "Sin tema", "No topic";
    no_date: "sin fecha", "no date";
    plan_note:
        "En palabras de quienes respondieron, sin decir de quién es cada una. Ordenadas por tema y fecha.",
        "In the words of those who answered, without saying whose each one is. Sorted by topic and date.";

    comments: "Comentarios", "Comments";
    theme: "Tema", "Theme";
    themes: "Temas", "Themes";
    words_used: "Palabras más usadas", "Words used most";
    quotes: "En sus palabras", "In their words";
    quotes_note:
        "Solo comentarios cuyo autor permitió citarlos, en orden al azar y separados de las demás respuestas.",
        "Only comments whose authors allowed quoting them, shuffled and apart from all other answers.";

    method: "Cómo se hizo", "How it was done";
    anonymity: "Anonimato", "Anonymity";
    questionnaire: "Cuestionario", "Questionnaire";
    full_tables: "Tablas completas", "Full tables";
    full_tables_note:
        "Los porcentajes se toman de las respuestas válidas. Debajo, en cursiva, cuántas personas no saben, no aplica o prefirieron no responder.",
        "Percentages are of valid answers. Below, in italics, how many people don’t know, are not concerned or preferred not to answer.";
    quality: "Calidad", "Quality";
    reliable: "confiable", "reliable";
    weakly_reliable: "poco confiable", "weakly reliable";
    not_reliable: "no confiable", "not reliable";

    chi_square: "ji cuadrado", "chi-square";
    chance: "p", "p";
    adjusted_chance: "p ajustada (Holm)", "adjusted p (Holm)";
    cramers_v: "V de Cramér", "Cramér’s V";
    consistency: "Consistencia", "Consistency";
    alpha: "alfa de Cronbach", "Cronbach’s alpha";
    spearman_brown: "Spearman-Brown", "Spearman-Brown";
    d_z: "d (ganancia)", "d (gain)";
    rank_biserial: "r (rangos)", "r (ranks)";
    gain_interval: "Ganancia, intervalo 95 %", "Gain, 95% interval";
    wilcoxon: "p (Wilcoxon)", "p (Wilcoxon)";
}

/// What is withheld, and what to do.
pub fn withheld(why: &str, language: Language) -> String {
    let what = language.pick(
        "Amplíe el filtro (más distritos, más edades, más fechas) o quítelo.",
        "Widen the filter (more districts, ages or dates) or remove it.",
    );
    format!("{why} {what}")
}

/// What a filtered view holds.
pub fn only(conditions: &[String], language: Language) -> String {
    let all = conditions.join("; ");
    language.pick(
        format!("Solo una parte de las respuestas: {all}."),
        format!("Only part of the responses: {all}."),
    )
}

/// How much of the whole a filtered view is.
pub fn part(chosen: usize, counted: usize, language: Language) -> String {
    let (chosen, counted) = (integer(chosen as i64), integer(counted as i64));
    language.pick(
        format!(
            "Lo que sigue es solo de {chosen} de las {counted} respuestas contadas: las que deja el filtro."
        ),
        format!(
            "What follows is of {chosen} of the {counted} responses counted: those that the filter leaves."
        ),
    )
}

/// A filter on days.
pub fn days(from: Option<Date>, to: Option<Date>, language: Language) -> String {
    let show = |day: Option<Date>| day.map(|day| date(day, language));
    match (show(from), show(to)) {
        (Some(from), Some(to)) => {
            language.pick(format!("del {from} al {to}"), format!("from {from} to {to}"))
        }
        (Some(from), None) => language.pick(format!("desde el {from}"), format!("from {from} on")),
        (None, Some(to)) => language.pick(format!("hasta el {to}"), format!("until {to}")),
        (None, None) => String::new(),
    }
}

/// A language by its tag, where the program knows its name.
pub fn language_name(tag: &str, language: Language) -> String {
    match tag {
        "es" => language.pick("español", "Spanish").to_owned(),
        "en" => language.pick("inglés", "English").to_owned(),
        tag => tag.to_owned(),
    }
}

/// Who answered: how many, and in which languages where that is shown.
pub fn who_answered(n: usize, languages: &[(String, Option<usize>)], language: Language) -> String {
    let people = language.pick(
        format!("{} {}", integer(n as i64), plural(n, "persona respondió", "personas respondieron")),
        format!("{} {} answered", integer(n as i64), plural(n, "person", "people")),
    );
    let named: Vec<String> = languages
        .iter()
        .filter_map(|(tag, count)| {
            let (name, count) = (language_name(tag, language), integer((*count)? as i64));
            Some(language.pick(format!("{count} en {name}"), format!("{count} in {name}")))
        })
        .collect();
    if named.len() > 1 { format!("{people}: {}.", named.join(", ")) } else { format!("{people}.") }
}

/// The smallest base on a page.
pub fn smallest_base(n: usize, language: Language) -> String {
    let n = integer(n as i64);
    language.pick(
        format!(
            "La base más pequeña de esta página es n = {n}: cuanto más pequeña, menos firme es un porcentaje."
        ),
        format!("The smallest base on this page is n = {n}: the smaller it is, the less firm a percentage."),
    )
}

/// The smallest group shown by itself.
pub fn smallest_group(group: &str, n: usize, language: Language) -> String {
    let n = integer(n as i64);
    language.pick(
        format!("El grupo más pequeño que se muestra aparte es {group} (n = {n})."),
        format!("The smallest group shown by itself is {group} (n = {n})."),
    )
}

/// What weighting did, in a sentence for everybody.
pub fn weighted(margins: &[String], effect: f64, effective: f64, language: Language) -> String {
    let (by, effect, effective) = (margins.join(", "), decimal(effect, 2), decimal(effective, 0));
    language.pick(
        format!("Los porcentajes están ponderados por: {by} (efecto de diseño {effect}; equivalen a {effective} respuestas)."),
        format!("Percentages are weighted by: {by} (design effect {effect}; worth {effective} answers)."),
    )
}

/// A design effect that costs more than half of the answers.
pub fn heavy_weights(language: Language) -> &'static str {
    language.pick(
        "La ponderación vale más de la mitad de las respuestas: la muestra se parece poco a la población.",
        "Weighting costs more than half of the answers: the sample is little like the population.",
    )
}

/// Weights that were cut.
pub fn trimmed((low, high): (f64, f64), language: Language) -> String {
    let (low, high) = (decimal(low, 2), decimal(high, 2));
    language.pick(
        format!("Algunos pesos se recortaron; van de {low} a {high}."),
        format!("Some weights were cut; they go from {low} to {high}."),
    )
}

/// The range of the weights.
pub fn weights((low, high): (f64, f64), language: Language) -> String {
    let (low, high) = (decimal(low, 2), decimal(high, 2));
    language.pick(
        format!("Los pesos van de {low} a {high} (promedio 1)."),
        format!("Weights go from {low} to {high} (mean 1)."),
    )
}

/// A margin that was not weighted to, and why.
pub fn refused(label: &str, why: &str, language: Language) -> String {
    language
        .pick(format!("No se ponderó por «{label}»: {why}."), format!("Not weighted by “{label}”: {why}."))
}

/// Why: too few respondents in a group.
pub fn few_respondents(choice: &str, language: Language) -> String {
    language.pick(
        format!("hay menos de cinco respuestas en {choice}"),
        format!("there are fewer than five answers in {choice}"),
    )
}

/// Why: a group without a target.
pub fn no_target(choice: &str, language: Language) -> String {
    language.pick(
        format!("{choice} está en un lado y falta en el otro (población o respuestas)"),
        format!("{choice} is on one side and missing on the other (population or answers)"),
    )
}

sentences! {
    no_question: "la pregunta no está en el formulario o no es de una sola respuesta",
        "the question is not in the form or does not take one answer";
    contradiction: "no se puede cumplir junto con las demás", "it cannot be met together with the others";
    a_group: "un grupo", "a group";
}

/// Commitments left out because their texts hold personal data.
pub fn left_out(count: usize, language: Language) -> String {
    let n = integer(count as i64);
    language.pick(
        format!(
            "{n} {} porque su texto parece contener datos personales.",
            plural(count, "acción no se muestra", "acciones no se muestran")
        ),
        format!(
            "{n} {} not shown because the text seems to hold personal data.",
            plural(count, "action is", "actions are")
        ),
    )
}

/// How many people's commitments a plan holds.
pub fn of_people(people: usize, rows: usize, language: Language) -> String {
    let (n, rows_text) = (integer(people as i64), integer(rows as i64));
    language.pick(
        format!("{rows_text} {} de {n} personas.", plural(rows, "acción", "acciones")),
        format!("{rows_text} {} of {n} people.", plural(rows, "action", "actions")),
    )
}

/// A word and in how many answers it stands.
pub fn word_count(word: &str, answers: usize) -> String {
    format!("{word} ({})", integer(answers as i64))
}

/// Two waves by name and size.
pub fn two_waves(
    (first, n1, when1): (&str, usize, Option<&str>),
    (second, n2, when2): (&str, usize, Option<&str>),
    language: Language,
) -> String {
    let side = |name: &str, n: usize, when: Option<&str>| {
        let n = integer(n as i64);
        match when {
            Some(when) => format!("{name} ({when}, n = {n})"),
            None => format!("{name} (n = {n})"),
        }
    };
    let (first, second) = (side(first, n1, when1), side(second, n2, when2));
    language.pick(format!("Antes: {first}. Ahora: {second}."), format!("Earlier: {first}. Now: {second}."))
}

/// A wave's name for people.
pub fn wave(name: &str, wave: &str, language: Language) -> String {
    let wave = match wave {
        "post" => language.pick("después de la visita", "after the visit").to_owned(),
        "followup" => language.pick("seguimiento", "follow-up").to_owned(),
        wave => language.pick(format!("toma {wave}"), format!("wave {wave}")),
    };
    format!("{name}, {wave}")
}

/// Places of a study.
pub fn places(names: &[String], language: Language) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => language
            .pick(format!("{} y {last}", first.join(", ")), format!("{} and {last}", first.join(", "))),
    }
}

/// A test in a line, for analysts.
pub fn tested(chi: f64, freedom: f64, chance: f64, adjusted: f64, v: f64, language: Language) -> String {
    let p = |chance: f64| {
        if chance < 0.001 { "< 0.001".to_owned() } else { format!("= {}", decimal(chance, 3)) }
    };
    format!(
        "{} ({}) = {}; {} {}; {} {}; {} = {}",
        chi_square(language),
        decimal(freedom, 0),
        decimal(chi, 2),
        self::chance(language),
        p(chance),
        adjusted_chance(language),
        p(adjusted),
        cramers_v(language),
        decimal(v, 2)
    )
}

/// A chance as analysts read it.
pub fn chance_value(chance: f64) -> String {
    if chance < 0.001 { "< 0.001".to_owned() } else { decimal(chance, 3) }
}
