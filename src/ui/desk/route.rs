/// A place of the desk, as the address names it.
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
    /// `/desk/ID/edit`
    Edit(String),
    /// `/desk/ID/next`: the next wave, not kept yet.
    Next(String),
    /// `/desk/ID/responses`
    Responses(String),
    /// `/desk/ID/summary`
    Summary(String),
    /// `/desk/ID/print`
    Print(String),
    /// Of the desk, but nothing known.
    Unknown,
}

impl Route {
    /// Reads an address without its `#`.
    pub(super) fn parse(hash: &str) -> Route {
        let mut parts = hash.split('/').filter(|part| !part.is_empty());
        if parts.next() != Some("desk") {
            return Route::Elsewhere;
        }
        match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => Route::Surveys,
            (Some("new"), Some("event"), None) => Route::NewEvent,
            (Some("new"), Some("study"), None) => Route::NewStudy,
            (Some(id), Some("edit"), None) => Route::Edit(id.to_owned()),
            (Some(id), Some("next"), None) => Route::Next(id.to_owned()),
            (Some(id), Some("responses"), None) => Route::Responses(id.to_owned()),
            (Some(id), Some("summary"), None) => Route::Summary(id.to_owned()),
            (Some(id), Some("print"), None) => Route::Print(id.to_owned()),
            _ => Route::Unknown,
        }
    }

    /// The address without its `#`.
    pub(super) fn hash(&self) -> String {
        let of = |id: &str, place: &str| ["/desk/", id, place].concat();
        match self {
            Route::Elsewhere => "/".to_owned(),
            Route::Surveys | Route::Unknown => "/desk".to_owned(),
            Route::NewEvent => "/desk/new/event".to_owned(),
            Route::NewStudy => "/desk/new/study".to_owned(),
            Route::Edit(id) => of(id, "/edit"),
            Route::Next(id) => of(id, "/next"),
            Route::Responses(id) => of(id, "/responses"),
            Route::Summary(id) => of(id, "/summary"),
            Route::Print(id) => of(id, "/print"),
        }
    }

    /// The address for a link.
    pub(super) fn href(&self) -> String {
        ["#", &self.hash()].concat()
    }
}
