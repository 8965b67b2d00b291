use super::table::{Column, Table};

/// Which rows count, and how much each.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    mask: Vec<bool>,
    count: usize,
    /// Relative weights, one a row, 0 outside the selection; `None`: every row counts the same.
    weights: Option<Vec<f64>>,
}

impl Selection {
    /// The rows of a mask, all counting the same.
    pub fn of(mask: Vec<bool>) -> Selection {
        let count = mask.iter().filter(|chosen| **chosen).count();
        Selection { mask, count, weights: None }
    }

    /// Every row of a table.
    pub fn all(table: &Table) -> Selection {
        Selection::of(vec![true; table.rows.len()])
    }

    /// The same rows with a weight each; rows outside weigh nothing.
    pub fn with_weights(self, mut weights: Vec<f64>) -> Selection {
        weights.resize(self.mask.len(), 0.0);
        for (weight, chosen) in weights.iter_mut().zip(&self.mask) {
            if !chosen {
                *weight = 0.0;
            }
        }
        Selection { weights: Some(weights), ..self }
    }

    /// How many rows.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether no row is left out.
    pub fn is_whole(&self) -> bool {
        self.count == self.mask.len()
    }

    /// Whether a row counts.
    pub fn has(&self, row: usize) -> bool {
        self.mask.get(row).copied().unwrap_or(false)
    }

    /// Whether each row counts.
    pub fn mask(&self) -> &[bool] {
        &self.mask
    }

    /// The weights, one a row.
    pub fn weights(&self) -> Option<&[f64]> {
        self.weights.as_deref()
    }

    /// A row's weight.
    pub fn weight(&self, row: usize) -> f64 {
        match &self.weights {
            Some(weights) => weights.get(row).copied().unwrap_or(0.0),
            None => f64::from(u8::from(self.has(row))),
        }
    }

    /// Positions of the chosen rows.
    pub fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.mask.iter().enumerate().filter(|(_, chosen)| **chosen).map(|(row, _)| row)
    }

    /// The same selection for the cells of a column: in a repeat each cell counts as its owner does.
    pub(super) fn of_cells(&self, table: &Table, column: &Column) -> Option<Selection> {
        let owners = table.repeats.get(column.repeat?)?;
        let mask = owners.iter().map(|row| self.has(*row as usize)).collect();
        let selection = Selection::of(mask);
        Some(match self.weights.is_some() {
            true => {
                let weights = owners.iter().map(|row| self.weight(*row as usize)).collect();
                selection.with_weights(weights)
            }
            false => selection,
        })
    }
}
