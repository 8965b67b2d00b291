use crate::summary::View;

/// A place of the desk, as the address names it. What is shown of a survey ([`View`]) stands in the address as well, so that
/// a bookmark brings it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    /// Not the desk: the participant's side.
    Elsewhere,
    /// `/desk`
    Surveys,
    /// `/desk/new/event`
    NewEvent,
    /// `/desk/new/study`
    NewStudy,
    /// `/desk/new/form`: a form of one's own.
    NewForm,
    /// `/desk/storage`
    Storage,
    /// `/desk/ID/edit`
    Edit(String),
    /// `/desk/ID/next`: the next wave, not kept yet.
    Next(String),
    /// `/desk/ID/lend`
    Lend(String),
    /// `/desk/ID/link`
    Link(String),
    /// `/desk/ID/paper`
    Paper(String),
    /// `/desk/ID/enter`
    Enter(String),
    /// `/desk/ID/responses`
    Responses(String),
    /// `/desk/ID/seal`
    Seal(String),
    /// `/desk/ID/summary?VIEW`
    Summary(String, View),
    /// `/desk/ID/print?VIEW`
    Print(String, View),
    /// `/desk/ID/texts/QUESTION?VIEW`; without a question: which there are.
    Texts(String, Option<String>, View),
    /// Of the desk, but nothing known.
    Unknown,
}

impl Route {
    /// Reads an address without its `#`.
    pub(super) fn parse(hash: &str) -> Route {
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        if parts.next() != Some("desk") {
            return Route::Elsewhere;
        }
        let view = || View::from_query(query);
        match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => Route::Surveys,
            (Some("new"), Some("event"), None) => Route::NewEvent,
            (Some("new"), Some("study"), None) => Route::NewStudy,
            (Some("new"), Some("form"), None) => Route::NewForm,
            (Some("storage"), None, None) => Route::Storage,
            (Some(id), Some("edit"), None) => Route::Edit(id.to_owned()),
            (Some(id), Some("next"), None) => Route::Next(id.to_owned()),
            (Some(id), Some("lend"), None) => Route::Lend(id.to_owned()),
            (Some(id), Some("link"), None) => Route::Link(id.to_owned()),
            (Some(id), Some("paper"), None) => Route::Paper(id.to_owned()),
            (Some(id), Some("enter"), None) => Route::Enter(id.to_owned()),
            (Some(id), Some("responses"), None) => Route::Responses(id.to_owned()),
            (Some(id), Some("seal"), None) => Route::Seal(id.to_owned()),
            (Some(id), Some("summary"), None) => Route::Summary(id.to_owned(), view()),
            (Some(id), Some("print"), None) => Route::Print(id.to_owned(), view()),
            (Some(id), Some("texts"), question) => {
                Route::Texts(id.to_owned(), question.map(str::to_owned), view())
            }
            _ => Route::Unknown,
        }
    }

    /// The address without its `#`.
    pub(super) fn hash(&self) -> String {
        let of = |id: &str, place: &str| ["/desk/", id, place].concat();
        let seen = |id: &str, place: &str, view: &View| {
            let (address, query) = (of(id, place), view.to_query());
            if query.is_empty() { address } else { [&address, "?", &query].concat() }
        };
        match self {
            Route::Elsewhere => "/".to_owned(),
            Route::Surveys | Route::Unknown => "/desk".to_owned(),
            Route::NewEvent => "/desk/new/event".to_owned(),
            Route::NewStudy => "/desk/new/study".to_owned(),
            Route::NewForm => "/desk/new/form".to_owned(),
            Route::Storage => "/desk/storage".to_owned(),
            Route::Edit(id) => of(id, "/edit"),
            Route::Next(id) => of(id, "/next"),
            Route::Lend(id) => of(id, "/lend"),
            Route::Link(id) => of(id, "/link"),
            Route::Paper(id) => of(id, "/paper"),
            Route::Enter(id) => of(id, "/enter"),
            Route::Responses(id) => of(id, "/responses"),
            Route::Seal(id) => of(id, "/seal"),
            Route::Summary(id, view) => seen(id, "/summary", view),
            Route::Print(id, view) => seen(id, "/print", view),
            Route::Texts(id, None, view) => seen(id, "/texts", view),
            Route::Texts(id, Some(question), view) => seen(id, &["/texts/", question].concat(), view),
        }
    }

    /// The address for a link.
    pub(super) fn href(&self) -> String {
        ["#", &self.hash()].concat()
    }

    /// The whole summary of a survey.
    pub(super) fn summary(id: &str) -> Route {
        Route::Summary(id.to_owned(), View::default())
    }

    /// What is shown of a survey here.
    pub(super) fn view(&self) -> Option<&View> {
        match self {
            Route::Summary(_, view) | Route::Print(_, view) | Route::Texts(_, _, view) => Some(view),
            _ => None,
        }
    }

    /// The same place with another view.
    pub(super) fn with_view(mut self, other: View) -> Route {
        if let Route::Summary(_, view) | Route::Print(_, view) | Route::Texts(_, _, view) = &mut self {
            *view = other;
        }
        self
    }

    /// The place whatever is shown there: one screen, built once.
    pub(super) fn place(&self) -> Route {
        self.clone().with_view(View::default())
    }
}
