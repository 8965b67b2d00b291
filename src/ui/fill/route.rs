/// Where the address points, as `#/...`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    /// `#/` and everything unknown.
    Start,
    /// `#/fill/SURVEY`, `#/fill/SURVEY/3`, `#/fill/SURVEY/review`.
    Fill {
        /// The survey's id.
        survey: String,
        /// The place in it; `None`: wherever the filling is, or a new one.
        place: Option<Place>,
    },
    /// `#/preview/SURVEY`: as `Fill`, and nothing is kept.
    Preview(String),
    /// `#/desk` and `#/link` with what follows: those of another binary, of this name.
    Beside(&'static str),
}

/// A place in a filling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A page, from 0.
    Page(usize),
    /// The review of all answers.
    Review,
}

impl Route {
    /// Reads what follows `#` in the address.
    pub(super) fn read(hash: &str) -> Route {
        let mut parts = hash.trim_start_matches('/').split('/');
        match (parts.next(), parts.next().filter(|survey| !survey.is_empty())) {
            (Some("desk"), _) => Route::Beside("desk"),
            (Some("link"), _) => Route::Beside("link"),
            (Some("preview"), Some(survey)) => Route::Preview(survey.to_owned()),
            (Some("fill"), Some(survey)) => Route::Fill {
                survey: survey.to_owned(),
                place: parts.next().and_then(|place| match place {
                    "review" => Some(Place::Review),
                    number => number.parse::<usize>().ok()?.checked_sub(1).map(Place::Page),
                }),
            },
            _ => Route::Start,
        }
    }

    /// What follows `#` in the address.
    pub(super) fn to_hash(&self) -> String {
        match self {
            Route::Start => "/".to_owned(),
            Route::Beside(name) => ["/", name].concat(),
            Route::Preview(survey) => ["/preview/", survey].concat(),
            Route::Fill { survey, place } => {
                let place = match place {
                    None => String::new(),
                    Some(Place::Review) => "/review".to_owned(),
                    Some(Place::Page(page)) => ["/", &(page + 1).to_string()].concat(),
                };
                ["/fill/", survey, &place].concat()
            }
        }
    }
}
