//! What a file says of itself: a sheet of the workbook, the documents of an SPSS file.

use super::disclosure::LeftOut;
use super::layout::{About, Layout, Part};
use super::options::{Format, LEAST_CLASS, LEAST_ROWS, Notice, Options, Profile, Quasi};
use super::plan::Plan;
use super::sheet::{Cell, Sheet};
use crate::form::{NodeKind, QuestionKind};
use crate::i18n::{Language, file as words};

/// A heading and what stands under it.
pub(super) type Line = (String, String);

/// Everything there is to say, in reading order.
pub(super) fn lines(
    layout: &Layout<'_>,
    plan: &Plan,
    notice: &Notice,
    options: &Options,
    format: Format,
) -> Vec<Line> {
    let language = options.language;
    let publication = options.profile == Profile::Publication;
    let mut lines: Vec<Line> = Vec::new();
    let mut line = |heading: &str, text: String| {
        if !text.is_empty() {
            lines.push((heading.to_owned(), text));
        }
    };
    line(words::what(language), words::what_text(&notice.title, language));
    line(words::who_for(language), profile(options.profile, language).to_owned());
    line(words::base(language), words::base_text(plan.ids.len(), plan.examples, language));
    line(words::sampling(language), notice.sampling.clone());
    line(
        words::dates(language),
        plan.days.map_or_else(String::new, |days| words::dates_text(days, publication, language)),
    );
    if publication {
        line(words::protected(language), words::protected_text(language).to_owned());
        if plan.rowless {
            let why = match options.quasi {
                Quasi::Unknown => words::rowless_own(language).to_owned(),
                Quasi::Usual | Quasi::Named(_) => words::rowless(LEAST_ROWS, language),
            };
            line(words::protected(language), why);
        } else {
            line(words::protected(language), withheld(layout, plan));
        }
        line(words::left_out(language), left_out(layout));
    }
    if format == Format::Xlsx {
        for (name, text) in [
            (words::sheet_codes(language), words::sheet_codes_text(language)),
            (words::sheet_labels(language), words::sheet_labels_text(language)),
            (words::sheet_codebook(language), words::sheet_codebook_text(language)),
        ] {
            line(&format!("{}: {name}", words::sheets(language)), text.to_owned());
        }
    }
    line(words::missing(language), missing(layout, plan, format));
    let kinds: Vec<QuestionKind> = layout.columns.iter().map(|column| column.kind).collect();
    if kinds.iter().any(|kind| matches!(kind, QuestionKind::SelectMultiple(_) | QuestionKind::Rank(_))) {
        line(words::several(language), words::several_text(language).to_owned());
    }
    if layout.form.nodes.iter().any(|node| matches!(node.kind, NodeKind::Repeat { .. })) {
        line(words::repeats(language), words::repeats_text(language).to_owned());
    }
    if plan.strays > 0 && !publication {
        line(words::strays(language), words::strays_text(plan.strays, language));
    }
    line(words::order(language), words::order_text(language).to_owned());
    line(words::inputs(language), notice.inputs.clone());
    lines
}

/// The read-me as a sheet.
pub(super) fn sheet(lines: &[Line], language: Language) -> Sheet {
    let rows = lines
        .iter()
        .map(|(heading, text)| vec![Cell::Text(heading.clone()), Cell::Text(text.clone())])
        .collect();
    Sheet { name: words::sheet_readme(language).to_owned(), header: Vec::new(), rows }
}

/// What a column about the response tells.
pub(super) fn about(about: About, profile: Profile, language: Language) -> &'static str {
    match about {
        About::Id => words::about_id(language),
        About::Row => words::about_row(language),
        About::Survey => words::about_survey(language),
        About::Wave => words::about_wave(language),
        About::FormVersion => words::about_form_version(language),
        About::Language => words::about_language(language),
        About::Started => words::about_started(language),
        About::Finished if profile == Profile::Publication => words::about_finished_month(language),
        About::Finished => words::about_finished(language),
        About::Example => words::about_example(language),
    }
}

/// Why a question is left out.
pub(super) fn reason(reason: LeftOut, language: Language) -> &'static str {
    match reason {
        LeftOut::Written => words::left_out_written(language),
        LeftOut::Sensitive => words::left_out_sensitive(language),
        LeftOut::Telling => words::left_out_telling(language),
    }
}

/// Who a file of this profile is for.
pub(super) fn profile(profile: Profile, language: Language) -> &'static str {
    match profile {
        Profile::Publication => words::publication_profile(language),
        Profile::Analyst => words::analyst_profile(language),
    }
}

fn missing(layout: &Layout<'_>, plan: &Plan, format: Format) -> String {
    let language = layout.words;
    let text = match format {
        Format::Xlsx => words::missing_workbook(language),
        Format::Csv { .. } => words::missing_csv(language),
        Format::Sav => words::missing_sav(language),
    };
    match plan.withheld_rows() {
        0 => text.to_owned(),
        _ => format!("{text} {}", words::missing_withheld(language)),
    }
}

fn withheld(layout: &Layout<'_>, plan: &Plan) -> String {
    let rows = plan.withheld_rows();
    if rows == 0 {
        return String::new();
    }
    let withheld =
        layout.columns.iter().filter(|column| column.withheld.is_some() && column.part == Part::Whole);
    let names: Vec<&str> = withheld.map(|column| column.header.as_str()).collect();
    words::withheld_text(rows, LEAST_CLASS, &names.join(", "), layout.words)
}

/// The names of what is left out, by reason.
fn left_out(layout: &Layout<'_>) -> String {
    let mut parts: Vec<String> = Vec::new();
    for wanted in [LeftOut::Sensitive, LeftOut::Written, LeftOut::Telling] {
        let names: Vec<&str> = layout
            .left_out
            .iter()
            .filter(|(_, reason)| *reason == wanted)
            .filter_map(|(id, _)| layout.form.node(*id).map(|node| node.name.as_str()))
            .collect();
        if !names.is_empty() {
            parts.push(format!("{} ({}).", names.join(", "), reason(wanted, layout.words)));
        }
    }
    parts.join(" ")
}
