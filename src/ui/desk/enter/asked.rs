use super::super::frame::Words;
use super::typing::{Stage, Typing};
use crate::engine::Step;
use crate::form::{Appearance, QuestionKind};
use crate::i18n::{Language, enter as say};
use crate::ui::parts::{View, element};

/// How many answers stand above the question.
const TRAIL: usize = 3;

/// What is to be entered now, with the label of the field of this id.
pub(super) fn asked(typing: &Typing, field: &str, language: Language) -> View {
    let label = |text: &str| element("label").class("enter-label").attr("for", field).text(text).view();
    let how = |text: &str| element("p").class("hint").id("enter-how").text(text).view();
    let step = match typing.stage {
        Stage::Number => {
            let parts = vec![label(say::which(language)), how(say::which_hint(language))];
            return stage("number", "", parts);
        }
        Stage::End => {
            let (answered, blank, required) = typing.counts();
            let told = say::summary(answered, blank, required, language);
            let trail = trail(typing, None, language);
            let parts = vec![
                trail,
                label(&[say::review(language), ": ", &told].concat()),
                how(say::keep_hint(language)),
            ];
            return stage("end", "", parts);
        }
        Stage::Step(step) => step,
    };
    let steps = typing.session.steps();
    let place = steps.iter().position(|one| *one == step).map_or(0, |at| at + 1);
    let far = element("p").class("small soft").text(&say::progress(place, steps.len(), language)).view();
    let trail = trail(typing, Some(step), language);
    match step {
        Step::Count(at) => {
            let parts = vec![far, trail, label(&typing.label(at)), how(say::how_many(language))];
            stage("count", &typing.session.path(at), parts)
        }
        Step::Question(at) => {
            let asked = [&typing.number_of(at), ". ", &typing.label(at)].concat();
            let choices = typing.choices(at);
            let kind = typing.kind(at);
            let is_closed = kind.is_some_and(|(kind, _)| is_closed(kind));
            let hint = match kind {
                Some(_) if is_closed && choices.is_empty() => say::no_choices(language),
                Some((kind, appearance)) => how_typed(kind, appearance)(language),
                None => "",
            };
            let rows = choices.iter().map(|(number, _, label)| {
                element("li").child(element("b").text(&number.to_string())).text(" ").text(label).view()
            });
            let rows: Vec<View> = rows.collect();
            let list = (!rows.is_empty()).then(|| element("ul").class("enter-choices").child(rows));
            let parts = vec![far, trail, label(&asked), list.into(), how(hint)];
            stage("question", &typing.session.path(at), parts)
        }
    }
}

fn stage(name: &str, path: &str, parts: Vec<View>) -> View {
    element("div")
        .class("stack enter-asked")
        .attr("data-stage", name)
        .attr("data-path", path)
        .child(parts)
        .view()
}

/// The answers right before a step, so that a slip of the finger is seen.
fn trail(typing: &Typing, before: Option<Step>, language: Language) -> View {
    let steps = typing.session.steps();
    let end = before.and_then(|step| steps.iter().position(|one| *one == step)).unwrap_or(steps.len());
    let rows = steps.iter().take(end).skip(end.saturating_sub(TRAIL)).map(|step| match step {
        Step::Count(at) => {
            let count = typing.session.children(*at).len().to_string();
            element("li").text(&[&typing.label(*at), ": ", &count].concat()).view()
        }
        Step::Question(at) => {
            let told = typing.told(*at);
            let told = if told.is_empty() { say::blank(language).to_owned() } else { told };
            element("li").text(&[&typing.number_of(*at), ". ", &told].concat()).view()
        }
    });
    let rows: Vec<View> = rows.collect();
    (!rows.is_empty()).then(|| element("ul").class("enter-trail small soft").child(rows)).into()
}

fn is_closed(kind: QuestionKind) -> bool {
    matches!(kind, QuestionKind::SelectOne(_) | QuestionKind::SelectMultiple(_) | QuestionKind::Rank(_))
}

fn how_typed(kind: QuestionKind, appearance: Appearance) -> Words {
    match (kind, appearance) {
        (QuestionKind::SelectOne(_), _) => say::one,
        (QuestionKind::SelectMultiple(_), _) => say::many,
        (QuestionKind::Rank(_), _) => say::ordered,
        (QuestionKind::Integer, _) => say::whole,
        (QuestionKind::Decimal, _) => say::number,
        (QuestionKind::Text, Appearance::Digits) => say::digits,
        (QuestionKind::Text, _) => say::text,
        (QuestionKind::Date, Appearance::Year) => say::year,
        (QuestionKind::Date, Appearance::Month) => say::month,
        (QuestionKind::Date, _) => say::day,
        (QuestionKind::Time, _) => say::time,
        (QuestionKind::DateTime, _) => say::day_and_time,
    }
}
