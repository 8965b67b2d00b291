//! The page asks, a real worker answers: both ends of `browser::worker`.

use crate::probe::worker_of_tests;
use sondeo::browser::clock;
use sondeo::browser::worker::{Reply, WorkerClient, WorkerFaultKind, serve};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::wasm_bindgen_test;

/// Runs in the worker: answers `slow` late, breaks off at `crash`, turns bytes round.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "wasm-bindgen exports nothing less")]
pub fn start_test_worker() {
    serve(|ask| async move {
        match ask.text.as_str() {
            "slow" => clock::sleep(200).await,
            "crash" => panic!("as asked"),
            "throw" => wasm_bindgen::throw_str("as asked"),
            "steps" => (1..=3).for_each(|step| ask.tell(&step.to_string())),
            _ => {}
        }
        let text = "re: ".to_owned() + &ask.text;
        Reply { text, bytes: ask.bytes.map(|bytes| bytes.into_iter().rev().collect()) }
    });
}

fn client() -> WorkerClient {
    WorkerClient::at(&worker_of_tests("start_test_worker"))
}

#[wasm_bindgen_test]
async fn a_worker_answers_text_with_text_and_bytes_with_bytes() {
    let client = client();
    assert_eq!(client.ask("hola ñ").await, Ok(Reply { text: "re: hola ñ".into(), bytes: None }));
    let reply = client.ask_with("turn", Some(&[1, 2, 3]), |_| ()).await;
    assert_eq!(reply, Ok(Reply { text: "re: turn".into(), bytes: Some(vec![3, 2, 1]) }));
}

#[wasm_bindgen_test]
async fn several_questions_are_under_way_at_once() {
    let client = client();
    let heard = Rc::new(RefCell::new(Vec::new()));
    for text in ["slow", "quick", "steps"] {
        let (client, heard) = (client.clone(), Rc::clone(&heard));
        spawn_local(async move {
            let reply = client.ask(text).await.unwrap();
            heard.borrow_mut().push(reply.text);
        });
    }
    while heard.borrow().len() < 3 {
        clock::sleep(20).await;
    }
    assert_eq!(*heard.borrow(), ["re: quick", "re: steps", "re: slow"]);
}

#[wasm_bindgen_test]
async fn progress_comes_before_the_answer() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let progress = {
        let heard = Rc::clone(&heard);
        move |step| heard.borrow_mut().push(step)
    };
    client().ask_with("steps", None, progress).await.unwrap();
    assert_eq!(*heard.borrow(), ["1", "2", "3"]);
}

#[wasm_bindgen_test]
async fn after_a_crash_everybody_hears_of_it_and_a_new_worker_answers() {
    for crash in ["crash", "throw"] {
        let client = client();
        let slow = Rc::new(RefCell::new(None));
        client.ask("ready").await.unwrap();
        spawn_local({
            let (client, slow) = (client.clone(), Rc::clone(&slow));
            async move { drop(slow.replace(Some(client.ask("slow").await))) }
        });
        clock::sleep(0).await;
        assert_eq!(client.ask(crash).await.unwrap_err().kind, WorkerFaultKind::Crashed);
        clock::sleep(0).await;
        assert_eq!(slow.take().unwrap().unwrap_err().kind, WorkerFaultKind::Crashed);
        assert_eq!(client.ask("again").await.unwrap().text, "re: again");
    }
}

#[wasm_bindgen_test]
async fn a_worker_that_is_not_there_is_told() {
    let fault = WorkerClient::at("nothing-there.js").ask("hello").await.unwrap_err();
    assert_eq!(fault.kind, WorkerFaultKind::NotStarted);
}
