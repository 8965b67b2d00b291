use std::rc::Rc;

use leptos::task::spawn_local;

use super::aids::aids;
use super::app::App;
use super::done::{arrive, heading};
use super::open::{BUNDLED_EVENT, BUNDLED_STUDY, bundled};
use crate::browser::{
    notice,
    preferences::{lent_for, take_unconfirmed},
    shell,
};
use crate::i18n::{Language, explain, fill as say, format};
use crate::response::Draft;
use crate::store::{Fault, FaultKind, ResponseStore};
use crate::survey::{Bilingual, Subject, Survey, SurveyState};
use crate::ui::parts::{
    Asked, Element, Icon, Kept, View, Watched, button, element, icon, live, newer, sentence,
};

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
    /// The built-in questionnaire's name; a form of somebody's own has none.
    kind: Option<fn(Language) -> &'static str>,
    example: bool,
}

/// Unfinished fillings to go on with, surveys to answer, a way to the desk.
pub(super) fn start(app: App) -> View {
    let here = Watched::new(None::<Here>);
    look(app, here);
    let changes = notice::on_change(move |_| look(app, here));
    let _kept = Kept::new(changes);
    arrive();
    let language = app.language;
    let body = move || here.with(|known| known.as_ref().map(|known| lists(app, known, here)));
    let hero = element("div")
        .class("hero")
        .child(element("p").class("eyebrow").child(sentence(language, say::tagline)))
        .child(heading(app, say::start_title))
        .child(element("p").class("soft").child(sentence(language, say::start_lead)));
    let privacy = element("p")
        .class("privacy small soft")
        .child(icon(Icon::Lock))
        .child(element("span").child(sentence(language, say::privacy_note)));
    let to_desk = desk_link().child(sentence(language, say::to_desk));
    element("main")
        .class("wrap start")
        .id("main")
        .attr("data-screen", "start")
        .child(hero)
        .child(lent_for().is_none().then(|| newer(language)))
        .child(live(body))
        .child(privacy)
        .child(aids(app))
        .child(element("p").class("to-desk small").child(to_desk))
        .view()
}

fn desk_link() -> Element {
    element("a").attr("href", "#/desk").attr("data-act", "desk").on("click", |event| {
        event.prevent_default();
        shell::set_hash("/desk");
    })
}

fn lists(app: App, here: &Here, shown: Watched<Option<Here>>) -> [View; 4] {
    let language = app.language.get();
    let fault = here.fault.as_ref().map(|fault| {
        let cannot = (fault.kind != FaultKind::Newer)
            .then(|| element("p").child(element("strong").text(say::cannot_keep(language))));
        element("div")
            .class("notice notice-bad")
            .attr("role", "alert")
            .child(cannot)
            .child(element("p").text(explain::fault(fault.kind, language)))
    });
    let drafts: Vec<_> =
        here.drafts.iter().map(|(draft, name)| draft_card(app, draft, name, shown)).collect();
    let open: Vec<_> = here.open.iter().map(|offer| offer_card(app, offer, here)).collect();
    let nothing = open.is_empty().then(|| element("p").class("notice").text(say::nothing_open(language)));
    let waits = here.waits.as_ref().map(|_| waiting_card(language));
    let drafts = (!drafts.is_empty()).then(|| element("ul").class("cards").child(drafts));
    let open = element("ul").class("cards").child(open).child(waits);
    [fault.into(), drafts.into(), nothing.into(), open.view()]
}

fn waiting_card(language: Language) -> Element {
    let badge = element("span")
        .class("badge badge-caution")
        .child(icon(Icon::Lock))
        .text(say::not_open_yet(language));
    element("li")
        .class("card card-waits")
        .attr("data-waiting", BUNDLED_STUDY)
        .child(element("p").child(badge))
        .child(element("h2").text(say::community_title(language)))
        .child(element("p").class("soft").text(say::community_waits(language)))
        .child(element("p").child(desk_link().class("button").text(say::prepare(language))))
}

fn draft_card(app: App, draft: &Draft, name: &Bilingual, shown: Watched<Option<Here>>) -> View {
    let language = app.language.get_untracked();
    let id = draft.id;
    let discard = move |_| {
        let language = app.language.get_untracked();
        app.asked.set(Some(Asked {
            title: say::discard_title(language).to_owned(),
            text: say::discard_text(language).to_owned(),
            yes: say::discard_yes(language).to_owned(),
            no: say::discard_no(language).to_owned(),
            then: Rc::new(move || {
                spawn_local(async move {
                    match app.store().discard(id).await {
                        Ok(()) => {
                            take_unconfirmed(id, usize::MAX);
                            app.said.set(say::discarded(app.language.get_untracked()).to_owned());
                        }
                        // It is still there, and whoever asked must not think otherwise.
                        Err(fault) => shown.update(|here| fail(here.as_mut(), fault)),
                    }
                });
            }),
        }));
    };
    let resume = button("button button-primary", "resume")
        .on("click", move |_| app.resume(id, false))
        .text(say::resume(language))
        .child(icon(Icon::Forward));
    let discard = button("button button-quiet", "discard").on("click", discard).text(say::discard(language));
    let begun = say::begun(language, &format::date(draft.started, language));
    element("li")
        .class("card card-draft")
        .attr("data-draft", &id.to_text())
        .child(element("h2").text(say::draft_title(language)))
        .child(element("p").text(pick(name, language)))
        .child(element("p").class("small soft").text(&begun))
        .child(element("div").class("row").child(resume).child(discard))
        .view()
}

fn offer_card(app: App, offer: &Offer, here: &Here) -> View {
    let language = app.language.get_untracked();
    let id = offer.id.clone();
    let begun = here.drafts.iter().any(|(draft, _)| draft.survey == offer.id);
    let kind = offer.kind.map(|kind| kind(language));
    let name = offer.name.as_ref().map(|name| pick(name, language).to_owned());
    let (class, words) = if begun {
        ("button", say::start_again(language))
    } else {
        ("button button-primary", say::start_act(language))
    };
    let heading = ["offer-", &offer.id].concat();
    let example = offer.example.then(|| {
        element("p").child(element("span").class("badge badge-warm").text(say::example_badge(language)))
    });
    let start = button(class, "start")
        .attr("data-survey", &offer.id)
        .attr("aria-describedby", &heading)
        .on("click", move |_| app.begin(id.clone()))
        .text(words)
        .child(icon(Icon::Forward));
    element("li")
        .class(if offer.name.is_none() { "card card-offer card-bare" } else { "card card-offer" })
        .child(example)
        .child(kind.map(|kind| element("p").class("eyebrow").text(kind)))
        .child(element("h2").id(&heading).text(name.as_deref().or(kind).unwrap_or_default()))
        .child(element("p").child(start))
        .view()
}

fn pick(name: &Bilingual, language: Language) -> &str {
    let (first, second) = language.pick((&name.es, &name.en), (&name.en, &name.es));
    if first.is_empty() { second } else { first }
}

/// Reads what the device has; on a fresh one, what the program brings.
fn look(app: App, here: Watched<Option<Here>>) {
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
        let lent_for = lent_for();
        for survey in surveys.iter().filter(|survey| survey.state == SurveyState::Open) {
            if lent_for.as_ref().is_some_and(|own| *own != survey.id) {
                continue;
            }
            found.open.push(offer(survey));
            if lent_for.is_none() {
                match store.drafts(&survey.id).await {
                    Ok(drafts) => {
                        let own = drafts.into_iter().filter(|draft| !draft.lent);
                        found.drafts.extend(own.map(|draft| (draft, survey.name().clone())));
                    }
                    // Somebody's filling may be there that cannot be shown.
                    Err(fault) => fail(Some(&mut found), fault),
                }
            }
        }
        if lent_for.is_some() {
            return here.set(Some(found));
        }
        // Left out above: the others can be answered all the same.
        if store.all_newer() > 0 {
            found.fault = Some(Fault::new(FaultKind::Newer, ""));
        }
        let has = |id: &str| surveys.iter().find(|survey| survey.id == id);
        let fresh = has(BUNDLED_EVENT).is_none();
        if fresh {
            let bare = Offer {
                id: BUNDLED_EVENT.to_owned(),
                name: None,
                kind: Some(say::post_visit_title),
                example: false,
            };
            found.open.insert(0, bare);
        }
        if has(BUNDLED_STUDY).is_none_or(|study| study.state == SurveyState::Setup) {
            found.waits = Some(BUNDLED_STUDY.to_owned());
        }
        here.set(Some(found));
        if fresh && let Ok((survey, _)) = bundled().await {
            here.update(|here| {
                let mut offers = here.iter_mut().flat_map(|here| here.open.iter_mut());
                if let Some(bare) = offers.find(|offer| offer.id == BUNDLED_EVENT && offer.name.is_none()) {
                    *bare = offer(&survey);
                }
            });
        }
    });
}

fn fail(here: Option<&mut Here>, fault: Fault) {
    if let Some(here) = here {
        here.fault = Some(fault);
    }
}

fn offer(survey: &Survey) -> Offer {
    Offer {
        id: survey.id.clone(),
        name: Some(survey.name().clone()),
        kind: match survey.subject {
            Subject::Event(_) => Some(say::post_visit_title),
            Subject::Study(_) => Some(say::community_title),
            Subject::Own(_) => None,
        },
        example: survey.example,
    }
}
