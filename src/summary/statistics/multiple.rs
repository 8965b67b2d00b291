//! Many-choice questions: people and marks.

/// People, marks and marks per choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks {
    /// People with at least one mark.
    pub cases: usize,
    /// Marks in all.
    pub marks: usize,
    /// Marks per choice.
    pub counts: Vec<usize>,
}

impl Marks {
    /// Of each person's marked choices (positions below `choices`). A person without a mark is no case.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a [usize]>, choices: usize) -> Marks {
        let mut result = Marks { cases: 0, marks: 0, counts: vec![0; choices] };
        for row in rows {
            let mut any = false;
            for choice in row {
                if let Some(count) = result.counts.get_mut(*choice) {
                    *count += 1;
                    result.marks += 1;
                    any = true;
                }
            }
            result.cases += usize::from(any);
        }
        result
    }
}
