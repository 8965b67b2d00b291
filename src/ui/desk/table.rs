//! Responses from a table: a file is chosen, the worker says what would come of it, and after a yes its rows are added.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::act::button;
use super::bridge::{Listed, Trouble};
use super::frame::{Desk, Words};
use crate::browser::{clock, dom, file, shell};
use crate::form::Date;
use crate::i18n::{format, table as say};
use crate::job::{Job, MOST_TABLE_BYTES, Outcome, TableColumn, TableFile, TableRead};
use crate::survey::SurveyState;
use crate::ui::parts::{Asked, View, Watched, element, live, words};

const FIELD: &str = "table-file";
const RESULT: &str = "table-result";

/// The file chosen: its name and its bytes.
#[derive(Clone, Default)]
struct Chosen {
    name: String,
    bytes: Rc<Vec<u8>>,
}

/// How far the section is. A handle, copied freely; it outlives the redrawing of its screen.
#[derive(Clone, Copy)]
pub(super) struct Importing {
    desk: Desk,
    chosen: Watched<Chosen>,
    read: Watched<Option<TableRead>>,
    reading: Watched<bool>,
    failed: Watched<String>,
    /// Rows that break a rule of the form are added too.
    as_answered: Watched<bool>,
    /// The day of rows that tell none.
    day: Watched<Date>,
}

impl Importing {
    /// Nothing chosen yet.
    pub(super) fn new(desk: Desk) -> Importing {
        Importing {
            desk,
            chosen: Watched::new(Chosen::default()),
            read: Watched::new(None),
            reading: Watched::new(false),
            failed: Watched::new(String::new()),
            as_answered: Watched::new(false),
            day: Watched::new(clock::today()),
        }
    }

    fn take(self, survey: String, files: Vec<file::File>) {
        let Some(file) = files.into_iter().next().filter(|_| !self.reading.get_untracked()) else { return };
        self.reading.set(true);
        self.read.set(None);
        self.failed.set(String::new());
        self.as_answered.set(false);
        spawn_local(async move {
            let failed = self.look(survey, file).await.err();
            self.reading.set(false);
            self.failed.set(failed.unwrap_or_default());
            // The same file again is a change again.
            dom::set_value_of(FIELD, "");
        });
    }

    async fn look(self, survey: String, file: file::File) -> Result<(), String> {
        let language = self.desk.language.get_untracked();
        if file.size() > MOST_TABLE_BYTES as f64 {
            return Err(say::too_large(language).to_owned());
        }
        let bytes = file::bytes_of(&file).await.map_err(|_| say::unread(language).to_owned())?;
        self.chosen.set(Chosen { name: file.name(), bytes: Rc::new(bytes) });
        let bytes = self.chosen.get_untracked().bytes;
        match self.desk.bridge().run_on(&Job::ReadTable(self.file(survey)), &bytes).await {
            Ok(Outcome::Table(read)) => {
                self.read.set(Some(*read));
                request_animation_frame(|| {
                    shell::focus(RESULT);
                });
                Ok(())
            }
            Ok(_) => Err(Trouble::unexpected().explain(language).to_owned()),
            Err(Trouble::Refused(why)) => Err(why),
            Err(trouble) => Err(trouble.explain(language).to_owned()),
        }
    }

    fn file(self, survey: String) -> TableFile {
        TableFile { survey, day: self.day.get_untracked(), language: self.desk.language.get_untracked() }
    }

    /// Adds what was looked at, after saying how much of it stays out.
    fn add(self, survey: String, comes: usize, stays: usize) {
        let desk = self.desk;
        let language = desk.language.get_untracked();
        let doing = move || {
            let (bridge, bytes) = (desk.bridge(), self.chosen.get_untracked().bytes);
            let as_answered = self.as_answered.get_untracked();
            let job = Job::AddTable { file: self.file(survey.clone()), as_answered };
            desk.act(async move {
                match bridge.run_on(&job, &bytes).await? {
                    Outcome::Added(added) => {
                        self.read.set(None);
                        self.chosen.set(Chosen::default());
                        shell::persist();
                        Ok(Some(say::imported(added, language)))
                    }
                    _ => Err(Trouble::unexpected()),
                }
            });
        };
        if stays == 0 {
            return doing();
        }
        desk.asked.set(Some(Asked {
            title: say::sure_title(language).to_owned(),
            text: [&say::stay_out(stays, language), " ", say::mend(language)].concat(),
            yes: say::import(comes, language),
            no: say::sure_no(language).to_owned(),
            then: Rc::new(doing),
        }));
    }
}

/// Where a table is chosen, and what would come of it.
pub(super) fn section(importing: Importing, listed: &Listed) -> View {
    let desk = importing.desk;
    let head = element("section")
        .class("card stack")
        .attr("aria-labelledby", "table-title")
        .child(element("h2").id("table-title").child(desk.text(say::title)));
    if listed.survey.state == SurveyState::Setup {
        return head.child(element("p").class("soft").child(desk.text(say::not_open))).view();
    }
    let survey = listed.survey.id.clone();
    let id = survey.clone();
    let field = element("input")
        .attr("type", "file")
        .id(FIELD)
        .class("visually-hidden")
        .attr("accept", ".csv,.tsv,.txt,.xlsx,.xlsm,.xls")
        .attr("data-act", "choose-table")
        .on("change", move |event| importing.take(id.clone(), dom::files_of(&event)));
    let label = element("label")
        .class("button file-button")
        .attr("for", FIELD)
        .attr_with("aria-disabled", move || Some(importing.reading.get().to_string()))
        .child(desk.text(say::choose));
    let status = live(move || {
        let failed = importing.failed.get();
        if importing.reading.get() {
            return Some(element("p").child(desk.text(say::reading)));
        }
        (!failed.is_empty())
            .then(|| element("p").class("notice notice-bad").attr("data-table", "refused").text(&failed))
    });
    let result =
        live(move || importing.read.with(|read| read.as_ref().map(|read| preview(importing, &survey, read))));
    head.child(element("p").class("soft").child(desk.text(say::hint)))
        .child(element("div").class("row").child(field).child(label))
        .child(element("div").attr("role", "status").child(status))
        .child(element("div").id(RESULT).class("stack").attr("tabindex", "-1").child(result))
        .view()
}

fn preview(importing: Importing, survey: &str, read: &TableRead) -> View {
    let desk = importing.desk;
    let (name, sheet, rows) = (importing.chosen.get_untracked().name, read.sheet.clone(), read.rows);
    let file = words(move || say::file(&name, &sheet, rows, desk.language.get()));
    let notice = |text: &String| element("p").class("notice").text(text).view();
    let notices: Vec<View> = read.notices.iter().map(notice).collect();
    let mut parts = vec![
        element("h3").child(desk.text(say::preview)).view(),
        element("p").child(element("strong").child(file)).view(),
        counts(importing, read),
        View::Several(notices),
        acts(importing, survey, read),
    ];
    if !read.problems.is_empty() {
        parts.push(problems(desk, read));
    }
    parts.push(columns(desk, &read.columns));
    element("div")
        .class("stack")
        .attr("data-table", "preview")
        .attr("data-new", &read.new.to_string())
        .attr("data-here", &read.here.to_string())
        .attr("data-breaks", &read.breaks.to_string())
        .attr("data-barred", &read.barred.to_string())
        .child(parts)
        .view()
}

fn counts(importing: Importing, read: &TableRead) -> View {
    let desk = importing.desk;
    let row = |label: Words, number: View| {
        element("tr")
            .child(element("th").attr("scope", "row").child(desk.text(label)))
            .child(element("td").child(number))
            .view()
    };
    let number = |number: usize| View::Text(format::integer(number as i64));
    let (new, breaks) = (read.new, read.breaks);
    let comes = words(move || format::integer(comes(importing, new, breaks) as i64));
    let mut rows = vec![row(say::will, comes), row(say::here, number(read.here))];
    if read.breaks > 0 {
        rows.push(row(say::breaks, number(read.breaks)));
    }
    if read.barred > 0 {
        rows.push(row(say::barred, number(read.barred)));
    }
    element("table")
        .class("counts")
        .child(element("caption").class("visually-hidden").child(desk.text(say::what)))
        .child(element("tbody").child(rows))
        .view()
}

/// How many rows would be added.
fn comes(importing: Importing, new: usize, breaks: usize) -> usize {
    new + if importing.as_answered.get() { breaks } else { 0 }
}

fn acts(importing: Importing, survey: &str, read: &TableRead) -> View {
    let desk = importing.desk;
    let (new, breaks, barred, undated) = (read.new, read.breaks, read.barred, read.undated);
    if new + breaks == 0 {
        return element("p").class("soft").child(desk.text(say::nothing)).view();
    }
    let as_answered = (breaks > 0).then(|| {
        let input = element("input")
            .attr("type", "checkbox")
            .attr("data-act", "as-answered")
            .checked(importing.as_answered.get_untracked())
            .on("change", move |event| importing.as_answered.set(dom::checked_of(&event)));
        let label = element("label").class("confirm").child(input);
        let label = label.child(element("span").child(desk.text(say::as_answered)));
        let hint = element("p").class("hint").child(desk.text(say::as_answered_hint));
        View::Several(vec![label.view(), hint.view()])
    });
    let day = (undated > 0).then(|| {
        let input = element("input")
            .id("table-day")
            .class("input input-short")
            .attr("type", "date")
            .value(&importing.day.get_untracked().to_string())
            .on("input", move |event| {
                if let Some(day) = Date::parse(&dom::value_of(&event)) {
                    importing.day.set(day);
                }
            });
        let hint = words(move || say::undated(undated, desk.language.get()));
        element("div")
            .class("field")
            .child(element("label").attr("for", "table-day").child(desk.text(say::day)))
            .child(element("p").class("hint").child(hint))
            .child(input)
            .view()
    });
    let id = survey.to_owned();
    let label = words(move || say::import(comes(importing, new, breaks), desk.language.get()));
    let add = button(desk, "import-table", "button button-primary", label, move || {
        let comes = importing.as_answered.with_untracked(|too| new + if *too { breaks } else { 0 });
        if comes > 0 {
            importing.add(id.clone(), comes, new + breaks + barred - comes);
        }
    });
    let stay = live(move || {
        let stay = new + breaks + barred - comes(importing, new, breaks);
        (stay > 0).then(|| {
            let text = words(move || say::stay_out(stay, desk.language.get()));
            element("p").class("hint").child(text).text(" ").child(desk.text(say::mend))
        })
    });
    View::Several(vec![
        View::Several(as_answered.into_iter().chain(day).collect()),
        element("div").child(add).view(),
        stay,
    ])
}

fn problems(desk: Desk, read: &TableRead) -> View {
    let row = |problem: &crate::job::ToldProblem| {
        element("li")
            .attr("data-bars", &problem.bars.to_string())
            .child(element("span").class("problem-place").text(&problem.place))
            .child(element("span").text(&problem.text))
            .view()
    };
    let more = read.more;
    let rest = (more > 0)
        .then(|| element("p").class("soft").child(words(move || say::more(more, desk.language.get()))));
    let rows: Vec<View> = read.problems.iter().map(row).collect();
    element("div")
        .class("stack")
        .child(element("h3").child(desk.text(say::problems)))
        .child(element("ul").class("problem-list").child(rows))
        .child(rest)
        .view()
}

fn columns(desk: Desk, columns: &[TableColumn]) -> View {
    let row = |column: &TableColumn| {
        element("li")
            .child(element("span").class("problem-place").text(&column.header))
            .child(element("span").text(&column.what))
            .view()
    };
    let list = |title: Words, left_out: bool| {
        let rows: Vec<View> = columns.iter().filter(|column| column.left_out == left_out).map(row).collect();
        (!rows.is_empty()).then(|| {
            View::Several(vec![
                element("h4").child(desk.text(title)).view(),
                element("ul").class("problem-list").child(rows).view(),
            ])
        })
    };
    element("details")
        .class("areas")
        .attr("data-table", "columns")
        .child(element("summary").child(desk.text(say::columns)))
        .child(
            element("div")
                .class("stack")
                .child(list(say::left_columns, true))
                .child(list(say::read_columns, false)),
        )
        .view()
}
