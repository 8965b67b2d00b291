//! What became of a case, and how it is told.

use std::collections::BTreeMap;

/// What became of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Passed,
    Wrong,
    /// Refused by the name of what this program does not do.
    Unsupported,
}

/// A case that was run.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) family: String,
    pub(crate) verdict: Verdict,
    /// Whether it counts.
    pub(crate) is_gated: bool,
    pub(crate) panicked: bool,
    /// What was found.
    pub(crate) detail: String,
}

/// What became of a file of cases.
#[derive(Debug, Default)]
pub(crate) struct Tab {
    pub(crate) cases: Vec<Case>,
    /// What else there is to say of it.
    pub(crate) notes: Vec<String>,
    /// Lines before the last: sets that do not count.
    pub(crate) apart: Vec<String>,
}

/// So much of what was found is told.
const LONGEST: usize = 200;

impl Case {
    pub(crate) fn new(
        id: &str,
        family: &str,
        is_gated: bool,
        judge: impl FnOnce() -> (Verdict, String),
    ) -> Case {
        let (verdict, detail, panicked) = super::judge(judge);
        Case { id: id.to_owned(), family: family.to_owned(), verdict, is_gated, panicked, detail }
    }

    /// In one line.
    pub(crate) fn fault(&self) -> String {
        let detail: String = self.detail.replace('\n', " ").chars().take(LONGEST).collect();
        let word = if self.verdict == Verdict::Unsupported { "not supported" } else { "wrong" };
        format!("{} {word}: {detail}", self.id)
    }
}

/// `passed/total`, and how many are not supported.
pub(crate) fn share<'a>(cases: impl IntoIterator<Item = &'a Case>) -> String {
    let (mut passed, mut unsupported, mut all) = (0, 0, 0);
    for case in cases {
        all += 1;
        passed += usize::from(case.verdict == Verdict::Passed);
        unsupported += usize::from(case.verdict == Verdict::Unsupported);
    }
    match unsupported {
        0 => format!("{passed}/{all}"),
        _ => format!("{passed}/{all}, not supported {unsupported}"),
    }
}

impl Tab {
    /// The file, its families, and each case that does not pass.
    pub(crate) fn print(&self, name: &str) {
        let gated: Vec<&Case> = self.gated().collect();
        let told = if gated.is_empty() { self.cases.iter().collect() } else { gated };
        println!("{name}: {}", share(told.iter().copied()));
        let mut families: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
        for case in told {
            families.entry(&case.family).or_default().push(case);
        }
        for (family, cases) in families {
            println!("  {family}: {}", share(cases.iter().copied()));
            for case in cases.iter().filter(|case| case.verdict != Verdict::Passed) {
                println!("    {}", case.fault());
            }
        }
        self.notes.iter().for_each(|note| println!("  {note}"));
    }

    pub(crate) fn print_apart(&self) {
        self.apart.iter().for_each(|line| println!("{line}"));
    }

    pub(crate) fn gated(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter(|case| case.is_gated)
    }
}
