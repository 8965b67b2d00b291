//! The worker: answers what the page asks, away from every screen.

#[cfg(target_arch = "wasm32")]
fn main() {
    use sondeo::browser::worker::{Reply, serve};
    use sondeo::browser::{
        file::Growing,
        idb::IdbStore,
        regex::{find, matches},
        seal::Module,
    };
    use sondeo::job::{JobError, Kept, Tools, run_text, wire};
    use std::{ops::ControlFlow, rc::Rc};

    let (store, kept) = (IdbStore::default(), Rc::new(Kept::default()));
    serve(move |ask| {
        let (store, kept) = (store.clone(), Rc::clone(&kept));
        async move {
            let mut file = Growing::default();
            let mut progress = |now: sondeo::job::Progress| {
                ask.tell(&now.to_text());
                if ask.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            let mut sink = |part: &[u8]| file.add(part);
            let given = match &ask.bytes {
                Ok(given) => given.as_deref(),
                Err(fault) => {
                    let text = wire::reply_to_json(&Err(JobError::unread(&fault.detail)));
                    return Reply { text, file: None };
                }
            };
            let mut tools = Tools {
                matches,
                find,
                sealing: &|| Box::pin(Module::sealing()),
                kept: &kept,
                progress: &mut progress,
                given,
                sink: &mut sink,
            };
            let text = run_text(&ask.text, &store, &mut tools).await;
            match file.finish() {
                Ok(file) => Reply { text, file },
                Err(fault) => Reply { text: wire::reply_to_json(&Err(fault.into())), file: None },
            }
        }
    });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
