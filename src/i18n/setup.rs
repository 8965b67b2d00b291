//! The sentences of the desk's edit screens: an event, a study, and what may be wrong with what was typed.

use super::{Language, format, sentences};
use crate::survey::{MistakeKind, SamplingDesign};

sentences! {
    edit_event: "Preparar la visita", "Set up the visit";
    edit_study: "Preparar la encuesta de barrio", "Set up the neighborhood survey";
    spanish: "Español", "Spanish";
    english: "Inglés", "English";
    save: "Guardar", "Save";
    saved: "Guardado.", "Saved.";
    all_saved: "Todo está guardado.", "Everything is saved.";
    unsaved: "Hay cambios sin guardar.", "There are unsaved changes.";
    mend_first: "No se guardó: revise lo marcado.", "Not saved: check what is marked.";
    leave_title: "¿Salir sin guardar?", "Leave without saving?";
    leave_text:
        "Hay cambios que no se han guardado. Si sale ahora, se pierden.",
        "Some changes have not been saved. If you leave now, they are lost.";
    leave_discard: "Salir sin guardar", "Leave without saving";
    leave_stay: "Seguir editando", "Keep editing";

    locked_title: "El cuestionario ya está en uso", "The questionnaire is already in use";
    locked_text:
        "Ya hay respuestas o la encuesta se abrió. Sitios, temas, zonas y demás partes del cuestionario quedan como están, para que todas las respuestas se puedan comparar. Puede corregir el nombre, las fechas, el diseño y la cantidad de personas; quienes respondan seguirán viendo el mismo cuestionario.",
        "There are responses already, or the survey has been opened. Sites, topics, areas and the other parts of the questionnaire stay as they are, so that all responses can be compared. You may correct the name, the dates, the design and the number of people; people who answer go on seeing the same questionnaire.";
    locked_next: "Para cambiar algo más, prepare una nueva:", "To change anything else, prepare a new one:";
    locked_examples:
        "Solo hay respuestas de ejemplo: quítelas y podrá cambiar todo.",
        "There are only example responses: remove them and you can change everything.";
    locked_empty:
        "Nadie ha respondido todavía: si la devuelve a preparación podrá cambiar todo.",
        "Nobody has answered yet: put it back to setting up and you can change everything.";

    basics: "Datos básicos", "Basics";
    name: "Nombre", "Name";
    name_hint: "Es lo que verán las personas al empezar.", "It is what people see when they begin.";
    host: "Quién recibe", "Who receives";
    programme: "Programa", "Programme";
    dates: "Fechas de la visita", "Dates of the visit";
    start: "Primer día", "First day";
    end: "Último día", "Last day";
    expected_event: "Personas invitadas a responder", "People invited to answer";
    expected_event_hint:
        "Con 20 o más se pregunta también por delegación y cargo; con menos no, para que nadie sea reconocido.",
        "With 20 or more, delegation and position are asked too; with fewer they are not, so that nobody can be recognised.";
    questionnaire: "Cuestionario", "Questionnaire";
    which_wave: "¿Cuál cuestionario toca?", "Which questionnaire is due?";
    wave_post: "El de después de la visita", "The one after the visit";
    wave_followup: "El de seguimiento, meses después", "The follow-up, months later";
    follow_up: "Habrá seguimiento", "A follow-up is planned";
    follow_up_hint:
        "En grupos de 20 o más se pide un código personal que permite unir las dos respuestas sin saber de quién son.",
        "In groups of 20 or more people are asked for a personal code, which links the two answers without telling whose they are.";
    committee: "Preguntar por el Comité Municipal de Prevención", "Ask about the Municipal Crime Prevention Committee";
    sites: "Sitios visitados", "Sites visited";
    sites_hint: "Cada sitio tendrá sus propias preguntas de utilidad.", "Each site gets its own questions about usefulness.";
    topics: "Temas", "Topics";
    topics_hint: "De cada tema se pregunta cuánto sabe ahora y cuánto sabía antes.",
        "For each topic people say how much they know now and how much they knew before.";
    delegations: "Delegaciones", "Delegations";
    delegations_hint: "Solo se preguntan en grupos de 20 o más.", "Asked only in groups of 20 or more.";

    sponsor: "Quién la organiza", "Who runs it";
    police: "Policía por la que se pregunta, con su artículo", "Police force asked about, with its article";
    police_hint: "Por ejemplo: la Policía Nacional.", "For example: the National Police.";
    committee_name: "Comité por el que se pregunta", "Committee asked about";
    months: "Meses hacia atrás por los que se pregunta", "Months back that are asked about";
    sensitive: "Preguntar por violencia sexual", "Ask about sexual violence";
    sensitive_hint:
        "No lo active si quienes entrevistan viven en la misma zona que las personas entrevistadas.",
        "Leave it off where interviewers live in the same area as the people they interview.";
    wave_number: "Ola", "Wave";
    wave_number_hint:
        "La ola siguiente se prepara desde la lista de encuestas, con su propio nombre y respuestas.",
        "The next wave is prepared from the list of surveys, with responses of its own.";
    places: "Distritos y zonas", "Districts and areas";
    places_hint:
        "La zona es lo más pequeño que se informa. Evite zonas con muy poca gente.",
        "The area is the smallest unit reported. Avoid areas with very few people.";
    district: "Distrito", "District";
    area: "Zona", "Area";
    unplaced: "Zonas sin distrito", "Areas without a district";
    choose_district: "Elija un distrito", "Choose a district";
    helplines: "Líneas de ayuda", "Helplines";
    helplines_hint:
        "Se muestran a todas las personas. Llame a cada número antes de abrir la encuesta; la primera es la de emergencia.",
        "They are shown to everybody. Call each number before you open the survey; the first is the emergency number.";
    number: "Número", "Number";
    confirmed: "Llamé y contestan", "I called it and it answers";

    sampling: "Quién responde", "Who answers";
    sampling_hint: "De esto depende qué se puede afirmar con los resultados.", "What the results may claim depends on this.";
    population: "Personas en la población", "People in the population";
    population_hint:
        "Cuántas personas de 18 años o más viven en las zonas. Déjelo en blanco si no lo sabe.",
        "How many people aged 18 or over live in the areas. Leave it blank if you do not know.";
    minimum_cell: "Grupo más pequeño que se muestra", "Smallest group shown";
    minimum_cell_hint: "De grupos menores no se muestra ningún número. Como mínimo 5.",
        "Of smaller groups no number is shown. At least 5.";

    weights: "Ponderación", "Weighting";
    weights_hint:
        "Si en la población hay, por ejemplo, más mujeres que entre quienes respondieron, la ponderación lo corrige. Use cifras del censo u otra fuente conocida. Se puede cambiar en cualquier momento.",
        "Where the population has, say, more women than those who answered, weighting corrects for it. Use figures of the census or another known source. It can be changed at any time.";
    weights_kept_first:
        "Guarde primero la encuesta; después podrá poner las cifras.",
        "Save the survey first; then you can enter the figures.";
    weights_add: "Ponderar por otra pregunta", "Weight by another question";
    weights_choose: "Elija una pregunta", "Choose a question";
    weights_numbers:
        "Personas o porcentaje de cada grupo en la población. Deje en blanco lo que no se sabe.",
        "People or percentage of each group in the population. Leave blank what is not known.";
    strata: "Estratos del muestreo", "Strata of the sample";
    strata_hint: "La pregunta por la que se dividió la población antes de sortear.", "The question by which the population was divided before drawing.";
    clusters: "Conglomerados", "Clusters";
    clusters_hint: "La pregunta que dice en qué grupo sorteado (barrio, manzana) vive la persona.",
        "The question that says in which drawn group (neighborhood, block) a person lives.";
    no_question: "Ninguna", "None";

    add_site: "Agregar sitio", "Add a site";
    add_topic: "Agregar tema", "Add a topic";
    add_delegation: "Agregar delegación", "Add a delegation";
    add_district: "Agregar distrito", "Add a district";
    add_area: "Agregar zona", "Add an area";
    add_helpline: "Agregar línea", "Add a helpline";
    up: "Subir", "Move up";
    down: "Bajar", "Move down";
    remove: "Quitar", "Remove";
    nothing_listed: "Todavía no hay nada en esta lista.", "There is nothing in this list yet.";
    missing: "Falta para poder abrirla.", "Needed before it can be opened.";
}

/// What a sampling design allows to be claimed.
pub fn design_meaning(design: SamplingDesign, language: Language) -> &'static str {
    match design {
        SamplingDesign::Census => language.pick(
            "Todas las personas del grupo reciben la invitación. El resumen dice cuántas respondieron; no hay margen de error porque no hay muestra.",
            "Every person of the group is invited. The summary says how many answered; there is no margin of error because there is no sample.",
        ),
        SamplingDesign::Probability => language.pick(
            "Cada persona tenía una probabilidad conocida de ser elegida (por sorteo). Solo así se puede dar un margen de error y hablar de toda la población.",
            "Each person had a known chance of being chosen, by lot. Only then may a margin of error be given and the whole population be spoken of.",
        ),
        SamplingDesign::Convenience => language.pick(
            "Responde quien pasa o quien quiere. Los resultados describen solo a quienes respondieron; no se da margen de error.",
            "Whoever comes by or wants to answers. The results describe only those who answered; no margin of error is given.",
        ),
    }
}

/// What is wrong with a field and what would be right.
pub fn mistake(kind: MistakeKind, language: Language) -> String {
    match kind {
        MistakeKind::Blank => language.pick("Escriba algo aquí.", "Write something here."),
        MistakeKind::NotBetween(least, most) => {
            let (least, most) = (format::integer(i64::from(least)), format::integer(i64::from(most)));
            return language.pick(
                format!("Escriba un número entero entre {least} y {most}."),
                format!("Write a whole number between {least} and {most}."),
            );
        }
        MistakeKind::NotADate => language.pick("Esta fecha no existe.", "There is no such date."),
        MistakeKind::EndsBeforeStart => {
            language.pick("El último día es anterior al primero.", "The last day is before the first.")
        }
        MistakeKind::SameName => {
            language.pick("Ya hay otra línea con este nombre.", "Another row already has this name.")
        }
        MistakeKind::NoDistrict => {
            language.pick("Elija el distrito de esta zona.", "Choose the area’s district.")
        }
        MistakeKind::NoDesign => language.pick("Elija una de las tres.", "Choose one of the three."),
        MistakeKind::NotAShare => language.pick(
            "Escriba un número mayor que 0, con punto para los decimales.",
            "Write a number above 0, with a point for decimals.",
        ),
        MistakeKind::FewShares => language
            .pick("Escriba el número de al menos dos grupos.", "Write the number of at least two groups."),
        MistakeKind::NotANumberToDial => language
            .pick("Escriba un número de teléfono, solo con cifras.", "Write a telephone number, in digits."),
    }
    .to_owned()
}

/// The name of a row's field for screen readers: `Sitios visitados 3, Español`.
pub fn row_field(list: &str, position: usize, part: &str) -> String {
    format!("{list} {position}: {part}")
}

/// What the numbers of a question add to.
pub fn sum(sum: f64, language: Language) -> String {
    let decimals = if sum.fract() == 0.0 { 0 } else { 1 };
    let sum = format::decimal(sum, decimals);
    language.pick(format!("Suma: {sum}"), format!("Sum: {sum}"))
}

/// How many areas a district has.
pub fn areas(number: usize, language: Language) -> String {
    let word =
        language.pick(format::plural(number, "zona", "zonas"), format::plural(number, "area", "areas"));
    format!("{number} {word}")
}

/// How many mistakes there are.
pub fn mistakes(number: usize, language: Language) -> String {
    language.pick(
        format::plural(
            number,
            "Hay 1 cosa que revisar".to_owned(),
            format!("Hay {number} cosas que revisar"),
        ),
        format::plural(
            number,
            "There is 1 thing to check".to_owned(),
            format!("There are {number} things to check"),
        ),
    )
}
