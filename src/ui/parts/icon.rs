use leptos::prelude::*;

/// A drawing beside a word, never instead of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// The house mark: a sounding line above the water.
    Mark,
    /// Done, saved.
    Check,
    /// Onwards, in reading direction.
    Forward,
    /// Back, against reading direction.
    Back,
    /// Leave at once.
    Exit,
    /// A locked thing.
    Lock,
}

/// The drawing, in the colour of the text around it, hidden from screen readers.
pub fn icon(which: Icon) -> AnyView {
    let path = match which {
        Icon::Mark => {
            "M12 2v8.5M12 15.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3 20.5c1.5-1.6 3-1.6 4.5 0s3 1.6 4.5 0 3-1.6 4.5 0 3 1.6 4.5 0"
        }
        Icon::Check => "M5 13l4.5 4.5L19 7",
        Icon::Forward => "M9 5l7 7-7 7",
        Icon::Back => "M15 5l-7 7 7 7",
        Icon::Exit => "M10 4H5v16h5M14 8l4 4-4 4M8 12h10",
        Icon::Lock => "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    };
    let class = if which == Icon::Mark { "brand-mark" } else { "icon" };
    view! {
        <svg class=class viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"
            stroke-width="2.25" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <path d=path/>
        </svg>
    }
    .into_any()
}
