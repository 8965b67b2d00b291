use std::ops::ControlFlow;
use std::rc::Rc;

use super::kept::heed;
use super::run::{counted, survey_and_form};
use super::texts::sections;
use super::{FileKind, JobError, JobErrorKind, Outcome, Progress, Tools};
use crate::form::{Date, Form};
use crate::i18n::Language;
use crate::report::document::{self, Material, Stamp, TextSection};
use crate::report::file::{DataFile, FileError, Format, Notice, Options, Quasi, Step, codebook};
use crate::report::stamp::{Inputs, inputs_hash};
use crate::report::{html, sheets};
use crate::store::ResponseStore;
use crate::summary::text::quotable;
use crate::summary::{Comparison, Summary, Table, View, WorkPlan, compare, summarize, work_plan};
use crate::survey::{Subject, Survey};

/// What a report or a file is made of.
pub(super) struct Matter {
    pub(super) survey: Survey,
    pub(super) form: Rc<Form>,
    pub(super) summary: Summary,
    pub(super) comparison: Option<Comparison>,
    pub(super) plan: Option<WorkPlan>,
    /// Written answers; only reports read them.
    pub(super) texts: Vec<TextSection>,
}

impl Matter {
    /// Counts a view, compares it with the other wave that it names, and reads commitments where the form asks for them.
    pub(super) async fn of(
        survey: &str,
        view: &View,
        store: &impl ResponseStore,
        tools: &mut Tools<'_>,
    ) -> Result<Matter, JobError> {
        let (survey, form) = survey_and_form(survey, store, tools).await?;
        let table = tools.kept.table(&survey.id, &form, store, tools.progress).await?;
        let summary = summarize(&form, &survey, &table, view);
        let mut comparison = None;
        if let Some(other) = &view.against {
            // The other wave under the same conditions; it may have gone.
            let same = View { wave: None, by: Vec::new(), against: None, ..view.clone() };
            comparison =
                counted(other, &same, store, tools).await.ok().map(|other| compare(&other, &summary));
        }
        let commits =
            form.indices.iter().any(|index| matches!(index.kind, crate::form::IndexKind::Commitments { .. }));
        let plan = match commits {
            true => {
                let whole = with_texts(&survey, &form, store, tools).await?;
                let find = tools.find;
                work_plan(&form, &survey, &whole, view, &|text| quotable(text, find))
            }
            false => None,
        };
        Ok(Matter { survey, form, summary, comparison, plan, texts: Vec::new() })
    }

    fn material<'a>(&'a self, stamp: &'a Stamp) -> Material<'a> {
        Material {
            form: &self.form,
            survey: &self.survey,
            summary: &self.summary,
            comparison: self.comparison.as_ref(),
            plan: self.plan.as_ref(),
            texts: &self.texts,
            stamp,
        }
    }
}

/// The report in one language, as the body of a page to print.
pub(super) async fn pages(
    survey: &str,
    view: &View,
    language: Language,
    today: Date,
    store: &impl ResponseStore,
    tools: &mut Tools<'_>,
) -> Result<Outcome, JobError> {
    let mut matter = Matter::of(survey, view, store, tools).await?;
    matter.texts = sections(&matter.survey, &matter.form, view, store, tools).await?;
    let stamp = stamp(&matter, view, today, store, tools).await?;
    Ok(Outcome::Document(document::pages(&matter.material(&stamp), language)))
}

/// A file to take away.
pub(super) async fn export(
    survey: &str,
    view: &View,
    kind: FileKind,
    (language, today): (Language, Date),
    store: &impl ResponseStore,
    tools: &mut Tools<'_>,
) -> Result<Outcome, JobError> {
    if kind == FileKind::Files {
        return super::files::files(survey, view.profile, language, store, tools).await;
    }
    let mut matter = Matter::of(survey, view, store, tools).await?;
    if kind == FileKind::Report {
        matter.texts = sections(&matter.survey, &matter.form, view, store, tools).await?;
    }
    let stamp = stamp(&matter, view, today, store, tools).await?;
    let options = Options {
        profile: view.profile,
        language,
        quasi: match matter.survey.subject {
            Subject::Own(_) => Quasi::Unknown,
            Subject::Event(_) | Subject::Study(_) => Quasi::Usual,
        },
        minimum_cell: matter.summary.minimum_cell as usize,
    };
    let mut notice = Notice {
        survey: matter.survey.id.clone(),
        title: language.pick(&matter.summary.name.es, &matter.summary.name.en).clone(),
        sampling: html::design(&matter.summary, language),
        inputs: sheets::inputs(&stamp, view, language),
        tables: Vec::new(),
    };
    let write = |tools: &mut Tools<'_>, text: String| (tools.sink)(text.as_bytes());
    match kind {
        FileKind::Report => write(tools, document::report(&matter.material(&stamp), language)),
        FileKind::Json => write(tools, sheets::json(&matter.summary, &stamp)),
        FileKind::CodebookHtml => write(tools, codebook::html(&matter.form, &options, &notice)),
        FileKind::CodebookCsv => write(tools, codebook::csv(&matter.form, &options)),
        FileKind::Csv { labels } => {
            responses(&matter, Format::Csv { labels }, options, notice, store, tools).await?;
        }
        FileKind::Xlsx => {
            notice.tables = sheets::tables(&matter.summary, matter.comparison.as_ref(), language);
            responses(&matter, Format::Xlsx, options, notice, store, tools).await?;
        }
        FileKind::Sav => responses(&matter, Format::Sav, options, notice, store, tools).await?,
        FileKind::Files => {}
    }
    let (ending, media_type) = kind.ending();
    let labels = match kind {
        FileKind::Json | FileKind::CodebookCsv | FileKind::Csv { labels: false } => String::new(),
        FileKind::Report => String::new(),
        _ => [".", language.tag()].concat(),
    };
    let profile = if view.profile == crate::summary::Profile::Analyst { ".analyst" } else { "" };
    Ok(Outcome::File {
        name: [&safe(survey), kind.part(), profile, &labels, ".", ending].concat(),
        media_type: media_type.to_owned(),
    })
}

/// A survey's id as every system takes it in the name of a file.
pub(super) fn safe(survey: &str) -> String {
    survey.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

/// Every response as a file of this format.
async fn responses(
    matter: &Matter,
    format: Format,
    options: Options,
    notice: Notice,
    store: &impl ResponseStore,
    tools: &mut Tools<'_>,
) -> Result<(), JobError> {
    let language = options.language;
    let refused = |error: FileError| JobError::new(JobErrorKind::Refused, error.sentence(language));
    let (form, id) = (&matter.form, matter.survey.id.as_str());
    let mut file = DataFile::new(form, format, options, notice);
    loop {
        match file.step(tools.sink).map_err(refused)? {
            Step::Read => {
                let mut taken = Ok(());
                let see = |block: &Table| {
                    if taken.is_ok() {
                        taken = file.take(block);
                    }
                };
                tools.kept.each_block(id, form, store, tools.progress, see).await?;
                taken.map_err(refused)?;
            }
            Step::Wrote { done, of } => {
                heed((tools.progress)(Progress { done, of }))?;
                // A turn for whoever wants to say that it is wanted no more.
                store.standing(id).await?;
            }
            Step::Done => return Ok(()),
        }
    }
}

async fn stamp(
    matter: &Matter,
    view: &View,
    today: Date,
    store: &impl ResponseStore,
    tools: &mut Tools<'_>,
) -> Result<Stamp, JobError> {
    let table = tools.kept.table(&matter.survey.id, &matter.form, store, tools.progress).await?;
    let mut inputs = Inputs::default();
    inputs.see(&table);
    let hash = inputs_hash(&inputs, &matter.survey, view);
    Ok(Stamp { hash, version: env!("CARGO_PKG_VERSION"), made: today })
}

/// All responses with what people wrote.
pub(super) async fn with_texts(
    survey: &Survey,
    form: &Rc<Form>,
    store: &impl ResponseStore,
    tools: &mut Tools<'_>,
) -> Result<Table, JobError> {
    let mut whole = Table::with_texts(form);
    let mut quiet = |_: Progress| ControlFlow::Continue(());
    tools.kept.each_block(&survey.id, form, store, &mut quiet, |block| whole.append(block)).await?;
    Ok(whole)
}
