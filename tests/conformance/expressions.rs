//! An expression, where it stands, and what it must give. Scored as the mean over families (the
//! source files), because two families of near-equal cases make up a third of all.

use std::path::Path;

use super::case::{Case, Tab, Verdict, share};
use roxmltree::{Document, Node, ParsingOptions};
use serde_json::Value as Json;
use sondeo::xpath::{DateTime, EvalError, Expr, ParseErrorKind, Scope, digest};
use std::borrow::Cow;
use std::collections::BTreeMap;

pub(crate) fn run(_: &Path, file: &Json) -> Tab {
    let mut tab = Tab::default();
    let mut apart: BTreeMap<&str, Vec<Case>> = BTreeMap::new();
    for case in file["cases"].as_array().unwrap() {
        let is_core = case["tier"] == "core";
        let is_gated = is_core && (case["status"] == "agreed" || case["status"] == "one-engine");
        let family = case["source"]["file"].as_str().unwrap();
        let judged = Case::new(case["id"].as_str().unwrap(), family, is_gated, || {
            let xml = case["context"]["doc"].as_str();
            let xml = xml.map_or("<none/>", |doc| file["docs"][doc].as_str().unwrap());
            let document = Document::parse_with_options(xml, options()).unwrap();
            let (verdict, got) = match World::new(&document, case) {
                Some(world) => world.judge(case),
                // Only elements are nodes of a form.
                None => (Verdict::Unsupported, "a context that is no element".to_owned()),
            };
            (verdict, format!("{} wants {} gave {got}", case["expr"], case["expected"]))
        });
        if is_gated {
            tab.cases.push(judged);
        } else {
            let set = if is_core { "on which engines differ" } else { "tier dom" };
            apart.entry(set).or_default().push(judged);
        }
    }
    tab.notes.push(format!("mean over families: {:.2} %", mean(&tab.cases)));
    for (set, cases) in apart {
        tab.apart.push(format!("expressions {set}: {}", share(&cases)));
        let wrong = cases.into_iter().filter(|case| case.verdict == Verdict::Wrong);
        tab.notes.extend(wrong.map(|case| format!("{set}: {}", case.fault())));
    }
    tab
}

fn mean(cases: &[Case]) -> f64 {
    let mut families: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for case in cases {
        let (passed, all) = families.entry(&case.family).or_default();
        *passed += usize::from(case.verdict == Verdict::Passed);
        *all += 1;
    }
    let shares = families.values().map(|(passed, all)| *passed as f64 / *all as f64);
    100.0 * shares.sum::<f64>() / families.len().max(1) as f64
}

/// One case's document, seen from its node.
struct World<'a> {
    document: &'a Document<'a>,
    root: Node<'a, 'a>,
    context: Node<'a, 'a>,
    language: Option<&'a str>,
    offset: i16,
}

impl<'a> World<'a> {
    fn new(document: &'a Document<'a>, case: &'a Json) -> Option<World<'a>> {
        let place = |path: &'a Json| path.as_str().map_or(Some(document.root()), |path| find(document, path));
        Some(World {
            document,
            root: place(&case["root"])?,
            context: place(&case["context"]["node"])?,
            language: case["context"]["language"].as_str(),
            offset: if case["timezone"] == "America/Phoenix" { -420 } else { 0 },
        })
    }

    fn judge(&self, case: &Json) -> (Verdict, String) {
        let must_fail = case["result_type"] == "error";
        let failed = |unsupported: bool, error: String| match (must_fail, unsupported) {
            (true, _) => (Verdict::Passed, error),
            (false, true) => (Verdict::Unsupported, error),
            (false, false) => (Verdict::Wrong, error),
        };
        let expr = match Expr::parse(case["expr"].as_str().unwrap()) {
            Ok(expr) => expr,
            Err(error) => {
                return failed(matches!(error.kind, ParseErrorKind::Unsupported(_)), error.to_string());
            }
        };
        let expected = &case["expected"];
        let outcome = match case["result_type"].as_str().unwrap() {
            "boolean" => expr.eval_boolean(self).map(|is| (Some(is) == expected.as_bool(), is.to_string())),
            "number" | "number_rounded" => {
                expr.eval_number(self).map(|is| (is_number(is, case), is.to_string()))
            }
            "string" => expr.eval_text(self).map(|is| (Some(is.as_str()) == expected.as_str(), is)),
            "string_length" => {
                expr.eval_text(self).map(|is| (expected.as_u64() == Some(is.chars().count() as u64), is))
            }
            "string_matches" => {
                let pattern = regex_lite::Regex::new(expected.as_str().unwrap()).unwrap();
                expr.eval_text(self).map(|is| (pattern.is_match(&is), is))
            }
            "error" => expr.eval_text(self).map(|is| (false, is)),
            // A list of nodes is no value that a form could hold.
            other => return (Verdict::Unsupported, format!("a result that is a {other}")),
        };
        match outcome {
            Ok((right, got)) => (if right { Verdict::Passed } else { Verdict::Wrong }, got),
            Err(error) => failed(matches!(error, EvalError::UnknownDigest(_)), error.to_string()),
        }
    }
}

fn options<'a>() -> ParsingOptions<'a> {
    ParsingOptions { allow_dtd: true, ..ParsingOptions::default() }
}

fn is_number(is: f64, case: &Json) -> bool {
    let expected = match &case["expected"] {
        Json::String(text) => text.parse().unwrap(),
        number => number.as_f64().unwrap(),
    };
    let (is, expected) = match case["factor"].as_f64() {
        Some(factor) => ((is * factor).round() / factor, expected),
        None => (is, expected),
    };
    // Two libraries of mathematics may differ in the last place.
    let tolerance = case["tolerance"].as_f64().unwrap_or(expected.abs() * 4.0 * f64::EPSILON);
    let same_sign = expected != 0.0 || !expected.is_sign_negative() || is.is_sign_negative();
    is.is_nan() && expected.is_nan() || is == expected && same_sign || (is - expected).abs() <= tolerance
}

/// The element at `/a[1]/b[2]`.
fn find<'a>(document: &'a Document<'a>, path: &str) -> Option<Node<'a, 'a>> {
    path.split('/').filter(|step| !step.is_empty()).try_fold(document.root(), |node, step| {
        let (name, place) = step.trim_end_matches(']').split_once('[')?;
        let local = name.rsplit(':').next()?;
        let mut alike = node.children().filter(|child| child.tag_name().name() == local);
        alike.nth(place.parse::<usize>().ok()?.checked_sub(1)?)
    })
}

impl<'a> Scope for World<'a> {
    type Node = Node<'a, 'a>;

    fn context(&self) -> Self::Node {
        self.context
    }

    fn resolve(&self, name: &str, _from: Self::Node) -> Vec<Self::Node> {
        self.document.descendants().filter(|node| node.tag_name().name() == name).collect()
    }

    fn root(&self) -> Self::Node {
        self.root
    }

    fn parent(&self, node: Self::Node) -> Option<Self::Node> {
        node.parent()
    }

    fn children(&self, node: Self::Node) -> Vec<Self::Node> {
        node.children().filter(Node::is_element).collect()
    }

    fn name(&self, node: Self::Node) -> Cow<'_, str> {
        // A name without a prefix is a name in no namespace, or in that of XForms.
        let tag = node.tag_name();
        match tag.namespace() {
            None | Some("http://www.w3.org/2002/xforms") => tag.name().into(),
            Some(namespace) => format!("{namespace}:{}", tag.name()).into(),
        }
    }

    fn text(&self, node: Self::Node) -> Cow<'_, str> {
        node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect()
    }

    fn instance(&self, id: &str) -> Option<Self::Node> {
        let is_it =
            |node: &Node<'_, '_>| node.tag_name().name() == "instance" && node.attribute("id") == Some(id);
        self.document.descendants().find(is_it)
    }

    fn matches(&self, pattern: &str, text: &str) -> Option<bool> {
        let whole = regex_lite::Regex::new(&format!("^(?:{pattern})$")).ok()?;
        Some(whole.is_match(text))
    }

    fn now(&self) -> DateTime {
        // The day that the cases call today.
        DateTime::parse("2026-11-23T12:34:56.789", self.offset).unwrap()
    }

    fn random(&self) -> f64 {
        0.625
    }

    fn itext(&self, id: &str) -> Option<String> {
        let translations: Vec<_> =
            self.document.descendants().filter(|node| node.tag_name().name() == "translation").collect();
        let translation = match self.language {
            Some(language) => translations.iter().find(|node| node.attribute("lang") == Some(language)),
            None => translations.iter().find(|node| node.has_attribute("default")).or(translations.first()),
        };
        let text = translation?.children().find(|node| node.attribute("id") == Some(id))?;
        Some(self.text(text).trim().to_owned())
    }

    fn digest(&self, algorithm: &str, text: &str) -> Option<Vec<u8>> {
        digest::digest(algorithm, text.as_bytes())
    }
}
