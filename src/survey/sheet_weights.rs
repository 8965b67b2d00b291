use super::sheet::{Field, Mistake, MistakeKind};
use super::{Margin, WeightingPlan};

/// How answers are weighted and how the sample was drawn, exactly as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WeightsSheet {
    /// How the population divides, question by question.
    pub margins: Vec<TypedMargin>,
    /// The question whose answers are strata; empty for none.
    pub strata: String,
    /// The question whose answers are clusters; empty for none.
    pub clusters: String,
}

/// How the population divides by one question, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedMargin {
    /// The question's name.
    pub question: String,
    /// A number of people, or their share, by name of the choice; blank: not known.
    pub targets: Vec<(String, String)>,
}

impl WeightsSheet {
    /// A plan as somebody sees it before changing anything.
    pub fn of(plan: &WeightingPlan) -> WeightsSheet {
        let typed = |margin: &Margin| TypedMargin {
            question: margin.question.clone(),
            targets: margin
                .targets
                .iter()
                .map(|(choice, number)| (choice.clone(), number.to_string()))
                .collect(),
        };
        WeightsSheet {
            margins: plan.margins.iter().map(typed).collect(),
            strata: plan.strata.clone().unwrap_or_default(),
            clusters: plan.clusters.clone().unwrap_or_default(),
        }
    }

    /// The plan that was typed. What cannot be read is left out; [`WeightsSheet::check`] tells of it.
    pub fn plan(&self) -> WeightingPlan {
        let read = |margin: &TypedMargin| Margin {
            question: margin.question.clone(),
            targets: margin
                .targets
                .iter()
                .filter_map(|(choice, typed)| Some((choice.clone(), read_number(typed)?)))
                .collect(),
        };
        WeightingPlan {
            margins: self.margins.iter().map(read).collect(),
            strata: Some(self.strata.clone()).filter(|name| !name.is_empty()),
            clusters: Some(self.clusters.clone()).filter(|name| !name.is_empty()),
        }
    }

    /// Adds what is wrong: a text that is no number above 0, a question with fewer than two numbers.
    pub(super) fn check(&self, found: &mut Vec<Mistake>) {
        for (at, margin) in self.margins.iter().enumerate() {
            let field = |choice: usize| Field::Target(at as u32, choice as u32);
            let mut known = 0;
            let mut wrong = false;
            for (choice, (_, typed)) in margin.targets.iter().enumerate() {
                if typed.trim().is_empty() {
                    continue;
                }
                if read_number(typed).is_some() {
                    known += 1;
                } else {
                    wrong = true;
                    found.push(Mistake { field: field(choice), kind: MistakeKind::NotAShare });
                }
            }
            if known < 2 && !wrong {
                found.push(Mistake { field: field(0), kind: MistakeKind::FewShares });
            }
        }
    }

    /// What the numbers of a question add to.
    pub fn sum(&self, margin: usize) -> f64 {
        let targets = self.margins.get(margin).map(|margin| margin.targets.as_slice()).unwrap_or_default();
        targets.iter().filter_map(|(_, typed)| read_number(typed)).sum()
    }

    /// The number typed for a choice, in place of what was there.
    pub fn put(&mut self, margin: usize, choice: usize, typed: String) {
        let target = self.margins.get_mut(margin).and_then(|margin| margin.targets.get_mut(choice));
        if let Some((_, known)) = target {
            *known = typed;
        }
    }

    /// Adds a question to weight to, with a blank for each of its choices; one that is there already stays as it is.
    pub fn add(&mut self, question: &str, choices: &[String]) {
        if self.margins.iter().all(|margin| margin.question != question) {
            let targets = choices.iter().map(|choice| (choice.clone(), String::new())).collect();
            self.margins.push(TypedMargin { question: question.to_owned(), targets });
        }
    }

    /// Gives each question a blank for those of its choices that have no number.
    pub fn complete(&mut self, question: &str, choices: &[String]) {
        for margin in self.margins.iter_mut().filter(|margin| margin.question == question) {
            let typed = std::mem::take(&mut margin.targets);
            let known =
                |choice: &String| typed.iter().find(|(own, _)| own == choice).map(|(_, text)| text.clone());
            margin.targets =
                choices.iter().map(|choice| (choice.clone(), known(choice).unwrap_or_default())).collect();
            // A choice that the form no longer has keeps its number in sight.
            margin.targets.extend(typed.into_iter().filter(|(choice, _)| !choices.contains(choice)));
        }
    }
}

/// A number above 0 as people write it in Panama: `1,234.5`, also with a percent sign. A comma stands before three digits only.
fn read_number(typed: &str) -> Option<f64> {
    let text: String = typed.trim().trim_end_matches('%').chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = first.len() <= 3 || !whole.contains(',');
    if !grouped || !groups.all(|group| group.len() == 3) {
        return None;
    }
    let digits = [&whole.replace(',', ""), ".", fraction].concat();
    if !digits.chars().all(|c| c.is_ascii_digit() || c == '.') || digits == "." {
        return None;
    }
    digits.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0)
}
