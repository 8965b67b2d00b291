//! The binary `seal`, from those that do not hold what is in it: [`Sealer`] for the page that is filled in, [`Module`] for
//! the worker.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::passphrase::{normal, ways};
use super::{clock, random, shell};
use crate::response::wire::response_to_json;
use crate::response::{Response, Sealed};
use crate::share::seal::{NewKey, RANDOM, Sealing};
use crate::store::Fault;

#[wasm_bindgen]
extern "C" {
    /// What `seal` exports, once it has been fetched.
    #[derive(Debug, Clone)]
    pub type Module;
    #[wasm_bindgen(catch, method)]
    fn seal(this: &Module, recipient: &str, bytes: &[u8]) -> Result<Option<Uint8Array>, JsValue>;
    #[wasm_bindgen(catch, method)]
    fn open(this: &Module, secret: &str, sealed: &[u8]) -> Result<Option<Uint8Array>, JsValue>;
    #[wasm_bindgen(catch, method)]
    fn make_key(this: &Module, passphrase: &str, random: &[u8]) -> Result<Option<Array>, JsValue>;
    #[wasm_bindgen(catch, method)]
    fn unlock(this: &Module, record: &str, passphrase: &str) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(catch, method)]
    fn recipient_of(this: &Module, secret: &str) -> Result<Option<String>, JsValue>;
}

impl Module {
    /// Fetches it. Errors: it did not come, or did not start.
    pub async fn fetch() -> Result<Module, Fault> {
        shell::load_binary("seal").await.map(JsCast::unchecked_into)
    }

    /// The same for jobs; `None`: it did not come.
    pub async fn sealing() -> Option<Box<dyn Sealing>> {
        Some(Box::new(Module::fetch().await.ok()?))
    }
}

/// Seals what is answered to one recipient.
#[derive(Debug, Clone)]
pub struct Sealer {
    module: Module,
    recipient: String,
}

impl Sealer {
    /// Fetches what seals. Errors: it did not come.
    pub async fn fetch(recipient: &str) -> Result<Sealer, Fault> {
        Ok(Sealer { module: Module::fetch().await?, recipient: recipient.to_owned() })
    }

    /// Seals a response, or what was answered up to now. `None`: it cannot, and nothing may be kept.
    pub fn seal(&self, response: &Response, finished: bool) -> Option<Sealed> {
        let json = response_to_json(response);
        let age = self.module.seal(&self.recipient, json.as_bytes()).ok()??.to_vec();
        let (id, survey, day) = (response.id, response.survey.clone(), clock::today());
        Some(Sealed { id, survey, day, finished, age })
    }
}

impl Sealing for Module {
    fn make_key(&self, passphrase: &str) -> Option<NewKey> {
        let random: [u8; RANDOM] = random::strong_bytes()?;
        let made = Module::make_key(self, &normal(passphrase), &random).ok()??;
        let mut texts = made.iter().filter_map(|text| text.as_string());
        Some(NewKey { recipient: texts.next()?, secret: texts.next()?, record: texts.next()? })
    }

    fn unlock(&self, record: &str, passphrase: &str) -> Option<String> {
        ways(passphrase).iter().find_map(|way| Module::unlock(self, record, way).ok()?)
    }

    fn recipient_of(&self, secret: &str) -> Option<String> {
        Module::recipient_of(self, secret).ok()?
    }

    fn open(&self, secret: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        Some(Module::open(self, secret, sealed).ok()??.to_vec())
    }
}
