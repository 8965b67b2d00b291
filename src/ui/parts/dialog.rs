use leptos::html;
use leptos::prelude::*;

use super::words;

/// A question that needs a yes before something cannot be undone.
#[derive(Clone)]
pub struct Asked {
    /// What is asked.
    pub title: String,
    /// What a yes does.
    pub text: String,
    /// The yes, as a verb.
    pub yes: String,
    /// The no, as a verb.
    pub no: String,
    /// Done on a yes.
    pub then: Callback<()>,
}

/// A native modal dialog that shows whenever `asked` holds a question, and empties it when closed.
pub fn confirm(asked: RwSignal<Option<Asked>>) -> AnyView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let (true, Some(dialog)) = (asked.with(Option::is_some), dialog.get())
            && !dialog.open()
        {
            // Refused only where it is open already.
            let _ = dialog.show_modal();
        }
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let yes = move |_| {
        let then = asked.with_untracked(|asked| asked.as_ref().map(|asked| asked.then));
        close();
        if let Some(then) = then {
            then.run(());
        }
    };
    let part = move |which: fn(&Asked) -> &String| {
        move || asked.with(|asked| asked.as_ref().map(|asked| which(asked).clone()).unwrap_or_default())
    };
    view! {
        <dialog node_ref=dialog aria-labelledby="dialog-title" on:close=move |_| asked.set(None)>
            <h2 id="dialog-title">{words(part(|asked| &asked.title))}</h2>
            <p>{words(part(|asked| &asked.text))}</p>
            <div class="dialog-acts">
                <button type="button" class="button button-bad" data-act="dialog-yes" on:click=yes>
                    {words(part(|asked| &asked.yes))}
                </button>
                <button type="button" class="button" data-act="dialog-no" autofocus=true on:click=move |_| close()>
                    {words(part(|asked| &asked.no))}
                </button>
            </div>
        </dialog>
    }
    .into_any()
}
