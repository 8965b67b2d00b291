//! What seals and opens: fetched where a survey is sealed, by the page that is filled in and by the worker.

#[cfg(target_arch = "wasm32")]
#[expect(unreachable_pub, reason = "wasm-bindgen exports what is pub, and nothing else here can see it")]
mod exports {
    use sondeo::share::seal;
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    pub fn seal(recipient: &str, bytes: &[u8]) -> Option<Vec<u8>> {
        seal::seal(recipient, bytes)
    }

    #[wasm_bindgen]
    pub fn open(secret: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        seal::open(secret, sealed)
    }

    #[wasm_bindgen]
    pub fn make_key(passphrase: &str, random: &[u8]) -> Option<Vec<String>> {
        let made = seal::make_key(passphrase, random, seal::Cost::default())?;
        Some(vec![made.recipient, made.secret, made.record])
    }

    #[wasm_bindgen]
    pub fn unlock(record: &str, passphrase: &str) -> Option<String> {
        seal::unlock(record, passphrase)
    }

    #[wasm_bindgen]
    pub fn recipient_of(secret: &str) -> Option<String> {
        seal::recipient_of(secret)
    }
}

fn main() {}
