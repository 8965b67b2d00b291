//! The file: one page of everything, the same numbers as the summary, safe, small, and readable without a script.

use sondeo::i18n::Language;
use sondeo::report::document::{self, Theme};
use sondeo::report::stamp::{Inputs, inputs_hash};
use sondeo::summary::{Finding, Hiding, PlanRow, Profile, Question, Row, Summary, Table, View};
use sondeo::survey::{Bilingual, SamplingDesign, SurveyState, Weighting};

use crate::made::{Made, STUDY, VISIT, made, rich};

/// The file is left to be looked at.
fn file(made: &Made, name: &str, language: Language) -> String {
    let html = document::report(&made.material(), language);
    let path = format!("{}/{name}-{}.html", env!("CARGO_TARGET_TMPDIR"), language.tag());
    std::fs::write(path, &html).unwrap();
    html
}

fn article(html: &str, language: Language) -> &str {
    let start = format!(r#"<article class="report document" lang="{}">"#, language.tag());
    let after = html.split_once(&start).unwrap().1;
    after.split_once("</article>").unwrap().0
}

/// Every tag is closed where it was opened.
fn is_well_formed(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let tags = regex_lite::Regex::new(r"<(/?)([a-z0-9]+)[^>]*?(/?)>").unwrap();
    for tag in tags.captures_iter(html) {
        let name = tag.get(2).unwrap().as_str();
        if &tag[1] == "/" {
            assert_eq!(open.pop(), Some(name));
        } else if &tag[3] != "/" && !["meta", "input", "br"].contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    let ids = regex_lite::Regex::new(r#" id="([^"]*)""#).unwrap();
    let mut known: Vec<&str> = ids.captures_iter(html).map(|id| id.get(1).unwrap().as_str()).collect();
    let all = known.len();
    known.sort_unstable();
    known.dedup();
    assert_eq!(known.len(), all, "an id stands twice");
    let links = regex_lite::Regex::new(r##" href="#([^"]*)""##).unwrap();
    for link in links.captures_iter(html) {
        assert!(known.binary_search(&&link[1]).is_ok(), "{} leads nowhere", &link[1]);
    }
}

#[test]
fn the_reports_of_both_instruments_are_small_whole_and_need_nothing_else() {
    for (instrument, count, name) in [(STUDY, 400, "study"), (VISIT, 8, "visit8"), (VISIT, 40, "visit")] {
        let made = made(instrument, count, |_| ());
        for language in Language::ALL {
            let html = file(&made, name, language);
            // What people wrote comes on top, some 4 kB: 300 kB are the limit.
            assert!(html.len() < 296_000, "{name} has {} bytes", html.len());
            is_well_formed(&html);
            for word in ["<script", "http:", "https:", "url(", "src=", "@import", "<link", " on"] {
                let word = if word == " on" { " onclick" } else { word };
                assert!(!html.contains(word), "{name} holds {word}");
            }
            assert!(html.contains("default-src 'none'; style-src 'unsafe-inline'"));
            assert!(html.starts_with(&format!(r#"<!doctype html><html lang="{}""#, language.tag())));
            let shown = format!(r#"id="show-{}" checked"#, language.tag());
            assert!(html.contains(&shown) && html.matches(" checked").count() == 1);
            for language in Language::ALL {
                page_one_is_there(article(&html, language), language);
            }
        }
    }
}

fn page_one_is_there(article: &str, language: Language) {
    let front = article.split_once("</section>").unwrap().0;
    assert!(front.starts_with(r#"<section class="front">"#));
    let parts = [
        "<h1>",
        language.pick("Lo que se encontró", "What was found"),
        "<ol class=\"front-findings\"><li>",
        "<svg class=\"chart\"",
        "<ol class=\"front-named\"><li>",
        language.pick("Con qué tener cuidado", "What to be careful about"),
        language.pick("Decisiones que se piden", "Decisions asked for"),
    ];
    let mut rest = front;
    for part in parts {
        rest = rest.split_once(part).unwrap_or_else(|| panic!("{part} is missing or out of order")).1;
    }
    assert_eq!(front.matches("<tr><td></td><td></td><td></td></tr>").count(), 3, "three lines to decide");
    let told = front.split_once("front-findings").unwrap().1.split_once("</ol>").unwrap().0;
    assert!((3..=5).contains(&told.matches("<li>").count()));
}

/// The cells of the rows of the table that stands first after `from`.
fn rows_after<'a>(html: &'a str, from: &str) -> Vec<Vec<&'a str>> {
    let after = html.split_once(from).unwrap_or_else(|| panic!("{from}")).1;
    let table = after.split_once("<tbody>").unwrap().1.split_once("</tbody>").unwrap().0;
    let cells = regex_lite::Regex::new(r"<t[hd][^>]*>(.*?)</t[hd]>").unwrap();
    let row = |row: &'a str| cells.captures_iter(row).map(|cell| cell.get(1).unwrap().as_str()).collect();
    table.split("</tr>").filter(|row| !row.is_empty()).map(row).collect()
}

fn escaped(text: &str) -> String {
    sondeo::chart::escape(text)
}

fn percent(whole: u32, language: Language) -> String {
    language.pick(format!("{whole}\u{a0}%"), format!("{whole}%"))
}

/// A question by itself: every row of the summary is a row of its table, with count and whole percentage.
fn single_agrees(table: &str, question: &Question, rows: &[Row], language: Language) {
    let table = rows_after(table, "");
    for row in rows {
        let label = escaped(language.pick(&row.label.es, &row.label.en));
        let cells = table.iter().find(|cells| cells[0] == label).unwrap_or_else(|| panic!("{label}"));
        let count = row.count.map_or("–".to_owned(), |count| sondeo::i18n::format::integer(count as i64));
        assert_eq!(cells[1], count, "{} {}", question.name, row.choice);
        if let Some(whole) = row.whole {
            assert_eq!(cells[2], percent(whole, language), "{} {}", question.name, row.choice);
        }
    }
}

/// A row of a table of several questions: base, then a cell for each category.
fn line_agrees(line: &str, question: &Question, rows: &[Row], language: Language) {
    let line = line.split_once("</tr>").unwrap().0;
    let cells = regex_lite::Regex::new(r"<t[hd][^>]*>(.*?)</t[hd]>").unwrap();
    let cells: Vec<&str> = cells.captures_iter(line).map(|cell| cell.get(1).unwrap().as_str()).collect();
    assert_eq!(cells[0], escaped(language.pick(&question.label.es, &question.label.en)));
    assert_eq!(cells[1], question.base.unwrap().valid.to_string());
    for (row, cell) in rows.iter().zip(&cells[2..]) {
        let shown = match (row.whole, row.count) {
            (Some(whole), _) => percent(whole, language),
            (None, Some(count)) => count.to_string(),
            (None, None) => "–".to_owned(),
        };
        assert_eq!(*cell, shown, "{} {}", question.name, row.choice);
    }
}

fn agrees(article: &str, summary: &Summary, language: Language) -> usize {
    let mut compared = 0;
    for question in summary.questions.iter().filter(|question| !question.display.is_hidden()) {
        let rows = question.finding.as_ref().map(Finding::rows).unwrap_or_default();
        let own = format!(r#" data-result="{}" data-base="{}""#, question.name, question.base.unwrap().valid);
        let Some((before, after)) = article.split_once(&own) else {
            assert!(question.grid.is_none(), "{} is missing", question.name);
            continue;
        };
        match before.ends_with("<tr") {
            true => line_agrees(after, question, rows, language),
            false if rows.is_empty() => {}
            false => single_agrees(after, question, rows, language),
        }
        compared += rows.len();
    }
    compared
}

#[test]
fn the_numbers_of_the_file_are_the_summarys() {
    for (made, least) in
        [(made(STUDY, 400, |_| ()), 250), (made(VISIT, 8, |_| ()), 120), (rich(STUDY, 200), 200)]
    {
        let html = document::report(&made.material(), Language::Es);
        for language in Language::ALL {
            let compared = agrees(article(&html, language), &made.summary, language);
            assert!(compared > least, "only {compared} rows were compared");
        }
    }
}

#[test]
fn groups_waves_plan_and_comments_have_their_parts() {
    let made = rich(STUDY, 400);
    let html = file(&made, "rich", Language::En);
    file(&made, "rich", Language::Es);
    is_well_formed(&html);
    let english = article(&html, Language::En);
    for part in
        ["indices", "s_safety", "groups", "since", "comments", "method", "anonymity", "paper", "tables"]
    {
        assert!(english.contains(&format!(r#"id="en-{part}""#)), "{part}");
    }
    let groups = english.split_once(r#"id="en-groups""#).unwrap().1.split_once(r#"id="en-since""#).unwrap().0;
    let breakdown = made.summary.breakdowns.iter().find(|breakdown| breakdown.question == "gender").unwrap();
    let table = breakdown.tables.iter().find(|table| table.question == "behaviors").unwrap();
    let gender = groups.split_once(&format!("<h3>{}</h3>", breakdown.label.en)).unwrap().1;
    let shown: Vec<usize> =
        (0..breakdown.groups.len()).filter(|at| !breakdown.groups[*at].display.is_hidden()).collect();
    let lines = rows_after(gender, "cross-table");
    for row in &table.rows {
        let label = escaped(&row.label.en);
        let cells = lines.iter().find(|cells| cells[0] == label).unwrap();
        let expected = std::iter::once(&row.total).chain(shown.iter().map(|at| &row.cells[*at]));
        for (cell, expected) in cells[1..].iter().zip(expected) {
            match expected.whole {
                Some(whole) => assert_eq!(*cell, format!("{whole}%"), "{label}"),
                None => assert_eq!(*cell, "<span>hidden</span>", "{label}"),
            }
        }
    }
    assert!(groups.contains("Not shown: fewer than 30 people are in this group."));
    assert!(groups.contains("Hatched cells are hidden"));
    let since = english.split_once(r#"id="en-since""#).unwrap().1;
    assert!(since.contains("no clear change") && since.contains("Newcombe"));
    assert!(english.contains("Falta luz en &lt;la&gt; calle &amp; en el parque"));
    assert!(
        english.contains("design effect") && english.contains("Not weighted by “nothing”"),
        "weighting is told"
    );
    assert!(english.contains("reliable</td>"), "estimates say how sure they are");
    let visit = crate::made::made(VISIT, 40, |_| ());
    let html = document::report(&visit.material(), Language::Es);
    let plan = article(&html, Language::Es).split_once(r#"id="es-plan""#).unwrap().1;
    for row in &visit.plan.as_ref().unwrap().rows {
        assert!(plan.contains(&format!("<td>{}</td>", escaped(&row.text))));
    }
}

#[test]
fn tests_are_for_analysts() {
    let words = ["chi-square", "Cramér", "adjusted p", "▲", "Cronbach"];
    let mut made = rich(STUDY, 400);
    let of = |made: &Made| {
        let screen = sondeo::report::screen::screen(&made.summary, made.comparison.as_ref(), Language::En);
        let markup: String =
            screen.blocks.iter().flat_map(|block| &block.pieces).map(|(_, markup)| markup.as_str()).collect();
        is_well_formed(&markup);
        markup
    };
    let published = of(&made);
    let file = document::report(&made.material(), Language::En);
    for word in words {
        assert!(!published.contains(word) && !file.contains(word), "{word} is published");
    }
    let view = View { profile: Profile::Analyst, ..made.summary.view.clone() };
    made.seen(&view);
    let analysed = of(&made);
    for word in ["chi-square", "Cramér", "adjusted p", "Cronbach"] {
        assert!(analysed.contains(word), "{word} is missing");
    }
    assert!(analysed.contains("Not for publication"));
}

#[test]
fn what_is_withheld_says_why_and_what_to_do() {
    let mut made = made(STUDY, 60, |_| ());
    made.seen(&View::from_query("f.gender=other"));
    assert_eq!(made.summary.withheld, Some(Hiding::SmallGroup));
    let screen = sondeo::report::screen::screen(&made.summary, None, Language::Es);
    assert_eq!(screen.blocks.len(), 1);
    let html = document::report(&made.material(), Language::Es);
    for markup in [screen.blocks[0].pieces[0].1.as_str(), &html] {
        assert!(markup.contains("hay menos de 30 personas") && markup.contains("Amplíe el filtro"));
        assert!(!markup.contains("<table") && !markup.contains("<svg"));
    }
    made.seen(&View::from_query("f.adult=yes&days=..2030-01-01&profile=analyst"));
    let html = document::report(&made.material(), Language::Es);
    assert!(
        html.contains("Solo una parte de las respuestas: ¿Tiene 18 años o más? Sí; hasta el 1 ene 2030.")
    );
    let few = crate::made::made(VISIT, 4, |_| ());
    let html = document::report(&few.material(), Language::Es);
    assert!(html.contains("Aún no hay 5 respuestas") && !html.contains("<table"));
}

#[test]
fn every_text_is_escaped() {
    let payload = r#"<script>alert(1)</script><img src=x onerror="x">&"'"#;
    let evil = || Bilingual { es: payload.to_owned(), en: payload.to_owned() };
    let mut made = rich(STUDY, 60);
    made.summary.name = evil();
    made.summary.form_title = evil();
    for question in &mut made.summary.questions {
        question.label = evil();
        if let Some(grid) = &mut question.grid {
            grid.label = evil();
        }
        let rows = match &mut question.finding {
            Some(Finding::OneChoice(rows)) => rows.as_mut_slice(),
            Some(Finding::Scale(scale)) => &mut scale.rows,
            Some(Finding::ManyChoices(result)) => &mut result.rows,
            _ => &mut [],
        };
        rows.iter_mut().for_each(|row| row.label = evil());
    }
    made.summary.sections.iter_mut().for_each(|section| section.label = evil());
    made.summary.indices.iter_mut().for_each(|index| index.label = evil());
    for breakdown in &mut made.summary.breakdowns {
        breakdown.label = evil();
        breakdown.groups.iter_mut().for_each(|group| group.label = evil());
        breakdown.tables.iter_mut().for_each(|table| table.label = evil());
    }
    let comparison = made.comparison.as_mut().unwrap();
    comparison.changes.iter_mut().chain(&mut comparison.indices).for_each(|change| change.label = evil());
    comparison.later.name = evil();
    let row =
        PlanRow { topic: Some(("x".into(), evil())), text: payload.into(), due: None, likely: Some(evil()) };
    made.plan = Some(sondeo::summary::WorkPlan { people: 9, rows: vec![row], left_out: 1 });
    made.texts[0].label = evil();
    made.texts[0].words = vec![(payload.to_owned(), 3)];
    made.texts[0].themes = vec![Theme { label: evil(), count: 3, percent: None }];
    made.texts[0].quotes = vec![payload.to_owned()];
    made.stamp.hash = payload.to_owned();
    let html = document::report(&made.material(), Language::Es);
    assert!(html.matches("&lt;script&gt;").count() > 100);
    for word in ["<script", "<img", "onerror=\"", "&\"'"] {
        assert!(!html.contains(word), "{word} is markup");
    }
    is_well_formed(&html);
}

#[test]
fn the_page_to_print_is_the_report_in_one_language() {
    let made = made(VISIT, 40, |_| ());
    let page = document::pages(&made.material(), Language::En);
    assert!(page.starts_with(r#"<article class="report document" lang="en"><section class="front">"#));
    assert!(!page.contains("Lo que se encontró"));
    assert!(!page.contains("href="), "an address behind # would leave the screen");
    is_well_formed(&page);
    for question in made.summary.questions.iter().filter(|question| question.grid.is_some()) {
        let Some(base) = question.base else { continue };
        assert!(page.contains(&format!(r#"data-result="{}" data-base="{}""#, question.name, base.valid)));
    }
}

#[test]
fn the_questionnaire_says_when_each_question_is_asked() {
    let study = made(STUDY, 40, |_| ());
    let html = document::report(&study.material(), Language::Es);
    let paper = html.split_once(r#"id="es-paper""#).unwrap().1.split_once("</section>").unwrap().0;
    assert!(paper.contains("Solo si respondió «Sí» en la 1."));
    assert!(
        paper.contains(
            "Solo si respondió «No, a ninguna autoridad» en la 39, 41, 43, 45, 47, 49, 51, 53 o 55."
        )
    );
    assert!(paper.contains("Mujer · Hombre · De otra manera · Prefiero no responder"));
    assert!(paper.contains("respuestas como en la 39"));
    assert!(!paper.contains("${") && !paper.contains(" != "), "an expression was not put into words");
    let visit = made(VISIT, 8, |_| ());
    let html = document::report(&visit.material(), Language::En);
    let paper = html.split_once(r#"id="en-paper""#).unwrap().1.split_once("</section>").unwrap().0;
    assert!(paper.contains("Not part of this survey."), "the follow-up is not asked now");
    assert!(paper.contains("Only if more than 1 are marked in "));
    assert!(!paper.contains("${"), "an expression was not put into words");
}

#[test]
fn the_hash_knows_the_answers_the_settings_and_the_view_and_not_the_order() {
    let made = made(STUDY, 40, |_| ());
    let hash_of = |tables: &[&Table], change: &dyn Fn(&mut sondeo::survey::Survey), view: &View| {
        let mut inputs = Inputs::default();
        tables.iter().for_each(|table| inputs.see(table));
        let mut survey = made.survey.clone();
        change(&mut survey);
        inputs_hash(&inputs, &survey, view)
    };
    let plain = View::default();
    let table_of = |responses: &[sondeo::response::Response], texts: bool| {
        let mut table = if texts { Table::with_texts(&made.form) } else { Table::new(&made.form) };
        responses.iter().for_each(|response| table.push(&made.form, response));
        table
    };
    let whole = made.table();
    let first = hash_of(&[&whole], &|_| (), &plain);
    assert!(first.len() == 64 && first.chars().all(|c| c.is_ascii_hexdigit()));
    let (a, b) = made.responses.split_at(17);
    let reversed: Vec<_> = made.responses.iter().rev().cloned().collect();
    for tables in [
        vec![table_of(&made.responses, false)],
        vec![table_of(b, false), table_of(a, true)],
        vec![table_of(&reversed, false)],
    ] {
        assert_eq!(hash_of(&tables.iter().collect::<Vec<_>>(), &|_| (), &plain), first);
    }
    let mut others = vec![
        hash_of(&[&table_of(a, false)], &|_| (), &plain),
        hash_of(&[&whole], &|survey| survey.expected = Some(41), &plain),
        hash_of(&[&whole], &|survey| survey.minimum_cell = 6, &plain),
        hash_of(&[&whole], &|survey| survey.state = SurveyState::Open, &plain),
        hash_of(&[&whole], &|survey| survey.design = SamplingDesign::Probability, &plain),
        hash_of(
            &[&whole],
            &|survey| survey.weighting = Weighting::from_text("strata district".into()),
            &plain,
        ),
        hash_of(&[&whole], &|_| (), &View::from_query("f.gender=woman")),
    ];
    let mut changed = made.responses.clone();
    let answer = changed[3].answers.iter_mut().find(|(path, _)| path.ends_with("/gender")).unwrap();
    answer.1 = sondeo::response::Answer::Empty;
    others.push(hash_of(&[&table_of(&changed, false)], &|_| (), &plain));
    let all = others.len() + 1;
    others.push(first);
    others.sort();
    others.dedup();
    assert_eq!(others.len(), all, "two different inputs have one hash");
}

#[test]
fn victims_that_many_may_be_without_saying_so_are_told() {
    let made = made(STUDY, 400, |_| ());
    let people = made.summary.fieldwork.chosen;
    let any = made.summary.indices.iter().filter_map(|index| match &index.finding {
        Some(sondeo::summary::IndexFinding::Any(part)) => Some(*part),
        _ => None,
    });
    let part = any.min_by_key(|part| part.base).unwrap();
    assert!((people - part.base) * 5 >= people, "the examples hold such people");
    let html = document::report(&made.material(), Language::Es);
    let least = 100 * part.count / people;
    let told = format!("de {} personas no se sabe", people - part.base);
    assert!(article(&html, Language::Es).contains(&told), "{told}");
    assert!(
        html.contains(&format!("al menos {least} %")) || html.contains(&format!("al menos {} %", least + 1))
    );
    let screen = sondeo::report::screen::screen(&made.summary, None, Language::En);
    let told = format!("of {} people it is not known", people - part.base);
    assert!(screen.blocks.iter().flat_map(|block| &block.pieces).any(|piece| piece.1.contains(&told)));
}
