//! Nothing foreign runs and nothing leaves: a form, answers and themes made of what runs in a careless program, through every
//! screen and file. All of it must be seen as text, no mark may be left, and no other host may be asked for anything.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use thirtyfour::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::browser::{Device, Engine, downloads};
use crate::hostile::{Form, HOST, SECTIONS, TEXTS, form, payloads, seen};
use crate::people::{click, wait_for};
use crate::place::{self, For, Place, desk_download, shot, wait_for_element};

const PEOPLE: usize = 7;
/// Another host that nobody has.
const CONTROL: &str = "control.invalid";

/// What passes for a proxy: notes which host is asked for, and refuses. The site itself is asked for without it.
struct Sink {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Sink {
    async fn start() -> Sink {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("the port").to_string();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let notes = asked.clone();
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let notes = notes.clone();
                tokio::spawn(async move {
                    let mut head = vec![0; 4096];
                    let read = stream.read(&mut head).await.unwrap_or(0);
                    let head = String::from_utf8_lossy(&head[..read]).into_owned();
                    let line = head.lines().next().unwrap_or_default().to_owned();
                    notes.lock().expect("the notes").push(line);
                    let refusal = b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
                    let _ = stream.write_all(refusal).await;
                });
            }
        });
        Sink { address, asked, task }
    }

    /// What was asked for so far, but for what browsers ask their makers for, and the host that a test went to itself.
    fn asked(&self) -> Vec<String> {
        let makers = [
            CONTROL,
            "google.com",
            "googleapis.com",
            "gvt1.com",
            "gstatic.com",
            // What Debian's Chromium searches with, and connects ahead to.
            "duckduckgo.com",
            "mozilla.com",
            "mozilla.org",
            "mozilla.net",
        ];
        let own = |line: &String| {
            let host = line.split_whitespace().nth(1).unwrap_or_default();
            let host = host.split("://").last().unwrap_or_default();
            let host = host.split(['/', ':']).next().unwrap_or_default();
            makers.iter().any(|maker| host == *maker || host.ends_with(&format!(".{maker}")))
        };
        self.asked.lock().expect("the notes").iter().filter(|line| !own(line)).cloned().collect()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What of the page could run, fetch or send, and whether something ran or was refused.
const OFFENCES: &str = r#"
const bad = [];
const tags = ['iframe','object','embed','base','applet','frame','portal','animate','set','use','foreignObject','image','video','audio','source','marquee','math','template','img','style'];
const here = new URL(location.href);
for (const e of document.querySelectorAll('*')) {
  if (tags.includes(e.localName) && !(here.protocol === 'file:' && e.localName === 'style')) bad.push(`<${e.localName}>`);
  if (e.localName === 'script' && (!e.src || new URL(e.src).origin !== here.origin)) bad.push('script ' + e.textContent.slice(0, 80));
  if (e.localName === 'meta' && /refresh/i.test(e.httpEquiv)) bad.push('refresh');
  for (const { name, value } of e.attributes) {
    if (/^on/i.test(name)) bad.push(name);
    if (['href','src','action','formaction','xlink:href','data','srcdoc','poster','background','srcset','ping'].includes(name)) {
      const url = new URL(value, here);
      const author = e.localName === 'a' && e.rel === 'noopener noreferrer' && ['https:','http:','tel:','mailto:'].includes(url.protocol);
      const own = url.origin === here.origin && url.protocol === here.protocol;
      if (!own && !author) bad.push(`${e.localName} ${name}=${value}`);
    }
  }
}
if (window.ran !== undefined) bad.push('something ran');
for (const { name } of performance.getEntriesByType('resource'))
  if (new URL(name).origin !== here.origin) bad.push('asked for ' + name);
return bad.concat(window.refused ?? []);"#;

/// Notes what the page's policy refuses from now on.
const LISTEN: &str = "window.refused ??= (window.addEventListener('securitypolicyviolation', e => window.refused.push(`refused ${e.violatedDirective} ${e.blockedURI} ${e.sample}`)), []);";

/// Everything there is to read: text, and what fields hold.
const READ: &str = "return document.body.textContent + ' ' + [...document.querySelectorAll('input, textarea')].map(e => e.value).join(' ') + ' ' + document.title;";

struct Watch<'a> {
    place: &'a Place,
    driver: &'a WebDriver,
    seen: BTreeSet<String>,
    places: usize,
}

impl Watch<'_> {
    async fn open(&self, path: &str) {
        self.driver.goto(format!("{}/#{path}", self.place.address())).await.expect("a page");
        self.driver.execute(LISTEN, vec![]).await.expect("a listener");
    }

    /// Nothing on the page runs, and it shows these payloads, whole, as text.
    async fn harmless(&mut self, at: &str, wanted: &[String]) -> String {
        let bad: Vec<String> =
            self.driver.execute(OFFENCES, vec![]).await.expect("a page").convert().expect("a list");
        assert!(bad.is_empty(), "{at}: {bad:?}");
        let text: String =
            self.driver.execute(READ, vec![]).await.expect("a page").convert().expect("a text");
        let text = seen(&text);
        for payload in wanted {
            let number = payload.rsplit('¶').next().unwrap_or_default();
            // Marks for strong words and links are shown as such: then only the number stands there for certain.
            let marked = payload.contains(['*', '_', '[', '`']);
            let whole = if marked { format!("¶{number}") } else { seen(payload) };
            assert!(text.contains(&whole), "{at}: {payload:?} is not there as text: {text}");
            self.seen.insert(payload.clone());
        }
        self.places += 1;
        text
    }

    /// Waits until one of these is on the page.
    async fn shows(&self, selector: &str) {
        wait_for_element(self.driver, selector).await;
    }
}

/// The whole way of a form and its answers. In the other engines without every question's written answers and without tables,
/// which are the same files everywhere; with them where `SONDEO_PAYLOAD` is `all`.
pub(crate) async fn nothing_foreign_runs_and_nothing_leaves(engine: Engine) {
    let whole =
        engine == Engine::Chromium || std::env::var("SONDEO_PAYLOAD").is_ok_and(|which| which == "all");
    let all = payloads();
    assert!(all.len() >= 200, "{} payloads", all.len());
    let form = form(&all);
    let sink = Sink::start().await;
    let name =
        if engine == Engine::Chromium { "payload".to_owned() } else { format!("payload-{}", engine.name()) };
    let Some(place) = Place::open_with(engine, &name, "").await else { return };
    let place = place.through(&sink.address);
    let driver = place.browser(Device::Desk, "es-PA").await;
    the_sink_hears_and_the_page_refuses(&place, &driver, &sink).await;
    let mut watch = Watch { place: &place, driver: &driver, seen: BTreeSet::new(), places: 0 };

    let survey = load(&mut watch, &form).await;
    preview(&mut watch, &form, &survey).await;
    opened(&mut watch, &form, &survey).await;
    let mut answers = all.iter().cycle();
    let mut given = Vec::new();
    for person in 0..PEOPLE {
        given.extend(filled(&mut watch, &form, &survey, &mut answers, person == 0).await);
    }
    assert!(all.iter().all(|payload| given.contains(payload)), "each payload is somebody's answer");
    at_the_desk(&mut watch, &form, &survey).await;
    written_answers(&mut watch, &survey, &given, &all, whole).await;
    if whole {
        tables(&mut watch, &survey, &given).await;
    }
    pages(&mut watch, &form, &survey).await;

    let missing: Vec<&String> = all.iter().filter(|payload| !watch.seen.contains(*payload)).collect();
    assert!(missing.is_empty(), "never seen on a screen: {missing:?}");
    let asked = sink.asked();
    assert!(asked.is_empty(), "another host was asked for: {asked:?}");
    for request in place.server.requests() {
        let path = request.split_whitespace().nth(1).unwrap_or_default().to_owned();
        let known = path
            .split(['?', '#'])
            .next()
            .is_some_and(|path| path == "/" || place::dist().join(&path[1..]).exists());
        assert!(known && request.starts_with("GET "), "the host was asked for {request}");
    }
    println!(
        "payload, {}: {} payloads, {} answers, {} screens and pages, {} requests to the site, none elsewhere",
        engine.name(),
        all.len(),
        given.len(),
        watch.places,
        place.server.requests().len()
    );
    drop(driver.quit().await);
}

/// Without this, nothing heard would mean nothing: a foreign address is heard of, unless our page asks for it.
async fn the_sink_hears_and_the_page_refuses(place: &Place, driver: &WebDriver, sink: &Sink) {
    let _ = driver.goto(format!("http://{CONTROL}/control")).await;
    let heard = || sink.asked.lock().expect("the notes").iter().any(|line| line.contains("/control"));
    for _ in 0..100 {
        if heard() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(heard(), "the browser does not ask through the sink");
    driver.goto(format!("{}/#/", place.address())).await.expect("the start");
    wait_for(driver, &["start"]).await;
    driver.execute(LISTEN, vec![]).await.expect("a listener");
    let script = format!(
        r#"
// What the driver itself calls may do more than the page: this is the page's own turn.
await new Promise(done => setTimeout(done));
const outcomes = {{}};
new Image().src = 'http://{HOST}/image';
outcomes.fetch = await fetch('http://{HOST}/fetch').then(() => 'sent', () => 'refused');
const link = document.createElement('link');
Object.assign(link, {{ rel: 'stylesheet', href: 'http://{HOST}/style' }});
document.head.append(link);
const frame = document.createElement('iframe');
frame.src = 'http://{HOST}/frame';
document.body.append(frame);
const form = document.createElement('form');
form.action = 'http://{HOST}/form';
document.body.append(form);
// Firefox throws where the others only refuse.
try {{ form.submit(); }} catch {{}}
const styled = document.createElement('p');
styled.setAttribute('style', 'color: red');
outcomes.style = styled.style.color === '' ? 'refused' : 'set';
try {{
  const script = document.createElement('script');
  script.textContent = 'window.ran = 1';
  document.body.append(script);
}} catch {{}}
try {{ document.body.setAttribute('onclick', 'window.ran = 1'); document.body.click(); }} catch {{}}
document.body.removeAttribute('onclick');
try {{ window.eval('window.ran = 1'); }} catch {{}}
outcomes.ran = window.ran === undefined ? 'refused' : 'ran';
if (window.trustedTypes) {{
  const tries = {{
    html: () => document.createElement('p').innerHTML = '<b>x</b>',
    parser: () => new DOMParser().parseFromString('<b>x</b>', 'text/html'),
    worker: () => new Worker('./desk.js'),
  }};
  for (const [name, act] of Object.entries(tries)) {{
    try {{ act(); outcomes[name] = 'done'; }} catch {{ outcomes[name] = 'refused'; }}
  }}
}}
await new Promise(done => setTimeout(done, 300));
link.remove(); frame.remove(); form.remove();
outcomes.events = window.refused.length >= 5 ? 'refused' : 'few: ' + window.refused;
return Object.entries(outcomes).filter(([, outcome]) => outcome !== 'refused').map(String);"#
    );
    let script = format!("return (async () => {{ {script} }})()");
    let left: Vec<String> = driver.execute(script, vec![]).await.expect("a page").convert().expect("a list");
    assert!(left.is_empty(), "the policy lets pass: {left:?}");
    assert!(sink.asked().is_empty(), "it left: {:?}", sink.asked());
    driver.refresh().await.expect("the page, clean");
}

async fn load(watch: &mut Watch<'_>, form: &Form) -> String {
    let file = watch.place.profile.join("payload.md");
    std::fs::write(&file, &form.sheet).expect("a file");
    watch.open("/desk/new/form").await;
    watch.shows("[data-act=choose-form]").await;
    let field = watch.driver.find(By::Css("[data-act=choose-form]")).await.expect("the field");
    field.send_keys(file.display().to_string()).await.expect("a file");
    watch.shows("[data-form]").await;
    shot(watch.place, watch.driver, "loaded").await;
    watch.harmless("a form loaded", std::slice::from_ref(&form.title)).await;
    watch.shows("[data-form=can]").await;
    place::click_until(watch.driver, "[data-act=keep-form]", "main [data-act=preview]").await;
    watch.harmless("a form kept", &[]).await;
    let address = watch.driver.current_url().await.expect("an address");
    address.fragment().unwrap_or_default().split('/').nth(2).unwrap_or_default().to_owned()
}

async fn preview(watch: &mut Watch<'_>, form: &Form, survey: &str) {
    watch.open(&format!("/preview/{survey}")).await;
    wait_for(watch.driver, &["page"]).await;
    watch.harmless("a preview", &form.shown[0]).await;
    watch.harmless("a field with a default", &form.defaults[..1]).await;
}

async fn opened(watch: &mut Watch<'_>, form: &Form, survey: &str) {
    watch.open("/desk").await;
    let card = format!("[data-survey=\"{survey}\"]");
    watch.shows(&card).await;
    watch.harmless("the list of surveys", std::slice::from_ref(&form.title)).await;
    place::click_until(watch.driver, &format!("{card} [data-act=open]"), &format!("{card}[data-state=open]"))
        .await;
    watch.open("/").await;
    wait_for(watch.driver, &["start"]).await;
    watch.shows(&format!("[data-act=start][data-survey=\"{survey}\"]")).await;
    watch.harmless("the start", std::slice::from_ref(&form.title)).await;
}

/// Types as a person does, but at once: names and values.
const TYPE: &str = r#"
for (const [name, value] of arguments[0]) {
  const field = [...document.querySelectorAll('input, textarea')].find(one => one.name.split('/').pop() === name);
  field.focus(); field.value = value;
  field.dispatchEvent(new Event('input', {bubbles: true})); field.dispatchEvent(new Event('change', {bubbles: true})); field.blur();
}"#;

/// One filling. Gives back what was answered.
async fn filled<'a>(
    watch: &mut Watch<'_>,
    form: &Form,
    survey: &str,
    answers: &mut impl Iterator<Item = &'a String>,
    first: bool,
) -> Vec<String> {
    crate::begin(watch.place, watch.driver, survey, "es").await;
    watch.driver.execute(LISTEN, vec![]).await.expect("a listener");
    let mut given = Vec::new();
    for section in 0..SECTIONS {
        let here = format!("main[data-screen=page][data-page=\"s{section}\"]");
        watch.shows(&here).await;
        watch.harmless(&format!("section {section}"), &form.shown[section]).await;
        let names: Vec<String> = (0..TEXTS).map(|text| format!("t{section}_{text}")).collect();
        let enter = async |values: &[String]| {
            let pairs: Vec<[&String; 2]> =
                names.iter().zip(values).map(|(name, value)| [name, value]).collect();
            watch.driver.execute(TYPE, vec![serde_json::json!(pairs)]).await.expect("fields");
        };
        if first {
            enter(&vec!["malo".to_owned(); TEXTS]).await;
            click(watch.driver, "main [type=submit]").await;
            watch.shows(".error").await;
            watch.harmless(&format!("messages of section {section}"), &form.messages[section]).await;
        }
        let values: Vec<String> = answers.by_ref().take(TEXTS).cloned().collect();
        let enter = async |values: &[String]| {
            let pairs: Vec<[&String; 2]> =
                names.iter().zip(values).map(|(name, value)| [name, value]).collect();
            watch.driver.execute(TYPE, vec![serde_json::json!(pairs)]).await.expect("fields");
        };
        enter(&values).await;
        let choice = format!("document.querySelector('input[value=\"n{}\"]').click()", section % 2);
        watch.driver.execute(choice, vec![]).await.expect("a choice");
        given.extend(values);
        let next = if section + 1 < SECTIONS {
            format!("main[data-page=\"s{}\"]", section + 1)
        } else {
            "main[data-screen=review]".to_owned()
        };
        place::click_until(watch.driver, "main [type=submit]", &next).await;
    }
    watch.harmless("the review", &given).await;
    if first {
        shot(watch.place, watch.driver, "review").await;
    }
    // Without a pointer: below so long a review WebKit's driver hits something else at times.
    let finish = "document.querySelector('[data-act=finish]').click()";
    watch.driver.execute(finish, vec![]).await.expect("the end");
    wait_for(watch.driver, &["done"]).await;
    watch.harmless("the end", &[]).await;
    given
}

async fn at_the_desk(watch: &mut Watch<'_>, form: &Form, survey: &str) {
    watch.open("/desk").await;
    watch.shows(&format!("[data-survey=\"{survey}\"] [data-finished=\"{PEOPLE}\"]")).await;
    let card = format!("[data-survey=\"{survey}\"]");
    place::click_until(
        watch.driver,
        &format!("{card} [data-act=close]"),
        &format!("{card}[data-state=closed]"),
    )
    .await;
    watch.harmless("the list of surveys", std::slice::from_ref(&form.title)).await;
    watch.open(&format!("/desk/{survey}/edit")).await;
    watch.shows("main[data-screen=edit]").await;
    watch.harmless("setting up", &[]).await;
    watch.open(&format!("/desk/{survey}/responses")).await;
    watch.shows("[data-day] .day-bar span").await;
    watch.harmless("the responses", std::slice::from_ref(&form.title)).await;
    let long: f64 = watch
        .driver
        .execute(
            "return document.querySelector('[data-day] .day-bar span').getBoundingClientRect().width",
            vec![],
        )
        .await
        .expect("a bar")
        .convert()
        .expect("its width");
    assert!(long > 10.0, "the policy takes no bar its length: {long}");
    let labels = |form: &Form| -> Vec<String> {
        form.shown.iter().flat_map(|words| [words[0].clone(), words[2 * TEXTS + 1].clone()]).collect()
    };
    for profile in ["", "?profile=analyst"] {
        watch.open(&format!("/desk/{survey}/summary{profile}")).await;
        watch.driver.refresh().await.expect("the summary");
        watch.driver.execute(LISTEN, vec![]).await.expect("a listener");
        if !profile.is_empty() {
            place::click_until(
                watch.driver,
                "[data-act=analyst-yes]",
                ".summary[data-profile=analyst]:not([hidden])",
            )
            .await;
        }
        watch.shows("[data-result]").await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        shot(watch.place, watch.driver, &format!("summary{}", profile.len())).await;
        watch.harmless("the summary", &labels(form)).await;
    }
    watch.open(&format!("/desk/{survey}/print")).await;
    watch.shows(".paper [data-section]").await;
    watch.harmless("the pages for paper", &labels(form)).await;
}

async fn written_answers(watch: &mut Watch<'_>, survey: &str, given: &[String], all: &[String], whole: bool) {
    watch.open(&format!("/desk/{survey}/texts?profile=analyst")).await;
    watch.driver.refresh().await.expect("the answers");
    watch.driver.execute(LISTEN, vec![]).await.expect("a listener");
    place::click_until(watch.driver, "[data-act=analyst-yes]", "[data-act=add-theme]").await;
    for section in 0..if whole { SECTIONS } else { 1 } {
        for text in 0..TEXTS {
            let question = format!("t{section}_{text}");
            watch.open(&format!("/desk/{survey}/texts/{question}?profile=analyst")).await;
            watch.shows(".answers .answer").await;
            let at = section * TEXTS + text;
            let answers: Vec<String> = given.iter().skip(at).step_by(SECTIONS * TEXTS).cloned().collect();
            for _ in 0..60 {
                let count =
                    watch.driver.find_all(By::Css(".answers .answer")).await.map_or(0, |found| found.len());
                if count == answers.len() {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            watch.harmless(&format!("written answers to {question}"), &answers).await;
        }
    }
    // A theme whose name and definition are payloads.
    click(watch.driver, "[data-act=add-theme]").await;
    watch.shows("#theme-es").await;
    let script = r#"for (const [id, value] of arguments[0]) { const field = document.getElementById(id); field.value = value; field.dispatchEvent(new Event('input', {bubbles: true})); }"#;
    let names =
        serde_json::json!([["theme-es", all[0]], ["theme-en", all[70]], ["theme-definition", all[130]]]);
    watch.driver.execute(script, vec![names]).await.expect("fields");
    place::click_until(watch.driver, "[data-act=keep-theme]", "[data-theme]").await;
    watch.harmless("a theme", &[all[0].clone(), all[70].clone(), all[130].clone()]).await;
    shot(watch.place, watch.driver, "themes").await;
}

async fn tables(watch: &mut Watch<'_>, survey: &str, given: &[String]) {
    let (place, driver) = (watch.place, watch.driver);
    watch.open(&format!("/desk/{survey}/summary")).await;
    watch.shows("main [data-act=take-away]").await;
    let csv =
        desk_download(place, driver, "[data-act=download-csv][data-labels=labels]", "csv", For::Analysis)
            .await;
    let csv = String::from_utf8(csv).expect("text");
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), PEOPLE);
    let cells: Vec<&str> = rows.iter().flat_map(|row| row.iter()).collect();
    holds("CSV", &cells, given);

    let xlsx = desk_download(place, driver, "[data-labels=xlsx]", "xlsx", For::Analysis).await;
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(&xlsx)).expect("a workbook");
    for at in 0..parts.len() {
        let mut part = parts.by_index(at).expect("a part");
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).expect("text");
        assert!(
            !text.contains("<f>") && !text.contains("<f "),
            "{} computes",
            part.name().unwrap_or_default()
        );
        roxmltree::Document::parse(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", part.name().unwrap_or_default()));
    }
    let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(&xlsx)).expect("a workbook");
    let sheets = calamine::Reader::worksheets(&mut book);
    let cells: Vec<String> = sheets
        .iter()
        .flat_map(|(_, sheet)| sheet.cells().map(|(_, _, cell)| cell.to_string()).collect::<Vec<_>>())
        .collect();
    holds("XLSX", &cells.iter().map(String::as_str).collect::<Vec<_>>(), given);
}

async fn pages(watch: &mut Watch<'_>, form: &Form, survey: &str) {
    let (place, driver) = (watch.place, watch.driver);
    for (act, name) in [("[data-labels=report]", "report"), ("[data-labels=codebook]", "codebook")] {
        watch.open(&format!("/desk/{survey}/summary")).await;
        watch.shows("main [data-act=take-away]").await;
        let html = desk_download(place, driver, act, "html", For::Analysis).await;
        let path = downloads(&place.profile).join(format!("{name}.page"));
        let path = path.with_extension("html");
        std::fs::write(&path, &html).expect("a file");
        driver.goto(format!("file://{}", path.display())).await.expect("the file");
        let labels: Vec<String> =
            form.shown.iter().flat_map(|words| [words[1].clone(), words[2 * TEXTS + 1].clone()]).collect();
        watch.harmless(name, &labels).await;
        shot(place, driver, name).await;
        std::fs::remove_file(&path).expect("the file");
    }
}

/// Every answer is a cell's text, and no cell is a formula to whatever opens the file.
fn holds(file: &str, cells: &[&str], given: &[String]) {
    let known: BTreeSet<String> = cells.iter().map(|cell| seen(cell.trim_start_matches('\''))).collect();
    for answer in given {
        assert!(known.contains(&seen(answer.trim_start_matches('\''))), "{file} has no {answer:?}");
    }
    if file == "CSV" {
        let formula = cells.iter().find(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
        assert_eq!(formula, None, "{file} computes");
    }
}
