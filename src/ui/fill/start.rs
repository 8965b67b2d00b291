use leptos::prelude::*;
use leptos::task::spawn_local;

use super::app::App;
use super::done::arrive;
use super::open::{BUNDLED_EVENT, BUNDLED_STUDY, bundled};
use crate::browser::{notice, preferences::take_unconfirmed, shell};
use crate::i18n::{Language, explain, fill as say, format};
use crate::response::Draft;
use crate::store::{Fault, ResponseStore};
use crate::survey::{Bilingual, Subject, Survey, SurveyState};
use crate::ui::parts::{Asked, Icon, icon, live_if, sentence};

/// What the device has, as the start shows it.
#[derive(Clone, Default)]
struct Here {
    open: Vec<Offer>,
    /// The study that waits for its helplines.
    waits: Option<String>,
    drafts: Vec<(Draft, Bilingual)>,
    fault: Option<Fault>,
}

/// A survey that can be answered now.
#[derive(Clone)]
struct Offer {
    id: String,
    name: Option<Bilingual>,
    visit: bool,
    example: bool,
}

/// Unfinished fillings to go on with, surveys to answer, a way to the desk.
pub(super) fn start(app: App) -> AnyView {
    let here = RwSignal::new_local(None::<Here>);
    look(app, here);
    let changes = notice::on_change(move |_| look(app, here));
    let _kept = StoredValue::new_local(changes);
    arrive();
    let language = app.language;
    let body = move || here.with(|here| here.as_ref().map(|here| lists(app, here)));
    let desk = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        shell::set_hash("/desk");
    };
    view! {
        <main class="wrap start" id="main" data-screen="start">
            <div class="hero">
                <p class="eyebrow">{sentence(language, say::tagline)}</p>
                <h1 id="title" tabindex="-1">{sentence(language, say::start_title)}</h1>
                <p class="soft">{sentence(language, say::start_lead)}</p>
            </div>
            {live_if(body)}
            <p class="privacy small soft">{icon(Icon::Lock)}<span>{sentence(language, say::privacy_note)}</span></p>
            <p class="to-desk small">
                <a href="#/desk" data-act="desk" on:click=desk>{sentence(language, say::to_desk)}</a>
            </p>
        </main>
    }
    .into_any()
}

fn lists(app: App, here: &Here) -> AnyView {
    let language = app.language.get();
    let fault = here.fault.as_ref().map(|fault| {
        view! {
            <div class="notice notice-bad" role="alert">
                <p><strong>{say::cannot_keep(language)}</strong></p>
                <p>{explain::fault(fault.kind, language)}</p>
            </div>
        }
    });
    let drafts: Vec<_> = here.drafts.iter().map(|(draft, name)| draft_card(app, draft, name)).collect();
    let open: Vec<_> = here.open.iter().map(|offer| offer_card(app, offer, here)).collect();
    let nothing = (open.is_empty()).then(|| view! { <p class="notice">{say::nothing_open(language)}</p> });
    let waits = here.waits.as_ref().map(|_| {
        let desk = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            shell::set_hash("/desk");
        };
        view! {
            <li class="card card-waits" data-waiting=BUNDLED_STUDY>
                <p><span class="badge badge-caution">{icon(Icon::Lock)}{say::not_open_yet(language)}</span></p>
                <h2>{say::community_title(language)}</h2>
                <p class="soft">{say::community_waits(language)}</p>
                <p><a class="button" href="#/desk" data-act="desk" on:click=desk>{say::prepare(language)}</a></p>
            </li>
        }
    });
    view! {
        {fault}
        {(!drafts.is_empty()).then(|| view! { <ul class="cards">{drafts}</ul> })}
        {nothing}
        <ul class="cards">{open}{waits}</ul>
    }
    .into_any()
}

fn draft_card(app: App, draft: &Draft, name: &Bilingual) -> AnyView {
    let language = app.language.get_untracked();
    let id = draft.id;
    let discard = move |_| {
        let language = app.language.get_untracked();
        app.asked.set(Some(Asked {
            title: say::discard_title(language).to_owned(),
            text: say::discard_text(language).to_owned(),
            yes: say::discard_yes(language).to_owned(),
            no: say::discard_no(language).to_owned(),
            then: Callback::new(move |()| {
                spawn_local(async move {
                    if app.store().discard(id).await.is_ok() {
                        take_unconfirmed(id, usize::MAX);
                        app.said.set(say::discarded(app.language.get_untracked()).to_owned());
                    }
                });
            }),
        }));
    };
    view! {
        <li class="card card-draft" data-draft=id.to_text()>
            <h2>{say::draft_title(language)}</h2>
            <p>{pick(name, language)}</p>
            <p class="small soft">{say::begun(language, &format::date(draft.started, language))}</p>
            <div class="row">
                <button type="button" class="button button-primary" data-act="resume" on:click=move |_| app.resume(id)>
                    {say::resume(language)}
                    {icon(Icon::Forward)}
                </button>
                <button type="button" class="button button-quiet" data-act="discard" on:click=discard>
                    {say::discard(language)}
                </button>
            </div>
        </li>
    }
    .into_any()
}

fn offer_card(app: App, offer: &Offer, here: &Here) -> AnyView {
    let language = app.language.get_untracked();
    let id = offer.id.clone();
    let begun = here.drafts.iter().any(|(draft, _)| draft.survey == offer.id);
    let kind = if offer.visit { say::post_visit_title(language) } else { say::community_title(language) };
    let name = offer.name.as_ref().map(|name| pick(name, language).to_owned());
    let (class, words) = if begun {
        ("button", say::start_again(language))
    } else {
        ("button button-primary", say::start_act(language))
    };
    let heading = ["offer-", &offer.id].concat();
    view! {
        <li class="card card-offer">
            {offer.example.then(|| view! { <p><span class="badge badge-warm">{say::example_badge(language)}</span></p> })}
            <p class="eyebrow">{kind}</p>
            <h2 id=heading.clone()>{name.unwrap_or_else(|| kind.to_owned())}</h2>
            <p>
                <button type="button" class=class data-act="start" data-survey=offer.id.clone() aria-describedby=heading
                    on:click=move |_| app.begin(id.clone())>
                    {words}
                    {icon(Icon::Forward)}
                </button>
            </p>
        </li>
    }
    .into_any()
}

fn pick(name: &Bilingual, language: Language) -> &str {
    let (first, second) = language.pick((&name.es, &name.en), (&name.en, &name.es));
    if first.is_empty() { second } else { first }
}

/// Reads what the device has; on a fresh one, what the program brings.
fn look(app: App, here: RwSignal<Option<Here>, LocalStorage>) {
    spawn_local(async move {
        let store = app.store();
        let mut found = Here::default();
        let surveys = match store.surveys().await {
            Ok(surveys) => surveys,
            Err(fault) => {
                found.fault = Some(fault);
                Vec::new()
            }
        };
        for survey in surveys.iter().filter(|survey| survey.state == SurveyState::Open) {
            found.open.push(offer(survey));
            let drafts = store.drafts(&survey.id).await.unwrap_or_default();
            found.drafts.extend(drafts.into_iter().map(|draft| (draft, survey.name().clone())));
        }
        let has = |id: &str| surveys.iter().find(|survey| survey.id == id);
        let fresh = has(BUNDLED_EVENT).is_none();
        if fresh {
            let bare = Offer { id: BUNDLED_EVENT.to_owned(), name: None, visit: true, example: false };
            found.open.insert(0, bare);
        }
        if has(BUNDLED_STUDY).is_none_or(|study| study.state == SurveyState::Setup) {
            found.waits = Some(BUNDLED_STUDY.to_owned());
        }
        here.try_set(Some(found));
        if fresh && let Ok((survey, _)) = bundled().await {
            here.try_update(|here| {
                let mut offers = here.iter_mut().flat_map(|here| here.open.iter_mut());
                if let Some(bare) = offers.find(|offer| offer.id == BUNDLED_EVENT && offer.name.is_none()) {
                    *bare = offer(&survey);
                }
            });
        }
    });
}

fn offer(survey: &Survey) -> Offer {
    Offer {
        id: survey.id.clone(),
        name: Some(survey.name().clone()),
        visit: matches!(survey.subject, Subject::Event(_)),
        example: survey.example,
    }
}
