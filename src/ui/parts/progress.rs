use leptos::prelude::*;

/// A bar with its meaning in words beside it; `done` of `of`, and the words for screen readers too.
pub fn progress(
    label: Signal<&'static str>,
    done: Signal<usize>,
    of: Signal<usize>,
    words: Signal<String>,
) -> AnyView {
    let style = move || {
        let share = (done.get() * 100).checked_div(of.get()).unwrap_or(0);
        ["inline-size:", &share.to_string(), "%"].concat()
    };
    view! {
        <div class="progress">
            <span aria-hidden="true">{super::words(move || words.get())}</span>
            <div class="progress-track" role="progressbar" aria-label=move || label.get() aria-valuemin="0"
                aria-valuemax=move || of.get().to_string() aria-valuenow=move || done.get().to_string()
                aria-valuetext=move || words.get()>
                <div class="progress-fill" style=style></div>
            </div>
        </div>
    }
    .into_any()
}
