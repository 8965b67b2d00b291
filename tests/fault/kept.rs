//! What a desk keeps: surveys, forms, examples, codings, columns, keys; and its end.

use crate::scene::*;

pub(crate) async fn a_survey_is_closed_and_deleted(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => copied(store, 0, hand).await?,
        1 => {
            store.put_survey(&survey("b"), Some(&form("Visita"))).await?;
            store.add(&[response(40, "b"), another(1, "a")]).await?;
            store.begin(&Draft { journal: entries(0..3), ..draft(11, "a") }).await?;
            store.put_key("a", &key().record).await?;
        }
        2 => store.put_survey(&Survey { state: SurveyState::Closed, ..sealed_survey() }, None).await?,
        3 => store.remove_survey("a").await?,
        // It is gone already.
        _ => store.remove_survey("a").await?,
    }
    Ok(())
}

pub(crate) async fn a_form_of_ones_own_is_kept_and_renewed(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    let newer = QUICK.replace("¿Qué cambiaría usted aquí?", "¿Qué cambiaría usted?");
    match n {
        0 => prepared(store).await,
        1 => drop(keep_form(store, hand, QUICK, KeepForm::New).await?),
        2 => {
            let here = store.surveys().await?.into_iter().find(|survey| survey.id == "quick").unwrap();
            store.put_survey(&Survey { state: SurveyState::Open, ..here.clone() }, None).await?;
            // A job that is asked for twice does the same twice.
            if store.known(&[id(3)]).await?.is_empty() {
                store.add(&[said(&here, 3)]).await?;
            }
        }
        _ => drop(keep_form(store, hand, &newer, KeepForm::Renew("quick".into())).await?),
    }
    Ok(())
}

pub(crate) async fn examples_come_and_go_before_a_survey_opens(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    let set_up = Survey { state: SurveyState::Setup, ..survey("quick") };
    match n {
        0 => {
            let here = quick(store, hand).await;
            store.put_survey(&Survey { state: SurveyState::Setup, ..here }, None).await?;
        }
        1 => {
            let job = Job::Examples { survey: "quick".into(), count: 30, seed: 7, today: day(27) };
            ask(store, hand, &job, None).await?;
        }
        // As `act::open` has it, after asking.
        2 => drop(ask(store, hand, &Job::RemoveExamples { survey: set_up.id }, None).await?),
        3 => {
            let here = store.surveys().await?.remove(0);
            store.put_survey(&Survey { state: SurveyState::Open, ..here }, None).await?;
        }
        _ => {
            let here = store.surveys().await?.remove(0);
            store.finish(&said(&here, 1)).await?;
        }
    }
    Ok(())
}

pub(crate) async fn a_coding_is_kept(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    let code = |changes| Job::Code { survey: "quick".into(), question: "word".into(), changes };
    let theme =
        |es: &str| ThemeLine { id: String::new(), es: es.into(), en: es.into(), definition: String::new() };
    let place = format!("{}.0", id(2).to_text());
    match n {
        0 => drop(quick(store, hand).await),
        1 => {
            let here = store.surveys().await?.remove(0);
            store.add(&(1..=9).map(|n| said(&here, n)).collect::<Vec<_>>()).await?;
        }
        2 => drop(
            ask(store, hand, &code(vec![Recode::Add(theme("Luz")), Recode::Add(theme("Calles"))]), None)
                .await?,
        ),
        3 => {
            let marks = vec![Recode::Mark(false, place, Some(vec!["luz".into()]))];
            ask(store, hand, &code(marks), None).await?;
        }
        4 => {
            let stop = Stops { es: true, en: false, added: vec!["luz".into()], removed: Vec::new() };
            ask(store, hand, &code(vec![Recode::Stop(stop)]), None).await?;
        }
        _ => drop(ask(store, hand, &code(vec![Recode::Mark(false, place, None)]), None).await?),
    }
    Ok(())
}

pub(crate) async fn columns_are_kept(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    let count = Job::Summarize { survey: "quick".into(), view: View::default() };
    match n {
        0 => drop(quick(store, hand).await),
        1 => {
            let here = store.surveys().await?.remove(0);
            store.add(&(1..=530).map(|n| said(&here, n)).collect::<Vec<_>>()).await?;
        }
        2 => drop(summarized(store, hand, &count).await?),
        // By another worker, which knows nothing but what lies there.
        _ => {
            hand.kept = Kept::default();
            summarized(store, hand, &count).await?;
        }
    }
    Ok(())
}

/// What a job tells, summary and all.
pub(crate) async fn summarized(
    store: &impl ResponseStore,
    hand: &mut Hand,
    job: &Job,
) -> Result<(), Trouble> {
    let mut going = |_| ControlFlow::Continue(());
    let mut tools = Tools {
        matches: |_, _| None,
        find: |_, _| false,
        sealing: &|| Box::pin(async { None }),
        kept: &hand.kept,
        progress: &mut going,
        given: None,
        sink: &mut |_: &[u8]| (),
    };
    match run(job, store, &mut tools).await {
        Ok(outcome) => {
            hand.told = wire::reply_to_json(&Ok(outcome));
            Ok(())
        }
        Err(error) => {
            assert_eq!(error.kind, JobErrorKind::Store);
            Err(Trouble(FaultKind::Full))
        }
    }
}

pub(crate) async fn sealed_responses_are_opened(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => {
            store.put_survey(&sealed_survey(), Some(&form("Visita"))).await?;
            store.put_key("a", &key().record).await?;
        }
        1 => {
            hand.sealed = (1..=9).map(|n| sealed(n, 0, n != 4)).collect();
            store.add_sealed(&hand.sealed).await?;
            store.add(&[response(40, "a")]).await?;
            let not_ours = Sealed { age: vec![1, 2, 3], ..hand.sealed[0].clone() };
            store.add_sealed(&[Sealed { id: id(30), ..not_ours }]).await?;
        }
        _ => {
            let job = Job::Unseal { survey: "a".into(), passphrase: PASSPHRASE.into() };
            ask(store, hand, &job, None).await?;
        }
    }
    Ok(())
}

pub(crate) async fn a_key_is_made(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => {
            let set_up = Survey { state: SurveyState::Setup, ..survey("a") };
            store.put_survey(&set_up, Some(&form("Visita"))).await?;
        }
        1 => {
            let job = Job::MakeKey { survey: "a".into(), passphrase: PASSPHRASE.into() };
            let (Outcome::Key(secret), _) = ask(store, hand, &job, None).await? else { panic!("no key") };
            assert_eq!(secret, key().secret);
        }
        2 => {
            let job = Job::ShowKey { survey: "a".into(), passphrase: PASSPHRASE.into() };
            ask(store, hand, &job, None).await?;
        }
        _ => {
            let here = store.surveys().await?.remove(0);
            let seal = here.seal.clone().map(|seal| Seal { recovery_kept: true, ..seal });
            store.put_survey(&Survey { seal, state: SurveyState::Open, ..here }, None).await?;
        }
    }
    Ok(())
}

pub(crate) async fn a_key_is_brought(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 => {
            store.put_survey(&sealed_survey(), Some(&form("Visita"))).await?;
            store.add_sealed(&[sealed(1, 0, true)]).await?;
        }
        1 => store.put_key("a", &key().record).await?,
        _ => {
            let job = Job::ShowKey { survey: "a".into(), passphrase: PASSPHRASE.into() };
            ask(store, hand, &job, None).await?;
        }
    }
    Ok(())
}

/// One survey after the other, all that the store itself can do of it; the browser's part is `tests/browser/wipe.rs`.
pub(crate) async fn everything_goes(
    store: &impl ResponseStore,
    n: usize,
    hand: &mut Hand,
) -> Result<(), Trouble> {
    match n {
        0 | 1 => a_survey_is_closed_and_deleted(store, n, hand).await?,
        _ => {
            for survey in store.surveys().await? {
                store.remove_survey(&survey.id).await?;
            }
        }
    }
    Ok(())
}
