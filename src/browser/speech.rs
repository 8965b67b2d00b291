//! Reading aloud, by a voice that lives on the device: what is read leaves it for nobody.

use std::cell::Cell;

use super::dom::Event;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::Element;

/// What is read of a question or a note, in the order of the page.
const WORDS: &str = "h2,.label>span:first-child,p,.option-words,.scale-ends>*,.grid-label>:first-child";

#[wasm_bindgen]
extern "C" {
    type Speech;
    // Some browsers inside other apps have none.
    #[wasm_bindgen(thread_local_v2, js_name = speechSynthesis)]
    static SPEECH: Option<Speech>;
    #[wasm_bindgen(method, js_name = getVoices)]
    fn voices(this: &Speech) -> Array;
    #[wasm_bindgen(method)]
    fn speak(this: &Speech, utterance: &Utterance);
    #[wasm_bindgen(method)]
    fn cancel(this: &Speech);
    #[wasm_bindgen(method, getter)]
    fn speaking(this: &Speech) -> bool;

    #[wasm_bindgen(js_name = SpeechSynthesisUtterance)]
    type Utterance;
    #[wasm_bindgen(constructor, js_class = "SpeechSynthesisUtterance")]
    fn new(text: &str) -> Utterance;
    #[wasm_bindgen(method, setter)]
    fn set_voice(this: &Utterance, voice: &Voice);

    type Voice;
    #[wasm_bindgen(method, getter, js_name = localService)]
    fn is_local(this: &Voice) -> bool;
    #[wasm_bindgen(method, getter)]
    fn lang(this: &Voice) -> String;
}

thread_local! {
    /// Something has been read.
    static SPOKEN: Cell<bool> = const { Cell::new(false) };
}

/// Whether there is a voice of the device itself for a language (`es`, `fr-HT`). Browsers that load their voices on being asked
/// may say no the first time.
pub fn can_read(tag: &str) -> bool {
    voice(tag).is_some()
}

/// Reads what stands around a button that was tapped; stops if something is being read.
pub fn read_around(tapped: &Event, tag: &str) {
    let button = tapped.current_target().map(|target| target.unchecked_into::<Element>());
    let Some(around) = button.and_then(|button| button.parent_element()) else { return };
    let (Some(voice), Ok(found)) = (voice(tag), around.query_selector_all(WORDS)) else { return };
    let words: Vec<String> =
        (0..found.length()).filter_map(|at| found.get(at)).filter_map(|node| node.text_content()).collect();
    SPEECH.with(|speech| {
        let Some(speech) = speech else { return };
        if speech.speaking() {
            return speech.cancel();
        }
        let utterance = Utterance::new(&words.join(". "));
        utterance.set_voice(&voice);
        speech.speak(&utterance);
        SPOKEN.set(true);
    });
}

/// Reads no further.
pub fn stop() {
    // To ask a browser for its speech for the first time takes long.
    if !SPOKEN.get() {
        return;
    }
    SPEECH.with(|speech| {
        if let Some(speech) = speech {
            speech.cancel();
        }
    });
}

fn voice(tag: &str) -> Option<Voice> {
    let tag = tag.split('-').next()?;
    let voices = SPEECH.with(|speech| speech.as_ref().map(Speech::voices));
    let voices = voices.iter().flat_map(Array::iter).map(|voice| voice.unchecked_into::<Voice>());
    voices.into_iter().find(|voice| voice.is_local() && voice.lang().starts_with(tag))
}
