//! The sentences of summaries, print views and charts.

use super::Language;
use super::format::{date, decimal, integer, percent, plural};
use crate::form::Date;

/// Everybody was invited: how many answered.
pub fn census(n: usize, expected: Option<u32>, language: Language) -> String {
    let who = match expected {
        Some(all) if all as usize >= n && all > 0 => {
            let share = percent(100.0 * n as f64 / f64::from(all), 0, language);
            language.pick(
                format!("Respondieron {} de {} participantes ({share}).", count(n), integer(all.into())),
                format!("{} of {} participants answered ({share}).", count(n), integer(all.into())),
            )
        }
        _ => language.pick(
            format!("{} {} participantes.", plural(n, "Respondió", "Respondieron"), count(n)),
            format!("{} {} answered.", count(n), plural(n, "participant", "participants")),
        ),
    };
    let rest = language.pick(
        "Se invitó a todos; los resultados describen a quienes respondieron y no llevan margen de error.",
        "Everyone was invited; results describe those who answered and carry no margin of error.",
    );
    format!("{who} {rest}")
}

/// People chosen at random: the sample, its largest margin (of the group looked at, where it is one), and what it is weighted by with the design effect.
pub fn probability(
    n: usize,
    days: Option<(Date, Date)>,
    margin: Option<f64>,
    group: Option<usize>,
    weighted: Option<(&[String], f64)>,
    language: Language,
) -> String {
    let when = days.map(|days| format!(", {}", period(days, language))).unwrap_or_default();
    let mut text = language.pick(
        format!("Muestra al azar de {} personas de 18 años o más{when}.", count(n)),
        format!("Random sample of {} people aged 18 or over{when}.", count(n)),
    );
    let effect = match weighted {
        Some((_, effect)) => language.pick(
            format!(" (efecto de diseño {})", decimal(effect, 2)),
            format!(" (design effect {})", decimal(effect, 2)),
        ),
        None => language.pick(", sin ponderar", ", unweighted").to_owned(),
    };
    let of_group = group.map_or(String::new(), |n| {
        language.pick(
            format!(" de este grupo ({} personas)", count(n)),
            format!(" of this group ({} people)", count(n)),
        )
    });
    text += &match margin {
        Some(points) => language.pick(
            format!(
                " Margen de error máximo{of_group}: ±{} puntos con 95 % de confianza{effect}.",
                decimal(points, 1)
            ),
            format!(
                " Maximum margin of error{of_group} ±{} points at 95% confidence{effect}.",
                decimal(points, 1)
            ),
        ),
        None => language
            .pick(" Aún son pocas para dar un margen de error.", " Too few yet to give a margin of error.")
            .to_owned(),
    };
    if let Some((margins, _)) = weighted {
        let margins = margins.join(", ");
        text += &language.pick(format!(" Ponderado por {margins}."), format!(" Weighted by {margins}."));
    }
    text
}

/// How many can be called neither victim nor not, and the share of victims if none of them is one.
pub fn unknown_victims(label: &str, left_out: usize, least: f64, language: Language) -> String {
    let (people, least) = (count(left_out), decimal(least, 0));
    language.pick(
        format!(
            "«{label}»: de {people} personas no se sabe, porque no dijeron «sí» y dejaron alguna pregunta sin respuesta o con \
             «no sé». No están en ese porcentaje; contando a todas, es al menos {least} %."
        ),
        format!(
            "“{label}”: of {people} people it is not known, because they said no “yes” and left a question unanswered or with \
             “don’t know”. They are not in that percentage; counting everyone, it is at least {least}%."
        ),
    )
}

/// After a percentage that is not the one of the count beside it.
pub fn weighted(language: Language) -> &'static str {
    language.pick(" ponderado", " weighted")
}

/// Whoever wanted to answer.
pub fn convenience(n: usize, language: Language) -> String {
    language.pick(
        format!(
            "Respondieron {} personas que quisieron participar; no fueron elegidas al azar. Los resultados no se \
             pueden extender a toda la población y por eso no se da margen de error.",
            count(n)
        ),
        format!(
            "{} people chose to take part; they were not selected at random. Results cannot be extended to the \
             whole population, so no margin of error is given.",
            count(n)
        ),
    )
}

/// What protects those who answered.
pub fn anonymity(own_form: bool, minimum_cell: u32, language: Language) -> String {
    let hidden = language.pick(
        format!(
            "No se muestran grupos de menos de {minimum_cell} personas, y algunos números se ocultan para que no se \
             puedan deducir otros."
        ),
        format!(
            "Groups of fewer than {minimum_cell} people are not shown, and some numbers are hidden so that others \
             cannot be worked out."
        ),
    );
    if own_form {
        return hidden;
    }
    let asked = language
        .pick("No se pidieron nombres ni datos de contacto.", "No names or contact details were asked.");
    [asked, " ", &hidden].concat()
}

/// What "before" means.
pub fn then_test(language: Language) -> &'static str {
    language.pick(
        "El «antes» se preguntó después de la visita: es la propia opinión de cada persona sobre lo que sabía, no un examen.",
        "“Before” was asked after the visit: it is each person's own view of what they knew, not a test.",
    )
}

/// Beside a result with few answers.
pub fn caution(n: usize, language: Language) -> String {
    language.pick(
        format!("Base pequeña (n={n}): tómese con cautela."),
        format!("Small base (n={n}): read with caution."),
    )
}

/// Responses that are not counted yet.
pub fn waiting(waiting: usize, language: Language) -> String {
    language.pick(
        format!(
            "{} {} con las siguientes: mientras la encuesta está abierta, el resumen avanza de cinco en cinco.",
            count(waiting),
            plural(waiting, "respuesta más ya llegó y se contará", "respuestas más ya llegaron y se contarán")
        ),
        format!(
            "{} more {} arrived and will be counted with the next ones: while the survey is open, the summary moves on in steps of five.",
            count(waiting),
            plural(waiting, "response has", "responses have")
        ),
    )
}

/// Nothing to count yet.
pub fn too_few_yet(minimum_cell: u32, language: Language) -> String {
    language.pick(
        format!("Aún no hay {minimum_cell} respuestas: el resumen se muestra a partir de {minimum_cell}."),
        format!("There are not {minimum_cell} responses yet: the summary is shown from {minimum_cell} on."),
    )
}

/// Over everything that was made up by the program.
pub fn example(language: Language) -> &'static str {
    language.pick(
        "Contiene respuestas de ejemplo, inventadas por el programa: no son de ninguna persona.",
        "Contains example responses made up by the program: they are no person's.",
    )
}

/// Why a result is hidden: nobody was asked.
pub fn not_asked(language: Language) -> &'static str {
    language.pick("No se preguntó a nadie.", "Nobody was asked.")
}

/// Why a result is hidden: too few answers.
pub fn few_answers(minimum_cell: u32, language: Language) -> String {
    language.pick(
        format!("No se muestra: menos de {minimum_cell} respuestas."),
        format!("Not shown: fewer than {minimum_cell} answers."),
    )
}

/// Why a result is hidden: a score over fewer than ten people.
pub fn few_for_score(language: Language) -> &'static str {
    language.pick(
        "No se muestra: un promedio o puntaje necesita al menos 10 respuestas.",
        "Not shown: an average or score needs at least 10 answers.",
    )
}

/// Why a result is hidden: everybody in a small group answered alike.
pub fn all_alike(language: Language) -> &'static str {
    language.pick(
        "No se muestra: es una pregunta delicada y el grupo es pequeño.",
        "Not shown: the question is sensitive and the group is small.",
    )
}

/// Why a result is hidden: few victims of sexual violence.
pub fn few_victims(language: Language) -> &'static str {
    language.pick(
        "No se muestra: la violencia sexual solo se informa a partir de 10 casos.",
        "Not shown: sexual violence is reported only from 10 cases on.",
    )
}

/// Why a result is hidden: so few gave one of the answers that they could be recognised.
pub fn few_cases(minimum_cell: u32, language: Language) -> String {
    language.pick(
        format!("No se muestra: menos de {minimum_cell} personas dieron una de las respuestas."),
        format!("Not shown: fewer than {minimum_cell} people gave one of the answers."),
    )
}

/// Why a result is hidden: sexual violence is never told for finer groups than districts.
pub fn too_fine(language: Language) -> &'static str {
    language.pick(
        "No se muestra: la violencia sexual no se informa para grupos más pequeños que un distrito.",
        "Not shown: sexual violence is not reported for groups smaller than a district.",
    )
}

/// Why a filtered view is hidden: too few people are outside it.
pub fn few_outside(language: Language) -> &'static str {
    language.pick(
        "No se muestra: quedan fuera del filtro menos de 10 personas, y sus respuestas se podrían deducir. Amplíe el filtro o quítelo.",
        "Not shown: fewer than 10 people are outside the filter, and their answers could be worked out. Widen the filter or remove it.",
    )
}

/// Why a filtered view is hidden: it tells too few people apart.
pub fn few_apart(language: Language) -> &'static str {
    language.pick(
        "No se muestra: una parte de lo elegido, o de lo que queda fuera, tiene menos de 10 personas, y comparando vistas se deduciría qué respondieron. Quite esa parte o elija menos filtros.",
        "Not shown: a part of what was chosen, or of what is left out, has fewer than 10 people, and comparing views would tell what they answered. Remove that part or choose fewer filters.",
    )
}

/// Why a group is hidden: too few people in it.
pub fn small_group(published: bool, language: Language) -> &'static str {
    match published {
        true => language.pick(
            "No se muestra: hay menos de 30 personas en este grupo.",
            "Not shown: fewer than 30 people are in this group.",
        ),
        false => language.pick(
            "No se muestra: hay menos de 10 personas en este grupo.",
            "Not shown: fewer than 10 people are in this group.",
        ),
    }
}

/// Why a group is hidden: so that another cannot be worked out.
pub fn complementary(language: Language) -> &'static str {
    language.pick(
        "No se muestra, para que no se pueda deducir otro grupo más pequeño.",
        "Not shown, so that another, smaller group cannot be worked out.",
    )
}

/// The base: `n = 11`.
pub fn base(n: usize) -> String {
    format!("n = {}", count(n))
}

/// What is not in the base: who was asked, and why some are not counted. Empty parts are left out.
pub struct Outside {
    /// Asked.
    pub shown: usize,
    /// Don't know.
    pub dont_know: usize,
    /// Don't know in percent of those asked, where percentages may be shown.
    pub dont_know_percent: Option<f64>,
    /// Not applicable.
    pub not_applicable: usize,
    /// Refused.
    pub refused: usize,
    /// Skipped.
    pub blank: usize,
}

impl Outside {
    /// The sentence: `Se preguntó a 16; no sabe 2, no aplica 1, prefirió no responder 1, sin respuesta 1.`
    pub fn sentence(&self, language: Language) -> String {
        let parts = [
            (self.dont_know, language.pick("no sabe", "don't know")),
            (self.not_applicable, language.pick("no aplica", "does not apply")),
            (self.refused, language.pick("prefirió no responder", "preferred not to answer")),
            (self.blank, language.pick("sin respuesta", "no answer")),
        ];
        let outside: Vec<String> = parts
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, words)| format!("{words} {}", count(*number)))
            .enumerate()
            .map(|(place, part)| match self.dont_know_percent {
                Some(share) if place == 0 && self.dont_know > 0 => {
                    format!("{part} ({})", percent(share, 0, language))
                }
                _ => part,
            })
            .collect();
        let asked = language.pick(
            format!("Se preguntó a {}", count(self.shown)),
            format!("{} were asked", count(self.shown)),
        );
        if outside.is_empty() { format!("{asked}.") } else { format!("{asked}; {}.", outside.join(", ")) }
    }
}

/// A period: one day, or the first and the last.
pub fn period((first, last): (Date, Date), language: Language) -> String {
    if first == last {
        return date(first, language);
    }
    language.pick(
        format!("del {} al {}", date(first, language), date(last, language)),
        format!("{} to {}", date(first, language), date(last, language)),
    )
}

/// A count of a base: `6 de 8`.
pub fn of(part: usize, whole: usize, language: Language) -> String {
    format!("{} {} {}", count(part), language.pick("de", "of"), count(whole))
}

/// 95 % interval: `(29–38)`.
pub fn interval((low, high): (f64, f64)) -> String {
    format!("({}–{})", decimal(low, 0), decimal(high, 0))
}

/// Marks per person of a many-choice question.
pub fn marks(cases: usize, marks: usize, language: Language) -> String {
    language.pick(
        format!("{} personas, {} marcas; cada persona pudo marcar varias.", count(cases), count(marks)),
        format!("{} people, {} marks; each person could mark several.", count(cases), count(marks)),
    )
}

/// The column headings and names of figures.
pub struct Words {
    /// An answer.
    pub answer: &'static str,
    /// How many people.
    pub people: &'static str,
    /// How many answers, where an instance counts.
    pub answers: &'static str,
    /// Percentage of people.
    pub percent: &'static str,
    /// Percentage of marks.
    pub percent_of_marks: &'static str,
    /// First place.
    pub first: &'static str,
    /// Among the first three.
    pub top_three: &'static str,
    /// Points.
    pub points: &'static str,
    /// Don't know, as a column heading.
    pub dont_know: &'static str,
    /// Two highest.
    pub top_two: &'static str,
    /// What bars of top-2 show.
    pub top_two_of_those: &'static str,
    /// Two lowest.
    pub bottom_two: &'static str,
    /// Net.
    pub net: &'static str,
    /// Mean.
    pub mean: &'static str,
    /// Standard deviation.
    pub deviation: &'static str,
    /// Median.
    pub median: &'static str,
    /// Quartiles.
    pub quartiles: &'static str,
    /// Total.
    pub total: &'static str,
    /// Recommendation score.
    pub score: &'static str,
    /// 9 and 10.
    pub promoters: &'static str,
    /// 7 and 8.
    pub passives: &'static str,
    /// 0 to 6.
    pub detractors: &'static str,
    /// Before.
    pub before: &'static str,
    /// Now.
    pub now: &'static str,
    /// Went up.
    pub improved: &'static str,
    /// Stayed.
    pub same: &'static str,
    /// Went down.
    pub lower: &'static str,
    /// Question.
    pub question: &'static str,
    /// Topic.
    pub topic: &'static str,
    /// Month.
    pub month: &'static str,
    /// Results over several questions.
    pub indices: &'static str,
    /// Answered in words.
    pub texts: &'static str,
    /// Instead of a result: files.
    pub files: &'static str,
    /// Of everybody who answered.
    pub of_all: &'static str,
    /// Of those with a score.
    pub of_scored: &'static str,
    /// Victims.
    pub victims: &'static str,
    /// Incidents for a thousand people.
    pub per_thousand: &'static str,
    /// More than once.
    pub repeated: &'static str,
    /// Told an authority.
    pub reported: &'static str,
    /// With a commitment.
    pub committed: &'static str,
    /// Commitments.
    pub commitments: &'static str,
    /// Likely to be kept.
    pub likely: &'static str,
    /// Due soon.
    pub soon: &'static str,
    /// Sampling interval.
    pub interval: &'static str,
    /// A table's name for a screen reader.
    pub table: &'static str,
}

/// The words in Spanish.
const ES: Words = Words {
    answer: "Respuesta",
    people: "Personas",
    answers: "Respuestas",
    percent: "%",
    percent_of_marks: "% de marcas",
    first: "Primer lugar",
    top_three: "Entre los tres primeros",
    points: "Puntos",
    dont_know: "No sabe",
    top_two: "Las dos más altas",
    top_two_of_those: "Las barras muestran qué parte eligió una de las dos respuestas más altas de la escala.",
    bottom_two: "Las dos más bajas",
    net: "Saldo",
    mean: "Promedio",
    deviation: "Desviación estándar",
    median: "Mediana",
    quartiles: "La mitad central está entre",
    total: "Total",
    score: "Puntaje de recomendación",
    promoters: "9 y 10",
    passives: "7 y 8",
    detractors: "0 a 6",
    before: "Antes",
    now: "Ahora",
    improved: "Subió",
    same: "Igual",
    lower: "Bajó",
    question: "Pregunta",
    topic: "Tema",
    month: "Mes",
    indices: "Resultados combinados",
    texts: "Respuestas escritas. Los textos no se muestran aquí.",
    files: "Archivos (fotos, dibujos o grabaciones). No se muestran aquí.",
    of_all: "De todas las personas que respondieron, con «nunca» y «no sé» (ODS 16.1.4)",
    of_scored: "Solo de quienes dijeron qué tan seguras se sienten",
    victims: "Víctimas",
    per_thousand: "Casos por cada 1,000",
    repeated: "Más de una vez",
    reported: "Lo denunciaron ante una autoridad",
    committed: "Personas con al menos un compromiso",
    commitments: "Compromisos en total",
    likely: "Muy probable o casi seguro que se logren",
    soon: "Para los próximos 90 días",
    interval: "Intervalo (95 %)",
    table: "Tabla",
};

/// The words in English.
const EN: Words = Words {
    answer: "Answer",
    people: "People",
    answers: "Answers",
    percent: "%",
    percent_of_marks: "% of marks",
    first: "First place",
    top_three: "Among the first three",
    points: "Points",
    dont_know: "Don't know",
    top_two: "Two highest",
    top_two_of_those: "Bars show the share who chose one of the two highest answers of the scale.",
    bottom_two: "Two lowest",
    net: "Net",
    mean: "Average",
    deviation: "Standard deviation",
    median: "Median",
    quartiles: "The middle half lies between",
    total: "Total",
    score: "Recommendation score",
    promoters: "9 and 10",
    passives: "7 and 8",
    detractors: "0 to 6",
    before: "Before",
    now: "Now",
    improved: "Went up",
    same: "Same",
    lower: "Went down",
    question: "Question",
    topic: "Topic",
    month: "Month",
    indices: "Combined results",
    texts: "Written answers. The texts are not shown here.",
    files: "Files (photos, drawings or recordings). They are not shown here.",
    of_all: "Of everybody who answered, with “never” and “don't know” (SDG 16.1.4)",
    of_scored: "Only of those who said how safe they feel",
    victims: "Victims",
    per_thousand: "Cases for every 1,000",
    repeated: "More than once",
    reported: "Told an authority",
    committed: "People with at least one commitment",
    commitments: "Commitments in all",
    likely: "Very likely or almost certain to be achieved",
    soon: "Due within 90 days",
    interval: "Interval (95%)",
    table: "Table",
};

/// The words in a language.
pub fn words(language: Language) -> &'static Words {
    language.pick(&ES, &EN)
}

fn count(n: usize) -> String {
    integer(n as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_census_tells_its_coverage_and_no_margin() {
        assert_eq!(
            census(7, Some(8), Language::Es),
            "Respondieron 7 de 8 participantes (88\u{a0}%). Se invitó a todos; los resultados describen a quienes respondieron y no llevan margen de error."
        );
        assert!(census(9, Some(8), Language::En).starts_with("9 participants answered."));
    }

    #[test]
    fn what_is_outside_the_base_is_told_part_by_part() {
        let outside = Outside {
            shown: 16,
            dont_know: 2,
            dont_know_percent: Some(13.0),
            not_applicable: 1,
            refused: 0,
            blank: 1,
        };
        assert_eq!(
            outside.sentence(Language::Es),
            "Se preguntó a 16; no sabe 2 (13\u{a0}%), no aplica 1, sin respuesta 1."
        );
        assert_eq!(
            Outside {
                shown: 8,
                dont_know: 0,
                dont_know_percent: None,
                not_applicable: 0,
                refused: 0,
                blank: 0
            }
            .sentence(Language::En),
            "8 were asked."
        );
    }
}
