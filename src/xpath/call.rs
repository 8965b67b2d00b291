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
    /// Evaluates arguments, here and not in `apply`, so that nested calls stack up only small frames.
    pub(super) fn call(&self, function: Function, args: &'a [Tree], at: At<S::Node>) -> Outcome<'a, S> {
        match (function, args) {
            (Function::If, [condition, then, otherwise]) => {
                let chosen = if self.tree(condition, at)?.boolean() { then } else { otherwise };
                self.tree(chosen, at)
            }
            (Function::Coalesce, [first @ .., last]) => {
                for tree in first {
                    let value = self.tree(tree, at)?;
                    let is_nan = matches!(value, Val::Number(number) if number.is_nan());
                    if !is_nan && !value.text(self.scope).is_empty() {
                        return Ok(value);
                    }
                }
                self.tree(last, at)
            }
            (Function::Once, [tree]) => {
                let kept = self.scope.text(self.origin);
                if kept.is_empty() { self.tree(tree, at) } else { Ok(Val::Text(kept)) }
            }
            (Function::IndexedRepeat, args) => self.indexed_repeat(args, at),
            _ => {
                let mut values = Vec::with_capacity(args.len());
                for tree in args {
                    values.push(self.tree(tree, at)?);
                }
                Given { scope: self.scope, function, values, at }.apply()
            }
        }
    }

    /// `indexed-repeat(what, repeat, index, inner repeat, index, ...)`: names mean all instances here,
    /// and the repeats may come in any order.
    fn indexed_repeat(&self, args: &'a [Tree], at: At<S::Node>) -> Outcome<'a, S> {
        let everywhere = Eval { scope: self.scope, origin: self.scope.root() };
        let all = |tree: &'a Tree| match tree {
            // Only a bare name is looked up from the root: a path means what it says.
            Tree::Path(path) if path.is_bare_name() => everywhere.path(path, at),
            _ => match self.tree(tree, at)? {
                Val::Nodes(nodes) => Ok(nodes),
                _ => Err(EvalError::NotNodes(function::name(Function::IndexedRepeat))),
            },
        };
        let Some((what, pairs)) = args.split_first() else { return Ok(Val::Nodes(Vec::new())) };
        let mut repeats = Vec::new();
        for pair in pairs.chunks_exact(2) {
            if let [repeat, index] = pair {
                let instances = all(repeat)?;
                let depth = instances.first().map_or(0, |node| line(self.scope, *node).count());
                repeats.push((depth, instances, self.tree(index, at)?.number(self.scope)));
            }
        }
        let mut within = None;
        while let Some(outermost) = repeats.iter().map(|repeat| repeat.0).min() {
            let place = repeats.iter().position(|repeat| repeat.0 == outermost).unwrap_or(0);
            let (_, instances, wanted) = repeats.remove(place);
            let inside =
                |node: &S::Node| within.is_none_or(|top| line(self.scope, *node).any(|above| above == top));
            let found =
                instances.into_iter().filter(inside).enumerate().find(|(i, _)| (i + 1) as f64 == wanted);
            let Some((_, instance)) = found else { return Ok(Val::Nodes(Vec::new())) };
            within = Some(instance);
        }
        let mut nodes = all(what)?;
        nodes.retain(|node| within.is_some_and(|top| line(self.scope, *node).any(|above| above == top)));
        Ok(Val::Nodes(nodes))
    }
}

/// A function with its arguments' values.
struct Given<'a, S: Scope> {
    scope: &'a S,
    function: Function,
    values: Vec<Val<'a, S::Node>>,
    at: At<S::Node>,
}

impl<'a, S: Scope> Given<'a, S> {
    #[inline(never)]
    fn apply(mut self) -> Outcome<'a, S> {
        let scope = self.scope;
        let given = self.values.len();
        Ok(match self.function {
            // Their arguments are not all wanted: `Eval::call` has seen to them.
            Function::If | Function::Coalesce | Function::Once | Function::IndexedRepeat => own(""),

            Function::True => Val::Boolean(true),
            Function::False => Val::Boolean(false),
            Function::Boolean => Val::Boolean(self.take(0).boolean()),
            Function::Not => Val::Boolean(!self.take(0).boolean()),
            Function::BooleanFromString => Val::Boolean(matches!(&*self.text(0), "true" | "1")),
            Function::Selected => {
                let (chosen, wanted) = (self.text(0), self.text(1));
                let wanted = wanted.trim();
                // Of nothing, nothing is chosen.
                let none = wanted.is_empty() && chosen.trim().is_empty();
                Val::Boolean(none || chosen.split_whitespace().any(|choice| choice == wanted))
            }
            Function::SelectedAt => {
                let (chosen, index) = (self.text(0), self.number(1));
                let choice = (index >= 0.0).then(|| chosen.split_whitespace().nth(index as usize));
                own(choice.flatten().unwrap_or(""))
            }
            Function::CountSelected => Val::Number(self.text(0).split_whitespace().count() as f64),
            Function::Checklist => {
                let flags = (2..given).flat_map(|index| self.flags(index)).filter(|yes| *yes);
                let sum = flags.count() as f64;
                Val::Boolean(self.is_within_limits(sum))
            }
            Function::WeightedChecklist => {
                let mut sum = 0.0;
                for index in (2..given).step_by(2) {
                    let flags = self.flags(index).into_iter().zip(self.numbers(index + 1));
                    sum += flags.filter(|(yes, _)| *yes).map(|(_, weight)| weight).sum::<f64>();
                }
                Val::Boolean(self.is_within_limits(sum))
            }

            Function::Text => Val::Text(self.text(0)),
            Function::Concat => own(self.texts(0).concat()),
            Function::Join => {
                let separator = self.text(0);
                own(self.texts(1).join(&*separator))
            }
            Function::Substr => {
                let end = if given > 2 { self.number(2) } else { f64::INFINITY };
                own(text::substr(&self.text(0), self.number(1), end))
            }
            Function::Substring => {
                let length = if given > 2 { self.number(2) } else { f64::INFINITY };
                own(text::substring(&self.text(0), self.number(1), length))
            }
            Function::SubstringBefore => {
                own(text::split_once(&self.text(0), &self.text(1)).map_or("", |(before, _)| before))
            }
            Function::SubstringAfter => {
                own(text::split_once(&self.text(0), &self.text(1)).map_or("", |(_, after)| after))
            }
            Function::StartsWith => Val::Boolean(self.text(0).starts_with(&*self.text(1))),
            Function::EndsWith => Val::Boolean(self.text(0).ends_with(&*self.text(1))),
            Function::Contains => Val::Boolean(text::split_once(&self.text(0), &self.text(1)).is_some()),
            Function::StringLength => Val::Number(self.text(0).chars().count() as f64),
            Function::NormalizeSpace => own(text::normalize_space(&self.text(0))),
            Function::Translate => own(text::translate(&self.text(0), &self.text(1), &self.text(2))),
            Function::Regex => {
                let (whole, pattern) = (self.text(0), self.text(1));
                let matched = scope.matches(&pattern, &whole);
                Val::Boolean(matched.ok_or_else(|| EvalError::BadPattern(pattern.into_owned()))?)
            }
            Function::Uuid if given == 0 => own(text::uuid(|| scope.random())),
            Function::Uuid => own(text::random_text(self.number(0), || scope.random())),
            Function::Digest => {
                let (whole, algorithm) = (self.text(0), self.text(1));
                let is_hex = given > 2 && self.text(2).eq_ignore_ascii_case("hex");
                let sum = scope.digest(&algorithm, &whole);
                let sum = sum.ok_or_else(|| EvalError::UnknownDigest(algorithm.into_owned()))?;
                own(if is_hex { text::hex(&sum) } else { text::base64(&sum) })
            }
            Function::Base64Decode => own(text::base64_decode(&self.text(0))),

            Function::Number => Val::Number(self.number(0)),
            Function::Int => Val::Number(self.number(0).trunc()),
            Function::Round => {
                let digits = if given > 1 { self.number(1) } else { 0.0 };
                Val::Number(round(self.number(0), digits))
            }
            Function::Floor => Val::Number(self.number(0).floor()),
            Function::Ceiling => Val::Number(self.number(0).ceil()),
            Function::Abs => Val::Number(self.number(0).abs()),
            Function::Pi => Val::Number(std::f64::consts::PI),
            Function::Exp10 => Val::Number(scope.calculate(Math::Pow, 10.0, self.number(0))),
            Function::Math(what) => {
                let second = if given > 1 { self.number(1) } else { 0.0 };
                Val::Number(scope.calculate(what, self.number(0), second))
            }
            Function::Random => Val::Number(scope.random()),
            Function::Min | Function::Max => {
                let smallest = self.function == Function::Min;
                let numbers = (0..given).flat_map(|index| self.numbers(index));
                // One that is not a number spoils all, and of nothing there is no least.
                let better =
                    |a: f64, b: f64| if a.is_nan() || (a < b) == smallest && !b.is_nan() { a } else { b };
                Val::Number(numbers.reduce(better).unwrap_or(f64::NAN))
            }
            Function::Sum => {
                let nodes = self.nodes(0)?;
                // The sum of nothing is 0, and std's is -0.
                Val::Number(answered(scope, nodes).into_iter().fold(0.0, |sum, number| sum + number))
            }
            Function::Count => Val::Number(self.nodes(0)?.len() as f64),
            Function::CountNonEmpty => Val::Number(
                self.nodes(0)?.into_iter().filter(|node| !scope.text(*node).is_empty()).count() as f64,
            ),

            Function::Position if given == 0 => Val::Number(self.at.position as f64),
            Function::Position => {
                Val::Number(self.nodes(0)?.first().map_or(f64::NAN, |node| place(scope, *node)))
            }
            Function::Last => Val::Number(self.at.size as f64),
            Function::Name => {
                Val::Text(self.nodes(0)?.first().map_or(Cow::Borrowed(""), |node| scope.name(*node)))
            }
            Function::Randomize => {
                let mut nodes = self.nodes(0)?;
                let seed = if given > 1 { self.seed(1) } else { (scope.random() * 2_147_483_646.0) as i64 };
                text::shuffle(&mut nodes, seed);
                Val::Nodes(nodes)
            }
            Function::ChoiceName => {
                let question = self.nodes(1)?.first().copied();
                let label = question.and_then(|question| scope.choice_label(question, &self.text(0)));
                own(label.unwrap_or_default())
            }
            Function::Itext => own(scope.itext(&self.text(0)).unwrap_or_default()),
            Function::Pulldata => Val::Text(self.pulldata()?),

            Function::Today => {
                let now = scope.now();
                Val::Moment(Some(now.date.at_midnight(now.offset)))
            }
            Function::Now => own(scope.now().to_string()),
            Function::Date => match self.take(0) {
                Val::Boolean(_) => own(""),
                Val::Text(text) if text.trim().is_empty() => own(""),
                Val::Nodes(nodes) if nodes.iter().all(|node| scope.text(*node).trim().is_empty()) => own(""),
                value => Val::Moment(moment(scope, value)?),
            },
            Function::DecimalDateTime => {
                Val::Number(moment(scope, self.take(0))?.map_or(f64::NAN, DateTime::days))
            }
            Function::DecimalTime => Val::Number(text::day_fraction(&self.text(0), scope.now().offset)),
            Function::FormatDate => match moment(scope, self.take(0))? {
                Some(moment) => own(moment.format(&self.text(1), scope.names())),
                None => own(""),
            },

            Function::Area | Function::Distance => {
                let points = geo::points(&self.texts(0).join(";"));
                let calculate = |what, x, y| scope.calculate(what, x, y);
                Val::Number(match (self.function, points) {
                    (Function::Area, points) => geo::area(&points.unwrap_or_default(), calculate),
                    (_, Some(points)) => geo::distance(&points, calculate),
                    (_, None) => f64::NAN,
                })
            }
            Function::Geofence => {
                let (point, shape) = (geo::points(&self.text(0)), geo::points(&self.text(1)));
                let point = point.and_then(|points| points.first().copied());
                Val::Boolean(point.zip(shape).is_some_and(|(point, shape)| geo::is_inside(point, &shape)))
            }
        })
    }

    /// An argument's value, which is then gone; the node itself where the argument was left out.
    fn take(&mut self, index: usize) -> Val<'a, S::Node> {
        match self.values.get_mut(index) {
            Some(value) => std::mem::replace(value, Val::Boolean(false)),
            None => Val::Nodes(vec![self.at.node]),
        }
    }

    fn number(&mut self, index: usize) -> f64 {
        self.take(index).number(self.scope)
    }

    fn text(&mut self, index: usize) -> Cow<'a, str> {
        self.take(index).into_text(self.scope)
    }

    fn nodes(&mut self, index: usize) -> Result<Vec<S::Node>, EvalError> {
        match self.take(index) {
            Val::Nodes(nodes) => Ok(nodes),
            _ => Err(EvalError::NotNodes(function::name(self.function))),
        }
    }

    /// The texts of all arguments from `first` on; nodes give one each.
    fn texts(&mut self, first: usize) -> Vec<Cow<'a, str>> {
        let mut texts = Vec::with_capacity(self.values.len());
        for value in self.values.drain(first.min(self.values.len())..) {
            match value {
                Val::Nodes(nodes) => texts.extend(nodes.into_iter().map(|node| self.scope.text(node))),
                value => texts.push(value.into_text(self.scope)),
            }
        }
        texts
    }

    /// The number, or one for each node with a value.
    fn numbers(&mut self, index: usize) -> Vec<f64> {
        match self.take(index) {
            Val::Nodes(nodes) => answered(self.scope, nodes),
            value => vec![value.number(self.scope)],
        }
    }

    /// Yes or no, or for each node whether it has a value.
    fn flags(&mut self, index: usize) -> Vec<bool> {
        match self.take(index) {
            Val::Nodes(nodes) => nodes.into_iter().map(|node| !self.scope.text(node).is_empty()).collect(),
            value => vec![value.boolean()],
        }
    }

    /// Between the first two arguments, of which -1 stands for no limit.
    fn is_within_limits(&mut self, sum: f64) -> bool {
        let (least, most) = (self.number(0), self.number(1));
        (least == -1.0 || sum >= least) && (most == -1.0 || sum <= most)
    }

    fn seed(&mut self, index: usize) -> i64 {
        let value = self.take(index);
        let (number, text) = (value.number(self.scope), value.into_text(self.scope));
        let sum = if number.is_nan() { self.scope.digest("SHA-256", &text) } else { None };
        text::seed(&text, number, sum)
    }

    /// `pulldata(instance, column, key column, key)`: the cell of the row with that key; blank if none.
    fn pulldata(&mut self) -> Result<Cow<'a, str>, EvalError> {
        let scope = self.scope;
        let (instance, column, key, value) = (self.text(0), self.text(1), self.text(2), self.text(3));
        let Some(document) = scope.instance(&instance) else {
            return Err(EvalError::UnknownInstance(instance.into_owned()));
        };
        let cell = |row: S::Node, name: &str| {
            let mut cells = Vec::new();
            scope.children_named(row, name, &mut cells);
            cells.first().map(|cell| scope.text(*cell))
        };
        let mut rows = scope.children(document).into_iter().flat_map(|root| scope.children(root));
        let row = rows.find(|row| cell(*row, &key).is_some_and(|found| found == value));
        Ok(row.and_then(|row| cell(row, &column)).unwrap_or_default())
    }
}

fn own<'a, N>(text: impl Into<String>) -> Val<'a, N> {
    Val::Text(Cow::Owned(text.into()))
}

/// What is not answered yet says nothing of how little, how much, or how much in all.
fn answered<S: Scope>(scope: &S, nodes: Vec<S::Node>) -> Vec<f64> {
    let answered = |node: &S::Node| !scope.text(*node).trim().is_empty();
    nodes.into_iter().filter(answered).map(|node| number(scope, node)).collect()
}

fn number<S: Scope>(scope: &S, node: S::Node) -> f64 {
    super::eval::text_number(&scope.text(node), scope)
}

/// The node, its parent, and so on up to the root.
fn line<S: Scope>(scope: &S, node: S::Node) -> impl Iterator<Item = S::Node> {
    std::iter::successors(Some(node), |node| scope.parent(*node))
}

/// Place, from 1, among the nodes of its name under the same parent.
fn place<S: Scope>(scope: &S, node: S::Node) -> f64 {
    let mut alike = Vec::new();
    if let Some(parent) = scope.parent(node) {
        scope.children_named(parent, &scope.name(node), &mut alike);
    }
    alike.into_iter().position(|other| other == node).map_or(1.0, |index| (index + 1) as f64)
}

/// The moment that a value stands for: a day number, or ISO text.
fn moment<S: Scope>(scope: &S, value: Val<'_, S::Node>) -> Result<Option<DateTime>, EvalError> {
    match value {
        Val::Moment(moment) => Ok(moment),
        Val::Boolean(_) => Ok(None),
        Val::Number(days) => Ok(DateTime::from_days(days, scope.now().offset)),
        value => {
            let text = value.into_text(scope);
            match DateTime::parse(&text, scope.now().offset) {
                None if DateTime::has_shape(&text) => Err(EvalError::ImpossibleDate(text.into_owned())),
                moment => Ok(moment),
            }
        }
    }
}

/// Half away from zero, to so many decimals (or, negative, tens and hundreds).
fn round(number: f64, digits: f64) -> f64 {
    if digits.is_nan() {
        return f64::NAN;
    }
    let scale = 10f64.powi(digits.abs().min(300.0) as i32);
    let rounded =
        if digits < 0.0 { (number / scale).round() * scale } else { (number * scale).round() / scale };
    // So many decimals that scaling leaves the range of numbers: nothing to round.
    if rounded.is_finite() || digits < 0.0 { rounded } else { number }
}

#[cfg(test)]
#[path = "call_tests.rs"]
mod tests;
