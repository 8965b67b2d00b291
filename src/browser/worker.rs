//! Talking with the worker: [`WorkerClient`] asks from the page, [`serve`] answers in the worker. What is asked is text, with
//! bytes or a file beside it (a workbook read); what is answered is text, with a file beside it; what it means is for `job` to
//! say.
//!
//! Messages are arrays: there `[id, text, beside]` to ask and `[id]` to call it off; back `[id, text, file]` for the answer,
//! `[id, text]` for progress, and once `[]`: ready. What is sent to a worker before that would be lost.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::Future;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Blob, DedicatedWorkerGlobalScope, ErrorEvent, Event, EventTarget, MessageEvent, Worker, WorkerOptions,
    WorkerType,
};

use super::listen::{self, Once};
use super::{Subscription, fault, file, shell};
use crate::store::Fault;

/// How long a worker may take from its start until it is ready, in milliseconds: it is fetched first.
const START: u32 = 60_000;

/// The page's end. Clones share one worker, which is started when something is first asked, and anew after a crash.
#[derive(Debug, Clone)]
pub struct WorkerClient(Rc<Client>);

#[derive(Debug)]
struct Client {
    url: Option<String>,
    running: RefCell<Option<Rc<Running>>>,
    last: Cell<u32>,
}

/// What goes to the worker beside a text.
#[derive(Debug, Clone, Copy)]
pub enum Beside<'a> {
    /// Bytes.
    Bytes(&'a [u8]),
    /// A file, which the worker reads itself.
    File(&'a Blob),
}

/// What the worker answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// The answer.
    pub text: String,
    /// A file beside it: the browser holds its bytes, and neither heap does.
    pub file: Option<Blob>,
}

/// Calls a question off. Clones are one; it is good for one question.
#[derive(Clone, Default)]
pub struct Cancel(Rc<Called>);

#[derive(Default)]
struct Called {
    off: Cell<bool>,
    tell: RefCell<Option<Box<dyn Fn()>>>,
}

impl Cancel {
    /// Asks the worker to stop. The answer still comes, and says that it stopped, unless there was nothing left to stop.
    pub fn cancel(&self) {
        if !self.0.off.replace(true)
            && let Some(tell) = self.0.tell.take()
        {
            tell();
        }
    }

    /// Whether it was called off.
    pub fn is_cancelled(&self) -> bool {
        self.0.off.get()
    }

    /// Calls back at once or when it is called off.
    fn then(&self, tell: Box<dyn Fn()>) {
        if self.is_cancelled() { tell() } else { drop(self.0.tell.replace(Some(tell))) }
    }
}

impl std::fmt::Debug for Cancel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Cancel").field(&self.0.off).finish()
    }
}

/// An answer that will not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerFault {
    /// What a screen can answer differently.
    pub kind: WorkerFaultKind,
    /// The browser's own words, for a report of the fault.
    pub detail: String,
}

/// Why an answer will not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkerFaultKind {
    /// The worker could not be fetched or started: mostly, no network.
    NotStarted,
    /// It broke off while it had this to do. Asking again starts a new one.
    Crashed,
}

type Answered = Result<Reply, WorkerFault>;

/// One worker from start to crash.
struct Running {
    worker: Worker,
    ready: Cell<bool>,
    starting: RefCell<Vec<Once<Result<(), WorkerFault>>>>,
    asked: RefCell<HashMap<u32, Asked>>,
    subscriptions: RefCell<Vec<Subscription>>,
}

struct Asked {
    answer: Once<Answered>,
    progress: Rc<RefCell<dyn FnMut(String)>>,
}

impl Default for WorkerClient {
    fn default() -> WorkerClient {
        WorkerClient::new()
    }
}

impl WorkerClient {
    /// A client of the program's own worker.
    pub fn new() -> WorkerClient {
        WorkerClient(Rc::new(Client { url: None, running: RefCell::default(), last: Cell::new(0) }))
    }

    /// A client of the module worker at this address.
    pub fn at(url: &str) -> WorkerClient {
        let client = Client { url: Some(url.to_owned()), running: RefCell::default(), last: Cell::new(0) };
        WorkerClient(Rc::new(client))
    }

    /// Asks, and waits for the answer. Any number of questions can be under way.
    pub async fn ask(&self, text: &str) -> Answered {
        self.ask_with(text, None, |_| (), &Cancel::default()).await
    }

    /// Asks with something beside the text, and hears of progress until the answer comes. `cancel` can call it off.
    pub async fn ask_with(
        &self,
        text: &str,
        beside: Option<Beside<'_>>,
        progress: impl FnMut(String) + 'static,
        cancel: &Cancel,
    ) -> Answered {
        let running = self.running().await?;
        let id = self.0.last.get().wrapping_add(1);
        self.0.last.set(id);
        let answer = Once::new();
        let asked = Asked { answer: answer.clone(), progress: Rc::new(RefCell::new(progress)) };
        running.asked.borrow_mut().insert(id, asked);
        let transfer = Array::new();
        let beside = beside.map(|beside| match beside {
            Beside::Bytes(bytes) => {
                let bytes = Uint8Array::from(bytes);
                transfer.push(&bytes.buffer());
                bytes.into()
            }
            Beside::File(file) => file.into(),
        });
        let message = message(id, text, beside);
        if let Err(error) = running.worker.post_message_with_transfer(&message, &transfer) {
            running.asked.borrow_mut().remove(&id);
            return Err(WorkerFault { kind: WorkerFaultKind::Crashed, detail: fault(&error).detail });
        }
        let weak = Rc::downgrade(&running);
        drop(running);
        cancel.then(Box::new(move || {
            if let Some(running) = weak.upgrade() {
                running.call_off(id);
            }
        }));
        answer.await
    }

    /// The worker, ready.
    async fn running(&self) -> Result<Rc<Running>, WorkerFault> {
        let known = self.0.running.borrow().clone();
        let running = match known {
            Some(running) => running,
            None => self.start().map_err(|error| not_started(fault(&error).detail))?,
        };
        if !running.ready.get() {
            let started = Once::new();
            running.starting.borrow_mut().push(started.clone());
            match listen::in_time(started, START).await {
                Some(started) => started?,
                None => {
                    self.0.end(not_started("time limit".to_owned()));
                    return Err(not_started("time limit".to_owned()));
                }
            }
        }
        Ok(running)
    }

    fn start(&self) -> Result<Rc<Running>, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let url = self.0.url.clone().unwrap_or_else(|| "./loader.js?v=".to_owned() + &shell::build_id());
        let worker = Worker::new_with_options(&url, &options)?;
        let target = || Some(EventTarget::from(worker.clone()));
        let client = Rc::downgrade(&self.0);
        let on_error = move |event: Event| {
            let Some(client) = client.upgrade() else { return };
            let detail = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
            client.end(WorkerFault { kind: WorkerFaultKind::Crashed, detail });
        };
        let client = Rc::downgrade(&self.0);
        let on_message = move |event: Event| {
            let Some(client) = client.upgrade() else { return };
            let running = client.running.borrow().clone();
            let (Some(running), Some(event)) = (running, event.dyn_ref::<MessageEvent>()) else { return };
            running.hear(&event.data());
        };
        let running = Rc::new(Running {
            ready: Cell::new(false),
            starting: RefCell::default(),
            asked: RefCell::default(),
            subscriptions: RefCell::new(vec![
                Subscription::new(target(), &["error", "messageerror"], Box::new(on_error)),
                Subscription::new(target(), &["message"], Box::new(on_message)),
            ]),
            worker,
        });
        self.0.running.replace(Some(Rc::clone(&running)));
        Ok(running)
    }
}

impl Client {
    /// Gives up the worker; everybody who waits for it hears why.
    fn end(&self, why: WorkerFault) {
        let Some(running) = self.running.take() else { return };
        running.worker.terminate();
        running.subscriptions.take();
        for started in running.starting.take() {
            started.give(Err(not_started(why.detail.clone())));
        }
        for asked in running.asked.take().into_values() {
            asked.answer.give(Err(why.clone()));
        }
    }
}

impl Running {
    fn hear(&self, data: &JsValue) {
        let Some(data) = data.dyn_ref::<Array>() else { return };
        let Some(id) = data.get(0).as_f64() else {
            self.ready.set(true);
            for started in self.starting.take() {
                started.give(Ok(()));
            }
            return;
        };
        let (id, text) = (id as u32, data.get(1).as_string().unwrap_or_default());
        if data.length() < 3 {
            let progress = self.asked.borrow().get(&id).map(|asked| Rc::clone(&asked.progress));
            if let Some(progress) = progress {
                (progress.borrow_mut())(text);
            }
            return;
        }
        let asked = self.asked.borrow_mut().remove(&id);
        if let Some(asked) = asked {
            asked.answer.give(Ok(Reply { text, file: data.get(2).dyn_into().ok() }));
        }
    }

    fn call_off(&self, id: u32) {
        if self.asked.borrow().contains_key(&id) {
            let _ = self.worker.post_message(&Array::of1(&id.into()));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Running").field("ready", &self.ready).finish_non_exhaustive()
    }
}

fn not_started(detail: String) -> WorkerFault {
    WorkerFault { kind: WorkerFaultKind::NotStarted, detail }
}

/// What the worker was asked.
#[derive(Debug)]
pub struct Ask {
    /// The question.
    pub text: String,
    /// The bytes beside it. Errors: a file that is gone, or may not be read.
    pub bytes: Result<Option<Vec<u8>>, Fault>,
    id: u32,
    off: Rc<Cell<bool>>,
}

impl Ask {
    /// Whether whoever asked wants the answer no more. Known from the next time on that the work waits for the store.
    pub fn is_cancelled(&self) -> bool {
        self.off.get()
    }

    /// Tells the page how far the work is.
    pub fn tell(&self, progress: &str) {
        post(&Array::of2(&self.id.into(), &progress.into()));
    }
}

/// The worker's end: says that it is ready, then answers whatever is asked for as long as the worker lives.
/// Questions that wait (for the store) let others through.
pub fn serve<F: Future<Output = Reply> + 'static>(answer: impl Fn(Ask) -> F + 'static) {
    let asked: Rc<RefCell<HashMap<u32, Rc<Cell<bool>>>>> = Rc::default();
    let answer = Rc::new(answer);
    let on_message = move |event: Event| {
        let Some(data) =
            event.dyn_ref::<MessageEvent>().and_then(|event| event.data().dyn_into::<Array>().ok())
        else {
            return;
        };
        let id = data.get(0).as_f64().unwrap_or_default() as u32;
        if data.length() < 2 {
            if let Some(off) = asked.borrow().get(&id) {
                off.set(true);
            }
            return;
        }
        let text = data.get(1).as_string().unwrap_or_default();
        let off = Rc::new(Cell::new(false));
        asked.borrow_mut().insert(id, Rc::clone(&off));
        let (asked, answer) = (Rc::clone(&asked), Rc::clone(&answer));
        spawn_local(async move {
            let bytes = bytes_of(data.get(2)).await;
            let reply = answer(Ask { text, bytes, id, off }).await;
            asked.borrow_mut().remove(&id);
            post(&message(id, &reply.text, reply.file.map(JsValue::from)));
        });
    };
    let scope = js_sys::global().dyn_into::<EventTarget>().ok();
    Subscription::new(scope, &["message"], Box::new(on_message)).forget();
    post(&Array::new());
}

async fn bytes_of(beside: JsValue) -> Result<Option<Vec<u8>>, Fault> {
    match beside.dyn_ref::<Blob>() {
        Some(file) => file::bytes_of(file).await.map(Some),
        None => Ok(beside.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)),
    }
}

fn post(message: &Array) {
    if let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        let _ = scope.post_message(message);
    }
}

fn message(id: u32, text: &str, beside: Option<JsValue>) -> Array {
    Array::of3(&id.into(), &text.into(), &beside.unwrap_or(JsValue::NULL))
}
