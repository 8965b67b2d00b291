//! What made-up responses say where a person would write. Each sentence says itself that it is an example, so that nobody
//! who meets it in a table or a file takes it for somebody's words.

use super::Language;

/// What a made-up sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExampleText {
    /// Something a person intends to do after a visit.
    Action,
    /// What was good about a visit.
    Visit,
    /// What could be better next time.
    Improvement,
    /// A remark on a neighborhood.
    Neighborhood,
    /// Whatever a form of somebody's own asks.
    Any,
}

/// A made-up sentence: any number will do, the sentences come round again.
pub fn sentence(about: ExampleText, number: usize, language: Language) -> &'static str {
    let pairs: &[(&str, &str)] = match about {
        ExampleText::Action => &ACTIONS,
        ExampleText::Visit => &VISIT,
        ExampleText::Improvement => &IMPROVEMENT,
        ExampleText::Neighborhood => &NEIGHBORHOOD,
        ExampleText::Any => &ANY,
    };
    let (es, en) = pairs.get(number % pairs.len()).copied().unwrap_or_default();
    language.pick(es, en)
}

const ANY: [(&str, &str); 4] = [
    ("Ejemplo: una respuesta escrita corta.", "Example: a short written answer."),
    ("Ejemplo: otra respuesta, con otras palabras.", "Example: another answer, in other words."),
    (
        "Ejemplo: una respuesta más larga, para ver cómo se lee en el informe.",
        "Example: a longer answer, to see how it reads in the report.",
    ),
    ("Ejemplo: nada que añadir.", "Example: nothing to add."),
];

const ACTIONS: [(&str, &str); 8] = [
    (
        "Ejemplo: reunir a las instituciones del distrito una vez al mes.",
        "Example: bring the district's institutions together once a month.",
    ),
    (
        "Ejemplo: abrir un espacio deportivo para jóvenes por la tarde.",
        "Example: open a sports space for young people in the afternoon.",
    ),
    (
        "Ejemplo: hacer un mapa sencillo de los problemas del barrio.",
        "Example: draw a simple map of the neighborhood's problems.",
    ),
    (
        "Ejemplo: acordar un formato común para compartir datos.",
        "Example: agree on one format for sharing data.",
    ),
    (
        "Ejemplo: presentar lo aprendido al equipo de trabajo.",
        "Example: present what was learned to the team.",
    ),
    (
        "Ejemplo: visitar las escuelas junto con la policía comunitaria.",
        "Example: visit schools together with community police.",
    ),
    (
        "Ejemplo: proponer un plan piloto de atención a familias.",
        "Example: propose a pilot plan of support to families.",
    ),
    (
        "Ejemplo: preguntar a los vecinos qué necesitan primero.",
        "Example: ask neighbors what they need first.",
    ),
];

const VISIT: [(&str, &str); 6] = [
    (
        "Ejemplo: ver cómo trabajan juntas varias instituciones.",
        "Example: seeing how several institutions work together.",
    ),
    (
        "Ejemplo: las conversaciones con quienes hacen el trabajo cada día.",
        "Example: the talks with the people who do the work every day.",
    ),
    (
        "Ejemplo: los programas para jóvenes se pueden adaptar.",
        "Example: the programs for young people can be adapted.",
    ),
    (
        "Ejemplo: queda más claro cómo medir los resultados.",
        "Example: how to measure results is clearer now.",
    ),
    (
        "Ejemplo: conocer a colegas con los mismos problemas.",
        "Example: meeting colleagues who face the same problems.",
    ),
    ("Ejemplo: la manera de tratar a las familias.", "Example: the way families are treated."),
];

const IMPROVEMENT: [(&str, &str); 6] = [
    ("Ejemplo: faltó tiempo para hacer preguntas.", "Example: there was too little time for questions."),
    (
        "Ejemplo: convendría recibir los materiales antes de la visita.",
        "Example: it would help to get the materials before the visit.",
    ),
    ("Ejemplo: la agenda estuvo muy cargada.", "Example: the agenda was very full."),
    (
        "Ejemplo: una reunión en línea ayudaría a seguir en contacto.",
        "Example: an online meeting would help to keep in touch.",
    ),
    (
        "Ejemplo: sería útil visitar menos sitios con más calma.",
        "Example: visiting fewer sites with more time would be useful.",
    ),
    (
        "Ejemplo: sería bueno invitar también a las escuelas.",
        "Example: it would be good to invite schools too.",
    ),
];

const NEIGHBORHOOD: [(&str, &str); 8] = [
    ("Ejemplo: hace falta mejor alumbrado en las paradas.", "Example: bus stops need better lighting."),
    (
        "Ejemplo: los jóvenes necesitan más actividades por la tarde.",
        "Example: young people need more to do in the afternoon.",
    ),
    (
        "Ejemplo: la cancha volvió a usarse y se siente más tranquilo.",
        "Example: the sports court is in use again and it feels calmer.",
    ),
    (
        "Ejemplo: los carros pasan muy rápido por la calle principal.",
        "Example: cars go too fast on the main street.",
    ),
    (
        "Ejemplo: sería bueno reunirse con la policía cada cierto tiempo.",
        "Example: it would be good to meet with the police from time to time.",
    ),
    (
        "Ejemplo: entre vecinos nos avisamos cuando pasa algo.",
        "Example: neighbors let one another know when something happens.",
    ),
    (
        "Ejemplo: hay lotes abandonados que se podrían limpiar.",
        "Example: there are abandoned lots that could be cleaned up.",
    ),
    ("Ejemplo: denunciar debería ser más fácil.", "Example: reporting should be easier."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_says_that_it_is_an_example() {
        for about in
            [ExampleText::Action, ExampleText::Visit, ExampleText::Improvement, ExampleText::Neighborhood]
        {
            for number in 0..20 {
                assert!(sentence(about, number, Language::Es).starts_with("Ejemplo: "));
                assert!(sentence(about, number, Language::En).starts_with("Example: "));
            }
        }
    }
}
