use super::cells::{Cells, Code};
use super::selection::Selection;
use super::statistics::taylor::{Design, cluster_share};
use super::table::{Column, Table};
use super::tally::is_missing;
use crate::form::{ChoiceList, Form};
use crate::survey::{SamplingDesign, Survey};

/// How the sample of a wave was drawn, where strata or clusters are known: what standard errors are taken from.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    design: Design,
    /// Cluster of each row of the table; `None` outside the wave.
    clusters: Vec<Option<u32>>,
}

/// What a column's choices came to in every cluster.
#[derive(Debug, Clone)]
pub(super) struct Clustered<'a> {
    drawn: &'a Drawn,
    choices: usize,
    /// Per cluster and choice: (answers, weight).
    cells: Vec<(usize, f64)>,
    /// Many choices, per cluster: people with a mark.
    cases: Vec<(usize, f64)>,
}

impl Drawn {
    /// `None` where the survey is no random sample, or everybody was drawn alone and from one list.
    pub(super) fn of(form: &Form, survey: &Survey, table: &Table, wave: &Selection) -> Option<Drawn> {
        let plan = survey.weighting.plan();
        if survey.design != SamplingDesign::Probability || (plan.strata.is_none() && plan.clusters.is_none())
        {
            return None;
        }
        let column = |name: &Option<String>| {
            let column = table.column(form, name.as_ref()?)?;
            Some(column).filter(|column| column.repeat.is_none())
        };
        let (strata, clusters) = (column(&plan.strata), column(&plan.clusters));
        let code = |column: Option<&Column>, row: usize| match column?.code(row) {
            Code::Choice(code) => Some(code as u32),
            Code::NotShown | Code::Blank => None,
        };
        // Who is in no known stratum makes one of their own; who is in no known cluster was drawn alone.
        let rows = || wave.rows().map(|row| (code(strata, row).unwrap_or(u32::MAX), code(clusters, row)));
        let design = Design::of(rows());
        let mut of_row = vec![None; table.rows.len()];
        for (row, cluster) in wave.rows().zip(design.clusters()) {
            if let Some(entry) = of_row.get_mut(row) {
                *entry = Some(*cluster);
            }
        }
        Some(Drawn { design, clusters: of_row })
    }

    /// Standard error and degrees of freedom of a mean (of a share, when the values are 0 and 1), by each row's value; `None`
    /// for who is not asked about.
    pub(super) fn error(
        &self,
        selection: &Selection,
        value: impl Fn(usize) -> Option<f64>,
    ) -> Option<(f64, f64)> {
        let rows = self
            .clusters
            .iter()
            .enumerate()
            .filter(|(_, cluster)| cluster.is_some())
            .map(|(row, _)| Some((value(row).filter(|_| selection.has(row))?, selection.weight(row))));
        let estimate = self.design.estimate(rows)?;
        Some((estimate.error, estimate.df))
    }

    /// What a column comes to in every cluster.
    pub(super) fn clustered(
        &self,
        column: &Column,
        list: Option<&ChoiceList>,
        selection: &Selection,
    ) -> Option<Clustered<'_>> {
        if column.repeat.is_some() {
            return None;
        }
        let list = list?;
        let (choices, clusters) = (list.choices.len(), self.design.cluster_count());
        let mut found =
            Clustered { drawn: self, choices, cells: vec![(0, 0.0); choices * clusters], cases: Vec::new() };
        if let Cells::Sets { .. } = column.cells {
            found.cases = vec![(0, 0.0); clusters];
        }
        for row in selection.rows() {
            let Some(cluster) = self.clusters.get(row).copied().flatten() else { continue };
            found.add(column, list, row, cluster as usize, selection.weight(row));
        }
        Some(found)
    }
}

impl Clustered<'_> {
    fn add(&mut self, column: &Column, list: &ChoiceList, row: usize, cluster: usize, weight: f64) {
        let bump = |entry: Option<&mut (usize, f64)>| {
            if let Some((count, sum)) = entry {
                *count += 1;
                *sum += weight;
            }
        };
        match &column.cells {
            Cells::Sets { stride, words } => {
                let words = words.get(row * stride..(row + 1) * stride).unwrap_or_default();
                let marked = |code: usize| {
                    words.get((code + 1) / 64).is_some_and(|word| word >> ((code + 1) % 64) & 1 == 1)
                };
                let mut any = false;
                for (code, choice) in list.choices.iter().enumerate() {
                    if marked(code) && !is_missing(choice.role) {
                        any = true;
                        bump(self.cells.get_mut(cluster * self.choices + code));
                    }
                }
                if any {
                    bump(self.cases.get_mut(cluster));
                }
            }
            _ => {
                if let Code::Choice(code) = column.code(row) {
                    bump(self.cells.get_mut(cluster * self.choices + code));
                }
            }
        }
    }

    /// Standard error and degrees of freedom of the share of `wanted` choices among those `of` which it is.
    pub(super) fn error(
        &self,
        wanted: impl Fn(usize) -> bool,
        of: impl Fn(usize) -> bool,
    ) -> Option<(f64, f64)> {
        let sums: Vec<_> = self
            .cells
            .chunks(self.choices.max(1))
            .enumerate()
            .map(|(cluster, cells)| {
                let (mut base, mut yes) = (self.cases.get(cluster).copied().unwrap_or_default(), 0.0);
                for (code, (count, weight)) in cells.iter().enumerate() {
                    if self.cases.is_empty() && of(code) {
                        base = (base.0 + count, base.1 + weight);
                    }
                    if wanted(code) {
                        yes += weight;
                    }
                }
                cluster_share(base.0, base.1, yes)
            })
            .collect();
        let estimate = self.drawn.design.estimate_sums(&sums)?;
        Some((estimate.error, estimate.df))
    }
}
