//! Whether two people who coded the same answers agree more than chance would make them.

/// Cohen's kappa.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kappa {
    /// Share of answers coded alike, 0 to 1.
    pub observed: f64,
    /// The share that chance would give: Σ row share × column share.
    pub expected: f64,
    /// (observed - expected) / (1 - expected); 0.7 and more will do.
    pub kappa: f64,
}

/// Of a square table row after row: how many answers the first coder put under the row's code and the second under the
/// column's. `None` when it holds nothing, or when both used a single code.
pub fn kappa(counts: &[f64], codes: usize) -> Option<Kappa> {
    let total: f64 = counts.iter().sum();
    if counts.len() != codes * codes || total.is_nan() || total <= 0.0 {
        return None;
    }
    let row = |code: usize| counts.iter().skip(code * codes).take(codes).sum::<f64>();
    let column = |code: usize| counts.iter().skip(code).step_by(codes).sum::<f64>();
    let observed = counts.iter().step_by(codes + 1).sum::<f64>() / total;
    let expected = (0..codes).map(|code| row(code) * column(code)).sum::<f64>() / (total * total);
    (expected < 1.0).then(|| Kappa { observed, expected, kappa: (observed - expected) / (1.0 - expected) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forty_two_of_fifty_alike() {
        let found = kappa(&[20.0, 5.0, 3.0, 22.0], 2).unwrap();
        assert!((found.observed - 0.84).abs() < 1e-12 && (found.expected - 0.5).abs() < 1e-12);
        assert!((found.kappa - 0.68).abs() < 1e-12);
        assert_eq!(kappa(&[0.0; 4], 2), None);
        assert_eq!(kappa(&[9.0, 0.0, 0.0, 0.0], 2), None);
        assert_eq!(kappa(&[1.0, 2.0, 3.0], 2), None);
    }

    proptest! {
        #[test]
        fn kappa_is_one_only_where_all_is_alike(counts in prop::collection::vec(0u8..30, 9)) {
            let counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
            if let Some(found) = kappa(&counts, 3) {
                let off: f64 = counts.iter().enumerate().filter(|(at, _)| at % 4 != 0).map(|(_, count)| count).sum();
                prop_assert!(found.kappa <= 1.0 + 1e-12);
                prop_assert_eq!(off == 0.0, (found.kappa - 1.0).abs() < 1e-12);
            }
        }
    }
}
