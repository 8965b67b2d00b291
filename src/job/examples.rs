use crate::summary::order;
use std::rc::Rc;

use super::random::{Random, hash, lean};
use crate::engine::{Answer, At, Cycle, Moment, Session, Settings};
use crate::form::{Date, Form, IndexKind, NodeKind, QuestionKind, Role};
use crate::i18n::Language;
use crate::i18n::examples::{ExampleText, sentence};
use crate::response::Response;
use crate::survey::{Subject, Survey};
use crate::xpath::Math;
use crate::xpath::digest::digest;

/// Makes up responses by filling the form in as people would, so that everything can be tried before anybody has answered.
/// The session routes and checks: what comes out holds no violation. Every response is marked as an example, and the same
/// form, survey, seed and day give the same bytes. Fewer than `count` come out of a form whose rules no made-up answer keeps.
///
/// `matches`: does the whole text match the pattern, as in [`Settings::matches`].
pub fn examples(
    form: &Rc<Form>,
    survey: &Survey,
    count: usize,
    seed: u64,
    today: Date,
    matches: fn(&str, &str) -> Option<bool>,
) -> Result<Vec<Response>, Cycle> {
    let manner = Manner::of(form, survey);
    let mut responses = Vec::with_capacity(count);
    for number in 0..count {
        let key = hash(&survey.id) ^ seed ^ hash(&number.to_string()).rotate_left(17);
        let mut random = Random(key);
        let id = random.id();
        let back = manner.days * (count - 1 - number) / count;
        let day = today.add_days(-(back as i32));
        let tag = if random.chance(0.8) { "es" } else { "en" };
        let language = form.language(tag).unwrap_or(0);
        let settings =
            Settings { language, seed: random.next(), matches, calculate: Math::calculate, digest };
        let now = noon(day);
        let session = Session::new(Rc::clone(form), settings, now)?;
        let (mood, skipping) = (random.normal(), random.unit());
        let mut person =
            Person { key, mood, skipping, place: 0.0, number, now, form, session, manner: &manner, random };
        for at in person.session.roots() {
            person.fill(at);
        }
        let Ok(answers) = person.session.finish() else { continue };
        responses.push(Response {
            id,
            survey: survey.id.clone(),
            form: survey.form.clone(),
            wave: survey.wave(),
            language: form.languages.get(language).cloned().unwrap_or_default(),
            started: day,
            finished: day,
            example: true,
            answers,
        });
    }
    Ok(responses)
}

/// Noon in Panama: a day on which no time zone moves the date.
fn noon(day: Date) -> Moment {
    let mut moment = day.at_midnight(-300);
    moment.time.hour = 12;
    moment
}

/// Indices of which a high score is bad news: who feels unsafe scores high there.
const UNEASY: [&str; 2] = ["worry_index", "disorder_index"];

/// The question whose answer moves a person's whole outlook a little, so that places differ.
const PLACE: &str = "district";

/// The question that asks what to do better.
const IMPROVE: &str = "improve_text";

/// What most people say where the choices alone do not tell: (question, choice, share).
const USUAL: [(&str, &str, f64); 5] = [
    ("mode", "self_own", 0.6),
    ("participation", "visitor", 0.7),
    ("police_contact", "no", 0.5),
    ("committee_aware", "no", 0.4),
    ("years_here", "gt20", 0.3),
];

/// What all made-up people of a survey have in common, read off the form's indices.
struct Manner {
    /// A question asked for before and for now: (before, now).
    pairs: Vec<(String, String)>,
    /// Yes or no questions that few people answer with yes: (question, usual share of yes).
    rare: Vec<(String, f64)>,
    /// Questions that belong together: (question, index).
    factors: Vec<(String, String)>,
    /// The question that counts commitments.
    commitments: String,
    /// A 0-10 question.
    recommendation: String,
    /// What people write about.
    remark: ExampleText,
    /// How favorable answers are, around 0.
    favor: f64,
    /// Over how many days the responses came in.
    days: usize,
}

impl Manner {
    fn of(form: &Form, survey: &Survey) -> Manner {
        let (remark, favor, days) = match survey.subject {
            Subject::Event(_) => (ExampleText::Visit, 0.9, 3),
            Subject::Study(_) => (ExampleText::Neighborhood, -0.1, 21),
            Subject::Own(_) => (ExampleText::Any, 0.2, 14),
        };
        let mut manner = Manner {
            pairs: Vec::new(),
            rare: Vec::new(),
            factors: Vec::new(),
            commitments: String::new(),
            recommendation: String::new(),
            remark,
            favor,
            days,
        };
        for index in &form.indices {
            match &index.kind {
                IndexKind::Paired { pairs } => manner.pairs.extend(pairs.iter().cloned()),
                IndexKind::Any { items } => {
                    // What stands alone in its index is the rarest and gravest of all.
                    let share = |item: &str| if items.len() > 1 { 0.08 + 0.04 * lean(item) } else { 0.03 };
                    manner.rare.extend(items.iter().map(|item| (item.clone(), share(item))));
                }
                IndexKind::Mean { items, .. } | IndexKind::Ranked { items } => {
                    manner.factors.extend(items.iter().map(|item| (item.clone(), index.id.clone())));
                }
                IndexKind::Commitments { count, .. } => manner.commitments = count.clone(),
                IndexKind::Recommendation { item } => manner.recommendation = item.clone(),
                IndexKind::Priorities { .. }
                | IndexKind::SafeWalking { .. }
                | IndexKind::Reporting { .. }
                | IndexKind::Incidence { .. } => {}
            }
        }
        manner
    }
}

/// Somebody who does not exist, with the form half filled in.
struct Person<'a> {
    key: u64,
    mood: f64,
    skipping: f64,
    place: f64,
    number: usize,
    now: Moment,
    form: &'a Form,
    session: Session,
    manner: &'a Manner,
    random: Random,
}

/// A question as it is put to a person.
struct Asked {
    name: String,
    kind: QuestionKind,
    required: bool,
    sensitive: bool,
    /// Answered with a file, which nobody makes up.
    is_file: bool,
    offered: Vec<Offered>,
}

/// The name of a file that is not.
const NO_FILE: &str = "0000000000000000.jpg";

/// A choice as it is offered to a person.
struct Offered {
    name: String,
    role: Role,
    score: Option<f64>,
}

impl Person<'_> {
    /// Answers everything in a slot that is shown, in reading order.
    fn fill(&mut self, at: At) {
        if !self.session.state(at).is_some_and(|state| state.relevant) {
            return;
        }
        if let Some(asked) = self.asked(at) {
            self.answer(at, &asked);
        }
        for child in self.session.children(at) {
            self.fill(child);
        }
    }

    fn asked(&self, at: At) -> Option<Asked> {
        let (node, state) = (self.session.definition(at)?, self.session.state(at)?);
        let NodeKind::Question(kind) = node.kind else { return None };
        let list = self.form.choices_of(node);
        let offered = state.choices.iter().map(|choice| Offered {
            name: choice.name.clone(),
            role: choice.role,
            score: list.and_then(|list| list.choice(&choice.name)).and_then(|choice| choice.score),
        });
        Some(Asked {
            name: node.name.clone(),
            kind,
            required: state.required,
            sensitive: node.sensitive,
            is_file: node.is_file(),
            offered: offered.collect(),
        })
        .filter(|_| !state.readonly)
    }

    /// Tries the likeliest answer first and leaves a blank when the form takes none.
    fn answer(&mut self, at: At, asked: &Asked) {
        if !asked.required && self.random.chance(self.skips(asked)) {
            return;
        }
        let candidates = match asked.kind {
            // Where there must be one, a name leads to none.
            QuestionKind::Text if asked.is_file && asked.required => vec![Answer::Text(NO_FILE.to_owned())],
            QuestionKind::Text if asked.is_file => return,
            QuestionKind::Text => vec![self.text(asked)],
            QuestionKind::Integer => {
                self.numbers(asked).map(|number| Answer::Integer(number.into())).to_vec()
            }
            QuestionKind::Decimal => {
                self.numbers(asked).map(|number| Answer::Decimal(number.into())).to_vec()
            }
            QuestionKind::Date => self.dates(),
            QuestionKind::Time => vec![Answer::Time(self.now.time)],
            QuestionKind::DateTime => vec![Answer::DateTime(self.now)],
            QuestionKind::SelectOne(_) => self.one(asked).into_iter().collect(),
            QuestionKind::SelectMultiple(_) => self.many(asked),
            QuestionKind::Rank(_) => self.ranking(asked).into_iter().collect(),
        };
        for answer in candidates {
            if asked.name == PLACE {
                self.place = 0.5 * lean(&answer.to_text());
            }
            self.session.answer(at, answer, self.now);
            if self.session.state(at).is_none_or(|state| state.violation.is_none()) {
                return;
            }
        }
        self.session.answer(at, Answer::Empty, self.now);
    }

    fn skips(&self, asked: &Asked) -> f64 {
        let usual = match asked.kind {
            QuestionKind::Text => 0.55,
            QuestionKind::Rank(_) => 0.3,
            _ if asked.sensitive => 0.03,
            _ => 0.02,
        };
        usual * (0.3 + 1.4 * self.skipping)
    }

    fn text(&mut self, asked: &Asked) -> Answer {
        let about = match asked.name.as_str() {
            IMPROVE => ExampleText::Improvement,
            _ if asked.required => ExampleText::Action,
            _ => self.manner.remark,
        };
        let language = self.form.languages.get(self.session.language());
        let language = Language::from_tag(language.map(String::as_str).unwrap_or_default());
        let number = self.number + self.random.below(8);
        Answer::Text(sentence(about, number, language).to_owned())
    }

    /// A small number, then plainer ones in case it breaks a rule.
    fn numbers(&mut self, asked: &Asked) -> [i32; 7] {
        let stop = if asked.sensitive { 0.65 } else { 0.2 };
        let mut number = 1;
        while number < 40 && !self.random.chance(stop) {
            number += 1;
        }
        [number, 1, 0, 2, 5, 10, 100]
    }

    fn dates(&mut self) -> Vec<Answer> {
        let ahead = 14 + self.random.below(250) as i32;
        [ahead, 0, -30].map(|days| Answer::Date(self.now.date.add_days(days))).to_vec()
    }

    fn one(&mut self, asked: &Asked) -> Option<Answer> {
        let named = |name: &str| asked.offered.iter().find(|choice| choice.name == name);
        let agreed = named("yes").filter(|_| asked.required);
        let picked = agreed.or_else(|| self.aside(asked)).or_else(|| {
            let (_, common, share) = USUAL.iter().find(|(name, ..)| *name == asked.name)?;
            named(common).filter(|_| self.random.chance(*share))
        });
        let picked = picked.or_else(|| {
            let scale = scale(&asked.offered);
            if let Some((_, usual)) = self.manner.rare.iter().find(|(name, _)| *name == asked.name) {
                let risk = usual * (1.0 - 0.3 * (self.mood + self.place)).clamp(0.4, 1.6);
                named(if self.random.chance(risk) { "yes" } else { "no" })
            } else if asked.sensitive && self.random.chance(0.6) {
                named("no")
            } else if asked.name == self.manner.commitments {
                named(["0", "1", "1", "1", "2", "2", "2", "3"].get(self.random.below(8)).copied()?)
            } else if scale.len() > 1 {
                scale.get(self.level(&asked.name, scale.len())).copied()
            } else {
                None
            }
        });
        let picked = picked.or_else(|| self.weighted(&asked.offered));
        picked.map(|choice| Answer::Choice(choice.name.clone()))
    }

    /// Now and then somebody does not know, never does it, or would rather not say.
    fn aside<'o>(&mut self, asked: &'o Asked) -> Option<&'o Offered> {
        asked.offered.iter().find(|choice| {
            self.random.chance(match choice.role {
                Role::DontKnow => 0.04,
                Role::NotApplicable => 0.03,
                Role::Refused => 0.02,
                Role::Never => 0.07 + 0.05 * lean(&asked.name),
                Role::Substantive | Role::Exclusive => 0.0,
            })
        })
    }

    /// A place on a scale of so many steps, from 0.
    fn level(&mut self, name: &str, steps: usize) -> usize {
        if let Some((_, now)) = self.manner.pairs.iter().find(|(before, _)| before == name)
            && let Some(known) = self.level_of(now)
        {
            let draw = self.random.unit();
            return match draw {
                _ if draw < 0.04 => (known + 1).min(steps - 1),
                _ if draw < 0.25 => known,
                _ if draw < 0.7 => known.saturating_sub(1),
                _ => known.saturating_sub(2),
            };
        }
        let index =
            self.manner.factors.iter().find(|(item, _)| item == name).map(|(_, index)| index.as_str());
        let factor = Random(self.key ^ hash(index.unwrap_or(name))).normal();
        let sign = if index.is_some_and(|index| UNEASY.contains(&index)) { -1.0 } else { 1.0 };
        let extra = if name == self.manner.recommendation { 0.8 } else { 0.0 };
        let outlook = sign * (self.manner.favor + self.place + 0.4 * self.mood) + extra;
        let stand = outlook + 0.6 * lean(name) + 0.5 * factor + 0.8 * self.random.normal();
        let share = (0.5 + 0.2 * stand).clamp(0.0, 0.999);
        (share * steps as f64) as usize
    }

    /// The place on its scale of an answer given earlier.
    fn level_of(&self, name: &str) -> Option<usize> {
        let at = self.session.find(&self.form.path(self.form.find(name)?))?;
        let Answer::Choice(given) = &self.session.state(at)?.answer else { return None };
        let asked = self.asked(at)?;
        scale(&asked.offered).iter().position(|choice| choice.name == *given)
    }

    fn many(&mut self, asked: &Asked) -> Vec<Answer> {
        let alone = asked.offered.iter().find(|choice| choice.role == Role::Exclusive);
        if let Some(alone) = alone.filter(|_| !asked.required && self.random.chance(0.06)) {
            return vec![Answer::Choices(vec![alone.name.clone()])];
        }
        let mut marked: Vec<&Offered> = Vec::new();
        for choice in asked.offered.iter().filter(|choice| choice.role == Role::Substantive) {
            let share = if asked.required { 0.8 } else { 0.1 + 0.3 * weight(choice) };
            if self.random.chance(share) {
                marked.push(choice);
            }
        }
        if marked.is_empty() {
            marked.extend(self.weighted(&asked.offered));
        }
        let names: Vec<String> = marked.into_iter().map(|choice| choice.name.clone()).collect();
        [names.len(), 3, 2, 1]
            .into_iter()
            .map(|most| Answer::Choices(names.iter().take(most).cloned().collect()))
            .filter(|answer| *answer != Answer::Choices(Vec::new()))
            .collect()
    }

    /// Most people's order, with every person's own exceptions.
    fn ranking(&mut self, asked: &Asked) -> Option<Answer> {
        let mut ranked: Vec<(f64, &Offered)> = asked
            .offered
            .iter()
            .map(|choice| (weight(choice) + 0.8 * self.random.normal(), choice))
            .collect();
        order::sort_by(&mut ranked, |(first, _), (second, _)| second.total_cmp(first));
        let names: Vec<String> = ranked.into_iter().map(|(_, choice)| choice.name.clone()).collect();
        (!names.is_empty()).then_some(Answer::Choices(names))
    }

    /// One choice that says something, popular ones more often; any if none does.
    fn weighted<'o>(&mut self, offered: &'o [Offered]) -> Option<&'o Offered> {
        let plain = || offered.iter().filter(|choice| choice.role == Role::Substantive);
        let mut left = self.random.unit() * plain().map(weight).sum::<f64>();
        let found = plain().find(|choice| {
            left -= weight(choice);
            left < 0.0
        });
        found.or_else(|| offered.first())
    }
}

/// The choices with a score, lowest first, whichever way the list shows them.
fn scale(offered: &[Offered]) -> Vec<&Offered> {
    let mut scored: Vec<(f64, &Offered)> =
        offered.iter().filter_map(|choice| choice.score.map(|score| (score, choice))).collect();
    order::sort_by(&mut scored, |(first, _), (second, _)| first.total_cmp(second));
    scored.into_iter().map(|(_, choice)| choice).collect()
}

/// How popular a choice is, the same for everybody: 0.2 to 1.8.
fn weight(choice: &Offered) -> f64 {
    if choice.name.starts_with("other") { 0.2 } else { 1.2 + 0.6 * lean(&choice.name) }
}
