//! Responses that come from elsewhere and go elsewhere: bundles, tables, copies, and deletion of what is known to be safe.

use crate::scene::*;

/// What another device has answered: so many from a number on.
pub(crate) async fn bundle_from(
    survey: &Survey,
    source: Option<&sondeo::form::FormSource>,
    said: &[Response],
    sealed: &[Sealed],
) -> Vec<u8> {
    let phone = MemoryStore::default();
    phone.put_survey(survey, source).await.unwrap();
    phone.add(said).await.unwrap();
    phone.add_sealed(sealed).await.unwrap();
    let job = Job::Bundle { survey: survey.id.clone(), today: day(27) };
    ask(&phone, &mut Hand::default(), &job, None).await.unwrap().1
}

pub(crate) async fn join(store: &impl ResponseStore, hand: &mut Hand) -> Result<Merge, Trouble> {
    let file = hand.file.clone();
    match ask(store, hand, &Job::Join, Some(&file)).await?.0 {
        Outcome::Merged(merged) => Ok(merged.merge),
        other => panic!("{other:?}"),
    }
}

/// More than are joined in one go.
pub(crate) fn many() -> Vec<Response> {
    first(505)
}

pub(crate) fn first(last: u16) -> Vec<Response> {
    (1..=last).map(|n| response(n, "a")).collect()
}

pub(crate) async fn a_new_bundle_is_joined(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => hand.file = bundle_from(&survey("a"), Some(&form("Visita")), &many(), &[]).await,
        _ => drop(join(store, hand).await?),
    }
    Ok(())
}

pub(crate) async fn a_bundle_is_joined_again(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 | 1 => {
            hand.file = bundle_from(&survey("a"), Some(&form("Visita")), &first(60), &[]).await;
            join(store, hand).await?;
        }
        _ => assert_eq!(join(store, hand).await?.added, 0),
    }
    Ok(())
}

pub(crate) async fn a_bundle_that_differs_is_joined(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => {
            prepared(store).await;
            store.add(&first(90)).await?;
            store.add(&[another(700, "a")]).await?;
        }
        1 => {
            // Of some that are here they say something else, which counts or does not; the rest is new or the same.
            let theirs: Vec<Response> = (1..=85)
                .map(|n| if n % 40 == 0 { another(n, "a") } else { response(n, "a") })
                .chain((700..705).map(|n| response(n, "a")))
                .collect();
            hand.file = bundle_from(&survey("a"), Some(&form("Visita")), &theirs, &[]).await;
        }
        _ => drop(join(store, hand).await?),
    }
    Ok(())
}

pub(crate) async fn a_bundle_of_sealed_responses_is_joined(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => {
            hand.sealed = (1..=6).map(|n| sealed(n, 0, n != 4)).collect();
            hand.file = bundle_from(&sealed_survey(), Some(&form("Visita")), &[], &hand.sealed).await;
            // The survey came before its key.
            prepared(store).await;
        }
        _ => drop(join(store, hand).await?),
    }
    Ok(())
}

pub(crate) fn table_of(survey: &Survey) -> (TableFile, String) {
    let mut rows = "word;years;sure\n".to_owned();
    for n in 1..=60 {
        rows += &format!("palabra {n};{};{}\n", n % 70, if n % 4 == 0 { "no" } else { "yes" });
    }
    (TableFile { survey: survey.id.clone(), day: day(20), language: Language::En }, rows)
}

pub(crate) async fn a_table_is_joined(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    let quick_survey = Survey { id: "quick".into(), ..survey("quick") };
    let (file, rows) = table_of(&quick_survey);
    match n {
        0 => drop(quick(store, hand).await),
        1 => {
            let here = store.surveys().await?.remove(0);
            store.add(&[said(&here, 901), said(&here, 902)]).await?;
        }
        2 => {
            let Outcome::Table(read) =
                ask(store, hand, &Job::ReadTable(file), Some(rows.as_bytes())).await?.0
            else {
                panic!("not read")
            };
            assert_eq!((read.new, read.barred), (60, 0));
        }
        _ => {
            let job = Job::AddTable { file, as_answered: false };
            ask(store, hand, &job, Some(rows.as_bytes())).await?;
        }
    }
    Ok(())
}

pub(crate) async fn a_table_is_joined_where_examples_were(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => drop(quick(store, hand).await),
        1 => drop(store.add(&[example(3, "quick"), example(4, "quick")]).await?),
        2 => (),
        _ => a_table_is_joined(store, 3, hand).await?,
    }
    Ok(())
}

pub(crate) async fn a_copy_is_made_and_confirmed(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => prepared(store).await,
        1 => {
            store.add(&[response(1, "a"), another(1, "a"), response(2, "a"), response(3, "a")]).await?;
            store.begin(&draft(4, "a")).await?;
        }
        2 => {
            let job = Job::Bundle { survey: "a".into(), today: day(27) };
            let (Outcome::Copied { copy, .. }, file) = ask(store, hand, &job, None).await? else {
                panic!("no copy")
            };
            let prove = Job::Prove { sum: copy.sum.clone(), count: copy.count };
            assert_eq!(ask(store, hand, &prove, Some(&file)).await?.0, Outcome::Proved(true));
            (hand.file, hand.copy) = (file, Some(copy.clone()));
            note(store, copy).await?;
        }
        3 => {
            let copy = hand.copy.clone().unwrap();
            note(store, CopyMade { arrived: Some(day(27)), ..copy }).await?;
        }
        4 => confirm(store, hand).await?,
        _ => {
            let safety = Safety::of(store, "a", None, day(28)).await?;
            assert_eq!((safety.only_here.count, safety.confirmed.count), (0, 3));
        }
    }
    Ok(())
}

/// As `Bridge::note` has it.
pub(crate) async fn note(store: &impl ResponseStore, copy: CopyMade) -> Result<(), Trouble> {
    let copy = copy.with_known(&store.copies("a").await?);
    Ok(store.put_copy("a", &copy).await?)
}

pub(crate) async fn confirm(store: &impl ResponseStore, hand: &mut Hand) -> Result<(), Trouble> {
    let code = receipt(&hand.copy.clone().unwrap().sum);
    let job = Job::Confirm { survey: "a".into(), code, today: day(28) };
    match ask(store, hand, &job, None).await?.0 {
        Outcome::Receipt(ReceiptRead::Confirmed { .. }) => Ok(()),
        other => panic!("{other:?}"),
    }
}

/// Responses, some of them coded, sealed ones, a copy of all of it that was joined elsewhere, and what came later.
pub(crate) async fn copied(store: &impl ResponseStore, n: usize, hand: &mut Hand) -> Result<(), Trouble> {
    match n {
        0 => {
            store.put_survey(&sealed_survey(), Some(&form("Visita"))).await?;
            hand.sealed = (20..24).map(|n| sealed(n, 0, n != 22)).collect();
            store.add_sealed(&hand.sealed[..3]).await?;
            store.add(&(1..=8).map(|n| response(n, "a")).collect::<Vec<_>>()).await?;
            mark(store, hand, 2).await?;
            mark(store, hand, 7).await?;
        }
        1 => {
            a_copy_is_made_and_confirmed(store, 2, hand).await?;
            confirm(store, hand).await?;
        }
        _ => {
            store.add(&[response(9, "a"), response(10, "a")]).await?;
            store.add_sealed(&hand.sealed[3..]).await?;
            store.begin(&Draft { journal: entries(0..3), ..draft(11, "a") }).await?;
        }
    }
    Ok(())
}

pub(crate) async fn mark(store: &impl ResponseStore, hand: &mut Hand, n: u16) -> Result<(), Trouble> {
    let place = format!("{}.0", id(n).to_text());
    let changes = vec![Recode::Mark(false, place, Some(vec!["luz".into()]))];
    let job = Job::Code { survey: "a".into(), question: "why".into(), changes };
    ask(store, hand, &job, None).await.map(drop)
}

pub(crate) async fn confirmed_responses_are_deleted(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0..=2 => copied(store, n, hand).await?,
        _ => {
            let job = Job::RemoveConfirmed { survey: "a".into(), upto: u64::MAX, finished_by: None };
            ask(store, hand, &job, None).await?;
        }
    }
    Ok(())
}

pub(crate) async fn old_responses_are_deleted(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0..=2 => copied(store, n, hand).await?,
        _ => {
            let by = Some(day(9));
            let job = Job::RemoveConfirmed { survey: "a".into(), upto: u64::MAX, finished_by: by };
            ask(store, hand, &job, None).await?;
        }
    }
    Ok(())
}
