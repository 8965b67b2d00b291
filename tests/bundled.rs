//! The survey that every phone is offered on its first visit lies compiled beside its instrument, so that a phone needs
//! no compiler of instruments. This keeps the two in step: `SONDEO_WRITE=1 cargo test --test bundled` writes it anew.

use sondeo::instrument::{bundled_survey, definition_from_json};
use sondeo::survey::wire::{form_to_json, to_json};
use sondeo::survey::{Survey, SurveyState};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/public/instruments/");

#[test]
fn the_compiled_survey_is_what_its_instrument_compiles_to() {
    let instrument = std::fs::read_to_string(FOLDER.to_owned() + "post_visit.json").unwrap();
    let (survey, form) = bundled_survey(&definition_from_json(&instrument).unwrap()).unwrap();
    let survey = Survey { state: SurveyState::Open, ..survey };
    let compiled = [to_json(&survey), form_to_json(&form)].join("\n") + "\n";
    let path = [FOLDER, &survey.id, ".jsonl"].concat();
    if std::env::var_os("SONDEO_WRITE").is_some() {
        std::fs::write(&path, &compiled).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(kept == compiled, "out of step with the instrument: SONDEO_WRITE=1 cargo test --test bundled");
}
