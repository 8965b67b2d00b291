//! People who answer: drafts, their ends, and answers that are sealed.

use crate::scene::*;

/// Writes what waits, as the pen of a filling does: begun anew until that went well, then one entry after the other.
pub(crate) async fn write(
    store: &impl ResponseStore,
    hand: &mut Hand,
    begun: bool,
    draft: &Draft,
    more: Vec<Entry>,
) -> Result<(), Trouble> {
    if hand.waiting.is_empty() {
        hand.waiting = more;
    }
    if begun {
        store.append(draft.id, &hand.waiting).await?;
    } else {
        store.begin(&Draft { journal: hand.waiting.clone(), ..draft.clone() }).await?;
    }
    hand.waiting.clear();
    Ok(())
}

/// As `Journal::finish` has it.
pub(crate) async fn finish(store: &impl ResponseStore, response: &Response) -> Result<(), Trouble> {
    if store.draft(response.id).await?.is_none() {
        return Err(Trouble(FaultKind::Other));
    }
    Ok(store.finish(response).await?)
}

pub(crate) async fn a_first_page_is_kept(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => prepared(store).await,
        1 => write(store, hand, false, &draft(1, "a"), entries(0..3)).await?,
        2 => write(store, hand, true, &draft(1, "a"), entries(3..4)).await?,
        _ => write(store, hand, true, &draft(1, "a"), entries(4..9)).await?,
    }
    Ok(())
}

pub(crate) async fn a_draft_is_opened_again_and_gone_on_with(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => prepared(store).await,
        1 => store.begin(&Draft { journal: entries(0..6), ..draft(1, "a") }).await?,
        2 => {
            let known = store.surveys().await?.into_iter().find(|survey| survey.id == "a").unwrap();
            assert!(store.form(&known.form).await?.is_some());
            let here = store.drafts("a").await?;
            assert_eq!(here, [draft(1, "a")]);
            let draft = store.draft(here[0].id).await?.unwrap();
            assert_eq!(draft.journal, entries(0..6), "all of it is there to go on with");
        }
        3 => write(store, hand, true, &draft(1, "a"), entries(6..7)).await?,
        _ => write(store, hand, true, &draft(1, "a"), entries(7..12)).await?,
    }
    Ok(())
}

pub(crate) async fn a_filling_is_finished(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => prepared(store).await,
        1 => drop(store.add(&[response(9, "a")]).await?),
        2 => store.begin(&Draft { journal: entries(0..6), ..draft(1, "a") }).await?,
        3 => write(store, hand, true, &draft(1, "a"), entries(6..8)).await?,
        _ => finish(store, &response(1, "a")).await?,
    }
    Ok(())
}

pub(crate) async fn a_filling_is_finished_where_examples_were(
    store: &impl ResponseStore,
    n: usize,
    _: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => prepared(store).await,
        1 => drop(store.add(&[example(5, "a"), example(6, "a")]).await?),
        2 => drop(store.add(&[response(7, "b")]).await.and(store.put_survey(&survey("b"), None).await)?),
        3 => store.begin(&draft(1, "a")).await?,
        _ => finish(store, &response(1, "a")).await?,
    }
    Ok(())
}

pub(crate) async fn a_filling_is_finished_in_two_tabs(
    store: &impl ResponseStore,
    n: usize,
    _: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => prepared(store).await,
        1 => store.begin(&draft(1, "a")).await?,
        2 => store.begin(&draft(2, "a")).await?,
        // The one finds the draft in the moment in which the other finishes.
        3 => store.finish(&response(1, "a")).await?,
        4 => store.finish(&another(1, "a")).await?,
        _ => store.finish(&another(1, "a")).await?,
    }
    Ok(())
}

pub(crate) async fn a_filling_is_discarded(
    store: &impl ResponseStore,
    n: usize,
    _: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => prepared(store).await,
        1 => {
            store.begin(&Draft { journal: entries(0..6), ..draft(1, "a") }).await?;
            store.begin(&Draft { journal: entries(0..3), ..draft(3, "a") }).await?;
        }
        2 => store.discard(id(1)).await?,
        // Once more: it is gone already.
        _ => store.discard(id(1)).await?,
    }
    Ok(())
}

pub(crate) async fn a_filling_is_set_aside_on_a_lent_device(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    let (first, second) = (Draft { lent: true, ..draft(2, "a") }, Draft { lent: true, ..draft(6, "a") });
    match n {
        0 => prepared(store).await,
        1 => write(store, hand, false, &first, entries(0..4)).await?,
        2 => write(store, hand, true, &first, entries(4..6)).await?,
        // Whoever that was has gone, and the next one begins.
        3 => write(store, hand, false, &second, entries(0..2)).await?,
        4 => finish(store, &response(6, "a")).await?,
        _ => {
            let here = store.drafts("a").await?;
            assert!(here.iter().all(|draft| draft.lent), "nobody is offered what another one began");
            let counts = store.counts().await?.remove(0).1;
            assert_eq!((counts.finished, counts.drafts), (1, 1));
        }
    }
    Ok(())
}

pub(crate) async fn answers_are_sealed(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => {
            store.put_survey(&sealed_survey(), Some(&form("Visita"))).await?;
            // Three pauses and the end of one filling, and one that somebody stops.
            hand.sealed = [(1, 1, false), (1, 2, false), (1, 3, true), (2, 1, false)]
                .map(|(n, pause, end)| sealed(n, pause, end))
                .into();
        }
        1..=4 => drop(store.add_sealed(&hand.sealed[n - 1..n]).await?),
        _ => store.discard(id(2)).await?,
    }
    Ok(())
}
