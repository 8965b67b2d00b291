//! A questionnaire on paper: how a question is answered and when it is asked, in words.

use super::{Language, sentences};

sentences! {
    one: "una respuesta", "one answer";
    many: "varias respuestas", "several answers";
    ordered: "ordenar", "put in order";
    number: "número", "number";
    text: "texto", "text";
    day: "fecha", "date";
    time: "hora", "time";
    repeated: "Se repite", "Repeated";
    never: "No corresponde a esta encuesta.", "Not part of this survey.";
    numbered: "Los números son los de este informe. «…» está donde el programa pone un nombre, un lugar o una fecha.",
        "Numbers are this report’s. “…” stands where the program puts a name, a place or a date.";
}

/// The same choices as an earlier question.
pub fn as_in(number: usize, language: Language) -> String {
    language.pick(format!("respuestas como en la {number}"), format!("answers as in {number}"))
}

fn quoted(text: &str, language: Language) -> String {
    language.pick(format!("«{text}»"), format!("“{text}”"))
}

fn joined(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{}{last}{end}", first.join(", ")),
    }
}

/// Questions by number: `la 12`, `la 12, 14 o 16`.
fn numbers(questions: &[usize], language: Language) -> String {
    let all: Vec<String> = questions.iter().map(ToString::to_string).collect();
    joined(&all, language.pick(" o ", " or "))
}

/// One of these answers was given to one of these questions.
pub fn answered_with(questions: &[usize], answers: &[String], language: Language) -> String {
    let answers: Vec<String> = answers.iter().map(|answer| quoted(answer, language)).collect();
    let (answers, questions) = (joined(&answers, language.pick(" o ", " or ")), numbers(questions, language));
    language.pick(
        format!("respondió {answers} en la {questions}"),
        format!("the answer to {questions} is {answers}"),
    )
}

/// Another answer was given, or none.
pub fn not_answered_with(question: usize, answer: &str, language: Language) -> String {
    let answer = quoted(answer, language);
    language.pick(
        format!("no respondió {answer} en la {question}"),
        format!("the answer to {question} is not {answer}"),
    )
}

/// Anything was answered.
pub fn answered(question: usize, language: Language) -> String {
    language.pick(format!("respondió la {question}"), format!("{question} was answered"))
}

/// Nothing was answered.
pub fn unanswered(question: usize, language: Language) -> String {
    language.pick(format!("dejó en blanco la {question}"), format!("{question} was left blank"))
}

/// A number compares so; `sign` is one of `=` `!=` `>` `>=` `<` `<=`.
pub fn compares(question: usize, sign: &str, number: &str, language: Language) -> String {
    let words = match sign {
        ">" => language.pick("es mayor que", "is more than"),
        ">=" => language.pick("es al menos", "is at least"),
        "<" => language.pick("es menor que", "is less than"),
        "<=" => language.pick("es a lo sumo", "is at most"),
        "!=" => language.pick("no es", "is not"),
        _ => language.pick("es", "is"),
    };
    language.pick(
        format!("la respuesta de la {question} {words} {number}"),
        format!("the answer to {question} {words} {number}"),
    )
}

/// A choice was marked.
pub fn marked(question: usize, answer: &str, language: Language) -> String {
    let answer = quoted(answer, language);
    language.pick(format!("marcó {answer} en la {question}"), format!("{answer} is marked in {question}"))
}

/// More than so many were marked.
pub fn marked_more(question: usize, than: &str, language: Language) -> String {
    language.pick(
        format!("marcó más de {than} en la {question}"),
        format!("more than {than} are marked in {question}"),
    )
}

/// When a question is asked: all of these, or any of them.
pub fn only_if(conditions: &[String], any: bool, language: Language) -> String {
    let between = match any {
        true => language.pick(" o ", " or "),
        false => language.pick(" y ", " and "),
    };
    let all = conditions.join(between);
    language.pick(format!("Solo si {all}."), format!("Only if {all}."))
}

/// When a question is asked, as the form says it.
pub fn only_where(expression: &str, language: Language) -> String {
    language.pick(format!("Solo donde {expression}"), format!("Only where {expression}"))
}
