//! The page around the program: clock, randomness, patterns, localStorage, address.

use crate::probe::{refuse_local_storage, undo, wait};
use crate::scenario::{entries, id};
use sondeo::browser::preferences::{LocalPreferences, keep_unconfirmed, take_unconfirmed};
use sondeo::browser::{clock, file, fold, http, math, random, regex, shell};
use sondeo::store::{Fault, Preferences};
use sondeo::xpath::Math;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_clock_tells_the_moment_and_its_offset() {
    let (before, now, after) = (clock::milliseconds(), clock::now(), clock::milliseconds());
    let read = js_sys::Date::parse(&now.to_string());
    assert!(before <= read && read <= after, "{now}");
    assert_eq!(clock::today(), clock::now().date);
}

#[wasm_bindgen_test]
fn random_ids_and_seeds_differ() {
    let ids: std::collections::BTreeSet<_> = (0..200).map(|_| random::response_id()).collect();
    assert_eq!(ids.len(), 200);
    let seeds: std::collections::BTreeSet<_> = (0..200).map(|_| random::seed()).collect();
    assert_eq!(seeds.len(), 200);
    let bits: u32 = ids.iter().flat_map(|id| id.0).map(u8::count_ones).sum();
    assert!((12_000..13_600).contains(&bits), "{bits} of 25600 bits");
}

#[wasm_bindgen_test]
fn a_pattern_must_match_the_whole_text() {
    assert_eq!(regex::matches("[A-Z]{2}[0-9]+", "AB12"), Some(true));
    assert_eq!(regex::matches("[A-Z]{2}[0-9]+", "xAB12"), Some(false));
    assert_eq!(regex::matches("a|bc", "ac"), Some(false));
    assert_eq!(regex::matches("", ""), Some(true));
    assert_eq!(regex::matches(".", "🐟"), Some(true), "one character, two code units");
    assert_eq!(
        regex::matches(r"\d{3}\-\d{4}", "555-1234"),
        Some(true),
        "an escape that Unicode mode refuses"
    );
    assert_eq!(regex::matches("a)(b", "ab"), None);
    assert_eq!(regex::matches("[", "["), None);
}

#[wasm_bindgen_test]
fn a_search_does_not_ask_for_accents_or_capitals() {
    assert_eq!(fold::fold("Corregimiento ÑANDÚ, São Tomé"), "corregimiento nandu, sao tome");
    assert_eq!(fold::fold(""), "");
}

#[wasm_bindgen_test]
fn the_browser_calculates() {
    assert_eq!(math::calculate(Math::Pow, 2.0, 10.0), 1024.0);
    assert_eq!(math::calculate(Math::Atan2, 1.0, 1.0), std::f64::consts::FRAC_PI_4);
    assert_eq!(math::calculate(Math::Log10, 1000.0, 0.0), 3.0);
    assert_eq!(math::calculate(Math::Sqrt, 9.0, 0.0), 3.0);
    assert!(math::calculate(Math::Log, -1.0, 0.0).is_nan());
}

#[wasm_bindgen_test]
fn preferences_are_remembered() {
    assert_eq!(LocalPreferences.get("language"), None);
    LocalPreferences.set("language", "es \"ñ\"");
    assert_eq!(LocalPreferences.get("language").as_deref(), Some("es \"ñ\""));
    LocalPreferences.remove("language");
    assert_eq!(LocalPreferences.get("language"), None);
}

#[wasm_bindgen_test]
fn refused_storage_is_not_the_end() {
    let back = refuse_local_storage();
    LocalPreferences.set("language", "en");
    keep_unconfirmed(id(1), 0, &entries(0..2));
    let outcome = (LocalPreferences.get("language"), take_unconfirmed(id(1), 0));
    undo(&back);
    assert_eq!(outcome, (None, Vec::new()));
}

#[wasm_bindgen_test]
fn a_page_that_goes_leaves_what_was_not_confirmed() {
    assert_eq!(take_unconfirmed(id(1), 7), []);
    keep_unconfirmed(id(1), 7, &entries(7..10));
    assert_eq!(take_unconfirmed(id(2), 7), [], "of another draft");
    assert_eq!(take_unconfirmed(id(1), 7), entries(7..10));
    assert_eq!(
        take_unconfirmed(id(1), 7),
        entries(7..10),
        "the page died before it had put them in the store"
    );

    assert_eq!(take_unconfirmed(id(1), 9), entries(9..10), "two of them are in the store");
    assert_eq!(take_unconfirmed(id(1), 12), []);
    assert_eq!(take_unconfirmed(id(1), 7), [], "forgotten once all are there");

    keep_unconfirmed(id(1), 7, &entries(7..10));
    assert_eq!(take_unconfirmed(id(1), usize::MAX), []);
    assert_eq!(take_unconfirmed(id(1), 0), [], "forgotten when asked");
    keep_unconfirmed(id(1), 7, &entries(7..10));
    keep_unconfirmed(id(1), 10, &[]);
    assert_eq!(take_unconfirmed(id(1), 10), [], "nothing is left to confirm");
}

#[wasm_bindgen_test]
async fn the_address_is_read_set_and_heard() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let listening = shell::on_hash({
        let heard = Rc::clone(&heard);
        move |hash| heard.borrow_mut().push(hash)
    });
    shell::set_hash("/fill/a");
    assert_eq!(shell::hash(), "/fill/a");
    clock::sleep(50).await;
    shell::replace_hash("/desk");
    assert_eq!(shell::hash(), "/desk");
    clock::sleep(50).await;
    assert_eq!(*heard.borrow(), ["/fill/a"]);
    drop(listening);
    shell::set_hash("");
    clock::sleep(50).await;
    assert_eq!(heard.borrow().len(), 1);
}

#[wasm_bindgen_test]
fn the_page_tells_its_language_title_and_focus() {
    let document = web_sys::window().unwrap().document().unwrap();
    let root = document.document_element().unwrap();
    shell::set_language("es");
    shell::set_title("Encuesta");
    shell::set_root("data-theme", Some("dark"));
    assert_eq!((root.get_attribute("lang"), document.title()), (Some("es".into()), "Encuesta".into()));
    assert_eq!(root.get_attribute("data-theme").as_deref(), Some("dark"));
    shell::set_root("data-theme", None);
    assert_eq!(root.get_attribute("data-theme"), None);

    let heading = document.create_element("h1").unwrap();
    heading.set_id("title");
    document.body().unwrap().append_child(&heading).unwrap();
    assert!(!shell::focus("nothing"));
    assert!(shell::focus("title"));
    assert_eq!(document.active_element().unwrap().id(), "title");
    heading.remove();
    assert!(!shell::languages().is_empty());
}

#[wasm_bindgen_test]
async fn files_are_fetched_and_their_absence_is_told() {
    assert!(http::fetch_text("wasm-bindgen-test.js").await.unwrap().contains("export"));
    assert_eq!(http::fetch_text("nothing-there.json").await.unwrap_err().status, 404);
    assert_eq!(http::fetch_text("http://127.0.0.1:1/").await.unwrap_err().status, 0);
}

#[wasm_bindgen_test]
async fn a_download_has_its_name_and_its_bytes() {
    let clicked = Rc::new(RefCell::new(None));
    let document = web_sys::window().unwrap().document().unwrap();
    let listener = wasm_bindgen::closure::Closure::wrap(Box::new({
        let clicked = Rc::clone(&clicked);
        move |event: web_sys::Event| {
            event.prevent_default();
            let link: web_sys::HtmlAnchorElement = event.target().unwrap().dyn_into().unwrap();
            clicked.replace(Some((link.download(), link.href())));
        }
    }) as Box<dyn FnMut(web_sys::Event)>);
    document.add_event_listener_with_callback("click", listener.as_ref().unchecked_ref()).unwrap();
    let text = "a,ñ\n".as_bytes();
    let made = file::of_bytes(text).unwrap();
    let offers: [&dyn Fn() -> Result<(), Fault>; 2] =
        [&|| file::offer("datos.csv", "text/csv", text), &|| {
            file::offer_file("datos.csv", "text/csv", &made)
        }];
    for offer in offers {
        offer().unwrap();
        let (name, url) = clicked.take().unwrap();
        assert_eq!(name, "datos.csv");
        let fetched = wait(web_sys::window().unwrap().fetch_with_str(&url)).await;
        let response: web_sys::Response = fetched.unchecked_into();
        assert_eq!(response.headers().get("content-type").unwrap().as_deref(), Some("text/csv"));
        assert_eq!(wait(response.text().unwrap()).await, "a,ñ\n");
    }
    document.remove_event_listener_with_callback("click", listener.as_ref().unchecked_ref()).unwrap();
}

#[wasm_bindgen_test]
async fn a_file_grows_part_by_part() {
    assert!(file::Growing::default().finish().unwrap().is_none());
    let (mut growing, mut whole) = (file::Growing::default(), Vec::new());
    for n in 0..5_u8 {
        // Across the size of a part, and one beyond several.
        let piece = vec![n; [10, 1 << 20, 700_000, 700_000, 3 << 20][usize::from(n)]];
        growing.add(&piece);
        whole.extend(piece);
    }
    let blob = growing.finish().unwrap().unwrap();
    let buffer = wait(blob.array_buffer()).await;
    assert!(js_sys::Uint8Array::new(&buffer).to_vec() == whole);
}
