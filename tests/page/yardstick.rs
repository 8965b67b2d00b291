//! A page of the same questions as somebody would write it by hand: one HTML file with all sections in both languages, and as
//! much script as turns pages, switches the language and keeps each answer in IndexedDB. No routing, no checks, no summary: it
//! is the least that a browser can be asked for, to measure Sondeo with.

use std::fmt::Write;

use sondeo::form::wire::{FormSource, NodeSource};

const STYLE: &str = "
:root{color-scheme:light dark}body{margin:0;font:1.0625rem/1.5 system-ui,sans-serif}main,header{max-width:48rem;margin:auto;padding:1rem}
[lang=es]>:lang(en),[lang=en]>:lang(es){display:none}html[lang=es] span:lang(en),html[lang=en] span:lang(es){display:none}
section{display:none}section.now{display:block}fieldset{margin:1rem 0;padding:1rem;border:1px solid #ccc;border-radius:.75rem}
legend{font-weight:600}label{display:flex;gap:.75rem;align-items:center;min-height:3rem;padding:0 .75rem;margin:.5rem 0;border:1px solid #888;border-radius:.5rem}
input[type=text],textarea,select{width:100%;min-height:3rem;font:inherit}button{min-height:3rem;font:inherit;padding:0 1rem}";

const SCRIPT: &str = "
const sections = [...document.querySelectorAll('section')];
let at = 0, base;
const show = (to) => {
  sections[at].classList.remove('now');
  at = Math.max(0, Math.min(to, sections.length - 1));
  sections[at].classList.add('now');
  scrollTo(0, 0);
  sections[at].querySelector('h1').focus();
};
const opening = indexedDB.open('yardstick', 1);
opening.onupgradeneeded = () => opening.result.createObjectStore('answers');
opening.onsuccess = () => {
  base = opening.result;
  const kept = base.transaction('answers').objectStore('answers').get('draft');
  kept.onsuccess = () => {
    for (const [name, value] of kept.result ?? []) {
      const field = document.querySelector(`[name=\"${name}\"][value=\"${value}\"]`);
      if (field) field.checked = true;
    }
  };
};
document.addEventListener('change', () => {
  const change = base.transaction('answers', 'readwrite', { durability: 'strict' });
  change.objectStore('answers').put([...new FormData(document.forms[0])], 'draft');
  change.oncomplete = () => { document.querySelector('#saved').textContent = '✓'; };
});
document.forms[0].addEventListener('submit', (event) => { event.preventDefault(); show(at + 1); });
for (const button of document.querySelectorAll('[data-language]')) {
  button.addEventListener('click', () => { document.documentElement.lang = button.dataset.language; });
}
show(0);";

/// The page.
pub(crate) fn page(form: &FormSource) -> String {
    let mut out = String::from(
        "<!doctype html><html lang=\"es\"><head><meta charset=\"utf-8\"><title>Yardstick</title>",
    );
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>";
    out += STYLE;
    out += "</style></head><body><header><span id=\"saved\"></span> ";
    for language in ["es", "en"] {
        let _ = write!(out, "<button type=\"button\" data-language=\"{language}\">{language}</button>");
    }
    out += "</header><main><form>";
    for section in form.nodes.iter().filter(|node| node.kind == "page") {
        let _ = write!(out, "<section><h1 tabindex=\"-1\">{}</h1>", both(&section.label));
        for node in &section.children {
            question(form, node, "", &mut out);
        }
        out += "</section>";
    }
    let next = both(&["Siguiente".to_owned(), "Next".to_owned()]);
    let _ = write!(
        out,
        "<button type=\"submit\">{next}</button></form></main><script>{SCRIPT}</script></body></html>"
    );
    out
}

fn question(form: &FormSource, node: &NodeSource, list: &str, out: &mut String) {
    let label = both(&node.label);
    let list = if node.list.is_empty() { list } else { &node.list };
    let name = &node.name;
    match node.kind.as_str() {
        "calculate" => {}
        "note" => {
            let _ = write!(out, "<p>{label}</p>");
        }
        "grid" | "group" | "repeat" => {
            let _ = write!(out, "<fieldset><legend>{label}</legend>");
            for child in &node.children {
                question(form, child, list, out);
            }
            *out += "</fieldset>";
        }
        "select_one" | "select_multiple" | "rank" => {
            let kind = if node.kind == "select_one" { "radio" } else { "checkbox" };
            let _ = write!(out, "<fieldset><legend>{label}</legend>");
            for choice in form.lists.iter().find(|one| one.name == list).iter().flat_map(|list| &list.choices)
            {
                let (value, words) = (&choice.name, both(&choice.label));
                let _ = write!(
                    out,
                    "<label><input type=\"{kind}\" name=\"{name}\" value=\"{value}\">{words}</label>"
                );
            }
            *out += "</fieldset>";
        }
        _ => {
            let _ = write!(
                out,
                "<fieldset><legend>{label}</legend><input type=\"text\" name=\"{name}\"></fieldset>"
            );
        }
    }
}

/// Both languages, of which the style sheet shows one.
fn both(texts: &[String]) -> String {
    let escaped = |text: &String| text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "<br>");
    let one =
        |(language, text): (&str, &String)| format!("<span lang=\"{language}\">{}</span>", escaped(text));
    ["es", "en"].into_iter().zip(texts).map(one).collect()
}
