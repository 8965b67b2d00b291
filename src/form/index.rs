use super::Text;

/// Something a summary computes over several questions.
#[derive(Debug, Clone, PartialEq)]
pub struct Index {
    /// The index's id, unique in the form.
    pub id: String,
    /// What people read.
    pub label: Text,
    /// What is computed.
    pub kind: IndexKind,
}

/// What an index computes, from which questions (by name).
#[derive(Debug, Clone, PartialEq)]
pub enum IndexKind {
    /// A person's mean over the items, rescaled to 0-100 (POMP).
    Mean {
        /// Question names.
        items: Vec<String>,
        /// A person counts with at least this many valid items.
        minimum_items: usize,
    },
    /// The same item asked for before and for now: (before, now).
    Paired {
        /// Pairs of question names.
        pairs: Vec<(String, String)>,
    },
    /// First, second, third choice of one list, asked in turn.
    Priorities {
        /// Question names, most wanted first.
        items: Vec<String>,
    },
    /// Share of people with any `yes` among the items, of those with a `yes` or with all items `no`.
    Any {
        /// Question names.
        items: Vec<String>,
    },
    /// Share 9-10 minus share 0-6 of a 0-10 question.
    Recommendation {
        /// Question name.
        item: String,
    },
    /// Share of scores 4 and 3, over two bases: (a) everybody who answered, (b) those with a score.
    SafeWalking {
        /// Question name.
        item: String,
    },
    /// Share of victims (any `yes` in `victims`) who told an authority.
    Reporting {
        /// (victim question, reporting question) names.
        pairs: Vec<(String, String)>,
    },
    /// How often what happened did: incidents and repetition by type.
    Incidence {
        /// (victim question, question how many times) names.
        pairs: Vec<(String, String)>,
    },
    /// Sites or the like compared: each grid's items, ranked by top-2.
    Ranked {
        /// Question names.
        items: Vec<String>,
    },
    /// Share of people with at least one commitment, how many in all, by topic and date.
    Commitments {
        /// The question that counts them.
        count: String,
        /// The repeat that holds them.
        repeat: String,
    },
}
