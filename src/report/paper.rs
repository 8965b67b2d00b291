//! The form on paper: blank, in one language or several, in the order and with the numbers by which it is typed in later.
//! Read [`paper`] first, then [`numbers`].

use std::fmt::Write;

use super::routing::{Numbers, is_asked, routing};
use crate::chart::escape;
use crate::form::{
    Appearance, ChoiceList, Form, Layout, ListId, Node, NodeId, NodeKind, QuestionKind, Range, Text,
};
use crate::i18n::{Language, desk as desk_say, paper as say};
use crate::survey::{Subject, Survey};

/// More choices stand in columns, to be answered by number.
const MOST_BOXES: usize = 12;
/// More stand on a list at the end.
const MOST_HERE: usize = 40;
/// More are on no list: they are answered in words.
const MOST_LISTED: usize = 400;
/// A table has no more columns than these; more choices are answered by number.
const MOST_COLUMNS: usize = 7;
/// How often a part is printed that people repeat as often as they need.
const TIMES: usize = 3;
/// A longer part is printed once.
const MOST_REPEATED: usize = 8;

/// The number of each question on paper. A question without one is never asked in this survey, or is seen by nobody.
///
/// Choices have the numbers of their places in their list, from 1.
pub fn numbers(form: &Form) -> Vec<(NodeId, usize)> {
    let numbers = Numbers::on_paper(form);
    form.iter().filter_map(|(id, _)| Some((id, numbers.of_node(id)?))).collect()
}

/// The whole form as the body of a page to print, in these languages; what is the same in all of them stands once.
pub fn paper(form: &Form, survey: &Survey, languages: &[Language]) -> String {
    let mut sheet = Sheet {
        form,
        languages,
        tongues: languages.iter().map(|language| form.language(language.tag()).unwrap_or(0)).collect(),
        numbers: Numbers::on_paper(form),
        at_end: Vec::new(),
        html: String::new(),
    };
    sheet.html.push_str("<article class=\"form-paper\">");
    sheet.head(survey);
    sheet.children(None, None);
    let _ = write!(sheet.html, "<p class=\"form-end\">{}</p>", sheet.say(say::end));
    sheet.lists_at_end();
    sheet.html.push_str("</article>");
    sheet.html
}

struct Sheet<'a> {
    form: &'a Form,
    languages: &'a [Language],
    /// The languages' places in the form.
    tongues: Vec<usize>,
    numbers: Numbers,
    /// Lists that stand at the end, with the number of the question.
    at_end: Vec<(ListId, usize)>,
    html: String,
}

impl Sheet<'_> {
    fn head(&mut self, survey: &Survey) {
        let name = survey.name();
        let title = self.all(|language| {
            let (first, second) = language.pick((&name.es, &name.en), (&name.en, &name.es));
            if first.trim().is_empty() { second.clone() } else { first.clone() }
        });
        let wave = survey.wave();
        let wave = self.all(|language| desk_say::wave_named(&wave, language));
        let number = self.say(say::number);
        let anonymous = !matches!(survey.subject, Subject::Own(_));
        let _ = write!(
            self.html,
            "<header class=\"form-head\"><p class=\"form-number\">{number} <span class=\"form-line\"></span></p>\
             <h1>{title}</h1><p>{wave}</p>"
        );
        let mut told = vec![self.stacked(say::instructions)];
        if anonymous {
            told.push(self.stacked(say::no_name));
        }
        let _ = write!(self.html, "<div class=\"form-instructions\">{}</div></header>", told.concat());
    }

    fn children(&mut self, parent: Option<NodeId>, time: Option<usize>) {
        let form = self.form;
        for id in form.children(parent) {
            let Some(node) = form.node(id) else { continue };
            if !self.is_printed(id, node) {
                continue;
            }
            match &node.kind {
                NodeKind::Group(Layout::Grid(list)) => self.grid(id, node, *list, time),
                NodeKind::Group(_) => self.group(id, node, time),
                NodeKind::Repeat { .. } => self.repeat(id, node),
                NodeKind::Question(kind) => self.question(id, node, *kind, time),
                NodeKind::Note => {
                    let _ = write!(self.html, "<div class=\"form-note\">{}", self.texts(&node.label));
                    self.hint(node);
                    self.routing(node);
                    self.html.push_str("</div>");
                }
                NodeKind::Calculate => {}
            }
        }
    }

    /// A group is there where something in it is.
    fn is_printed(&self, id: NodeId, node: &Node) -> bool {
        match node.kind {
            NodeKind::Calculate => false,
            NodeKind::Question(_) => self.numbers.of_node(id).is_some(),
            NodeKind::Note => is_asked(self.form, id),
            NodeKind::Group(_) | NodeKind::Repeat { .. } => {
                is_asked(self.form, id)
                    && self
                        .form
                        .children(Some(id))
                        .any(|child| self.form.node(child).is_some_and(|node| self.is_printed(child, node)))
            }
        }
    }

    fn group(&mut self, id: NodeId, node: &Node, time: Option<usize>) {
        self.html.push_str("<section class=\"form-part\">");
        let label = self.plain(&node.label);
        if !label.is_empty() {
            let _ = write!(self.html, "<h2>{label}</h2>");
        }
        self.routing(node);
        self.children(Some(id), time);
        self.html.push_str("</section>");
    }

    fn repeat(&mut self, id: NodeId, node: &Node) {
        let inside = self.form.iter().filter(|(own, node)| {
            node.kind.is_question() && self.numbers.of_node(*own).is_some() && self.is_inside(*own, id)
        });
        let times = if inside.count() > MOST_REPEATED { 1 } else { TIMES };
        self.html.push_str("<section class=\"form-part form-repeat\">");
        let label = self.plain(&node.label);
        self.routing(node);
        for time in 1..=times {
            let number = self.all(|language| say::time_of(time, language));
            let _ = write!(self.html, "<h3>{label} <span class=\"form-time\">{number}</span></h3>");
            self.children(Some(id), Some(time));
        }
        let _ =
            write!(self.html, "<div class=\"form-how\">{}</div></section>", self.stacked(say::more_copies));
    }

    fn is_inside(&self, id: NodeId, container: NodeId) -> bool {
        let above = |id: NodeId| self.form.node(id).and_then(|node| node.parent);
        std::iter::successors(above(id), |id| above(*id)).any(|id| id == container)
    }

    fn asked(&mut self, id: NodeId, node: &Node, time: Option<usize>) -> usize {
        let number = self.numbers.of_node(id).unwrap_or(0);
        let time = time.map(|time| format!(" ({time})")).unwrap_or_default();
        let label = self.texts(&node.label);
        let _ = write!(
            self.html,
            "<div class=\"form-question\" data-number=\"{number}\"><div class=\"form-asked\"><b>{number}{time}.</b> {label}</div>"
        );
        self.hint(node);
        self.routing(node);
        number
    }

    fn question(&mut self, id: NodeId, node: &Node, kind: QuestionKind, time: Option<usize>) {
        let number = self.asked(id, node, time);
        match (kind, node.range) {
            (QuestionKind::SelectOne(list), _) => self.choices(list, number, Some(say::mark_one)),
            (QuestionKind::SelectMultiple(list), _) => {
                // The form's own words, such as "up to three", are not contradicted.
                let own = !node.hint.is_empty() || node.constraint.is_some();
                self.choices(list, number, (!own).then_some(say::mark_many));
            }
            (QuestionKind::Rank(list), _) => self.order(list),
            (_, Some(range)) => self.scale(range),
            (QuestionKind::Integer | QuestionKind::Decimal, None) => self.line("form-line form-short", None),
            (QuestionKind::Text, None) => match node.appearance {
                Appearance::Multiline => {
                    for _ in 0..3 {
                        self.line("form-line form-whole", None);
                    }
                }
                Appearance::Digits => self.line("form-line form-short", None),
                _ => self.line("form-line form-whole", None),
            },
            (QuestionKind::Date, None) => {
                let how = match node.appearance {
                    Appearance::Year => say::year,
                    Appearance::Month => say::month,
                    _ => say::day,
                };
                self.line("form-line form-short", Some(how));
            }
            (QuestionKind::Time, None) => self.line("form-line form-short", Some(say::time)),
            (QuestionKind::DateTime, None) => self.line("form-line form-short", Some(say::day_and_time)),
        }
        self.html.push_str("</div>");
    }

    fn line(&mut self, class: &str, how: Option<fn(Language) -> &'static str>) {
        let how = how.map(|how| format!(" <small>{}</small>", self.say(how))).unwrap_or_default();
        let _ = write!(self.html, "<p class=\"form-write\"><span class=\"{class}\"></span>{how}</p>");
    }

    fn choices(&mut self, id: ListId, number: usize, how: Option<fn(Language) -> &'static str>) {
        let Some(list) = self.form.list(id) else { return };
        let count = list.choices.len();
        if list.from.is_some() {
            return self.line("form-line form-whole", Some(say::as_before));
        }
        if count > MOST_LISTED {
            return self.line("form-line form-whole", Some(say::in_words));
        }
        if count > MOST_HERE {
            if !self.at_end.iter().any(|(known, _)| *known == id) {
                self.at_end.push((id, number));
            }
            let first =
                self.at_end.iter().find(|(known, _)| *known == id).map_or(number, |(_, first)| *first);
            let see = self.all(|language| say::see_list(first, language));
            let _ = write!(self.html, "<p class=\"form-how\">{see}</p>");
            return self.line("form-line form-short", Some(say::write_number));
        }
        if let Some(how) = how {
            let _ = write!(self.html, "<p class=\"form-how\">{}</p>", self.say(how));
        }
        let class = if count > MOST_BOXES { "form-choices form-many" } else { "form-choices" };
        self.listed(list, class, "form-box");
    }

    fn listed(&mut self, list: &ChoiceList, class: &str, mark: &str) {
        let _ = write!(self.html, "<ul class=\"{class}\">");
        for (place, choice) in list.choices.iter().enumerate() {
            let label = self.plain(&choice.label);
            let number = place + 1;
            let _ = write!(
                self.html,
                "<li><span class=\"{mark}\"></span><span class=\"form-code\">{number}</span> <span>{label}</span></li>"
            );
        }
        self.html.push_str("</ul>");
    }

    fn order(&mut self, id: ListId) {
        let Some(list) = self.form.list(id) else { return };
        let _ = write!(self.html, "<p class=\"form-how\">{}</p>", self.say(say::put_in_order));
        self.listed(list, "form-choices", "form-line form-place");
    }

    /// A number for each step, where they fit a line.
    fn scale(&mut self, range: Range) {
        let steps = ((range.end - range.start).abs() / range.step).floor();
        if !(0.0..=20.0).contains(&steps) {
            return self.line("form-line form-short", None);
        }
        let step = if range.end < range.start { -range.step } else { range.step };
        self.html.push_str("<p class=\"form-scale\">");
        for place in 0..=steps as u32 {
            let value = crate::form::write_number(range.start + step * f64::from(place));
            let _ = write!(
                self.html,
                "<span class=\"form-step\"><span class=\"form-box\"></span>{value}</span> "
            );
        }
        self.html.push_str("</p>");
    }

    fn grid(&mut self, id: NodeId, node: &Node, list: ListId, time: Option<usize>) {
        let form = self.form;
        let rows: Vec<(NodeId, &Node)> = form
            .children(Some(id))
            .filter_map(|id| Some((id, form.node(id)?)))
            .filter(|(id, row)| self.is_printed(*id, row))
            .collect();
        let Some(list) = form.list(list) else { return };
        let by_number = list.choices.len() > MOST_COLUMNS;
        let _ = write!(
            self.html,
            "<div class=\"form-grid\"><div class=\"form-asked\">{}</div>",
            self.texts(&node.label)
        );
        self.hint(node);
        self.routing(node);
        let how = if by_number { say::row_number } else { say::row_mark };
        let _ = write!(self.html, "<p class=\"form-how\">{}</p>", self.say(how));
        if by_number {
            self.listed(list, "form-choices form-many", "form-none");
        }
        self.html.push_str("<table><thead><tr><th></th>");
        if by_number {
            self.html.push_str("<th></th>");
        } else {
            for (place, choice) in list.choices.iter().enumerate() {
                let label = self.plain(&choice.label);
                let _ = write!(
                    self.html,
                    "<th scope=\"col\"><span class=\"form-code\">{}</span> {label}</th>",
                    place + 1
                );
            }
        }
        self.html.push_str("</tr></thead><tbody>");
        for (id, row) in rows {
            let number = self.numbers.of_node(id).unwrap_or(0);
            let time = time.map(|time| format!(" ({time})")).unwrap_or_default();
            let label = self.texts(&row.label);
            let _ = write!(
                self.html,
                "<tr data-number=\"{number}\"><th scope=\"row\"><div class=\"form-asked\"><b>{number}{time}.</b> {label}</div>"
            );
            self.routing(row);
            self.html.push_str("</th>");
            if by_number {
                self.html.push_str("<td><span class=\"form-line form-place\"></span></td>");
            } else {
                for _ in &list.choices {
                    self.html.push_str("<td><span class=\"form-box\"></span></td>");
                }
            }
            self.html.push_str("</tr>");
        }
        self.html.push_str("</tbody></table></div>");
    }

    fn lists_at_end(&mut self) {
        for (id, number) in std::mem::take(&mut self.at_end) {
            let Some(list) = self.form.list(id) else { continue };
            let title = self.all(|language| say::list_of(number, language));
            let _ = write!(self.html, "<section class=\"form-part\"><h2>{title}</h2>");
            self.listed(list, "form-choices form-many", "form-none");
            self.html.push_str("</section>");
        }
    }

    fn hint(&mut self, node: &Node) {
        if !node.hint.is_empty() {
            let _ = write!(self.html, "<div class=\"form-hint\">{}</div>", self.texts(&node.hint));
        }
    }

    fn routing(&mut self, node: &Node) {
        let told = self
            .languages
            .iter()
            .filter_map(|language| Some((*language, routing(self.form, node, &self.numbers, *language)?)));
        let told: Vec<(Language, String)> = told.collect();
        if !told.is_empty() {
            let _ = write!(self.html, "<div class=\"form-when\">{}</div>", one_under_another(&told));
        }
    }

    /// A sentence in every language, in a row.
    fn say(&self, words: fn(Language) -> &'static str) -> String {
        self.all(|language| words(language).to_owned())
    }

    /// A sentence in every language, each a line.
    fn stacked(&self, words: fn(Language) -> &'static str) -> String {
        let told: Vec<_> = self.languages.iter().map(|one| (*one, words(*one).to_owned())).collect();
        one_under_another(&told)
    }

    fn all(&self, words: impl Fn(Language) -> String) -> String {
        in_a_row(self.languages.iter().map(|language| words(*language)))
    }

    /// A text of the form in every language, in a row.
    fn plain(&self, text: &Text) -> String {
        in_a_row(self.tongues.iter().map(|tongue| text.plain(*tongue)))
    }

    /// The same, each a line.
    fn texts(&self, text: &Text) -> String {
        let told: Vec<_> = self
            .languages
            .iter()
            .zip(&self.tongues)
            .map(|(one, tongue)| (*one, text.plain(*tongue)))
            .collect();
        one_under_another(&told)
    }
}

/// What is the same stands once.
fn in_a_row(texts: impl Iterator<Item = String>) -> String {
    let mut known: Vec<String> = Vec::new();
    for text in texts.filter(|text| !text.trim().is_empty()) {
        if !known.contains(&text) {
            known.push(text);
        }
    }
    escape(&known.join(" / "))
}

fn one_under_another(texts: &[(Language, String)]) -> String {
    let (mut html, mut known) = (String::new(), Vec::new());
    for (language, text) in texts.iter().filter(|(_, text)| !text.trim().is_empty()) {
        if known.contains(&text) {
            continue;
        }
        let class = if known.is_empty() { "form-text" } else { "form-text form-other" };
        known.push(text);
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let _ =
                write!(html, "<span class=\"{class}\" lang=\"{}\">{}</span>", language.tag(), escape(line));
        }
    }
    html
}
