//! What SPSS asks of names and of the numbers that stand for choices.

use std::collections::HashSet;

use crate::form::{ChoiceList, Role};

/// The longest name of a variable, in bytes.
const LONGEST: usize = 64;
/// Words that SPSS keeps for itself.
const RESERVED: [&str; 13] =
    ["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"];

/// A number shown and not answered: far from what people answer, and declared missing.
pub const NUMBER_SKIPPED: i32 = -999_999;

/// The numbers that stand for a list's choices in the SPSS file.
///
/// Choices that are answers have their scores where every one of them has a whole one of its own, else their names where these
/// are such numbers, else their positions from 1. Missing ones have 99 (refused), 98 (don't know), 97 (not applicable); 96 is
/// "shown and not answered"; where a list has more of a kind they go on downwards. Those that never do it are an answer like
/// others, but on a scale of scores they have no place: they follow downwards and are declared missing, or every mean would
/// be wrong. Long or high scales have 999, 998, ... in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    /// One per choice, in the list's order.
    pub codes: Vec<i32>,
    /// Shown and not answered.
    pub skipped: i32,
    /// The lowest and the highest code that is declared missing.
    pub missing: (i32, i32),
}

impl Codes {
    /// The codes of a list.
    pub fn of(list: &ChoiceList) -> Codes {
        let scale = positions(list, |role| matches!(role, Role::Substantive | Role::Exclusive));
        let answers =
            positions(list, |role| matches!(role, Role::Substantive | Role::Exclusive | Role::Never));
        let scores = scale.iter().map(|at| list.choices.get(*at)?.score.and_then(whole)).collect();
        let names =
            answers.iter().map(|at| list.choices.get(*at)?.name.parse().ok().filter(in_reach)).collect();
        let plain = (1..=answers.len() as i32).collect();
        let (own, numbers) = match distinct(scores) {
            Some(scores) => (scale, scores),
            None => (answers, distinct(names).unwrap_or(plain)),
        };
        let highest = numbers.iter().copied().max().unwrap_or(0);
        let special = list.choices.len() as i32 - own.len() as i32 + 1;
        let top = top_above(highest.saturating_add(special));
        let mut codes = vec![0; list.choices.len()];
        own.iter().zip(numbers).for_each(|(at, number)| put(&mut codes, *at, number));
        let skipped = top - 3;
        let mut next = skipped;
        for (role, first) in [
            (Role::Refused, Some(top)),
            (Role::DontKnow, Some(top - 1)),
            (Role::NotApplicable, Some(top - 2)),
            (Role::Never, None),
        ] {
            let all = positions(list, |other| other == role).into_iter().filter(|at| !own.contains(at));
            for (number, at) in all.enumerate() {
                let code = first.filter(|_| number == 0).unwrap_or_else(|| {
                    next -= 1;
                    next
                });
                put(&mut codes, at, code);
            }
        }
        Codes { codes, skipped, missing: (next, top) }
    }

    /// The code for "shown and not answered" of a variable with values up to `highest`.
    pub fn skipped_above(highest: usize) -> i32 {
        top_above(i32::try_from(highest).unwrap_or(i32::MAX)) - 3
    }
}

/// The highest code of a variable: 99, 999, ... so that five more codes fit between it and what is answered.
fn top_above(highest: i32) -> i32 {
    let mut top = 99;
    while highest >= top - 5 && top < 99_999_999 {
        top = top * 10 + 9;
    }
    top
}

fn positions(list: &ChoiceList, wanted: impl Fn(Role) -> bool) -> Vec<usize> {
    list.choices.iter().enumerate().filter(|(_, choice)| wanted(choice.role)).map(|(at, _)| at).collect()
}

fn put(codes: &mut [i32], at: usize, code: i32) {
    if let Some(place) = codes.get_mut(at) {
        *place = code;
    }
}

fn whole(score: f64) -> Option<i32> {
    let number = score as i32;
    (f64::from(number) == score).then_some(number).filter(in_reach)
}

fn in_reach(number: &i32) -> bool {
    (-1000..1_000_000).contains(number)
}

fn distinct(numbers: Vec<Option<i32>>) -> Option<Vec<i32>> {
    let numbers: Vec<i32> = numbers.into_iter().collect::<Option<_>>()?;
    let different: HashSet<i32> = numbers.iter().copied().collect();
    (different.len() == numbers.len()).then_some(numbers)
}

/// A valid SPSS name for each header, no two alike in whatever letters.
pub(super) fn unique_names(headers: &[&str]) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    let mut names = Vec::with_capacity(headers.len());
    for header in headers {
        let plain = valid_name(header);
        let mut name = cut(&plain, LONGEST);
        let mut number = 2;
        while !taken.insert(name.to_ascii_lowercase()) {
            let ending = format!("_{number}");
            name = cut(&plain, LONGEST - ending.len()) + &ending;
            number += 1;
        }
        names.push(name);
    }
    names
}

/// Letters, digits and underscores, a letter first: what every reader of the format takes.
fn valid_name(header: &str) -> String {
    let mut name = String::new();
    for c in header.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => name.push(c),
            // A repeat's position closes just before the stroke.
            ']' => {}
            _ => name.push(folded(c)),
        }
    }
    let name = name.trim_end_matches('_');
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if begins && !RESERVED.contains(&name.to_ascii_lowercase().as_str()) {
        name.to_owned()
    } else {
        format!("v_{}", name.trim_start_matches('_'))
    }
}

fn folded(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'Á' => 'A',
        'É' => 'E',
        'Í' => 'I',
        'Ó' => 'O',
        'Ú' | 'Ü' => 'U',
        'ñ' => 'n',
        'Ñ' => 'N',
        'ç' => 'c',
        _ => '_',
    }
}

fn cut(name: &str, length: usize) -> String {
    name.get(..length.min(name.len())).unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Choice, Text};

    fn list(choices: &[(&str, Option<f64>, Role)]) -> ChoiceList {
        let choice = |(name, score, role): &(&str, Option<f64>, Role)| Choice {
            name: (*name).to_owned(),
            label: Text::default(),
            role: *role,
            score: *score,
            columns: Vec::new(),
        };
        ChoiceList {
            name: String::new(),
            choices: choices.iter().map(choice).collect(),
            filter: None,
            from: None,
            shuffle: None,
        }
    }

    fn plain(name: &str) -> (&str, Option<f64>, Role) {
        (name, None, Role::Substantive)
    }

    #[test]
    fn scores_come_before_names_and_names_before_positions() {
        let scored = list(&[
            ("very", Some(4.0), Role::Substantive),
            ("not", Some(1.0), Role::Substantive),
            ("never", None, Role::Never),
            ("dk", None, Role::DontKnow),
            ("ref", None, Role::Refused),
            ("na", None, Role::NotApplicable),
        ]);
        let codes = Codes::of(&scored);
        assert_eq!(codes.codes, [4, 1, 95, 98, 99, 97]);
        assert_eq!((codes.skipped, codes.missing), (96, (95, 99)));
        let halves = list(&[("a", Some(0.5), Role::Substantive), ("b", Some(1.0), Role::Substantive)]);
        assert_eq!(Codes::of(&halves).codes, [1, 2]);
        assert_eq!(Codes::of(&list(&[plain("0"), plain("1"), plain("2")])).codes, [0, 1, 2]);
        assert_eq!(Codes::of(&list(&[plain("b"), plain("1")])).codes, [1, 2]);
    }

    #[test]
    fn codes_of_missing_answers_keep_clear_of_high_scales_and_of_each_other() {
        let high: Vec<String> = (0..=100).map(|number| number.to_string()).collect();
        let mut choices: Vec<_> = high.iter().map(|name| plain(name)).collect();
        choices.extend([("a", None, Role::DontKnow), ("b", None, Role::DontKnow), ("c", None, Role::Never)]);
        let codes = Codes::of(&list(&choices));
        assert_eq!(codes.codes[101..], [998, 995, 102]);
        assert_eq!((codes.skipped, codes.missing), (996, (995, 999)));
        assert_eq!((Codes::skipped_above(1), Codes::skipped_above(94)), (96, 996));
    }

    #[test]
    fn names_are_valid_and_told_apart() {
        let long = "a".repeat(70);
        let headers =
            ["barriers/money", "Barriers_money", "plans[2]/año", "1st", "_x", "with", "ñ/¿", &long, &long];
        let names = unique_names(&headers);
        assert_eq!(
            names[..7],
            ["barriers_money", "Barriers_money_2", "plans_2_ano", "v_1st", "v_x", "v_with", "n"]
        );
        assert_eq!((names[7].len(), names[8].len()), (64, 64));
        assert!(names[8].ends_with("a_2"));
    }
}
