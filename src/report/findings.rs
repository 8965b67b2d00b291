//! Three to five findings of a summary as sentences, chosen by rules that know kinds of results and no questionnaire. Read
//! [`findings`] first. Each has its percentage and base, and what is known of the change since an earlier wave. Every number is
//! read from the summary; what a design does not allow has no rule that could say it.

use crate::form::Role;
use crate::i18n::Language;
use crate::i18n::finding::{self as say, Before, Gain, GroupShare, Portion, Said};
use crate::i18n::format::decimal;
use crate::summary::order;
use crate::summary::{
    Comparison, Crosstab, Display, Finding, IndexFinding, IndexResult, Kind, Measure, Paired, Question, Rank,
    Reliability, Row, Scale, Share, Summary, Verdict, WaveChange,
};
use crate::survey::{Bilingual, SamplingDesign};

/// At most so many.
const MOST: usize = 5;
/// At least so many, where there are.
const LEAST: usize = 3;
/// Characters that all of them together may take: page one is one page.
const ROOM: usize = 1_250;
/// What weighs no more than this is told only where there is little else.
const FILLING: i32 = 60;
/// A report of fewer people says so once.
pub(super) const FEW: usize = 30;
/// Groups of people who were not drawn at random are told apart from this many points on.
const GAP: f64 = 10.0;

/// A finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The questions and indices it is about, by name and id.
    pub about: Vec<String>,
    /// The smallest base it tells of.
    pub base: usize,
    /// The sentence.
    pub text: String,
}

/// A finding before the choice.
struct Candidate {
    weight: i32,
    told: Told,
}

/// The findings, the most important first; none of what may not be shown. No two are about the same question.
pub fn findings(summary: &Summary, comparison: Option<&Comparison>, language: Language) -> Vec<Told> {
    let finder = Finder { summary, comparison, language };
    let mut candidates: Vec<Candidate> = finder
        .indices()
        .into_iter()
        .chain(finder.items())
        .chain(finder.single())
        .chain(finder.change())
        .chain(finder.gap())
        .chain(finder.rest())
        .collect();
    order::sort_by_key(&mut candidates, |candidate| std::cmp::Reverse(candidate.weight));
    let mut chosen: Vec<Told> = Vec::new();
    for Candidate { weight, told } in candidates {
        if told.about.iter().any(|name| chosen.iter().any(|other| other.about.contains(name))) {
            continue;
        }
        let taken: usize = chosen.iter().map(|other| other.text.chars().count()).sum();
        let wanted = weight > FILLING && taken + told.text.chars().count() <= ROOM;
        if chosen.len() < MOST && (chosen.len() < LEAST || wanted) {
            chosen.push(told);
        } else {
            break;
        }
    }
    chosen
}

/// Two sentences at most about a section's questions: its highest and its lowest on the longest list of scales, else what most
/// people answered.
pub(super) fn sentences(
    questions: &[&Question],
    summary: &Summary,
    comparison: Option<&Comparison>,
    language: Language,
) -> Vec<String> {
    let finder = Finder { summary, comparison, language };
    let mut told: Vec<Candidate> =
        finder.ends(questions).or_else(|| finder.most_yes(questions)).into_iter().collect();
    for question in questions.iter().filter(|question| !question.repeated && !is_unanimous(question)) {
        if told.len() < 2 {
            told.extend(finder.of_question(question));
        }
    }
    told.truncate(2);
    told.into_iter().map(|candidate| candidate.told.text).collect()
}

/// The questions that a page-one chart or a finding compares: scales of one index or grid, with the label they share.
pub(super) struct Family<'a> {
    pub(super) label: &'a Bilingual,
    pub(super) questions: Vec<&'a Question>,
    /// A high score is bad news.
    pub(super) burden: bool,
}

/// Scales that belong together: the rows of a grid, under the label of the index that holds them where there is one.
/// Left out: what is asked for before and now, and what is hidden.
pub(super) fn families(summary: &Summary) -> Vec<Family<'_>> {
    let paired = |name: &str| {
        summary.indices.iter().any(|index| match &index.finding {
            Some(IndexFinding::Paired(rows)) => rows.iter().any(|row| row.before == name || row.now == name),
            _ => false,
        })
    };
    let shown = |question: &&Question| {
        matches!(question.finding, Some(Finding::Scale(_))) && !question.repeated && !paired(&question.name)
    };
    let scales: Vec<&Question> = summary.questions.iter().filter(shown).collect();
    let mut families: Vec<Family<'_>> = Vec::new();
    for index in &summary.indices {
        let Some(IndexFinding::Mean { items, .. }) = &index.finding else { continue };
        let mut questions: Vec<&Question> = scales
            .iter()
            .filter(|question| items.iter().any(|item| item.question == question.name))
            .copied()
            .collect();
        // Categories of one bar chart are the same: what is asked on another scale stays out.
        let first = questions.first().map(|first| categories(first));
        questions.retain(|question| Some(categories(question)) == first);
        if questions.len() > 1 {
            let burden = questions.first().is_some_and(|first| is_burden(first));
            families.push(Family { label: &index.label, questions, burden });
        }
    }
    for rows in scales.chunk_by(|a, b| a.grid.is_some() && a.grid == b.grid) {
        let Some(grid) = rows.first().and_then(|first| first.grid.as_ref()) else { continue };
        let known = |name: &str| {
            families.iter().any(|family| family.questions.iter().any(|question| question.name == name))
        };
        let all_known = rows.iter().all(|row| known(&row.name));
        if rows.len() > 1 && !all_known {
            let burden = rows.first().is_some_and(|first| is_burden(first));
            families.push(Family { label: &grid.label, questions: rows.to_vec(), burden });
        }
    }
    families
}

/// Whether everybody chose the same of a list: that says only who was asked.
pub(super) fn is_unanimous(question: &Question) -> bool {
    match (&question.finding, question.base) {
        (Some(Finding::OneChoice(rows)), Some(base)) => rows.iter().any(|row| row.count == Some(base.valid)),
        _ => false,
    }
}

/// The names of a scale's categories.
fn categories(question: &Question) -> Vec<&Bilingual> {
    match &question.finding {
        Some(Finding::Scale(scale)) => on_scale(scale).map(|row| &row.label).collect(),
        _ => Vec::new(),
    }
}

fn on_scale(scale: &Scale) -> impl Iterator<Item = &Row> {
    scale.rows.iter().filter(|row| row.role == Role::Substantive)
}

/// By the words of its highest category or of its grid.
fn is_burden(question: &Question) -> bool {
    let highest = categories(question).last().map(|label| label.es.as_str()).unwrap_or_default();
    let grid = question.grid.as_ref().map(|grid| grid.label.es.as_str()).unwrap_or_default();
    say::is_burden(highest) || say::is_burden(grid)
}

/// The two highest scores of a scale, where they may be told.
pub(super) fn top(question: &Question) -> Option<Share> {
    match &question.finding {
        Some(Finding::Scale(scale)) if scale.top.base > 0 => Some(scale.top),
        _ => None,
    }
}

/// Of several lists of what can happen to people, the one that most of them met with: it holds the others.
pub(super) fn victims(summary: &Summary) -> Option<(&IndexResult, Share)> {
    let found = summary.indices.iter().filter_map(|index| match &index.finding {
        Some(IndexFinding::Any(share)) => Some((index, *share)),
        _ => None,
    });
    found.max_by_key(|(_, share)| share.count)
}

/// For ordering only.
fn height(share: Share) -> f64 {
    super::drawn(share.percent, Some(share.count), share.base)
}

#[derive(Clone, Copy)]
struct Finder<'a> {
    summary: &'a Summary,
    comparison: Option<&'a Comparison>,
    language: Language,
}

impl<'a> Finder<'a> {
    fn pick(&self, text: &'a Bilingual) -> &'a str {
        self.language.pick(&text.es, &text.en)
    }

    fn is_random(&self) -> bool {
        self.summary.design == SamplingDesign::Probability
    }

    fn portion(&self, share: Share) -> Portion {
        Portion {
            count: share.count,
            base: share.base,
            whole: share.whole,
            interval: share.interval,
            random: self.is_random(),
            few: self.summary.fieldwork.chosen < FEW,
        }
    }

    fn row_portion(&self, row: &Row, base: usize) -> Option<Portion> {
        let share = Share {
            count: row.count?,
            base,
            percent: row.percent,
            whole: row.whole,
            interval: row.interval,
            reliability: row.reliability,
        };
        Some(self.portion(share))
    }

    /// A candidate with what is known of the change of its first subject. What may not be quoted comes last.
    fn told(&self, weight: i32, about: Vec<String>, share: Share, text: String) -> Candidate {
        let change = about.iter().find_map(|name| self.change_of(name));
        let text = match change {
            Some(change) => [text, before(change).sentence(self.language)].join(" "),
            None => text,
        };
        let (weight, text) = match share.reliability {
            Some(Reliability::NotReliable) => {
                (weight - 100, [text.as_str(), say::unreliable(self.language)].join(" "))
            }
            _ => (weight, text),
        };
        Candidate { weight, told: Told { about, base: share.base, text } }
    }

    fn change_of(&self, name: &str) -> Option<&'a WaveChange> {
        let comparison = self.comparison?;
        let told = |change: &&WaveChange| {
            change.question == name && matches!(change.measure, Measure::TopTwo | Measure::Share)
        };
        comparison.indices.iter().chain(&comparison.changes).find(told)
    }

    /// What the form computes over several questions.
    fn indices(&self) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = self.victims().into_iter().collect();
        for index in &self.summary.indices {
            let about = || vec![index.id.clone()];
            let label = self.pick(&index.label);
            found.extend(match &index.finding {
                Some(IndexFinding::Recommendation { promoters, detractors, score, .. }) => {
                    let (high, low) = (self.portion(*promoters), self.portion(*detractors));
                    let text = say::recommendation(label, score.whole, high, low, self.language);
                    Some(self.told(92, about(), *promoters, text))
                }
                Some(IndexFinding::SafeWalking { of_all, of_scored }) => {
                    let mut about = about();
                    about.extend(self.question_of(*of_scored));
                    let text = say::share(label, self.portion(*of_all), self.language);
                    Some(self.told(88, about, *of_all, text))
                }
                Some(IndexFinding::Paired(rows)) => self.gain(index, rows),
                Some(IndexFinding::Priorities { rows, .. }) => self.priority(83, about(), label, rows),
                Some(IndexFinding::Commitments(found)) => {
                    let topic = found.topics.as_ref().and_then(|rows| {
                        let row =
                            rows.iter().filter(|row| row.count.is_some()).max_by_key(|row| row.count)?;
                        Some((self.pick(&row.label), row.count.filter(|count| *count > 0)?))
                    });
                    let people = self.portion(found.people);
                    let text = say::commitments(label, people, found.total, topic, self.language);
                    (found.people.base > 0).then(|| self.told(82, about(), found.people, text))
                }
                _ => None,
            });
        }
        found
    }

    /// What happened to most.
    fn victims(&self) -> Option<Candidate> {
        let (index, share) = victims(self.summary)?;
        let text = say::share(self.pick(&index.label), self.portion(share), self.language);
        Some(self.told(90, vec![index.id.clone()], share, text))
    }

    /// The scale that a share of scored answers was made of.
    fn question_of(&self, scored: Share) -> Option<String> {
        let same = |question: &&Question| {
            top(question).is_some_and(|top| (top.count, top.base) == (scored.count, scored.base))
        };
        self.summary.questions.iter().find(same).map(|question| question.name.clone())
    }

    fn gain(&self, index: &IndexResult, rows: &[Paired]) -> Option<Candidate> {
        let mut shown: Vec<_> = rows.iter().filter_map(|row| Some((row, row.change?))).collect();
        order::sort_by(&mut shown, |a, b| height(b.1.improved).total_cmp(&height(a.1.improved)));
        let gain = |(row, change): &(&Paired, crate::summary::Change)| Gain {
            topic: self.language.pick(row.label.es.clone(), row.label.en.clone()),
            improved: self.portion(change.improved),
            means: row.display.has_percent().then(|| {
                let digits = super::mean_decimals(row.display);
                (decimal(change.mean_before, digits), decimal(change.mean_now, digits))
            }),
        };
        let most = shown.first()?;
        let least = shown.last().filter(|least| height(least.1.improved) < height(most.1.improved));
        let about = [Some(most), least].into_iter().flatten();
        let about = about.flat_map(|(row, _)| [row.before.clone(), row.now.clone()]);
        let about: Vec<String> = std::iter::once(index.id.clone()).chain(about).collect();
        let label = self.language.pick(&index.label.es, &index.label.en);
        let text = say::gain(label, &gain(most), least.map(gain).as_ref(), self.language);
        Some(self.told(86, about, most.1.improved, text))
    }

    fn priority(&self, weight: i32, about: Vec<String>, label: &str, rows: &[Rank]) -> Option<Candidate> {
        let first = rows.first().filter(|first| first.points > 0)?;
        let choice = self.language.pick(&first.label.es, &first.label.en);
        let text = say::priority(label, choice, self.portion(first.top_three), self.language);
        Some(self.told(weight, about, first.top_three, text))
    }

    /// The worst of what weighs on people, and the weakest of what should be strong.
    fn items(&self) -> Vec<Candidate> {
        let mut families = families(self.summary);
        // The longest list of burdens says most.
        order::sort_by_key(&mut families, |family| std::cmp::Reverse(family.questions.len()));
        let mut found = Vec::new();
        let (mut burdens, mut weakest): (i32, Option<(Share, Candidate)>) = (0, None);
        for family in families.iter().filter(|family| family.questions.len() > 2) {
            let mut rows: Vec<(&Question, Share)> =
                family.questions.iter().filter_map(|question| Some((*question, top(question)?))).collect();
            order::sort_by(&mut rows, |a, b| height(b.1).total_cmp(&height(a.1)));
            let row = if family.burden { rows.first() } else { rows.last() };
            let Some((question, share)) = row else { continue };
            let (label, name) = (self.pick(family.label), self.pick(&question.label));
            let (answers, part) = (self.highest_two(question), self.portion(*share));
            let about = vec![question.name.clone()];
            if family.burden {
                let text = say::heaviest(label, name, &answers, part, self.language);
                found.push(self.told(84 - 20 * burdens, about, *share, text));
                burdens += 1;
            } else if weakest.as_ref().is_none_or(|(known, _)| height(*share) < height(*known)) {
                let text = say::lowest(label, name, &answers, part, self.language);
                weakest = Some((*share, self.told(78, about, *share, text)));
            }
        }
        found.extend(weakest.map(|(_, candidate)| candidate));
        found
    }

    /// The highest and the lowest row of the longest grid of scales.
    fn ends(&self, questions: &[&'a Question]) -> Option<Candidate> {
        let grids = questions.chunk_by(|a, b| a.grid.is_some() && a.grid == b.grid);
        let rows = grids.filter(|rows| rows.len() > 2).max_by_key(|rows| rows.len())?;
        let mut shown: Vec<(&Question, Share)> =
            rows.iter().filter_map(|question| Some((*question, top(question)?))).collect();
        order::sort_by(&mut shown, |a, b| height(b.1).total_cmp(&height(a.1)));
        let ((high, most), (low, least)) = (shown.first()?, shown.last()?);
        let label = high.grid.as_ref().map(|grid| self.language.pick(grid.label.es.as_str(), &grid.label.en));
        let (label, burden) = (label.unwrap_or_default(), is_burden(high));
        let first = if burden { say::heaviest } else { say::highest };
        let name =
            |question: &Question| self.language.pick(question.label.es.clone(), question.label.en.clone());
        let mut text = first(label, &name(high), &self.highest_two(high), self.portion(*most), self.language);
        if height(*least) < height(*most) {
            let least = say::and_lowest(&name(low), self.portion(*least), self.language);
            text = [text, least].join(" ");
        }
        Some(self.told(0, vec![high.name.clone(), low.name.clone()], *most, text))
    }

    /// Of a grid of yes and no, the row with most yes.
    fn most_yes(&self, questions: &[&'a Question]) -> Option<Candidate> {
        let found = |question: &&'a Question| {
            let (grid, base) = (question.grid.as_ref()?, question.base?);
            let row = question.finding.as_ref()?.rows().iter().find(|row| row.choice == "yes")?;
            Some((*question, grid, row, self.row_portion(row, base.valid)?))
        };
        let height = |portion: &Portion, row: &Row| super::drawn(row.percent, row.count, portion.base);
        let (question, grid, row, part) = questions
            .iter()
            .filter_map(found)
            .max_by(|a, b| height(&a.3, a.2).total_cmp(&height(&b.3, b.2)))?;
        let (label, name) = (self.pick(&grid.label), self.pick(&question.label));
        let yes = vec![self.pick(&row.label).to_owned()];
        let text = say::heaviest(label, name, &yes, part, self.language);
        let share = Share { count: part.count, base: part.base, ..Share::default() };
        Some(self.told(0, vec![question.name.clone()], share, text))
    }

    /// A sentence about one question.
    fn of_question(&self, question: &'a Question) -> Option<Candidate> {
        let base = question.base?;
        let label = self.pick(&question.label);
        let about = vec![question.name.clone()];
        match question.finding.as_ref()? {
            Finding::Scale(_) => {
                let share = top(question).filter(|_| question.grid.is_none())?;
                let answers = self.highest_two(question);
                let text = say::answered(self.portion(share), &answers, label, self.language);
                Some(self.told(0, about, share, text))
            }
            Finding::ManyChoices(result) => self.most_chosen(0, question, &result.rows, result.cases),
            Finding::OneChoice(rows) if question.grid.is_none() => {
                self.most_chosen(0, question, rows, base.valid)
            }
            Finding::Ranking(ranks) => self.priority(0, about, label, ranks),
            _ => None,
        }
    }

    /// What the two highest answers of a scale are called.
    fn highest_two(&self, question: &Question) -> Vec<String> {
        let labels: Vec<String> = categories(question)
            .into_iter()
            .map(|label| self.language.pick(label.es.clone(), label.en.clone()))
            .collect();
        labels.iter().skip(labels.len().saturating_sub(2)).cloned().collect()
    }

    /// The first scale that stands alone, and recommendation where it has no score.
    fn single(&self) -> Vec<Candidate> {
        let alone = |question: &&Question| question.grid.is_none() && !question.repeated;
        let mut found = Vec::new();
        let scale = self.summary.questions.iter().filter(alone).find(|question| question.kind == Kind::Scale);
        if let Some((question, share)) = scale.and_then(|question| Some((question, top(question)?))) {
            let (answers, label) = (self.highest_two(question), self.pick(&question.label));
            let text = say::answered(self.portion(share), &answers, label, self.language);
            found.push(self.told(80, vec![question.name.clone()], share, text));
        }
        let scored = |index: &IndexResult| matches!(index.finding, Some(IndexFinding::Recommendation { .. }));
        if self.summary.indices.iter().any(scored) {
            return found;
        }
        for question in self.summary.questions.iter().filter(alone) {
            let Some(Finding::ZeroToTen(result)) = &question.finding else { continue };
            if result.promoters.base > 0 {
                let part = self.portion(result.promoters);
                let text = say::recommended(self.pick(&question.label), part, self.language);
                found.push(self.told(91, vec![question.name.clone()], result.promoters, text));
            }
        }
        found
    }

    /// The largest clear change since the earlier wave.
    fn change(&self) -> Option<Candidate> {
        let comparison = self.comparison?;
        let clear = |change: &&WaveChange| {
            matches!(change.verdict, Verdict::Rose | Verdict::Fell)
                && !matches!(change.measure, Measure::Choice { .. })
        };
        let change = comparison
            .indices
            .iter()
            .chain(&comparison.changes)
            .filter(clear)
            .max_by(|a, b| a.points.abs().total_cmp(&b.points.abs()))?;
        let of_100 = change.measure == Measure::Mean;
        let (later, base) = change.later;
        let label = self.pick(&change.label);
        let text = say::change(label, before(change), later, base, of_100, self.language);
        let told = Told { about: vec![change.question.clone()], base: base.min(change.earlier.1), text };
        Some(Candidate { weight: 89, told })
    }

    /// The two groups of people that lie furthest apart: by chance they would not where the sample is random.
    fn gap(&self) -> Option<Candidate> {
        let mut best: Option<(f64, Candidate)> = None;
        for breakdown in &self.summary.breakdowns {
            for table in breakdown.tables.iter().filter(|table| self.may_tell_apart(table)) {
                let shares = table.top.iter().zip(&breakdown.groups);
                let mut shown: Vec<(Share, &Bilingual)> =
                    shares.filter_map(|(share, group)| Some(((*share)?, &group.label))).collect();
                shown.retain(|(share, _)| share.whole.is_some());
                order::sort_by(&mut shown, |a, b| height(b.0).total_cmp(&height(a.0)));
                let (Some(more), Some(less)) = (shown.first(), shown.last()) else { continue };
                let points = height(more.0) - height(less.0);
                if points < GAP || best.as_ref().is_some_and(|(known, _)| *known >= points) {
                    continue;
                }
                let side = |(share, label): &(Share, &Bilingual)| GroupShare {
                    group: self.language.pick(label.es.clone(), label.en.clone()),
                    part: self.portion(*share),
                };
                let Some(question) = self.summary.question(&table.question) else { continue };
                let (by, name) = (self.pick(&breakdown.label), self.pick(&table.label));
                let sides = (&side(more), &side(less));
                let text = say::gap(by, name, &self.highest_two(question), sides, self.language);
                let about = vec![table.question.clone()];
                let base = more.0.base.min(less.0.base);
                best = Some((points, Candidate { weight: 74, told: Told { about, base, text } }));
            }
        }
        best.map(|(_, candidate)| candidate)
    }

    fn may_tell_apart(&self, table: &Crosstab) -> bool {
        if table.kind != Kind::Scale {
            return false;
        }
        match table.test {
            Some(test) => test.adjusted < 0.05,
            None => !self.is_random(),
        }
    }

    /// What a form without indices still tells: rankings, what most people marked, what most people chose.
    fn rest(&self) -> Vec<Candidate> {
        let mut found = Vec::new();
        for (place, question) in self.summary.questions.iter().enumerate() {
            let Some(base) = question.base.filter(|_| !question.repeated) else { continue };
            let label = self.pick(&question.label);
            let later = (place as i32).min(30);
            let about = vec![question.name.clone()];
            found.extend(match &question.finding {
                Some(Finding::Ranking(rows)) => self.priority(64, about, label, rows),
                Some(Finding::ManyChoices(result)) => {
                    self.most_chosen(50 - later, question, &result.rows, result.cases)
                }
                // What nearly everybody chose says nothing new.
                Some(Finding::OneChoice(rows)) if question.display != Display::CountsOnly => {
                    let open = |row: &&Row| row.whole.is_none_or(|whole| whole < 90);
                    let rows: Vec<Row> = rows.iter().filter(open).cloned().collect();
                    self.most_chosen(-later, question, &rows, base.valid)
                }
                _ => None,
            });
        }
        found
    }

    fn most_chosen(&self, weight: i32, question: &Question, rows: &[Row], base: usize) -> Option<Candidate> {
        // Where there is nothing to choose between, nothing is chosen most.
        if rows.iter().filter(|row| row.role == Role::Substantive).count() < 2 {
            return None;
        }
        let row = rows
            .iter()
            .filter(|row| row.role == Role::Substantive && row.count.is_some_and(|count| count > 0))
            .max_by(|a, b| {
                a.percent.unwrap_or(0.0).total_cmp(&b.percent.unwrap_or(0.0)).then(a.count.cmp(&b.count))
            })?;
        let part = self.row_portion(row, base)?;
        let label = self.language.pick(&question.label.es, &question.label.en);
        let choice = self.language.pick(&row.label.es, &row.label.en);
        let text = say::most_chosen(label, choice, part, self.language);
        let share = Share { count: part.count, base, reliability: row.reliability, ..Share::default() };
        Some(self.told(weight, vec![question.name.clone()], share, text))
    }
}

fn before(change: &WaveChange) -> Before {
    Before {
        verdict: match change.verdict {
            Verdict::Rose => Said::Rose,
            Verdict::Fell => Said::Fell,
            Verdict::NoClearChange => Said::Unclear,
            Verdict::NotInferred => Said::Beside,
        },
        earlier: change.earlier.0,
        base: change.earlier.1,
        points: change.points,
    }
}
