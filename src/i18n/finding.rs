//! What a report finds, in sentences. Read [`Portion`] first: every share that is told stands with its percentage and its base,
//! and is told of those who answered unless the sample was drawn at random. Never a word that claims more than that.

use super::Language;
use super::format::{date, integer, percent, plural};
use super::report::{caution, of};
use crate::form::Date;

/// A share as a sentence tells it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Portion {
    /// How many.
    pub count: usize,
    /// Of how many.
    pub base: usize,
    /// The whole percentage; `None` while only counts may be told.
    pub whole: Option<u32>,
    /// 95 % interval in percent, of random samples.
    pub interval: Option<(f64, f64)>,
    /// The sample was drawn at random.
    pub random: bool,
    /// The report is of few people and says so once: its sentences need not.
    pub few: bool,
}

/// A share in words, with what its verb must agree with.
struct Told {
    text: String,
    many: bool,
}

/// Fewer answers than these are told in counts first.
const FEW: usize = 30;

impl Portion {
    /// The subject of a sentence: `casi 7 de cada 10 que respondieron (68 %, n = 212)`, `7 de 12 personas (58 %)`.
    fn told(self, language: Language) -> Told {
        let Some(whole) = self.whole.filter(|_| self.base >= FEW) else {
            let counted = of(self.count, self.base, language);
            let people = language.pick("personas", "people");
            let text = match self.whole {
                Some(whole) => format!("{counted} {people} ({})", percent(whole.into(), 0, language)),
                None => format!("{counted} {people}"),
            };
            return Told { text, many: self.count != 1 };
        };
        let Tenths { text: part, many, people } = tenths(whole, language);
        let who = match self.random {
            true if people => "",
            true => language.pick(" personas", " people"),
            false => language.pick(" que respondieron", " who answered"),
        };
        let between = self
            .interval
            .map(|(low, high)| {
                let (low, high) = (percent(low, 0, language), percent(high, 0, language));
                language.pick(format!(", entre {low} y {high}"), format!(", between {low} and {high}"))
            })
            .unwrap_or_default();
        let figure =
            format!("({}, n = {}{between})", percent(whole.into(), 0, language), integer(self.base as i64));
        Told { text: format!("{part}{who} {figure}"), many }
    }

    /// The figure alone: `35 %, n = 38` or `3 de 8`.
    fn short(self, language: Language) -> String {
        match self.whole {
            Some(whole) => {
                format!("{}, n = {}", percent(whole.into(), 0, language), integer(self.base as i64))
            }
            None => of(self.count, self.base, language),
        }
    }

    /// With the mark of caution behind a sentence, where the base is small.
    fn cautioned(self, sentence: String, language: Language) -> String {
        if self.base < FEW && !self.few {
            format!("{sentence} {}", caution(self.base, language))
        } else {
            sentence
        }
    }
}

/// A whole percentage in tenths.
struct Tenths {
    text: String,
    /// A verb with it stands in the plural.
    many: bool,
    /// It says "people" itself.
    people: bool,
}

fn tenths(whole: u32, language: Language) -> Tenths {
    let people =
        |es: &str, en: &str, many| Tenths { text: language.pick(es, en).to_owned(), many, people: true };
    let near = (whole + 5) / 10;
    let each = |before: (&str, &str), n: u32| Tenths {
        text: language.pick(format!("{}{n} de cada 10", before.0), format!("{}{n} in 10", before.1)),
        many: n != 1,
        people: false,
    };
    match whole {
        0 => people("ninguna de las personas", "none of the people", false),
        1..=6 => people("pocas personas", "few people", true),
        100.. => people("todas las personas", "all the people", true),
        97..=99 => people("casi todas las personas", "almost all the people", true),
        47..=49 => people("casi la mitad de las personas", "almost half of the people", false),
        50 => people("la mitad de las personas", "half of the people", false),
        51..=53 => people("algo más de la mitad de las personas", "just over half of the people", false),
        _ => match i64::from(whole) - 10 * i64::from(near) {
            0 => each(("", ""), near),
            -3..=-1 => each(("casi ", "almost "), near),
            1..=3 => each(("un poco más de ", "a little more than "), near),
            _ => {
                let low = whole / 10;
                let text = each(("", ""), low + 1).text;
                let text =
                    language.pick(format!("entre {low} y {text}"), format!("between {low} and {text}"));
                Tenths { text, many: true, people: false }
            }
        },
    }
}

/// Behind an estimate that may not be quoted.
pub fn unreliable(language: Language) -> &'static str {
    language
        .pick("Estimación no confiable: no es para citarla.", "Not a reliable estimate: not to be quoted.")
}

/// The first letter as a capital.
fn begun(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn quoted(text: &str, language: Language) -> String {
    language.pick(format!("«{text}»"), format!("“{text}”"))
}

/// One of two answers, in the scale's order.
fn either(answers: &[String], language: Language) -> String {
    let answers: Vec<String> = answers.iter().map(|answer| quoted(answer, language)).collect();
    answers.join(language.pick(" o ", " or "))
}

/// How a figure compares with the same one in an earlier wave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Before {
    /// What may be said.
    pub verdict: Said,
    /// In percent, earlier.
    pub earlier: f64,
    /// Its base.
    pub base: usize,
    /// Later less earlier, in points.
    pub points: f64,
}

/// What may be said of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Its interval lies above 0.
    Rose,
    /// Its interval lies below 0.
    Fell,
    /// Its interval holds 0.
    Unclear,
    /// Two figures side by side.
    Beside,
}

/// A whole percentage of people, in large letters: `Casi 7 de cada 10`.
pub fn in_ten(whole: u32, language: Language) -> String {
    begun(&tenths(whole, language).text)
}

/// A share by its name with its figure, in small letters.
pub fn named(label: &str, part: Portion, language: Language) -> String {
    format!("{label} ({})", part.short(language))
}

/// Points with their sign: `+8`, `−3`.
pub fn points(value: f64) -> String {
    let text = super::format::decimal(value, 0);
    match text.strip_prefix('-') {
        Some(text) => format!("−{text}"),
        None if text == "0" => text,
        None => format!("+{text}"),
    }
}

impl Before {
    /// The sentence behind a finding.
    pub fn sentence(self, language: Language) -> String {
        let (earlier, base) = (percent(self.earlier, 0, language), integer(self.base as i64));
        let by = points(self.points);
        let rose = self.verdict == Said::Rose;
        match self.verdict {
            Said::Rose | Said::Fell => language.pick(
                format!(
                    "{} desde {earlier} (n = {base}) en la toma anterior: {by} puntos.",
                    if rose { "Subió" } else { "Bajó" }
                ),
                format!(
                    "{} from {earlier} (n = {base}) in the earlier wave: {by} points.",
                    if rose { "Up" } else { "Down" }
                ),
            ),
            Said::Unclear => language.pick(
                format!("Sin cambio claro desde la toma anterior ({earlier}, n = {base})."),
                format!("No clear change since the earlier wave ({earlier}, n = {base})."),
            ),
            Said::Beside => language.pick(
                format!("En la toma anterior: {earlier} (n = {base})."),
                format!("In the earlier wave: {earlier} (n = {base})."),
            ),
        }
    }
}

/// How many gave one of the two highest answers to a question.
pub fn answered(part: Portion, answers: &[String], question: &str, language: Language) -> String {
    let told = part.told(language);
    let (subject, answers, question) =
        (begun(&told.text), either(answers, language), quoted(question, language));
    let sentence = language.pick(
        format!("{subject} {} {answers} a {question}.", if told.many { "respondieron" } else { "respondió" }),
        format!("{subject} said {answers} to {question}."),
    );
    part.cautioned(sentence, language)
}

/// A share that has a name of its own.
pub fn share(label: &str, part: Portion, language: Language) -> String {
    part.cautioned(format!("{label}: {}.", part.told(language).text), language)
}

/// The recommendation score.
pub fn recommendation(
    label: &str,
    score: i32,
    promoters: Portion,
    low: Portion,
    language: Language,
) -> String {
    let told = promoters.told(language);
    let (subject, score, low) = (begun(&told.text), points(score.into()), low.short(language));
    let sentence = language.pick(
        format!(
            "{label}: {score}, en una escala de −100 a 100. {subject} {} 9 o 10; de 0 a 6, {low}.",
            if told.many { "dieron" } else { "dio" }
        ),
        format!("{label}: {score}, on a scale from −100 to 100. {subject} gave 9 or 10; 0 to 6, {low}."),
    );
    promoters.cautioned(sentence, language)
}

/// How many would recommend, where no score may be told.
pub fn recommended(question: &str, promoters: Portion, language: Language) -> String {
    let told = promoters.told(language);
    let (subject, question) = (begun(&told.text), quoted(question, language));
    let sentence = language.pick(
        format!("{subject} {} 9 o 10 a {question}.", if told.many { "dieron" } else { "dio" }),
        format!("{subject} gave 9 or 10 to {question}."),
    );
    promoters.cautioned(sentence, language)
}

/// One topic before and now.
#[derive(Debug, Clone, PartialEq)]
pub struct Gain {
    /// The topic.
    pub topic: String,
    /// Who marks more now than before.
    pub improved: Portion,
    /// Mean before and now as they are shown, where they may be.
    pub means: Option<(String, String)>,
}

/// The topics with the largest and the smallest gain.
pub fn gain(label: &str, most: &Gain, least: Option<&Gain>, language: Language) -> String {
    let told = most.improved.told(language);
    let means = most
        .means
        .as_ref()
        .map(|(before, now)| {
            language.pick(
                format!(" (promedio de {before} a {now})"),
                format!(" (average from {before} to {now})"),
            )
        })
        .unwrap_or_default();
    let topic = quoted(&most.topic, language);
    let mut sentence = language.pick(
        format!(
            "{label}: donde más subió es {topic}; {} {} ahora más que antes{means}.",
            told.text,
            if told.many { "marcaron" } else { "marcó" }
        ),
        format!("{label}: the most was gained in {topic}; {} marked more now than before{means}.", told.text),
    );
    if let Some(least) = least {
        let (topic, figure) = (quoted(&least.topic, language), least.improved.short(language));
        sentence += &language.pick(
            format!(" Donde menos, {topic} ({figure})."),
            format!(" The least, in {topic} ({figure})."),
        );
    }
    most.improved.cautioned(sentence, language)
}

/// The other end, behind a sentence about the first.
pub fn and_lowest(row: &str, part: Portion, language: Language) -> String {
    let (row, figure) = (quoted(row, language), part.short(language));
    language.pick(format!("Lo más bajo, {row} ({figure})."), format!("The lowest, {row} ({figure})."))
}

/// The lowest of several on one scale.
pub fn lowest(label: &str, row: &str, answers: &[String], part: Portion, language: Language) -> String {
    extreme(("lo más bajo es", "the lowest is"), label, row, answers, part, language)
}

/// The highest of several on one scale.
pub fn highest(label: &str, row: &str, answers: &[String], part: Portion, language: Language) -> String {
    extreme(("lo más alto es", "the highest is"), label, row, answers, part, language)
}

/// The worst of several burdens.
pub fn heaviest(label: &str, row: &str, answers: &[String], part: Portion, language: Language) -> String {
    extreme(("lo más señalado es", "the most named is"), label, row, answers, part, language)
}

fn extreme(
    words: (&str, &str),
    label: &str,
    row: &str,
    answers: &[String],
    part: Portion,
    language: Language,
) -> String {
    let told = part.told(language);
    let (row, answers, words) =
        (quoted(row, language), either(answers, language), language.pick(words.0, words.1));
    // A question of its own is quoted; a name stands as it is.
    let label = if label.ends_with(['?', '…']) { quoted(label, language) } else { label.to_owned() };
    let sentence = language.pick(
        format!(
            "{label}: {words} {row}; {} {} {answers}.",
            told.text,
            if told.many { "respondieron" } else { "respondió" }
        ),
        format!("{label}: {words} {row}; {} said {answers}.", told.text),
    );
    part.cautioned(sentence, language)
}

/// What stands first among priorities.
pub fn priority(label: &str, choice: &str, top_three: Portion, language: Language) -> String {
    let told = top_three.told(language);
    let choice = quoted(choice, language);
    let sentence = language.pick(
        format!(
            "{label}: en primer lugar, {choice}; {} lo {} entre sus tres primeras opciones.",
            told.text,
            if told.many { "pusieron" } else { "puso" }
        ),
        format!("{label}: first comes {choice}; {} put it among their first three.", told.text),
    );
    top_three.cautioned(sentence, language)
}

/// What people committed themselves to.
pub fn commitments(
    label: &str,
    people: Portion,
    total: usize,
    topic: Option<(&str, usize)>,
    language: Language,
) -> String {
    let told = people.told(language);
    let (subject, all) = (begun(&told.text), integer(total as i64));
    let topic = topic
        .map(|(topic, count)| {
            let (topic, count) = (quoted(topic, language), integer(count as i64));
            language.pick(
                format!(" El tema con más es {topic} ({count})."),
                format!(" The topic with most is {topic} ({count})."),
            )
        })
        .unwrap_or_default();
    let sentence = language.pick(
        format!(
            "{label}: {} {} al menos uno; en total {} {all}.{topic}",
            lowered(&subject),
            if told.many { "anotaron" } else { "anotó" },
            plural(total, "es", "son")
        ),
        format!("{label}: {} wrote down at least one; {all} in all.{topic}", lowered(&subject)),
    );
    people.cautioned(sentence, language)
}

fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The choice that most people marked or gave.
pub fn most_chosen(question: &str, choice: &str, part: Portion, language: Language) -> String {
    let told = part.told(language);
    let (question, choice) = (quoted(question, language), quoted(choice, language));
    let sentence = language.pick(
        format!("Lo más elegido en {question} es {choice}: {}.", told.text),
        format!("The most chosen answer to {question} is {choice}: {}.", told.text),
    );
    part.cautioned(sentence, language)
}

/// A figure that changed clearly between two random samples. `of_100`: the mean of an index, else percent.
pub fn change(
    label: &str,
    before: Before,
    later: f64,
    later_base: usize,
    of_100: bool,
    language: Language,
) -> String {
    let show = |value: f64| match of_100 {
        true => super::format::decimal(value, 0),
        false => percent(value, 0, language),
    };
    let (earlier, later) = (show(before.earlier), show(later));
    let (first, second) = (integer(before.base as i64), integer(later_base as i64));
    let by = points(before.points);
    let unit = if of_100 { language.pick(" de 100", " of 100") } else { "" };
    language.pick(
        format!(
            "{label}: {} de {earlier} a {later}{unit} ({by} puntos; n = {first} y {second}).",
            if before.verdict == Said::Rose { "subió" } else { "bajó" }
        ),
        format!(
            "{label}: {} from {earlier} to {later}{unit} ({by} points; n = {first} and {second}).",
            if before.verdict == Said::Rose { "rose" } else { "fell" }
        ),
    )
}

/// A group and its share.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupShare {
    /// The group.
    pub group: String,
    /// Its share.
    pub part: Portion,
}

/// The two groups that lie furthest apart.
pub fn gap(
    by: &str,
    question: &str,
    answers: &[String],
    (more, less): (&GroupShare, &GroupShare),
    language: Language,
) -> String {
    let side =
        |side: &GroupShare| format!("{} ({})", quoted(&side.group, language), side.part.short(language));
    let (answers, question) = (either(answers, language), quoted(question, language));
    let (more, less) = (side(more), side(less));
    language.pick(
        format!("La mayor diferencia por grupos ({by}): {answers} en {question}, entre {more} y {less}."),
        format!("The largest difference between groups ({by}): {answers} to {question}, between {more} and {less}."),
    )
}

/// A topic of the work plan on page one: how many actions, and the first day.
pub fn topic_line(count: usize, first: Option<Date>, language: Language) -> String {
    let actions = language.pick(plural(count, "acción", "acciones"), plural(count, "action", "actions"));
    let number = format!("{} {actions}", integer(count as i64));
    match first {
        Some(day) => language.pick(
            format!("{number}; la primera fecha, {}", date(day, language)),
            format!("{number}; the first date, {}", date(day, language)),
        ),
        None => number,
    }
}

/// Whether words about a scale say that its high end is a burden: problems, worries, fears, risks.
pub fn is_burden(text: &str) -> bool {
    const STEMS: [&str; 14] = [
        "problem",
        "preocup",
        "worr",
        "grave",
        "serious",
        "miedo",
        "fear",
        "riesgo",
        "risk",
        "insegur",
        "unsafe",
        "obstácul",
        "obstacle",
        "daño",
    ];
    let text = text.to_lowercase();
    STEMS.iter().any(|stem| text.contains(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(whole: u32, base: usize) -> Portion {
        let count = (f64::from(whole) / 100.0 * base as f64).round() as usize;
        Portion {
            count,
            base,
            whole: (base >= 10).then_some(whole),
            interval: None,
            random: false,
            few: false,
        }
    }

    #[test]
    fn shares_are_told_in_tenths_with_percentage_and_base() {
        for (whole, es, en) in [
            (
                68,
                "casi 7 de cada 10 que respondieron (68\u{a0}%, n = 212)",
                "almost 7 in 10 who answered (68%, n = 212)",
            ),
            (70, "7 de cada 10 que respondieron (70\u{a0}%, n = 212)", "7 in 10 who answered (70%, n = 212)"),
            (
                72,
                "un poco más de 7 de cada 10 que respondieron (72\u{a0}%, n = 212)",
                "a little more than 7 in 10 who answered (72%, n = 212)",
            ),
            (
                45,
                "entre 4 y 5 de cada 10 que respondieron (45\u{a0}%, n = 212)",
                "between 4 and 5 in 10 who answered (45%, n = 212)",
            ),
        ] {
            assert_eq!(part(whole, 212).told(Language::Es).text, es);
            assert_eq!(part(whole, 212).told(Language::En).text, en);
        }
    }

    #[test]
    fn few_answers_are_told_in_counts_with_caution() {
        assert_eq!(part(75, 8).told(Language::Es).text, "6 de 8 personas");
        assert_eq!(
            share("Víctimas", part(58, 12), Language::Es),
            "Víctimas: 7 de 12 personas (58\u{a0}%). Base pequeña (n=12): tómese con cautela."
        );
    }

    #[test]
    fn every_whole_percentage_has_words_that_fit_it() {
        for whole in 0..=100 {
            let text = tenths(whole, Language::Es).text;
            assert!(!text.is_empty());
            let numbers: Vec<u32> = text
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|digits| digits.parse().ok())
                .filter(|number| *number != 10)
                .collect();
            for number in numbers {
                assert!((10 * number).abs_diff(whole) <= 6, "{whole}: {text}");
            }
        }
    }

    #[test]
    fn a_scale_of_burdens_is_known_by_its_words() {
        assert!(is_burden("Problema muy grave") && is_burden("¿Cuánto le preocupa que esto le pase?"));
        assert!(!is_burden("Muy de acuerdo") && !is_burden("Muy seguro(a)"));
    }
}
