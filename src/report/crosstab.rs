use std::fmt::Write;

use super::html::{self, pick};
use super::plots;
use crate::chart::escape;
use crate::i18n::Language;
use crate::i18n::document as say;
use crate::i18n::format::{integer, percent};
use crate::i18n::report::{caution, words};
use crate::summary::view::LANGUAGE;
use crate::summary::{Breakdown, Cell, CrossRow, Crosstab, Display, Group, Kind, Profile, Share, Summary};
use crate::survey::Bilingual;

/// What makes the groups, in words.
pub(super) fn title(breakdown: &Breakdown, language: Language) -> String {
    match breakdown.question.as_str() {
        LANGUAGE => say::by_language(language).to_owned(),
        _ => language.pick(breakdown.label.es.clone(), breakdown.label.en.clone()),
    }
}

/// A group's name.
pub(super) fn group_name(breakdown: &Breakdown, group: &Group, language: Language) -> String {
    match breakdown.question.as_str() {
        LANGUAGE => say::language_name(&group.choice, language),
        _ => language.pick(group.label.es.clone(), group.label.en.clone()),
    }
}

/// Which groups are not shown and why, and which are to be read with care; empty where there is nothing to say.
pub(super) fn notes(breakdown: &Breakdown, summary: &Summary, language: Language) -> String {
    let mut html = String::new();
    for group in &breakdown.groups {
        let name = group_name(breakdown, group, language);
        let why = match (group.display, group.base) {
            (Display::Hidden { reason }, _) => html::hidden(reason, summary, language),
            (Display::WholePercent { caution: true }, Some(n)) => caution(n, language),
            _ => continue,
        };
        let _ = write!(
            html,
            "<p class=\"result-hidden\"><strong>{}</strong> {}</p>",
            escape(&name),
            escape(&why)
        );
    }
    html
}

/// Whether any group of a breakdown is shown.
pub(super) fn is_shown(breakdown: &Breakdown) -> bool {
    breakdown.groups.iter().any(|group| !group.display.is_hidden())
}

/// The groups that are shown, with their places.
fn shown(breakdown: &Breakdown) -> Vec<(usize, &Group)> {
    breakdown.groups.iter().enumerate().filter(|(_, group)| !group.display.is_hidden()).collect()
}

/// One line of figures side by side: the two highest answers of a scale, or a yes.
pub(super) fn headline(table: &Crosstab, summary: &Summary) -> Option<(Cell, Vec<Cell>)> {
    if table.kind == Kind::Scale {
        let total = summary.question(&table.question).and_then(super::findings::top);
        let total = total.filter(|_| table.total.is_some()).map(cell_of).unwrap_or_default();
        let cells = table.top.iter().map(|share| share.map(cell_of).unwrap_or_default()).collect();
        return Some((total, cells));
    }
    let yes = table.rows.iter().find(|row| row.choice == "yes").filter(|_| table.kind == Kind::OneChoice)?;
    Some((yes.total, yes.cells.clone()))
}

fn cell_of(share: Share) -> Cell {
    Cell {
        count: Some(share.count),
        percent: share.percent,
        whole: share.whole,
        interval: share.interval,
        ..Cell::default()
    }
}

/// All groups of a breakdown in one table: of scales the two highest answers, of yes and no the yes, of what can be marked
/// every answer; under the headings of their sections, grids and questions.
pub(super) fn overview(breakdown: &Breakdown, summary: &Summary, language: Language) -> String {
    let groups = shown(breakdown);
    let mut grid = Grid::new(&title(breakdown, language), words(language).question, language);
    grid.head(say::everybody(language), None);
    for (_, group) in &groups {
        grid.head(&group_name(breakdown, group, language), group.base);
    }
    let columns = groups.len() + 2;
    let pick = |text: &Bilingual| language.pick(text.es.clone(), text.en.clone());
    let (mut section, mut of_grid): (Option<&str>, Option<&str>) = (None, None);
    for table in &breakdown.tables {
        let line = headline(table, summary);
        let unanimous = summary.question(&table.question).is_some_and(super::findings::is_unanimous);
        if unanimous || (line.is_none() && table.kind != Kind::ManyChoices) {
            continue;
        }
        if table.section.as_deref() != section {
            section = table.section.as_deref();
            let label = summary.sections.iter().find(|known| Some(known.name.as_str()) == section);
            if let Some(label) = label {
                grid.heading(&pick(&label.label), columns, "cross-section");
            }
        }
        let name = table.grid.as_ref().map(|grid| grid.name.as_str());
        if let Some(new) = table.grid.as_ref().filter(|_| name != of_grid) {
            grid.heading(&pick(&new.label), columns, "head-grid");
        }
        of_grid = name;
        match line {
            Some((total, cells)) => {
                grid.class = if name.is_some() { "head-row" } else { "" };
                grid.row(&pick(&table.label), &table.question);
                grid.cells(total, &cells, &groups, false);
            }
            None => {
                grid.heading(&pick(&table.label), columns, "head-grid");
                grid.class = "head-row";
                for row in &table.rows {
                    cross_row(&mut grid, row, &groups, false, language);
                }
            }
        }
    }
    grid.finish()
}

/// Every answer to one question side by side, with the bases, and the tests where the profile is an analyst's.
pub(super) fn table(
    table: &Crosstab,
    breakdown: &Breakdown,
    summary: &Summary,
    language: Language,
) -> String {
    let groups = shown(breakdown);
    let analyst = summary.view.profile == Profile::Analyst;
    let mut grid =
        Grid::new(language.pick(&table.label.es, &table.label.en), words(language).answer, language);
    grid.head(say::everybody(language), table.total);
    for (place, group) in &groups {
        let base = table.bases.get(*place).copied().flatten();
        grid.head(&group_name(breakdown, group, language), base);
    }
    for row in &table.rows {
        cross_row(&mut grid, row, &groups, analyst, language);
    }
    if table.top.iter().any(Option::is_some) {
        let top =
            Bilingual { es: words(Language::Es).top_two.into(), en: words(Language::En).top_two.into() };
        let cells = table.top.iter().map(|share| share.map(cell_of).unwrap_or_default()).collect();
        let total = headline(table, summary).map(|(total, _)| total).unwrap_or_default();
        let row = CrossRow { choice: "top".to_owned(), label: top, total, cells };
        cross_row(&mut grid, &row, &groups, analyst, language);
    }
    let mut html = grid.finish();
    if let Some(test) = table.test.filter(|_| analyst) {
        let line =
            say::tested(test.chi_square, test.freedom, test.chance, test.adjusted, test.cramers_v, language);
        let _ = write!(html, "<p class=\"result-note\">{}</p>", escape(&line));
    }
    html
}

fn cross_row(grid: &mut Grid, row: &CrossRow, groups: &[(usize, &Group)], analyst: bool, language: Language) {
    grid.row(language.pick(&row.label.es, &row.label.en), &row.choice);
    grid.cells(row.total, &row.cells, groups, analyst);
}

/// One question's table on the screen, folded under its label, with the base of everybody.
pub(super) fn section(
    cross: &Crosstab,
    breakdown: &Breakdown,
    summary: &Summary,
    language: Language,
) -> String {
    let base = cross.total.map(|n| format!(" data-base=\"{n}\"")).unwrap_or_default();
    let grid = cross.grid.as_ref().map(|grid| pick(&grid.label, language) + " ").unwrap_or_default();
    let chart = html::fitting(|room| plots::groups(cross, breakdown, summary, room, language));
    format!(
        "<section class=\"result\" id=\"by-{0}-{1}\" data-by=\"{0}\" data-cross=\"{1}\"{base}><details class=\"result-details\"><summary>{grid}{2}</summary>{3}{4}</details></section>",
        escape(&breakdown.question),
        escape(&cross.question),
        pick(&cross.label, language),
        chart.map(|chart| ["<figure>", &chart, "</figure>"].concat()).unwrap_or_default(),
        table(cross, breakdown, summary, language)
    )
}

/// The legend under cross-tables: what a column is, what is hatched, and what analysts' marks mean.
pub(super) fn legend(breakdown: &Breakdown, summary: &Summary, language: Language) -> String {
    let mut text = say::groups_note(language).to_owned();
    let is_hidden = |cell: &Cell| cell.count.is_none() && cell.whole.is_none();
    let groups = shown(breakdown);
    let hidden = breakdown.tables.iter().flat_map(|table| &table.rows).any(|row| {
        groups.iter().any(|(place, _)| row.cells.get(*place).is_none_or(is_hidden)) || is_hidden(&row.total)
    });
    if hidden {
        text = [text.as_str(), say::hatched_note(language)].join(" ");
    }
    let stands_out = breakdown
        .tables
        .iter()
        .flat_map(|table| &table.rows)
        .any(|row| row.cells.iter().any(|cell| cell.stands_out.is_some()));
    if stands_out && summary.view.profile == Profile::Analyst {
        text = [text.as_str(), say::stands_out(language)].join(" ");
    }
    format!("<p class=\"result-note\">{}</p>", escape(&text))
}

/// A table of percentages by group under construction.
struct Grid {
    html: String,
    open: bool,
    language: Language,
    /// Of the rows to come; may be empty.
    class: &'static str,
}

impl Grid {
    fn new(caption: &str, first: &str, language: Language) -> Grid {
        let html = format!(
            "<div class=\"result-scroll\" tabindex=\"0\"><table class=\"result-table cross-table\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th>",
            escape(caption),
            escape(first)
        );
        Grid { html, open: false, language, class: "" }
    }

    fn head(&mut self, name: &str, base: Option<usize>) {
        let base = base.map(|n| format!("<span>n = {}</span>", integer(n as i64))).unwrap_or_default();
        let _ = write!(self.html, "<th scope=\"col\">{}{base}</th>", escape(name));
    }

    fn next(&mut self) {
        self.html.push_str(if self.open { "</tr>" } else { "</tr></thead><tbody>" });
        self.open = true;
    }

    fn row(&mut self, label: &str, choice: &str) {
        self.next();
        let class = if self.class.is_empty() { String::new() } else { format!(" class=\"{}\"", self.class) };
        let _ = write!(
            self.html,
            "<tr data-choice=\"{}\"{class}><th scope=\"row\">{}</th>",
            escape(choice),
            escape(label)
        );
    }

    /// A heading across all columns.
    fn heading(&mut self, text: &str, columns: usize, class: &str) {
        self.next();
        let _ = write!(
            self.html,
            "<tr class=\"{class}\"><th scope=\"rowgroup\" colspan=\"{columns}\">{}</th>",
            escape(text)
        );
    }

    /// Everybody, then each group that is shown.
    fn cells(&mut self, total: Cell, cells: &[Cell], groups: &[(usize, &Group)], marks: bool) {
        self.cell(total, marks);
        for (place, _) in groups {
            self.cell(cells.get(*place).copied().unwrap_or_default(), marks);
        }
    }

    /// Shaded by its percentage; hatched where it is hidden.
    fn cell(&mut self, cell: Cell, marks: bool) {
        let mark = match cell.stands_out.filter(|_| marks) {
            Some(true) => " ▲",
            Some(false) => " ▼",
            None => "",
        };
        let _ = match (cell.whole, cell.count) {
            (Some(whole), _) => write!(
                self.html,
                "<td style=\"--p:{whole}\" data-percent=\"{}\">{}{mark}</td>",
                cell.percent.unwrap_or(f64::from(whole)),
                percent(whole.into(), 0, self.language)
            ),
            (None, Some(count)) => {
                write!(self.html, "<td data-count=\"{count}\">{}{mark}</td>", integer(count as i64))
            }
            (None, None) => {
                let hidden = say::hidden_cell(self.language);
                write!(self.html, "<td class=\"cross-hidden\"><span>{hidden}</span></td>")
            }
        };
    }

    fn finish(mut self) -> String {
        self.html.push_str(if self.open { "</tr></tbody>" } else { "</tr></thead>" });
        self.html.push_str("</table></div>");
        self.html
    }
}
