//! The page asks, a real worker answers: both ends of `browser::worker`.

use crate::probe::{wait, worker_of_tests};
use sondeo::browser::worker::{Beside, Cancel, Reply, WorkerClient, WorkerFaultKind, serve};
use sondeo::browser::{clock, file};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::wasm_bindgen_test;

/// Runs in the worker: answers `slow` late, breaks off at `crash`, turns bytes round, works at `long` until it is called off.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "wasm-bindgen exports nothing less")]
pub fn start_test_worker() {
    serve(|ask| async move {
        match ask.text.as_str() {
            "slow" => clock::sleep(200).await,
            "crash" => panic!("as asked"),
            "throw" => wasm_bindgen::throw_str("as asked"),
            "long" => {
                let mut steps = 0;
                while !ask.is_cancelled() {
                    steps += 1;
                    ask.tell(&steps.to_string());
                    clock::sleep(5).await;
                }
            }
            "steps" => (1..=3).for_each(|step| ask.tell(&step.to_string())),
            _ => {}
        }
        let text = "re: ".to_owned() + &ask.text;
        let turned = ask.bytes.unwrap().map(|bytes| bytes.into_iter().rev().collect::<Vec<u8>>());
        Reply { text, file: turned.and_then(|bytes| file::of_bytes(&bytes).ok()) }
    });
}

fn client() -> WorkerClient {
    WorkerClient::at(&worker_of_tests("start_test_worker"))
}

#[wasm_bindgen_test]
async fn a_worker_answers_text_with_text_and_bytes_with_a_file() {
    let client = client();
    assert_eq!(client.ask("hola ñ").await, Ok(Reply { text: "re: hola ñ".into(), file: None }));
    let reply =
        client.ask_with("turn", Some(Beside::Bytes(&[1, 2, 3])), |_| (), &Cancel::default()).await.unwrap();
    assert_eq!(reply.text, "re: turn");
    let buffer = wait(reply.file.unwrap().array_buffer()).await;
    assert_eq!(js_sys::Uint8Array::new(&buffer).to_vec(), [3, 2, 1]);
    // A file is read there.
    let given = file::of_bytes(&[4, 5]).unwrap();
    let reply =
        client.ask_with("turn", Some(Beside::File(&given)), |_| (), &Cancel::default()).await.unwrap();
    let buffer = wait(reply.file.unwrap().array_buffer()).await;
    assert_eq!(js_sys::Uint8Array::new(&buffer).to_vec(), [5, 4]);
}

#[wasm_bindgen_test]
async fn what_is_called_off_stops_and_nothing_else_does() {
    let (client, cancel) = (client(), Cancel::default());
    let slow = Rc::new(RefCell::new(None));
    spawn_local({
        let (client, slow) = (client.clone(), Rc::clone(&slow));
        async move { drop(slow.replace(Some(client.ask("slow").await))) }
    });
    // Called off from within, once it is under way.
    let progress = {
        let cancel = cancel.clone();
        move |step: String| {
            if step == "3" {
                cancel.cancel();
            }
        }
    };
    assert_eq!(client.ask_with("long", None, progress, &cancel).await.unwrap().text, "re: long");
    assert!(cancel.is_cancelled());
    cancel.cancel();
    // And before it is even asked.
    assert_eq!(client.ask_with("long", None, |_| (), &cancel).await.unwrap().text, "re: long");
    while slow.borrow().is_none() {
        clock::sleep(20).await;
    }
    assert_eq!(slow.take().unwrap().unwrap().text, "re: slow");
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
    client().ask_with("steps", None, progress, &Cancel::default()).await.unwrap();
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
