/// How answers of a random sample are weighted, as it is kept with a survey: the text of a [`WeightingPlan`], empty for none.
/// A phone that only collects carries it along and never reads it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Weighting(String);

/// What a survey's answers are weighted to, and how its sample was drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WeightingPlan {
    /// Known shares of the population; answers are raked to all of them.
    pub margins: Vec<Margin>,
    /// The question whose answers are the strata of the sample; `None`: one stratum.
    pub strata: Option<String>,
    /// The question whose answers are the clusters (primary sampling units); `None`: everybody was drawn alone.
    pub clusters: Option<String>,
}

/// How a population divides by one question.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Margin {
    /// The question's name; one choice.
    pub question: String,
    /// How many people, or which share of them, by name of the choice; above 0. Only their proportions count.
    pub targets: Vec<(String, f64)>,
}

impl Weighting {
    /// The kept form of a plan.
    pub fn of(plan: &WeightingPlan) -> Weighting {
        let mut lines: Vec<String> = Vec::new();
        for margin in &plan.margins {
            let targets: Vec<String> = margin
                .targets
                .iter()
                .map(|(choice, number)| [choice, "=", &number.to_string()].concat())
                .collect();
            lines.push(["rake ", &margin.question, " ", &targets.join(" ")].concat());
        }
        lines.extend(plan.strata.iter().map(|question| ["strata ", question].concat()));
        lines.extend(plan.clusters.iter().map(|question| ["clusters ", question].concat()));
        Weighting(lines.join("\n"))
    }

    /// The plan. Lines and targets that cannot be read are left out.
    pub fn plan(&self) -> WeightingPlan {
        let mut plan = WeightingPlan::default();
        for line in self.0.lines() {
            let mut words = line.split(' ').filter(|word| !word.is_empty());
            let (Some(what), Some(question)) = (words.next(), words.next()) else { continue };
            let question = question.to_owned();
            match what {
                "rake" => {
                    let target = |word: &str| {
                        let (choice, number) = word.split_once('=')?;
                        let number: f64 = number.parse().ok()?;
                        (number.is_finite() && number > 0.0).then(|| (choice.to_owned(), number))
                    };
                    plan.margins.push(Margin { question, targets: words.filter_map(target).collect() });
                }
                "strata" => plan.strata = Some(question),
                "clusters" => plan.clusters = Some(question),
                _ => {}
            }
        }
        plan
    }

    /// Whether answers all count the same and everybody was drawn alone.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text that is kept.
    pub fn as_text(&self) -> &str {
        &self.0
    }

    /// What was kept.
    pub fn from_text(text: String) -> Weighting {
        Weighting(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_comes_back_from_its_text() {
        let targets = vec![("woman".to_owned(), 510.0), ("man".to_owned(), 0.49)];
        let plan = WeightingPlan {
            margins: vec![Margin { question: "gender".into(), targets }],
            strata: Some("district".into()),
            clusters: None,
        };
        let kept = Weighting::of(&plan);
        assert_eq!(kept.as_text(), "rake gender woman=510 man=0.49\nstrata district");
        assert_eq!(kept.plan(), plan);
        assert!(Weighting::of(&WeightingPlan::default()).is_empty());
        let odd = Weighting::from_text("rake\nrake age x=-1 y=NaN z\nsomething else".into());
        assert_eq!(odd.plan().margins, [Margin { question: "age".into(), targets: vec![] }]);
    }
}
