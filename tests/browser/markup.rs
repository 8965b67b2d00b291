//! Markup of our own, put into the page piece by piece.

use sondeo::browser::markup::{open_all, place};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

fn holder() -> Element {
    web_sys::window().unwrap().document().unwrap().create_element("div").unwrap()
}

fn pieces(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(key, markup)| (key.to_string(), markup.to_string())).collect()
}

fn keys(holder: &Element) -> Vec<String> {
    let mut keys = Vec::new();
    let mut child = holder.first_element_child();
    while let Some(element) = child {
        keys.push(element.get_attribute("data-piece").unwrap_or_default());
        child = element.next_element_sibling();
    }
    keys
}

#[wasm_bindgen_test]
fn a_piece_that_did_not_change_stays_the_same_node() {
    let holder = holder();
    let first = pieces(&[("a", "<p>1</p>"), ("b", "<p>2</p>")]);
    assert_eq!(place(&holder, &first, &[]), 2);
    let kept = holder.first_element_child().unwrap();
    let second = pieces(&[("a", "<p>1</p>"), ("b", "<p>3</p>")]);
    assert_eq!(place(&holder, &second, &first), 1);
    assert!(holder.first_element_child().unwrap() == kept);
    assert_eq!(holder.text_content().unwrap(), "13");
}

#[wasm_bindgen_test]
fn pieces_come_go_and_stand_in_order() {
    let holder = holder();
    let first = pieces(&[("a", "<p>a</p>"), ("c", "<p>c</p>")]);
    place(&holder, &first, &[]);
    let second = pieces(&[("b", "<p>b</p>"), ("a", "<p>a</p>"), ("d", "<p>d</p>")]);
    place(&holder, &second, &first);
    assert_eq!(keys(&holder), ["b", "a", "d"]);
    place(&holder, &[], &second);
    assert_eq!(keys(&holder), [""; 0]);
}

#[wasm_bindgen_test]
fn open_tables_of_a_changed_piece_stay_open() {
    let holder = holder();
    let markup = |n: u8| format!("<div><details><i>x</i></details><details><b>{n}</b></details></div>");
    let first = pieces(&[("a", &markup(1))]);
    place(&holder, &first, &[]);
    open_all(&holder, true);
    holder.query_selector("details").unwrap().unwrap().remove_attribute("open").unwrap();
    place(&holder, &pieces(&[("a", &markup(2))]), &first);
    assert_eq!(holder.query_selector_all("details[open] b").unwrap().length(), 1);
    assert_eq!(holder.query_selector_all("details[open]").unwrap().length(), 1);
}

#[wasm_bindgen_test]
fn charts_become_real_svg_and_scripts_stay_dead() {
    let holder = holder();
    let markup = "<section><svg viewBox=\"0 0 1 1\"><rect/></svg><script>window.ran = 1;</script></section>";
    place(&holder, &pieces(&[("a", markup)]), &[]);
    let chart = holder.query_selector("rect").unwrap().unwrap();
    assert_eq!(chart.namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"));
    web_sys::window().unwrap().document().unwrap().body().unwrap().append_child(&holder).unwrap();
    let ran = js_sys::Reflect::get(&web_sys::window().unwrap(), &"ran".into()).unwrap();
    assert!(ran.is_undefined());
    holder.remove();
}
