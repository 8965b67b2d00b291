use std::fmt::Write;

use super::super::options::{Notice, Options};
use super::super::readme;
use super::{Codebook, Entry, kind, role};
use crate::chart::escape;
use crate::form::{Form, QuestionKind, write_number};
use crate::i18n::{Language, file as words};

/// The looks: readable on a screen, and on paper without a question torn apart.
const STYLE: &str = "body{font:16px/1.45 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}\
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2.2rem;border-bottom:2px solid #555}h3{font-size:1rem;margin:0 0 .2rem}\
section{break-inside:avoid;margin:1.2rem 0}table{border-collapse:collapse;width:100%;font-size:.9rem}\
th,td{text-align:left;vertical-align:top;padding:.15rem .6rem .15rem 0;border-bottom:1px solid #ddd}\
th{border-color:#555}code{font:.9em ui-monospace,monospace;overflow-wrap:anywhere}.other{color:#555}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;margin:.3rem 0;font-size:.9rem}\
dt{color:#555}dd{margin:0}.mark{border:1px solid #555;border-radius:3px;padding:0 .3rem;font-size:.8rem}\
@media print{body{font-size:10pt;margin:0;max-width:none}h2{break-after:avoid}thead{display:table-header-group}}";

/// The codebook as a page of its own: nothing is fetched, no script runs, everything is escaped.
pub fn html(form: &Form, options: &Options, notice: &Notice) -> String {
    let language = options.language;
    let codebook = Codebook::new(form, options);
    let title = format!("{}: {}", words::codebook(language), notice.title);
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"/>\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"/><title>{}</title>\
         <style>{STYLE}</style></head><body><h1>{}</h1>",
        language.tag(),
        escape(&title),
        escape(&title)
    );
    let mut line = |text: &str| {
        if !text.is_empty() {
            let _ = write!(html, "<p>{}</p>", escape(text));
        }
    };
    line(readme::profile(options.profile, language));
    line(&notice.sampling);
    line(&notice.inputs);
    let _ = write!(html, "<h2>{}</h2>", words::conventions(language));
    for text in [
        words::missing_csv(language),
        words::missing_sav(language),
        words::mean_base_text(language),
        words::several_text(language),
        words::repeats_text(language),
        words::order_text(language),
    ] {
        let _ = write!(html, "<p>{}</p>", escape(text));
    }
    let _ = write!(
        html,
        "<table><thead><tr>{}</tr></thead><tbody>",
        heads(&[words::variable, words::spss_name, words::what], language)
    );
    for (column, spss, [es, en]) in &codebook.about {
        let what = escape(language.pick(es, en));
        let _ = write!(html, "<tr><td>{}</td><td>{}</td><td>{what}</td></tr>", code(column), code(spss));
    }
    html.push_str("</tbody></table>");
    let same_section = |a: &Entry, b: &Entry| a.section == b.section;
    for section in codebook.questions.chunk_by(same_section) {
        let (name, label) = section.first().map(|entry| entry.section.clone()).unwrap_or_default();
        let heading = if label.is_empty() { name } else { label };
        let heading = if heading.is_empty() { words::questions(language).to_owned() } else { heading };
        let _ = write!(html, "<h2>{}</h2>", escape(&heading));
        section.iter().for_each(|entry| question(entry, language, &mut html));
    }
    if !codebook.indices.is_empty() {
        let _ = write!(html, "<h2>{}</h2>", words::indices(language));
    }
    for index in &codebook.indices {
        let (label, other) = in_order(&index.labels, language);
        let _ = write!(
            html,
            "<section><h3>{} <code>{}</code></h3><p class=\"other\">{}</p><dl>",
            escape(label),
            escape(&index.id),
            escape(other)
        );
        pair(words::kind(language), &escape(&index.how), &mut html);
        pair(words::index_items(language), &codes(&index.questions), &mut html);
        html.push_str("</dl></section>");
    }
    html + "</body></html>\n"
}

fn question(entry: &Entry, language: Language, html: &mut String) {
    let (label, other) = in_order(&entry.labels, language);
    let _ = write!(html, "<section id=\"{}\"><h3>{}", escape(&entry.path), escape(label));
    if entry.sensitive {
        let _ = write!(html, " <span class=\"mark\">{}</span>", words::sensitive(language));
    }
    let _ = write!(html, "</h3><p class=\"other\">{}</p><dl>", escape(other));
    pair(words::variable(language), &code(&entry.column), html);
    pair(words::spss_name(language), &code(&entry.spss), html);
    pair(words::path(language), &code(&entry.path), html);
    pair(words::kind(language), kind(entry.kind, language), html);
    if let Some(repeated) = &entry.repeated {
        pair(words::repeated(language), &escape(repeated), html);
    }
    match (&entry.asked, entry.conditions.is_empty()) {
        (Some(asked), _) => pair(words::asked(language), &escape(asked), html),
        (None, true) => pair(words::asked(language), words::always(language), html),
        (None, false) => {}
    }
    if !entry.conditions.is_empty() {
        pair(words::condition(language), &code(&entry.conditions.join(" and ")), html);
    }
    if let Some(offered) = &entry.offered {
        pair(words::offered(language), &code(offered), html);
    }
    if let Some(reason) = entry.left_out {
        let text = format!("{}: {}", words::no(language), readme::reason(reason, language));
        pair(words::in_file(language), &escape(&text), html);
    }
    html.push_str("</dl>");
    choices(entry, language, html);
    html.push_str("</section>");
}

fn choices(entry: &Entry, language: Language, html: &mut String) {
    if entry.choices.is_empty() {
        return;
    }
    let several = matches!(entry.kind, QuestionKind::SelectMultiple(_) | QuestionKind::Rank(_));
    let second = if several { words::spss_name } else { words::spss_code };
    let columns = [words::code, second, words::label_es, words::label_en, words::score, words::role];
    let _ = write!(html, "<table><thead><tr>{}</tr></thead><tbody>", heads(&columns, language));
    for choice in &entry.choices {
        let [es, en] = &choice.labels;
        let second = match &choice.column {
            Some((_, name)) => name.clone(),
            None => choice.code.map_or_else(String::new, |code| code.to_string()),
        };
        let _ = write!(
            html,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            code(&choice.name),
            code(&second),
            escape(es),
            escape(en),
            choice.score.map_or_else(String::new, write_number),
            role(choice.role, language)
        );
    }
    if let (Some(skipped), false) = (entry.skipped, several) {
        let _ = write!(
            html,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td></td><td></td></tr>",
            code("NA"),
            code(&skipped.to_string()),
            words::no_answer(Language::Es),
            words::no_answer(Language::En)
        );
    }
    html.push_str("</tbody></table>");
}

fn heads(columns: &[fn(Language) -> &'static str], language: Language) -> String {
    columns.iter().map(|column| format!("<th scope=\"col\">{}</th>", escape(column(language)))).collect()
}

fn pair(term: &str, text: &str, html: &mut String) {
    let _ = write!(html, "<dt>{}</dt><dd>{text}</dd>", escape(term));
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

fn codes(names: &[String]) -> String {
    names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ")
}

/// The label in the page's language and in the other.
fn in_order(labels: &[String; 2], language: Language) -> (&str, &str) {
    let [es, en] = labels;
    let (own, other) = language.pick((es, en), (en, es));
    if own.is_empty() { (other, "") } else { (own, other) }
}
