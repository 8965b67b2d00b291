//! What each function does. The number of arguments was checked when the expression was read.

use super::date::DateTime;
use super::error::EvalError;
use super::eval::{At, Eval, Outcome, Val};
use super::function::{self, Function};
use super::geo;
use super::math::Math;
use super::scope::Scope;
use super::text;
use super::tree::Tree;
use std::borrow::Cow;

impl<'a, S: Scope> Eval<'a, S> {
    pub(super) fn call(&self, function: Function, args: &'a [Tree], at: At<S::Node>) -> Outcome<'a, S> {
        let value = |index: usize| self.value(args, index, at);
        let number = |index: usize| value(index).map(|value| value.number(self.scope));
        let written = |index: usize| value(index).map(|value| value.into_text(self.scope));
        let nodes = |index: usize| match value(index)? {
            Val::Nodes(nodes) => Ok(nodes),
            _ => Err(EvalError::NotNodes(function::name(function))),
        };
        Ok(match function {
            Function::True => Val::Boolean(true),
            Function::False => Val::Boolean(false),
            Function::Boolean => Val::Boolean(value(0)?.boolean()),
            Function::BooleanFromString => Val::Boolean(matches!(&*written(0)?, "true" | "1")),
            Function::Not => Val::Boolean(!value(0)?.boolean()),
            Function::If => value(if value(0)?.boolean() { 1 } else { 2 })?,
            Function::Coalesce => {
                for index in 0..args.len().saturating_sub(1) {
                    let value = value(index)?;
                    let blank = matches!(value, Val::Number(number) if number.is_nan());
                    if !blank && !value.text(self.scope).is_empty() {
                        return Ok(value);
                    }
                }
                value(args.len().saturating_sub(1))?
            }
            Function::Once => {
                let kept = self.scope.text(self.origin);
                if kept.is_empty() { value(0)? } else { Val::Text(kept) }
            }
            Function::Selected => {
                let (chosen, wanted) = (written(0)?, written(1)?);
                Val::Boolean(chosen.split_whitespace().any(|choice| choice == wanted.trim()))
            }
            Function::SelectedAt => {
                let (chosen, index) = (written(0)?, number(1)?);
                let choice = (index >= 0.0).then(|| chosen.split_whitespace().nth(index as usize));
                own(choice.flatten().unwrap_or(""))
            }
            Function::CountSelected => Val::Number(written(0)?.split_whitespace().count() as f64),
            Function::Checklist => {
                let mut sum = 0.0;
                for index in 2..args.len() {
                    sum += self.flags(value(index)?).into_iter().filter(|yes| *yes).count() as f64;
                }
                Val::Boolean(is_within(sum, number(0)?, number(1)?))
            }
            Function::WeightedChecklist => {
                let mut sum = 0.0;
                for index in (2..args.len()).step_by(2) {
                    let weights = self.numbers(value(index + 1)?);
                    let pairs = self.flags(value(index)?).into_iter().zip(weights);
                    sum += pairs.filter(|(yes, _)| *yes).map(|(_, weight)| weight).sum::<f64>();
                }
                Val::Boolean(is_within(sum, number(0)?, number(1)?))
            }

            Function::Text => Val::Text(written(0)?),
            Function::Concat => own(self.texts(args, at)?.concat()),
            Function::Join => {
                let separator = written(0)?;
                own(self.texts(args.get(1..).unwrap_or(&[]), at)?.join(&*separator))
            }
            Function::Substr => {
                let end = if args.len() > 2 { number(2)? } else { f64::INFINITY };
                own(text::substr(&written(0)?, number(1)?, end))
            }
            Function::Substring => {
                let length = if args.len() > 2 { number(2)? } else { f64::INFINITY };
                own(text::substring(&written(0)?, number(1)?, length))
            }
            Function::SubstringBefore => {
                let (whole, part) = (written(0)?, written(1)?);
                own(whole.split_once(&*part).map_or("", |(before, _)| before))
            }
            Function::SubstringAfter => {
                let (whole, part) = (written(0)?, written(1)?);
                own(whole.split_once(&*part).map_or("", |(_, after)| after))
            }
            Function::StartsWith => Val::Boolean(written(0)?.starts_with(&*written(1)?)),
            Function::EndsWith => Val::Boolean(written(0)?.ends_with(&*written(1)?)),
            Function::Contains => Val::Boolean(written(0)?.contains(&*written(1)?)),
            Function::StringLength => Val::Number(written(0)?.chars().count() as f64),
            Function::NormalizeSpace => own(text::normalize_space(&written(0)?)),
            Function::Translate => own(text::translate(&written(0)?, &written(1)?, &written(2)?)),
            Function::Regex => {
                let (whole, pattern) = (written(0)?, written(1)?);
                let matched = self.scope.matches(&pattern, &whole);
                Val::Boolean(matched.ok_or_else(|| EvalError::BadPattern(pattern.into_owned()))?)
            }
            Function::Uuid if args.is_empty() => own(text::uuid(|| self.scope.random())),
            Function::Uuid => own(text::random_text(number(0)?, || self.scope.random())),
            Function::Digest => {
                let algorithm = written(1)?;
                let encoding = if args.len() > 2 { written(2)? } else { Cow::Borrowed("base64") };
                let sum = self.scope.digest(&algorithm, &written(0)?);
                let sum = sum.ok_or_else(|| EvalError::UnknownDigest(algorithm.into_owned()))?;
                own(if encoding.eq_ignore_ascii_case("hex") { text::hex(&sum) } else { text::base64(&sum) })
            }
            Function::Base64Decode => own(text::base64_decode(&written(0)?)),

            Function::Number => Val::Number(number(0)?),
            Function::Int => Val::Number(number(0)?.trunc()),
            Function::Round => {
                let digits = if args.len() > 1 { number(1)?.trunc() } else { 0.0 };
                Val::Number(round(number(0)?, digits))
            }
            Function::Floor => Val::Number(number(0)?.floor()),
            Function::Ceiling => Val::Number(number(0)?.ceil()),
            Function::Abs => Val::Number(number(0)?.abs()),
            Function::Exp10 => Val::Number(self.scope.calculate(Math::Pow, 10.0, number(0)?)),
            Function::Pi => Val::Number(std::f64::consts::PI),
            Function::Math(what) => {
                let second = if args.len() > 1 { number(1)? } else { 0.0 };
                Val::Number(self.scope.calculate(what, number(0)?, second))
            }
            Function::Random => Val::Number(self.scope.random()),
            Function::Min | Function::Max => {
                let mut best = f64::NAN;
                for index in 0..args.len() {
                    for (place, number) in self.numbers(value(index)?).into_iter().enumerate() {
                        let first = index == 0 && place == 0;
                        if number.is_nan() {
                            return Ok(Val::Number(number));
                        }
                        if first || best.is_nan() || (number < best) == (function == Function::Min) {
                            best = number;
                        }
                    }
                }
                Val::Number(best)
            }
            Function::Sum => Val::Number(self.numbers(Val::Nodes(nodes(0)?)).into_iter().sum()),
            Function::Count => Val::Number(nodes(0)?.len() as f64),
            Function::CountNonEmpty => {
                Val::Number(nodes(0)?.into_iter().filter(|n| !self.scope.text(*n).is_empty()).count() as f64)
            }

            Function::Position if args.is_empty() => Val::Number(at.position as f64),
            Function::Position => {
                Val::Number(nodes(0)?.first().map_or(f64::NAN, |node| self.place(*node) as f64))
            }
            Function::Last => Val::Number(at.size as f64),
            Function::Name => {
                let first = nodes(0)?.first().copied();
                Val::Text(first.map_or(Cow::Borrowed(""), |node| self.scope.name(node)))
            }
            Function::IndexedRepeat => Val::Nodes(self.indexed_repeat(args, at)?),
            Function::Randomize => {
                let mut nodes = nodes(0)?;
                let seed =
                    if args.len() > 1 { text::seed(&value(1)?.text(self.scope), number(1)?) } else { None };
                text::shuffle(&mut nodes, seed, || self.scope.random());
                Val::Nodes(nodes)
            }
            Function::ChoiceName => {
                let question = nodes(1)?.first().copied();
                let label = match question {
                    Some(question) => self.scope.choice_label(question, &written(0)?),
                    None => None,
                };
                own(label.unwrap_or_default())
            }
            Function::Itext => own(self.scope.itext(&written(0)?).unwrap_or_default()),
            Function::Pulldata => {
                Val::Text(self.pulldata(written(0)?, &written(1)?, &written(2)?, &written(3)?)?)
            }

            Function::Today => {
                let now = self.scope.now();
                Val::Moment(Some(now.date.at_midnight(now.offset)))
            }
            Function::Now => own(self.scope.now().to_string()),
            Function::Date => match value(0)? {
                value if self.is_blank(&value) => own(""),
                value => Val::Moment(self.moment(value)?),
            },
            Function::DecimalDateTime => {
                Val::Number(self.moment(value(0)?)?.map_or(f64::NAN, DateTime::days))
            }
            Function::DecimalTime => Val::Number(text::day_fraction(&written(0)?, self.scope.now().offset)),
            Function::FormatDate => match self.moment(value(0)?)? {
                Some(moment) => own(moment.format(&written(1)?, self.scope.names())),
                None => own(""),
            },

            Function::Area | Function::Distance => {
                let points = geo::points(&self.texts(args, at)?.join(";"));
                let calculate = |what, x, y| self.scope.calculate(what, x, y);
                Val::Number(match (function, points) {
                    (Function::Area, points) => geo::area(&points.unwrap_or_default(), calculate),
                    (_, Some(points)) => geo::distance(&points, calculate),
                    (_, None) => f64::NAN,
                })
            }
            Function::Geofence => {
                let (point, shape) = (geo::points(&written(0)?), geo::points(&written(1)?));
                let point = point.and_then(|points| points.first().copied());
                Val::Boolean(point.zip(shape).is_some_and(|(point, shape)| geo::is_inside(point, &shape)))
            }
        })
    }

    /// An argument's value; the node itself where the argument was left out.
    fn value(&self, args: &'a [Tree], index: usize, at: At<S::Node>) -> Outcome<'a, S> {
        match args.get(index) {
            Some(tree) => self.tree(tree, at),
            None => Ok(Val::Nodes(vec![at.node])),
        }
    }

    /// All texts of some arguments; nodes give one each.
    fn texts(&self, args: &'a [Tree], at: At<S::Node>) -> Result<Vec<Cow<'a, str>>, EvalError> {
        let mut texts = Vec::with_capacity(args.len());
        for tree in args {
            match self.tree(tree, at)? {
                Val::Nodes(nodes) => texts.extend(nodes.into_iter().map(|node| self.scope.text(node))),
                value => texts.push(value.into_text(self.scope)),
            }
        }
        Ok(texts)
    }

    /// The number, or one for each node.
    fn numbers(&self, value: Val<'a, S::Node>) -> Vec<f64> {
        match value {
            Val::Nodes(nodes) => {
                nodes.into_iter().map(|node| Val::Nodes(vec![node]).number(self.scope)).collect()
            }
            value => vec![value.number(self.scope)],
        }
    }

    /// Yes or no, or for each node whether it has a value.
    fn flags(&self, value: Val<'a, S::Node>) -> Vec<bool> {
        match value {
            Val::Nodes(nodes) => nodes.into_iter().map(|node| !self.scope.text(node).is_empty()).collect(),
            value => vec![value.boolean()],
        }
    }

    fn is_blank(&self, value: &Val<'a, S::Node>) -> bool {
        matches!(value, Val::Text(_) | Val::Nodes(_)) && value.text(self.scope).trim().is_empty()
    }

    /// The moment that a value stands for: a day number, or ISO text.
    fn moment(&self, value: Val<'a, S::Node>) -> Result<Option<DateTime>, EvalError> {
        match value {
            Val::Moment(moment) => Ok(moment),
            Val::Boolean(_) => Ok(None),
            Val::Number(days) => Ok(DateTime::from_days(days, self.scope.now().offset)),
            value => {
                let text = value.into_text(self.scope);
                match DateTime::parse(&text, self.scope.now().offset) {
                    None if DateTime::has_shape(&text) => Err(EvalError::ImpossibleDate(text.into_owned())),
                    moment => Ok(moment),
                }
            }
        }
    }

    /// Place, from 1, among the nodes of its name under the same parent.
    fn place(&self, node: S::Node) -> usize {
        let Some(parent) = self.scope.parent(node) else { return 1 };
        let mut alike = Vec::new();
        self.scope.children_named(parent, &self.scope.name(node), &mut alike);
        alike.into_iter().position(|other| other == node).map_or(1, |index| index + 1)
    }

    /// `indexed-repeat(what, repeat, index, inner repeat, index, ...)`: names mean all instances here.
    fn indexed_repeat(&self, args: &'a [Tree], at: At<S::Node>) -> Result<Vec<S::Node>, EvalError> {
        let everywhere = Eval { scope: self.scope, origin: self.scope.root() };
        let all = |index: usize| match args.get(index) {
            // Only a bare name is looked up from the root: a path means what it says.
            Some(Tree::Path(path)) if path.is_bare_name() => everywhere.path(path, at),
            Some(tree) => match self.tree(tree, at)? {
                Val::Nodes(nodes) => Ok(nodes),
                _ => Err(EvalError::NotNodes(function::name(Function::IndexedRepeat))),
            },
            None => Ok(Vec::new()),
        };
        let mut within: Option<S::Node> = None;
        for index in (1..args.len()).step_by(2) {
            let wanted = self.value(args, index + 1, at)?.number(self.scope);
            let instances =
                all(index)?.into_iter().filter(|node| within.is_none_or(|top| self.is_under(*node, top)));
            let found = instances.into_iter().find(|node| self.place(*node) as f64 == wanted);
            match found {
                Some(node) => within = Some(node),
                None => return Ok(Vec::new()),
            }
        }
        let nodes = all(0)?.into_iter().filter(|node| within.is_some_and(|top| self.is_under(*node, top)));
        Ok(nodes.collect())
    }

    fn is_under(&self, node: S::Node, top: S::Node) -> bool {
        std::iter::successors(Some(node), |node| self.scope.parent(*node)).any(|node| node == top)
    }

    /// The cell of the row of `instance` whose `key` column has this value; blank if there is none.
    fn pulldata(
        &self,
        instance: Cow<'a, str>,
        column: &str,
        key: &str,
        value: &str,
    ) -> Result<Cow<'a, str>, EvalError> {
        let scope = self.scope;
        let Some(document) = scope.instance(&instance) else {
            return Err(EvalError::UnknownInstance(instance.into_owned()));
        };
        let cell = |row: S::Node, name: &str| {
            let mut cells = Vec::new();
            scope.children_named(row, name, &mut cells);
            cells.first().map(|cell| scope.text(*cell))
        };
        let mut rows = scope.children(document).into_iter().flat_map(|root| scope.children(root));
        let row = rows.find(|row| cell(*row, key).is_some_and(|found| found == value));
        Ok(row.and_then(|row| cell(row, column)).unwrap_or_default())
    }
}

fn own<'a, N>(text: impl Into<String>) -> Val<'a, N> {
    Val::Text(Cow::Owned(text.into()))
}

/// `-1` stands for no limit.
fn is_within(sum: f64, least: f64, most: f64) -> bool {
    (least == -1.0 || sum >= least) && (most == -1.0 || sum <= most)
}

/// Half away from zero, to so many decimals (or, negative, tens and hundreds).
fn round(number: f64, digits: f64) -> f64 {
    let scale = 10f64.powi(digits.abs().min(300.0) as i32);
    let rounded =
        if digits < 0.0 { (number / scale).round() * scale } else { (number * scale).round() / scale };
    // So many decimals that scaling leaves the range of numbers: nothing to round.
    if rounded.is_finite() || digits < 0.0 { rounded } else { number }
}
