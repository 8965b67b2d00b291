//! What a reader can work out about hidden cells of a published table: the least and the most that each may be, exactly.
//!
//! A table of counts with its totals is a circulation: each row and each column is a place, and what a cell counts flows from
//! its row to its column, on to the column's total, from there to the grand total, and back to the row's total. A reader
//! knows the shown flows and that none is below a floor. How far a hidden flow can rise is then how much more can flow back
//! from its end to its start through other hidden cells; how far it can fall, how much more the other way (maximum flow,
//! Ford and Fulkerson). Flows are whole numbers, so the bounds are reached and exact.

/// A cell of the table, the totals being its last row and column.
#[derive(Debug, Clone, Copy)]
struct Cell {
    from: usize,
    to: usize,
    count: u64,
}

/// A table of counts with its totals.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Network {
    /// Rows, with the totals.
    pub(super) rows: usize,
    /// Columns, with the totals.
    pub(super) columns: usize,
    /// Row after row.
    pub(super) counts: Vec<u64>,
}

/// Room for one search after another.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// Hidden cells and what can flow along each, forward and back.
    open: Vec<(Cell, u64, u64)>,
    /// Positions of the hidden cells, in the order of `open`.
    positions: Vec<usize>,
    /// Positions in `open` at each place.
    at: Vec<Vec<usize>>,
    rest: Vec<(u64, u64)>,
    /// By which hidden cell a place was reached, and whether along it.
    came: Vec<Option<(usize, bool)>>,
    queue: Vec<usize>,
}

impl Network {
    /// Of rows of counts; short rows end in zeros.
    pub(super) fn of(table: &[Vec<u64>]) -> Network {
        let width = table.iter().map(Vec::len).max().unwrap_or(0);
        let mut counts = Vec::with_capacity((table.len() + 1) * (width + 1));
        let mut totals = vec![0; width + 1];
        for row in table {
            let cells = row.iter().copied().chain(std::iter::repeat(0)).take(width);
            counts.extend(cells.chain([row.iter().sum()]));
            let added = counts.iter().rev().take(width + 1).rev();
            totals.iter_mut().zip(added).for_each(|(total, count)| *total += count);
        }
        counts.extend(totals);
        Network { rows: table.len() + 1, columns: width + 1, counts }
    }

    /// Row and column of a position.
    pub(super) fn place(&self, position: usize) -> (usize, usize) {
        (position / self.columns, position % self.columns)
    }

    /// Whether a position is a total of a row or column, or the grand total.
    pub(super) fn is_total(&self, position: usize) -> bool {
        let (row, column) = self.place(position);
        row + 1 == self.rows || column + 1 == self.columns
    }

    pub(super) fn count(&self, position: usize) -> u64 {
        self.counts.get(position).copied().unwrap_or(0)
    }

    /// Everything counted.
    pub(super) fn total(&self) -> u64 {
        self.counts.last().copied().unwrap_or(0)
    }

    fn cell(&self, position: usize) -> Cell {
        let (row, column) = self.place(position);
        let (row_place, column_place) = (row, self.rows + column);
        let forward = (row + 1 == self.rows) == (column + 1 == self.columns);
        let (from, to) = if forward { (row_place, column_place) } else { (column_place, row_place) };
        Cell { from, to, count: self.count(position) }
    }

    /// Gets ready to ask about hidden cells, each known to be at least `floor`.
    pub(super) fn search(&self, hidden: impl Iterator<Item = usize>, floor: u64, search: &mut Search) {
        search.open.clear();
        search.positions.clear();
        search.at.resize_with(self.rows + self.columns, Vec::new);
        search.at.iter_mut().for_each(Vec::clear);
        for position in hidden {
            let cell = self.cell(position);
            for end in [cell.from, cell.to] {
                if let Some(at) = search.at.get_mut(end) {
                    at.push(search.open.len());
                }
            }
            let (more, less) = (self.total().saturating_sub(cell.count), cell.count.saturating_sub(floor));
            search.open.push((cell, more, less));
            search.positions.push(position);
        }
    }
}

impl Search {
    /// How far the hidden cell at a position can rise, up to `limit`.
    pub(super) fn rise(&mut self, position: usize, limit: u64) -> u64 {
        let Some((index, (cell, more, _))) = self.find(position) else { return 0 };
        self.flow(index, cell.to, cell.from, limit.min(more))
    }

    /// How far it can fall, up to `limit`.
    pub(super) fn fall(&mut self, position: usize, limit: u64) -> u64 {
        let Some((index, (cell, _, less))) = self.find(position) else { return 0 };
        self.flow(index, cell.from, cell.to, limit.min(less))
    }

    fn find(&self, position: usize) -> Option<(usize, (Cell, u64, u64))> {
        let index = self.positions.iter().position(|other| *other == position)?;
        Some((index, *self.open.get(index)?))
    }

    /// The most that flows from one place to another through all hidden cells but one, up to `limit`.
    fn flow(&mut self, but: usize, start: usize, end: usize, limit: u64) -> u64 {
        self.rest.clear();
        self.rest.extend(self.open.iter().map(|(_, more, less)| (*more, *less)));
        if let Some(rest) = self.rest.get_mut(but) {
            *rest = (0, 0);
        }
        let mut flowed = 0;
        while flowed < limit {
            let Some(step) = self.path(start, end, limit - flowed) else { break };
            flowed += step;
        }
        flowed
    }

    /// Sends as much as the shortest way allows, up to `limit`; `None` when there is no way.
    fn path(&mut self, start: usize, end: usize, limit: u64) -> Option<u64> {
        self.came.clear();
        self.came.resize(self.at.len(), None);
        self.queue.clear();
        self.queue.push(start);
        let mut head = 0;
        while self.came.get(end)?.is_none() {
            let place = *self.queue.get(head)?;
            head += 1;
            for index in self.at.get(place)? {
                let ((cell, ..), (more, less)) = (self.open.get(*index)?, self.rest.get(*index)?);
                let along = cell.from == place;
                let (room, next) = if along { (more, cell.to) } else { (less, cell.from) };
                let came = self.came.get_mut(next)?;
                if *room > 0 && next != start && came.is_none() {
                    *came = Some((*index, along));
                    self.queue.push(next);
                }
            }
        }
        let mut step = limit;
        let mut place = end;
        while place != start {
            let (index, along) = (*self.came.get(place)?)?;
            let (cell, (more, less)) = (self.open.get(index)?.0, *self.rest.get(index)?);
            step = step.min(if along { more } else { less });
            place = if along { cell.from } else { cell.to };
        }
        place = end;
        while place != start {
            let (index, along) = (*self.came.get(place)?)?;
            let (cell, rest) = (self.open.get(index)?.0, self.rest.get_mut(index)?);
            if along {
                *rest = (rest.0 - step, rest.1 + step);
                place = cell.from;
            } else {
                *rest = (rest.0 + step, rest.1 - step);
                place = cell.to;
            }
        }
        Some(step)
    }
}
