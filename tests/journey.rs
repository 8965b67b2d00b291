//! Journeys: real people's whole way through the built site, in a real browser, by clicking.
//! `./dev test journey` builds the site and runs them; without it (`SONDEO_JOURNEY` unset) each says so in a line and passes.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a journey that cannot go on must stop and say why"
)]

#[path = "journey/aids.rs"]
mod aids;
#[path = "journey/axe.rs"]
mod axe;
#[path = "journey/browser.rs"]
mod browser;
#[path = "journey/copies.rs"]
mod copies;
#[path = "journey/disk.rs"]
mod disk;
#[path = "journey/engines.rs"]
mod engines;
#[path = "journey/enter.rs"]
mod enter;
#[path = "journey/expect.rs"]
mod expect;
#[path = "../benches/common/forms.rs"]
#[allow(dead_code, reason = "shared with benches")]
mod forms;
#[path = "journey/gallery.rs"]
mod gallery;
#[path = "journey/hostile.rs"]
mod hostile;
#[path = "journey/keys.rs"]
mod keys;
#[path = "journey/kiosk.rs"]
mod kiosk;
#[path = "journey/link.rs"]
mod link;
#[path = "journey/many.rs"]
mod many;
#[path = "journey/media.rs"]
mod media;
#[path = "journey/newer.rs"]
mod newer;
#[path = "journey/offline.rs"]
mod offline;
#[path = "journey/own.rs"]
mod own;
#[path = "journey/payload.rs"]
mod payload;
#[path = "journey/people.rs"]
mod people;
#[path = "journey/place.rs"]
mod place;
#[path = "journey/seal.rs"]
mod seal;
#[path = "journey/server.rs"]
mod server;
#[path = "journey/shown.rs"]
mod shown;
#[path = "journey/table.rs"]
mod table;
#[path = "journey/tabs.rs"]
mod tabs;

use browser::{Device, Engine};
use expect::{Instrument, Tally};
use people::{Dice, End, Given, Person, click, screen, switch_language, wait_for};
use place::{For, Place, desk_download, shot};

fn person(index: usize, language: &'static str) -> Person {
    Person {
        dice: Dice::new(index as u64 + 77),
        language,
        skips: [0, 12, 30][index % 3],
        consents: true,
        adult: true,
        switches: index % 4 == 1,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lent_device_shows_one_survey_and_nothing_of_the_person_before() {
    kiosk::a_lent_device(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_firefox_a_lent_device_shows_nothing_of_the_person_before() {
    kiosk::a_lent_device(Engine::Firefox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_webkit_a_lent_device_shows_nothing_of_the_person_before() {
    kiosk::a_lent_device(Engine::Webkit).await;
}

#[tokio::test]
async fn the_files_of_fifty_devices_are_joined() {
    many::fifty_devices_are_joined().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn help_with_reading_stays_and_reads_with_the_devices_own_voice() {
    aids::help_with_reading().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_within_the_keyboards_reach() {
    keys::by_keyboard_alone().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn photographs_and_drawings_are_kept_and_taken_away() {
    media::photographs_and_drawings().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_in_four_languages_shows_its_pictures_here_and_on_the_next_device() {
    shown::a_form_with_pictures().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_tab_writes_a_filling_and_another_can_take_it_over() {
    tabs::two_tabs().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_store_is_loud_and_loses_nothing() {
    tabs::a_full_store().await;
}

/// From the start screen into the form of a survey, in the person's language.
async fn begin(place: &Place, driver: &thirtyfour::WebDriver, survey: &str, language: &str) {
    driver.goto(format!("{}/#/", place.address())).await.expect("the start");
    let now = wait_for(driver, &["start", "done", "declined"]).await;
    if !now.starts_with("start") {
        click(driver, "main [data-act=home]").await;
        wait_for(driver, &["start"]).await;
    }
    switch_language(driver, language).await;
    let start = format!("[data-act=start][data-survey=\"{survey}\"]");
    place::click_until(driver, &start, "main[data-screen=page]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_people_evaluate_the_visit_and_the_desk_counts_them() {
    let Some(place) = Place::open("visit").await else { return };
    let survey = "pinellas_panama_exchange";
    let mut all: Vec<Given> = Vec::new();
    let mut driver = place.browser(Device::Phone, "es-PA").await;
    for index in 0..9 {
        let language = if index % 3 == 2 { "en" } else { "es" };
        let mut someone = person(index, language);
        someone.consents = index != 4;
        let mut given = Given::new();
        begin(&place, &driver, survey, language).await;
        if index == 6 {
            let end = someone.fill(&driver, &mut given, Some("s_quality")).await;
            assert_eq!(end, End::Stopped);
            wait_until_saved(&driver).await;
            assert!(place.kill_browser() > 0, "no browser was killed");
            drop(driver.quit().await);
            driver = place.browser(Device::Phone, "es-PA").await;
            driver.goto(format!("{}/#/", place.address())).await.expect("the start");
            wait_for(&driver, &["start"]).await;
            shot(&place, &driver, "start-continue").await;
            click(&driver, "[data-act=resume]").await;
            let now = wait_for(&driver, &["page"]).await;
            assert_eq!(now, "page:s_quality", "resumed where they were");
        }
        let end = someone.fill(&driver, &mut given, None).await;
        if someone.consents {
            assert_eq!(end, End::Done);
            all.push(given);
        } else {
            assert_eq!(end, End::Declined);
        }
        nothing_is_left_behind(&driver).await;
    }
    driver.quit().await.expect("a quiet end");
    let instrument = Instrument::read("post_visit");
    routing_holds_in_the_visit(&all);
    the_desk_agrees(&place, survey, &all, &instrument).await;
    another_device_joins(&place, survey, all.len()).await;
}

/// A copy made on one device counts on another, once, however often it is joined; a damaged one is refused.
async fn another_device_joins(place: &Place, survey: &str, responses: usize) {
    let driver = place.browser(Device::Phone, "es-PA").await;
    driver.goto(format!("{}/#/desk/{survey}/responses", place.address())).await.expect("the desk");
    place::wait_for_element(&driver, "main [data-act=bundle]").await;
    // While the desk still reads, a click does nothing.
    let mut copy = None;
    for _ in 0..4 {
        click(&driver, "main [data-act=bundle]").await;
        copy = place::downloaded(place, "jsonl").await;
        if copy.is_some() {
            break;
        }
    }
    let copy = copy.expect("a copy for another device");
    driver.quit().await.expect("a quiet end");

    let Some(other) = Place::open("joining").await else { return };
    let folder = other.profile.join("given");
    std::fs::create_dir_all(&folder).expect("a folder");
    let (whole, cut) = (folder.join("whole.sondeo.jsonl"), folder.join("cut.sondeo.jsonl"));
    std::fs::write(&whole, &copy).expect("a file");
    std::fs::write(&cut, copy.get(..copy.len() - 100).expect("a longer file")).expect("a file");
    let driver = other.browser(Device::Desk, "es-PA").await;
    driver.goto(format!("{}/#/desk", other.address())).await.expect("the desk");
    for (files, wanted) in [
        (vec![&cut], ["refused", "incompleto"]),
        (vec![&cut, &whole], ["joined", "respuestas nuevas"]),
        (vec![&whole], ["joined", "0 respuestas nuevas"]),
    ] {
        place::wait_for_element(&driver, "[data-act=join]").await;
        let paths: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        let field = driver.find(thirtyfour::By::Css("[data-act=join]")).await.expect("the field");
        field.send_keys(paths.join("\n")).await.expect("files");
        let [mark, words] = wanted;
        let row = format!("//*[@data-join='{mark}' and contains(., '{words}')]");
        let mut tries = 0;
        while driver.find(thirtyfour::By::XPath(&row)).await.is_err() {
            tries += 1;
            assert!(tries < 200, "no word of {files:?}");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
    shot(&other, &driver, "joined").await;
    let finished = format!("[data-survey=\"{survey}\"] [data-finished=\"{responses}\"]");
    place::wait_for_element(&driver, &finished).await;
    driver.quit().await.expect("a quiet end");
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_people_answer_the_community_survey_and_the_desk_counts_them() {
    let Some(place) = Place::open("community").await else { return };
    let survey = "community_safety_example";
    let driver = place.browser(Device::Desk, "es-PA").await;
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    wait_for(&driver, &["surveys"]).await;
    let edit = format!("[data-survey=\"{survey}\"] [data-act=edit]");
    place::click_until(&driver, &edit, "main[data-screen=edit]").await;
    confirm_helplines(&driver).await;
    click(&driver, "main [data-act=save]").await;
    click(&driver, "main [data-act=open]").await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    wait_for(&driver, &["surveys"]).await;
    place::wait_for_element(&driver, &format!("[data-survey=\"{survey}\"][data-state=open]")).await;
    driver.quit().await.expect("a quiet end");

    let mut all: Vec<Given> = Vec::new();
    let driver = place.browser(Device::Phone, "en-US").await;
    for index in 0..32 {
        let language = if index % 4 == 0 { "en" } else { "es" };
        let mut someone = person(index + 100, language);
        someone.consents = index != 7;
        someone.adult = index != 19;
        let mut given = Given::new();
        begin(&place, &driver, survey, language).await;
        let end = someone.fill(&driver, &mut given, None).await;
        if someone.consents && someone.adult {
            assert_eq!(end, End::Done);
            all.push(given);
        } else {
            assert_eq!(end, End::Declined);
        }
        nothing_is_left_behind(&driver).await;
    }
    driver.quit().await.expect("a quiet end");
    routing_holds_in_the_survey(&all);
    the_desk_agrees(&place, survey, &all, &Instrument::read("community_safety")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_fits_in_both_languages_on_phone_and_desk() {
    for device in [Device::Phone, Device::Desk] {
        for language in ["es", "en"] {
            let Some(place) = Place::open(&format!("gallery-{device:?}-{language}")).await else { return };
            gallery::gallery(&place, device, language).await;
            drop(place);
            let Some(place) = Place::open(&format!("examples-{device:?}-{language}")).await else { return };
            gallery::examples(&place, device, language).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_firefox_a_killed_filling_goes_on_and_is_counted() {
    engines::a_killed_filling_goes_on_and_is_counted(Engine::Firefox, person(3, "es")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_webkit_a_killed_filling_goes_on_and_is_counted() {
    engines::a_killed_filling_goes_on_and_is_counted(Engine::Webkit, person(5, "en")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_of_ones_own_are_loaded_answered_and_counted() {
    own::forms_of_ones_own(person).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sealed_is_nowhere_on_the_phone_and_opens_at_the_desk() {
    seal::sealed_collection().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_confirmed_by_its_receipt_and_what_is_elsewhere_can_go() {
    copies::copies(person).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_brings_a_survey_to_a_phone() {
    link::links(person).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paper_forms_are_typed_in_with_the_keyboard_alone() {
    enter::paper_forms().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_are_looked_at_and_brought() {
    table::tables_are_looked_at_and_brought().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn offline_everything_opens_and_another_build_comes_whole() {
    offline::without_a_network(person(9, "es")).await;
    offline::a_first_visit_to_the_desk().await;
    offline::a_phone_with_a_form_that_asks_for_photographs().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_foreign_runs_and_nothing_leaves() {
    payload::nothing_foreign_runs_and_nothing_leaves(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_firefox_nothing_foreign_runs_and_nothing_leaves() {
    payload::nothing_foreign_runs_and_nothing_leaves(Engine::Firefox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_webkit_nothing_foreign_runs_and_nothing_leaves() {
    payload::nothing_foreign_runs_and_nothing_leaves(Engine::Webkit).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_newer_version_wrote_hides_nothing_and_is_told() {
    newer::a_newer_version_was_here().await;
}

async fn wait_until_saved(driver: &thirtyfour::WebDriver) {
    place::wait_for_element(driver, "[data-saved=saved]").await;
}

async fn confirm_helplines(driver: &thirtyfour::WebDriver) {
    let boxes = driver.find_all(thirtyfour::By::Css("input[type=checkbox][data-act=confirm]")).await;
    let boxes = boxes.expect("the helplines");
    assert_eq!(boxes.len(), 2, "each helpline is confirmed by itself");
    for one in boxes {
        let _ = one.scroll_into_view().await;
        one.click().await.expect("a confirmation");
    }
}

/// Back after finishing shows no question and no answer.
async fn nothing_is_left_behind(driver: &thirtyfour::WebDriver) {
    driver.back().await.expect("Back");
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let now = screen(driver).await;
    assert!(!now.starts_with("page") && !now.starts_with("review"), "Back led to {now}");
    let left: usize = driver
        .execute("return document.querySelectorAll('input:checked, [data-question]').length", vec![])
        .await
        .expect("a page")
        .convert()
        .expect("a count");
    assert_eq!(left, 0, "answers are still there after finishing");
    let said: String = driver
        .execute("return [...document.querySelectorAll('[aria-live],[role=status]:not(.newer)')].map(e => e.textContent.trim()).join('')", vec![])
        .await
        .expect("a page")
        .convert()
        .expect("a text");
    assert_eq!(said, "", "what was told of an answer is still there after finishing");
}

fn routing_holds_in_the_visit(all: &[Given]) {
    for given in all {
        let get = |path: &str| given.iter().find(|(p, _)| people::name_of(p) == path).map(|(_, v)| v);
        let sites = get("sites_attended").expect("asked of everybody");
        for site in ["drug_court", "family_center", "pal_sports", "sheriff_office", "other_site"] {
            let asked = get(&format!("site_{site}_useful")).is_some();
            assert_eq!(asked, sites.iter().any(|s| s == site), "{site} is asked of those who visited it");
        }
        let planned: usize =
            get("commit_count").and_then(|v| v.first()).expect("required").parse().expect("a count");
        let texts = given.keys().filter(|path| path.ends_with("/commit_text")).count();
        assert_eq!(texts, planned, "a commitment for each");
        assert!(get("delegation").is_none(), "a group of eight is not asked for its delegation");
        assert!(get("fu_status").is_none(), "the follow-up comes later");
        let commented = ["best_text", "improve_text", "site_best_why"]
            .iter()
            .any(|n| get(n).is_some_and(|v| !v.is_empty()));
        assert_eq!(get("quote_ok").is_some(), commented);
    }
}

fn routing_holds_in_the_survey(all: &[Given]) {
    for given in all {
        let get = |path: &str| given.iter().find(|(p, _)| people::name_of(p) == path).map(|(_, v)| v);
        let is = |path: &str, value: &str| get(path).is_some_and(|v| v.iter().any(|one| one == value));
        for kind in ["burglary", "vehicle", "robbery", "theft", "assault", "threat", "extortion", "fraud"] {
            let victim = is(&format!("vic_{kind}"), "yes");
            assert_eq!(get(&format!("times_{kind}")).is_some(), victim, "{kind}");
            assert_eq!(get(&format!("rep_{kind}")).is_some(), victim, "{kind}");
        }
        assert_eq!(get("area").is_some(), !is("district", "other"));
        assert_eq!(get("safe_never_why").is_some(), is("safe_night", "never"));
        assert_eq!(get("committee_rate").is_some(), is("committee_aware", "yes"));
        let picks: Vec<&String> =
            ["prio_1", "prio_2", "prio_3"].iter().filter_map(|n| get(n)?.first()).collect();
        let mut different = picks.clone();
        different.sort();
        different.dedup();
        assert_eq!(picks.len(), different.len(), "a priority is chosen once");
    }
}

/// Chooses a group as a facilitator does, puts another question beside it, and holds what is shown against the script's own
/// answers; what the address says comes back after a reload.
async fn a_group_is_explored(
    place: &Place,
    driver: &thirtyfour::WebDriver,
    survey: &str,
    all: &[Given],
    instrument: &Instrument,
    group: &expect::Group,
) {
    click(driver, "[data-act=profile][data-profile=analyst]").await;
    place::click_until(driver, "[data-act=analyst-yes]", ".summary[data-profile=analyst]:not([hidden])")
        .await;
    place::click_until(driver, "[data-act=add-filter]", "dialog#pick[open]").await;
    click(driver, &format!("dialog#pick [data-field={}]", group.question)).await;
    for choice in &group.choices {
        click(driver, &format!("dialog#pick input[value=\"{choice}\"]")).await;
    }
    click(driver, "[data-act=pick-apply]").await;
    let beside = if group.question == "district" { "gender" } else { "district" };
    place::click_until(driver, &format!("[data-by={beside}]"), &format!("[data-block=_by_{beside}]")).await;
    let members: Vec<Given> = all.iter().filter(|given| group.holds(given)).cloned().collect();
    let chosen = format!(".base-line[data-chosen=\"{}\"][data-counted=\"{}\"]", members.len(), all.len());
    place::wait_for_element(driver, &chosen).await;
    let address = driver.current_url().await.expect("an address").to_string();
    let wanted = format!(
        "#/desk/{survey}/summary?f.{}={}&by={beside}&profile=analyst",
        group.question,
        group.choices.join(",")
    );
    assert!(address.ends_with(&wanted), "{address} is not {wanted}");
    let tally = Tally::count(&members, instrument);
    tally.agrees_with_screen(driver, For::Analysis).await;
    shot(place, driver, "explored").await;

    driver.refresh().await.expect("the same address");
    place::click_until(driver, "[data-act=analyst-yes]", ".summary[data-profile=analyst]:not([hidden])")
        .await;
    place::wait_for_element(driver, &chosen).await;
    place::wait_for_element(driver, &format!("[data-block=_by_{beside}]")).await;
    tally.agrees_with_screen(driver, For::Analysis).await;
    click(driver, "[data-act=clear-all]").await;
    place::wait_for_element(driver, &format!(".base-line[data-chosen=\"{}\"]", all.len())).await;
    driver.back().await.expect("Back");
    place::wait_for_element(driver, "main[data-screen=summary]").await;
}

/// Closes the survey at the desk and holds summary, CSV and JSON against what the script answered.
async fn the_desk_agrees(place: &Place, survey: &str, all: &[Given], instrument: &Instrument) {
    let driver = place.browser(Device::Desk, "en-US").await;
    driver.goto(format!("{}/#/desk", place.address())).await.expect("the desk");
    wait_for(&driver, &["surveys"]).await;
    let row = format!("[data-survey=\"{survey}\"]");
    let closed = format!("{row}[data-state=closed]");
    place::click_until(&driver, &format!("{row} [data-act=close]"), &closed).await;
    let summary = format!("{row} [data-act=summary]");
    place::click_until(&driver, &summary, "main[data-screen=summary]").await;
    place::wait_for_element(&driver, "[data-result]").await;
    shot(place, &driver, "summary").await;

    let tally = Tally::count(all, instrument);
    tally.agrees_with_screen(&driver, For::Publication).await;
    let codes = "[data-act=download-csv][data-labels=codes]";
    let csv = desk_download(place, &driver, codes, "csv", For::Analysis).await;
    expect::csv_agrees(&csv, all, instrument);
    let json = desk_download(place, &driver, "[data-act=download-json]", "json", For::Publication).await;
    tally.agrees_with_json(&json, all.len());
    if let Some(group) = expect::group_of(all, &["gender", "mode", "age", "years_here", "district"]) {
        a_group_is_explored(place, &driver, survey, all, instrument, &group).await;
    }
    driver.quit().await.expect("a quiet end");
}
