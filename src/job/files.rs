use std::collections::BTreeSet;

use super::export::safe;
use super::kept::heed;
use super::run::BATCH;
use super::{JobError, JobErrorKind, Outcome, Progress, Tools};
use crate::i18n::{Language, take};
use crate::report::file::{Archive, FileError};
use crate::response::ResponseId;
use crate::store::ResponseStore;
use crate::summary::Profile;

/// The files that belong to finished responses as one zip, each under the name that the answer has. A photograph can show
/// anything, so this leaves for analysis only.
pub(super) async fn files(
    survey: &str,
    profile: Profile,
    language: Language,
    store: &impl ResponseStore,
    tools: &mut Tools<'_>,
) -> Result<Outcome, JobError> {
    let refused = |why: String| JobError::new(JobErrorKind::Refused, why);
    if profile != Profile::Analyst {
        return Err(refused(take::files_for_analysis(language).to_owned()));
    }
    let all = store.attachments(survey).await?;
    let mut named: BTreeSet<(ResponseId, String)> = BTreeSet::new();
    for part in all.chunk_by(|(of, _), (next, _)| of == next).collect::<Vec<_>>().chunks(BATCH) {
        let ids: Vec<ResponseId> = part.iter().filter_map(|files| Some(files.first()?.0)).collect();
        for response in store.known(&ids).await? {
            let own = part
                .iter()
                .copied()
                .flatten()
                .filter(|(of, name)| *of == response.id && response.names(name));
            named.extend(own.cloned());
        }
    }
    let large = |error: FileError| refused(error.sentence(language));
    let (mut archive, mut done, of) = (Archive::default(), 0, named.len());
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for (response, name) in named {
        // What is damaged is left out; what is there comes whole.
        if let Some(bytes) = store.attachment(response, &name).await? {
            // Names are random, and none comes twice but by somebody's hand.
            let place = if taken.contains(&name) { format!("{}-{name}", response.to_text()) } else { name };
            archive.add(&place, &bytes, tools.sink).map_err(large)?;
            taken.insert(place);
            done += 1;
        }
        heed((tools.progress)(Progress { done, of }))?;
    }
    if done == 0 {
        return Err(refused(take::no_files(language).to_owned()));
    }
    archive.finish(tools.sink).map_err(large)?;
    Ok(Outcome::File {
        name: format!("{}.files.analyst.zip", safe(survey)),
        media_type: "application/zip".to_owned(),
    })
}
