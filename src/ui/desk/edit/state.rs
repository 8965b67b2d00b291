use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Saved;
use super::field::id_of;
use crate::browser::shell;
use crate::i18n::setup;
use crate::survey::{Field, List, Mistake, MistakeKind, Obstacle, Sheet, Survey, Tick, value_for};
use crate::ui::desk::app::begin;
use crate::ui::desk::bridge::{Listed, ending};
use crate::ui::desk::frame::Desk;
use crate::ui::desk::route::Route;
use crate::ui::parts::Watched;

/// A survey being edited: what is kept, what is typed, what is wrong with it.
#[derive(Clone, Copy)]
pub(super) struct Editing {
    pub(super) desk: Desk,
    listed: StoredValue<Listed, LocalStorage>,
    /// The questionnaire is in use, as the store has it now.
    pub(super) lock: Memo<bool>,
    /// Not kept yet.
    new: RwSignal<bool>,
    /// What is typed.
    pub(super) sheet: Watched<Sheet>,
    /// What was typed when it was last saved.
    kept: Watched<Sheet>,
    /// Somebody has tried to save: blanks are told too.
    pub(super) tried: RwSignal<bool>,
    /// Everything that is wrong now.
    pub(super) mistakes: Watched<Vec<Mistake>>,
    /// There are changes that are not kept.
    pub(super) unsaved: RwSignal<bool>,
}

impl Editing {
    /// Begins with what is kept of a survey; `new`: nothing is.
    pub(super) fn of(desk: Desk, listed: Listed, new: bool) -> Editing {
        Editing::with(desk, Sheet::of(&listed.survey), listed, new)
    }

    /// Begins a survey of its own, made from another: what must be said of each survey is not said yet.
    pub(super) fn fresh(desk: Desk, listed: Listed) -> Editing {
        Editing::with(desk, Sheet::fresh(&listed.survey), listed, true)
    }

    fn with(desk: Desk, sheet: Sheet, listed: Listed, new: bool) -> Editing {
        let mistakes = sheet.mistakes(&listed.survey.subject);
        let lock = {
            let (id, first) = (listed.survey.id.clone(), !new && listed.locked());
            Memo::new(move |_| if new { false } else { desk.find(&id).map_or(first, |now| now.locked()) })
        };
        on_cleanup(move || {
            desk.unsaved.try_set(false);
        });
        Editing {
            desk,
            listed: StoredValue::new_local(listed),
            lock,
            new: RwSignal::new(new),
            kept: Watched::new(sheet.clone()),
            sheet: Watched::new(sheet),
            tried: RwSignal::new(false),
            mistakes: Watched::new(mistakes),
            unsaved: RwSignal::new(false),
        }
    }

    /// The survey as it is kept.
    pub(super) fn survey(self) -> Survey {
        self.listed.with_value(|listed| listed.survey.clone())
    }

    /// The survey with its counts, as the store has them now.
    pub(super) fn listed(self) -> Listed {
        let listed = self.listed.get_value();
        self.desk.find(&listed.survey.id).unwrap_or(listed)
    }

    /// The questionnaire is in use.
    pub(super) fn locked(self) -> bool {
        self.lock.get_untracked()
    }

    /// Nothing of it is kept yet.
    pub(super) fn is_new(self) -> bool {
        self.new.get()
    }

    /// What is wrong with a field, to be told now: a blank only after somebody has tried to save.
    pub(super) fn wrong(self, field: Field) -> Option<MistakeKind> {
        let kind = self.mistakes.with(|all| all.iter().find(|one| one.field == field).map(|one| one.kind))?;
        let patient = matches!(
            kind,
            MistakeKind::Blank | MistakeKind::NoDistrict | MistakeKind::NoDesign | MistakeKind::FewShares
        );
        (!patient || self.tried.get()).then_some(kind)
    }

    /// Changes what is typed.
    pub(super) fn change(self, change: impl FnOnce(&mut Sheet)) {
        self.desk.said.set(String::new());
        self.sheet.update(change);
        self.look();
    }

    /// Takes note of what is wrong and of what is not kept.
    fn look(self) {
        let subject = self.survey().subject;
        let (mistakes, unsaved) = self.sheet.with_untracked(|sheet| {
            (sheet.mistakes(&subject), self.kept.with_untracked(|kept| kept != sheet))
        });
        if self.mistakes.with_untracked(|before| *before != mistakes) {
            self.mistakes.set(mistakes);
        }
        if self.unsaved.try_get_untracked().is_some_and(|before| before != unsaved) {
            self.unsaved.set(unsaved);
            self.desk.unsaved.set(unsaved);
        }
    }

    /// Lays out the weights anew without that being a change of anybody's.
    pub(super) fn complete(self, change: impl Fn(&mut crate::survey::WeightsSheet)) {
        self.kept.update(|sheet| change(&mut sheet.weights));
        self.sheet.update(|sheet| change(&mut sheet.weights));
    }

    /// What would still keep the survey, as typed, from being opened; `None` while it cannot be read.
    pub(super) fn obstacles(self) -> Option<Vec<Obstacle>> {
        let survey = self.survey();
        self.sheet.with(|sheet| sheet.obstacles(&survey, self.locked()))
    }

    /// Keeps what is typed, or shows what is wrong with it.
    pub(super) fn save(self) {
        self.tried.set(true);
        let desk = self.desk;
        let language = desk.language.get_untracked();
        self.sheet.update(Sheet::settle);
        self.look();
        let read = self.sheet.with_untracked(|sheet| sheet.read(&self.survey(), self.locked()));
        let mut survey = match read {
            Ok(survey) => survey,
            Err(mistakes) => {
                desk.said.set(setup::mend_first(language).to_owned());
                if let Some(first) = mistakes.first() {
                    let id = id_of(first.field);
                    // The lists that hold mistakes unfold first.
                    request_animation_frame(move || {
                        shell::focus(&id);
                    });
                }
                return;
            }
        };
        if desk.busy.get_untracked() {
            return;
        }
        // Made in another tab meanwhile, a key must not be lost again.
        survey.seal = self.listed().survey.seal;
        let new = self.new.get_untracked();
        if survey.id.is_empty() {
            let id = [&value_for(&survey.name().en, &[]), "_", &ending()].concat();
            survey.rename(id);
        }
        let (bridge, locked) = (desk.bridge(), self.locked());
        let typed = self.sheet.get_untracked();
        desk.busy.set(true);
        desk.trouble.set(None);
        spawn_local(async move {
            let saved: Saved = if locked {
                bridge.keep(&survey).await.map(|()| survey)
            } else {
                bridge.keep_with_form(survey).await
            };
            desk.busy.set(false);
            match saved {
                Ok(survey) => self.saved(survey, typed, new).await,
                Err(trouble) => desk.trouble.set(Some(trouble)),
            }
        });
    }

    /// Takes note of what is kept now. When nothing is in the way of opening any more, the surveys are next; else the
    /// sheet stays, and a new survey gets its own address.
    async fn saved(self, survey: Survey, typed: Sheet, new: bool) {
        let desk = self.desk;
        let (id, ready) = (survey.id.clone(), survey.obstacles().is_empty());
        // The screen may have been left meanwhile.
        self.listed.try_update_value(|listed| listed.survey = survey);
        self.tried.try_set(false);
        let left = self.unsaved.is_disposed();
        self.kept.set(typed);
        self.look();
        desk.read().await;
        desk.say(setup::saved(desk.language.get_untracked()).to_owned());
        if left {
            return;
        }
        desk.unsaved.set(false);
        if ready {
            desk.go(&Route::Surveys);
            desk.be_at(Route::Surveys);
            begin();
        } else if new {
            self.new.try_set(false);
            desk.stay(Route::Edit(id));
        }
    }

    /// Adds a row to a list and puts the focus into it. `district`: for an area, the key of its district.
    pub(super) fn add(self, list: List, district: Option<u32>) {
        let mut key = 0;
        self.change(|sheet| {
            key = sheet.add(list);
            if let Some(district) = district {
                sheet.set(Field::Row(key, crate::survey::Part::District), district.to_string());
            }
        });
        let id = id_of(Field::Row(key, crate::survey::Part::Label(crate::survey::Side::Es)));
        request_animation_frame(move || {
            shell::focus(&id);
        });
    }

    /// Whether a box is ticked.
    pub(super) fn ticked(self, tick: Tick) -> bool {
        self.sheet.with(|sheet| sheet.ticked(tick))
    }
}
