use std::fmt::Write;

use super::super::options::{Notice, Options};
use super::super::readme;
use super::{Asked, Codebook, Entry, kind, role};
use crate::chart::escape;
use crate::form::{Form, QuestionKind, write_number};
use crate::i18n::{Language, file as words};

/// The looks: readable on a screen, and on paper without a question torn apart.
const STYLE: &str = "body{font:16px/1.4 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}\
h1{font-size:1.6rem}h2{font-size:1.25rem;margin:2rem 0 .4rem;border-bottom:2px solid #555}h3{font-size:1rem;margin:0}\
p{margin:.2rem 0 .5rem}section{break-inside:avoid;margin:1rem 0}\
table{border-collapse:collapse;width:100%;font-size:.875rem;margin:.2rem 0}\
th,td{text-align:left;vertical-align:top;padding:.1rem .6rem .1rem 0;border-bottom:1px solid #ddd}\
th{border-color:#555;font-weight:600}code{font:.9em ui-monospace,monospace;overflow-wrap:anywhere}\
.other,.meta{color:#555;font-size:.875rem;margin:0}.meta code{color:#1a1a1a}td code{overflow-wrap:normal;white-space:nowrap}\
.mark{border:1px solid #555;border-radius:3px;padding:0 .3rem;font-size:.8rem;font-weight:400}\
@media print{body{font-size:9pt;margin:0;max-width:none}section{margin:.5rem 0}h2{break-after:avoid}\
thead{display:table-header-group}tr{break-inside:avoid}}";

/// The codebook as a page of its own: nothing is fetched, no script runs, everything is escaped.
pub fn html(form: &Form, options: &Options, notice: &Notice) -> String {
    let language = options.language;
    let codebook = Codebook::new(form, options);
    let title = format!("{}: {}", words::codebook(language), notice.title);
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"/>\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\"/>\
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
    for section in codebook.questions.chunk_by(|a, b| a.section == b.section) {
        let Some(about) = section.first().map(|entry| &entry.section) else { continue };
        let heading = match (about.label.as_str(), about.name.as_str()) {
            ("", "") => words::questions(language),
            ("", name) => name,
            (label, _) => label,
        };
        let _ = write!(html, "<h2>{}</h2>", escape(heading));
        asked(&about.asked, language, &mut html);
        for group in section.chunk_by(|a, b| a.grid.is_some() && a.grid == b.grid && a.asked == b.asked) {
            match group {
                [one] => question(one, language, &mut html),
                rows => grid(rows, language, &mut html),
            }
        }
    }
    if !codebook.indices.is_empty() {
        let _ = write!(html, "<h2>{}</h2>", words::indices(language));
    }
    for index in &codebook.indices {
        let (label, other) = in_order(&index.labels, language);
        let _ = write!(html, "<section><h3>{} {}</h3>", escape(label), code(&index.id));
        paragraph("other", &escape(other), &mut html);
        paragraph("meta", &escape(&index.how), &mut html);
        let questions = format!("{}: {}", words::index_items(language), codes(&index.questions));
        paragraph("meta", &questions, &mut html);
        html.push_str("</section>");
    }
    html + "</body></html>\n"
}

fn question(entry: &Entry, language: Language, html: &mut String) {
    let labels = entry.full_labels();
    let (label, other) = in_order(&labels, language);
    heading(&entry.path, label, other, entry.sensitive, language, html);
    let mut meta = vec![names(entry, language), kind(entry.kind, language).to_owned()];
    if entry.path.split('/').count() > 2 {
        meta.push(format!("{} {}", words::path(language), code(&entry.path)));
    }
    paragraph("meta", &meta.join(" · "), html);
    conditions(entry, language, html);
    choices(entry, language, html);
    html.push_str("</section>");
}

/// The rows of a grid: they have the same choices.
fn grid(rows: &[Entry], language: Language, html: &mut String) {
    let Some(first) = rows.first() else { return };
    let Some((path, labels)) = &first.grid else { return };
    let (label, other) = in_order(labels, language);
    heading(path, label, other, first.sensitive, language, html);
    paragraph("meta", kind(first.kind, language), html);
    conditions(first, language, html);
    let columns = [words::variable, words::label_es, words::label_en];
    let _ = write!(html, "<table><thead><tr>{}</tr></thead><tbody>", heads(&columns, language));
    for row in rows {
        let [es, en] = &row.labels;
        let names = names(row, language);
        let _ = write!(html, "<tr><td>{names}</td><td>{}</td><td>{}</td></tr>", escape(es), escape(en));
    }
    html.push_str("</tbody></table>");
    choices(first, language, html);
    html.push_str("</section>");
}

/// Opens a section with what people read in both languages.
fn heading(id: &str, label: &str, other: &str, sensitive: bool, language: Language, html: &mut String) {
    let _ = write!(html, "<section id=\"{}\"><h3>{}", escape(id), escape(label));
    if sensitive {
        let _ = write!(html, " <span class=\"mark\">{}</span>", escape(words::sensitive(language)));
    }
    html.push_str("</h3>");
    paragraph("other", &escape(other), html);
}

/// The column, and the name in SPSS where that is another.
fn names(entry: &Entry, language: Language) -> String {
    if entry.spss == entry.column {
        return code(&entry.column);
    }
    format!("{} · {} {}", code(&entry.column), escape(words::spss_name(language)), code(&entry.spss))
}

fn conditions(entry: &Entry, language: Language, html: &mut String) {
    asked(&entry.asked, language, html);
    if let Some(repeated) = &entry.repeated {
        paragraph("meta", &format!("{}: {}", words::repeated(language), escape(repeated)), html);
    }
    if let Some(offered) = &entry.offered {
        paragraph("meta", &format!("{}: {}", words::offered(language), code(offered)), html);
    }
    if let Some(reason) = entry.left_out {
        let reason = escape(readme::reason(reason, language));
        paragraph("meta", &format!("{}: {} ({reason})", words::in_file(language), words::no(language)), html);
    }
}

/// When something is asked: in words with the expression behind, or the expression alone. Nothing where it always is.
fn asked(asked: &Asked, language: Language, html: &mut String) {
    if asked.conditions.is_empty() {
        return;
    }
    let condition = code(&asked.conditions.join(" and "));
    let text = match &asked.words {
        Some(words) => format!("{}. {condition}", escape(words)),
        None => format!("{}: {condition}", words::condition(language)),
    };
    paragraph("meta", &text, html);
}

fn paragraph(class: &str, content: &str, html: &mut String) {
    if !content.is_empty() {
        let _ = write!(html, "<p class=\"{class}\">{content}</p>");
    }
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
