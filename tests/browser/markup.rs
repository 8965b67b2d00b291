//! Markup of our own, put into the page piece by piece.

use sondeo::browser::markup::{open_all, place};
use sondeo::form::Date;
use sondeo::i18n::Language;
use sondeo::job::{Job, Kept, Outcome, Tools, run};
use sondeo::store::{MemoryStore, ResponseStore};
use sondeo::summary::{Profile, View};
use sondeo::survey::SurveyState;
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
    let markup =
        |n: u8| format!("<div><details><p>x</p></details><details><strong>{n}</strong></details></div>");
    let first = pieces(&[("a", &markup(1))]);
    place(&holder, &first, &[]);
    open_all(&holder, true);
    holder.query_selector("details").unwrap().unwrap().remove_attribute("open").unwrap();
    place(&holder, &pieces(&[("a", &markup(2))]), &first);
    assert_eq!(holder.query_selector_all("details[open] strong").unwrap().length(), 1);
    assert_eq!(holder.query_selector_all("details[open]").unwrap().length(), 1);
}

#[wasm_bindgen_test]
fn charts_become_real_svg_and_a_bar_has_its_length() {
    let holder = holder();
    let markup = "<section><svg viewBox=\"0 0 1 1\"><title>1 &lt; 2</title><rect/></svg><p style=\"--p:40\">a</p></section>";
    assert_eq!(place(&holder, &pieces(&[("a", markup)]), &[]), 1);
    let chart = holder.query_selector("rect").unwrap().unwrap();
    assert_eq!(chart.namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"));
    let bar = holder.query_selector("p").unwrap().unwrap();
    assert_eq!(bar.namespace_uri().as_deref(), Some("http://www.w3.org/1999/xhtml"));
    assert_eq!(bar.get_attribute("style").unwrap().replace([' ', ';'], ""), "--p:40");
    assert_eq!(holder.text_content().unwrap(), "1 < 2a");
}

#[wasm_bindgen_test]
fn what_could_run_fetch_or_send_is_refused() {
    for foreign in [
        "<script>1</script>",
        "<p><img src=\"x\"></p>",
        "<p onclick=\"go()\">a</p>",
        "<a href=\"javascript:go()\">a</a>",
        "<a href=\"https://example.org\">a</a>",
        "<svg><use href=\"#a\"/></svg>",
        "<form action=\"x\"></form>",
        "<p>&nbsp;</p>",
        "<p class='a'>a</p>",
        "<p>not closed",
        "<p><b>crossed</p></b>",
        "<iframe srcdoc=\"\"></iframe>",
        "<style>p{}</style>",
    ] {
        let holder = holder();
        assert_eq!(place(&holder, &pieces(&[("a", foreign)]), &[]), 0, "{foreign}");
        assert!(holder.first_element_child().is_none(), "{foreign}");
    }
}

/// What the browser's own parser makes of a whole summary and its pages for paper, ours makes too.
#[wasm_bindgen_test]
async fn all_our_markup_is_read_as_the_browser_reads_it() {
    let mut seen = 0;
    for markup in all_markup().await {
        let markup = markup.replace(" xmlns=\"http://www.w3.org/2000/svg\"", "");
        let holder = holder();
        assert_eq!(place(&holder, &pieces(&[("a", &markup)]), &[]), 1, "{markup}");
        let ours = holder.first_element_child().unwrap();
        ours.remove_attribute("data-piece").unwrap();
        let wanted = holder_of(&markup).first_element_child().unwrap();
        assert_eq!(plain(&ours), plain(&wanted));
        seen += 1;
    }
    assert!(seen > 40, "{seen}");
}

/// As text, with styles written alike: those set one by one have blanks that others have not.
fn plain(element: &Element) -> String {
    element.outer_html().replace(": ", ":").replace(";\"", "\"")
}

fn holder_of(markup: &str) -> Element {
    let holder = holder();
    holder.set_inner_html(markup);
    holder
}

async fn all_markup() -> Vec<String> {
    let store = MemoryStore::default();
    let ask = async |job: Job| {
        let mut going = |_| std::ops::ControlFlow::Continue(());
        let mut tools = Tools {
            matches: |_, _| None,
            find: |_, _| false,
            sealing: &|| Box::pin(async { None }),
            kept: &Kept::default(),
            progress: &mut going,
            given: None,
            sink: &mut |_: &[u8]| (),
        };
        run(&job, &store, &mut tools).await.unwrap()
    };
    let today = Date::new(2026, 3, 5).unwrap();
    let mut all = Vec::new();
    for definition in [
        include_str!("../../public/instruments/post_visit.json"),
        include_str!("../../public/instruments/community_safety.json"),
    ] {
        let Outcome::Kept(mut kept) =
            ask(Job::Keep { survey: None, definition: definition.to_owned() }).await
        else {
            panic!("a survey")
        };
        kept.state = SurveyState::Closed;
        store.put_survey(&kept, None).await.unwrap();
        let survey = kept.id.clone();
        ask(Job::Examples { survey: survey.clone(), count: 60, seed: 3, today }).await;
        for language in Language::ALL {
            let view = View { profile: Profile::Analyst, by: vec!["district".to_owned()], ..View::default() };
            let Outcome::Screen(screen) =
                ask(Job::Screen { survey: survey.clone(), view: view.clone(), language }).await
            else {
                panic!("a screen")
            };
            all.extend(screen.blocks.into_iter().flat_map(|block| block.pieces).map(|(_, markup)| markup));
            let Outcome::Document(pages) =
                ask(Job::Print { survey: survey.clone(), view, language, today }).await
            else {
                panic!("pages")
            };
            all.push(pages);
        }
    }
    all
}
