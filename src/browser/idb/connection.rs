//! One database, opened when it is needed, and transactions on it that count as done when they are on disk.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Event, EventTarget, IdbCursor, IdbDatabase, IdbFactory, IdbIndex, IdbIndexParameters, IdbKeyRange,
    IdbObjectStore, IdbObjectStoreParameters, IdbOpenDbRequest, IdbRequest, IdbTransaction,
};

use super::row::Row;
use super::{
    ATTACHMENTS, CODINGS, COLUMNS, DRAFTS, FORMS, JOURNAL, KEYS, QUARANTINE, RESPONSES, SEALED, SURVEYS,
};
use crate::browser::listen::{Once, first_of, in_time};
use crate::browser::{Subscription, fault};
use crate::store::{Fault, FaultKind};

/// Changes only for a new store or index; what else changes is the format of the rows.
/// 1: surveys, forms, drafts, journal, responses, quarantine. 2: columns and codings.
/// 3: sealed and keys. 4: attachments.
const VERSION: u32 = 4;

/// A database that opens itself.
#[derive(Debug)]
pub(super) struct Connection {
    name: String,
    limit: u32,
    open: RefCell<Option<Open>>,
}

#[derive(Debug)]
struct Open {
    database: IdbDatabase,
    /// The browser closed it, or another tab asked us to.
    closed: Rc<Cell<bool>>,
    _subscription: Subscription,
}

impl Connection {
    /// `limit`: how long an open may take, in milliseconds.
    pub(super) fn new(name: &str, limit: u32) -> Connection {
        Connection { name: name.to_owned(), limit, open: RefCell::default() }
    }

    /// Which database it is.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Asks these stores several things in one transaction. Gives the answers, in order.
    pub(super) async fn read(&self, stores: &[&str], ask: Ask<'_>) -> Result<Vec<JsValue>, Fault> {
        let transaction = self.begin(stores, "readonly").await?;
        answers(ask(&transaction)?).await
    }

    /// Changes these stores in one transaction: all that `change` asks for, or nothing.
    pub(super) async fn write(&self, stores: &[&str], change: Change<'_>) -> Result<Changed, Fault> {
        self.read_and_write(stores, &|_| Ok(Vec::new()), change).await
    }

    /// The same, knowing what the stores answer: nobody else changes them in between.
    pub(super) async fn read_and_write(
        &self,
        stores: &[&str],
        ask: Ask<'_>,
        change: Change<'_>,
    ) -> Result<Changed, Fault> {
        soundly(self.change(stores, ask, change)).await
    }

    async fn change(&self, stores: &[&str], ask: Ask<'_>, change: Change<'_>) -> Result<Changed, Fault> {
        let transaction = self.begin(stores, "readwrite").await?;
        let answers = answers(ask(&transaction)?).await?;
        change(&transaction, &answers)?;
        let refused = transaction.end().await?;
        Ok(Changed { answers, refused })
    }

    /// Adds by `first`, whose last request is answered when all before it are. Where [`Transaction::add_new`] found some there
    /// already, asks, and changes knowing the answers; all of it in one transaction.
    pub(super) async fn add_and_settle(
        &self,
        stores: &[&str],
        first: Ask<'_>,
        ask: Ask<'_>,
        change: Change<'_>,
    ) -> Result<Changed, Fault> {
        soundly(async {
            let transaction = self.begin(stores, "readwrite").await?;
            answers(first(&transaction)?).await?;
            let mut known = Vec::new();
            if transaction.refused.get() > 0 {
                known = answers(ask(&transaction)?).await?;
                change(&transaction, &known)?;
            }
            let refused = transaction.end().await?;
            Ok(Changed { answers: known, refused })
        })
        .await
    }

    /// Adds rows, all or, where one of them is there already, none; nothing is waited for but the end. Says whether they were
    /// added.
    pub(super) async fn add_all_new(&self, store: &str, rows: &[Rc<[Row]>]) -> Result<bool, Fault> {
        let added = soundly(async {
            let transaction = self.begin(&[store], "readwrite").await?;
            let store = transaction.store(store)?;
            rows.iter().flat_map(|rows| rows.iter()).try_for_each(|row| done(store.add(row.as_ref())))?;
            // No `commit()` before the end: after it Firefox keeps the others where one is refused.
            let refused = match transaction.end().await {
                // Browsers name a row that is there already differently, so whatever else may be at fault counts as that too:
                // who tries once more, row by row, hears of it.
                Err(fault) if fault.kind == FaultKind::Other => 1,
                ended => ended?,
            };
            Ok(Changed { answers: Vec::new(), refused })
        });
        added.await.map(|changed| changed.refused == 0)
    }

    /// The same, asking twice: what is asked the second time knows the answers to the first.
    pub(super) async fn read_twice_and_write(
        &self,
        stores: &[&str],
        ask: Ask<'_>,
        again: AskAgain<'_>,
        change: ChangeTwice<'_>,
    ) -> Result<Changed, Fault> {
        soundly(async {
            let transaction = self.begin(stores, "readwrite").await?;
            let first = answers(ask(&transaction)?).await?;
            let second = answers(again(&transaction, &first)?).await?;
            change(&transaction, &first, &second)?;
            let refused = transaction.end().await?;
            Ok(Changed { answers: first, refused })
        })
        .await
    }

    /// The first key after this one, of the rows with this value in an index. Keys are numbers.
    pub(super) async fn next(
        &self,
        store: &str,
        index: &str,
        value: &JsValue,
        after: f64,
    ) -> Result<Option<f64>, Fault> {
        let transaction = self.begin(&[store], "readonly").await?;
        let request = transaction.first_with(store, index, value)?;
        let mut heard = hear(&request);
        loop {
            if heard.0.clone().await.type_() == "error" {
                return Err(request_fault(&request));
            }
            let Ok(cursor) = request.result().and_then(|cursor| cursor.dyn_into::<IdbCursor>()) else {
                return Ok(None);
            };
            let key = cursor.primary_key().ok().and_then(|key| key.as_f64());
            if key.is_none_or(|key| key > after) {
                return Ok(key);
            }
            heard = hear(&request);
            cursor.continue_primary_key(value, &(after + 1.0).into()).map_err(|error| fault(&error))?;
        }
    }

    async fn begin(&self, stores: &[&str], mode: &str) -> Result<Transaction, Fault> {
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let options = Object::new();
        let _ = Reflect::set(&options, &"durability".into(), &"strict".into());
        let mut tried = false;
        loop {
            let database = self.database().await?;
            match database.unchecked_ref::<Database>().transaction(&names, mode, &options) {
                Ok(transaction) => return Ok(Transaction::new(transaction, mode == "readwrite")),
                Err(error) => {
                    let fault = fault(&error);
                    if tried || fault.kind != FaultKind::Gone {
                        return Err(fault);
                    }
                    // It was closed and the event has not come yet.
                    self.open.take();
                    tried = true;
                }
            }
        }
    }

    async fn database(&self) -> Result<IdbDatabase, Fault> {
        if let Some(database) = self.opened() {
            return Ok(database);
        }
        let database = open(&self.name, self.limit).await?;
        if let Some(earlier) = self.opened() {
            // Somebody asked for it in the meantime too.
            database.close();
            return Ok(earlier);
        }
        let closed = Rc::new(Cell::new(false));
        let on_end = Box::new({
            let (closed, database) = (Rc::clone(&closed), database.clone());
            move |_| {
                // For `versionchange`: whoever wants to upgrade or remove it waits for us.
                database.close();
                closed.set(true);
            }
        });
        let target = Some(EventTarget::from(database.clone()));
        let subscription = Subscription::new(target, &["close", "versionchange"], on_end);
        self.open.replace(Some(Open { database: database.clone(), closed, _subscription: subscription }));
        Ok(database)
    }

    fn opened(&self) -> Option<IdbDatabase> {
        self.open.borrow().as_ref().filter(|open| !open.closed.get()).map(|open| open.database.clone())
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(open) = self.open.take() {
            open.database.close();
        }
    }
}

/// Writes, and not while the browser's log is not sound.
async fn soundly(writing: impl Future<Output = Result<Changed, Fault>>) -> Result<Changed, Fault> {
    if let Ok(sound) = write() {
        JsFuture::from(sound).await.map_err(|error| fault(&error))?;
    }
    let changed = writing.await;
    let _ = wrote(changed.is_ok());
    changed
}

async fn open(name: &str, limit: u32) -> Result<IdbDatabase, Fault> {
    let gone = || Fault::new(FaultKind::Gone, "no IndexedDB");
    // web_sys has it on the window alone, and the worker has one too.
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into()).map_err(|error| fault(&error))?;
    if factory.is_undefined() || factory.is_null() {
        return Err(gone());
    }
    let factory: IdbFactory = factory.unchecked_into();
    let request = factory.open_with_u32(name, VERSION).map_err(|error| fault(&error))?;
    let on_upgrade = Closure::wrap(Box::new({
        let request = request.clone();
        move |event: Event| {
            let before = Reflect::get(&event, &"oldVersion".into()).ok().and_then(|before| before.as_f64());
            // Where this throws, the open ends in an error by itself.
            if lay_out(&request, before.unwrap_or_default()).is_err()
                && let Some(transaction) = request.transaction()
            {
                let _ = transaction.abort();
            }
        }
    }) as Box<dyn FnMut(Event)>);
    request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
    let opened = first_of(&request, &["success", "error"], Some(on_upgrade));
    let Some(event) = in_time(opened.clone(), limit).await else {
        spawn_local(async move {
            opened.await;
            if let Ok(late) = request.result() {
                late.unchecked_into::<IdbDatabase>().close();
            }
        });
        return Err(Fault::new(FaultKind::Blocked, "time limit"));
    };
    if event.type_() == "error" {
        return Err(request_fault(&request));
    }
    request.result().map(JsCast::unchecked_into).map_err(|_| gone())
}

/// Lays out what a database of the version before lacks; 0 is a new one.
fn lay_out(request: &IdbOpenDbRequest, before: f64) -> Result<(), JsValue> {
    let database: IdbDatabase = request.result()?.unchecked_into();
    let two = |a: &str, b: &str| JsValue::from(Array::of2(&a.into(), &b.into()));
    let create = |name: &str, key: &JsValue, counted: bool| {
        let options = IdbObjectStoreParameters::new();
        options.set_key_path(key);
        options.set_auto_increment(counted);
        database.create_object_store_with_optional_parameters(name, &options)
    };
    create(ATTACHMENTS, &two("response", "name"), false)?.create_index_with_str("survey", "survey")?;
    if before >= 3.0 {
        return Ok(());
    }
    let sealed = create(SEALED, &"id".into(), false)?;
    sealed.create_index_with_str("survey", "survey")?;
    sealed.create_index_with_str_sequence("finished", &two("survey", "finished"))?;
    create(KEYS, &"survey".into(), false)?;
    if before >= 2.0 {
        return Ok(());
    }
    create(COLUMNS, &two("survey", "after"), false)?;
    create(CODINGS, &"survey".into(), false)?;
    if before >= 1.0 {
        return Ok(());
    }
    create(SURVEYS, &"id".into(), false)?;
    create(FORMS, &two("id", "version"), false)?;
    create(DRAFTS, &"id".into(), false)?.create_index_with_str("survey", "survey")?;
    create(JOURNAL, &two("draft", "n"), false)?;
    let responses = create(RESPONSES, &"arrival".into(), true)?;
    let unique = IdbIndexParameters::new();
    unique.set_unique(true);
    responses.create_index_with_str_and_optional_parameters("id", "id", &unique)?;
    responses.create_index_with_str("survey", "survey")?;
    responses.create_index_with_str_sequence("example", &two("survey", "example"))?;
    responses.create_index_with_str_sequence("finished", &two("survey", "finished"))?;
    create(QUARANTINE, &"n".into(), true)?.create_index_with_str("survey", "survey")?;
    Ok(())
}

/// A transaction under way. Dropped before [`Transaction::end`], one that writes is undone.
pub(super) struct Transaction {
    transaction: IdbTransaction,
    writes: bool,
    done: Once<Event>,
    on_refused: JsValue,
    refused: Rc<Cell<usize>>,
}

impl Transaction {
    fn new(transaction: IdbTransaction, writes: bool) -> Transaction {
        let refused = Rc::new(Cell::new(0));
        let on_refused = Closure::wrap(Box::new({
            let refused = Rc::clone(&refused);
            move |event: Event| {
                let request = event.target().map(|target| target.unchecked_into::<IdbRequest>());
                let error = request.and_then(|request| request.error().ok().flatten());
                if error.is_some_and(|error| error.name() == "ConstraintError") {
                    // It is there already, which is what was wanted: the transaction goes on.
                    event.prevent_default();
                    event.stop_propagation();
                    refused.set(refused.get() + 1);
                }
            }
        }) as Box<dyn FnMut(Event)>);
        let function = on_refused.as_ref().clone();
        let done = first_of(&transaction, &["complete", "abort"], Some(on_refused));
        Transaction { transaction, writes, done, on_refused: function, refused }
    }

    /// Puts a row, in place of one with the same key.
    pub(super) fn put(&self, store: &str, row: &JsValue) -> Result<(), Fault> {
        done(self.store(store)?.put(row))
    }

    /// Adds a row; one with the same key undoes the transaction.
    pub(super) fn add(&self, store: &str, row: &JsValue) -> Result<(), Fault> {
        done(self.store(store)?.add(row))
    }

    /// Adds a row unless one with the same key, or the same value in a unique index, is there.
    pub(super) fn add_new(&self, store: &str, row: &JsValue) -> Result<(), Fault> {
        let request = self.store(store)?.add(row).map_err(|error| fault(&error))?;
        request.set_onerror(Some(self.on_refused.unchecked_ref()));
        Ok(())
    }

    /// Removes what has this key, or a key in this range.
    pub(super) fn delete(&self, store: &str, key: &JsValue) -> Result<(), Fault> {
        done(self.store(store)?.delete(key))
    }

    /// The row with this key, or undefined.
    pub(super) fn get(&self, store: &str, key: &JsValue) -> Result<Asked, Fault> {
        Asked::new(self.store(store)?.get(key))
    }

    /// How many rows have this key.
    pub(super) fn known(&self, store: &str, key: &JsValue) -> Result<Asked, Fault> {
        Asked::new(self.store(store)?.count_with_key(key))
    }

    /// How many rows have this value in an index.
    pub(super) fn count(&self, store: &str, index: &str, value: &JsValue) -> Result<Asked, Fault> {
        Asked::new(self.index(store, index)?.count_with_key(value))
    }

    /// A list of the rows in a range of keys, in order.
    pub(super) fn rows(&self, store: &str, range: &JsValue) -> Result<Asked, Fault> {
        Asked::new(self.store(store)?.get_all_with_key(range))
    }

    /// The same, so many at most: one or more.
    pub(super) fn some_rows(&self, store: &str, range: &JsValue, limit: u32) -> Result<Asked, Fault> {
        Asked::new(self.store(store)?.get_all_with_key_and_limit(range, limit))
    }

    /// A list of the rows with this value in an index, in order.
    pub(super) fn rows_with(&self, store: &str, index: &str, value: &JsValue) -> Result<Asked, Fault> {
        Asked::new(self.index(store, index)?.get_all_with_key(value))
    }

    /// A list of the keys of all rows, in order.
    pub(super) fn keys(&self, store: &str) -> Result<Asked, Fault> {
        Asked::new(self.store(store)?.get_all_keys())
    }

    /// A list of the keys in a range of keys, in order.
    pub(super) fn keys_in(&self, store: &str, range: &JsValue) -> Result<Asked, Fault> {
        Asked::new(self.store(store)?.get_all_keys_with_key(range))
    }

    /// A list of the keys of the rows with this value in an index, in order.
    pub(super) fn keys_with(&self, store: &str, index: &str, value: &JsValue) -> Result<Asked, Fault> {
        Asked::new(self.index(store, index)?.get_all_keys_with_key(value))
    }

    /// A cursor on the key of the first row with this value in an index; null where there is none.
    fn first_with(&self, store: &str, index: &str, value: &JsValue) -> Result<IdbRequest, Fault> {
        let index = self.index(store, index)?;
        index.unchecked_ref::<Keyed>().open_key_cursor(value, "next").map_err(|error| fault(&error))
    }

    /// A cursor on the last key in a range (null: of all); null where there is none.
    pub(super) fn last(&self, store: &str, range: &JsValue) -> Result<Asked, Fault> {
        let store = self.store(store)?;
        Asked::new(store.unchecked_ref::<Keyed>().open_key_cursor(range, "prev"))
    }

    /// The same on an index.
    pub(super) fn last_with(&self, store: &str, index: &str, range: &JsValue) -> Result<Asked, Fault> {
        let index = self.index(store, index)?;
        Asked::new(index.unchecked_ref::<Keyed>().open_key_cursor(range, "prev"))
    }

    /// Waits until all of it is on disk. Gives how many rows [`Transaction::add_new`] found to be there already.
    async fn end(mut self) -> Result<usize, Fault> {
        self.writes = false;
        let event = self.done.clone().await;
        if event.type_() == "complete" {
            return Ok(self.refused.get());
        }
        // A full disk shows here, and at no request.
        let error = self.transaction.error();
        Err(error.map_or_else(|| Fault::new(FaultKind::Other, "aborted"), |error| fault(&error)))
    }

    fn store(&self, name: &str) -> Result<IdbObjectStore, Fault> {
        self.transaction.object_store(name).map_err(|error| fault(&error))
    }

    fn index(&self, store: &str, name: &str) -> Result<IdbIndex, Fault> {
        self.store(store)?.index(name).map_err(|error| fault(&error))
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if self.writes {
            let _ = self.transaction.abort();
        }
    }
}

/// Hears the next answer of a request that answers more than once, a cursor's: in place of who heard the one before.
fn hear(request: &IdbRequest) -> (Once<Event>, Closure<dyn FnMut(Event)>) {
    let once = Once::new();
    let given = once.clone();
    let callback = Closure::wrap(Box::new(move |event| given.give(event)) as Box<dyn FnMut(Event)>);
    request.set_onsuccess(Some(callback.as_ref().unchecked_ref()));
    request.set_onerror(Some(callback.as_ref().unchecked_ref()));
    (once, callback)
}

/// What is asked of a transaction in one go.
type Ask<'a> = &'a dyn Fn(&Transaction) -> Result<Vec<Asked>, Fault>;

/// What is asked of it then, knowing the answers.
type AskAgain<'a> = &'a dyn Fn(&Transaction, &[JsValue]) -> Result<Vec<Asked>, Fault>;

/// What is changed in one go, knowing the answers to what was asked.
type Change<'a> = &'a dyn Fn(&Transaction, &[JsValue]) -> Result<(), Fault>;

/// The same, knowing the answers to both questions.
type ChangeTwice<'a> = &'a dyn Fn(&Transaction, &[JsValue], &[JsValue]) -> Result<(), Fault>;

/// A change that is on disk.
pub(super) struct Changed {
    /// What the stores had answered.
    pub(super) answers: Vec<JsValue>,
    /// How many rows [`Transaction::add_new`] found to be there already.
    pub(super) refused: usize,
}

/// A request whose answer will come.
pub(super) struct Asked {
    request: IdbRequest,
    answered: Once<Event>,
}

impl Asked {
    fn new(request: Result<IdbRequest, JsValue>) -> Result<Asked, Fault> {
        let request = request.map_err(|error| fault(&error))?;
        let answered = first_of(&request, &["success", "error"], None);
        Ok(Asked { request, answered })
    }
}

async fn answers(asked: Vec<Asked>) -> Result<Vec<JsValue>, Fault> {
    let mut answers = Vec::with_capacity(asked.len());
    // Each is listened to: where they are of several stores, Firefox may answer the last one before one that was asked earlier.
    for Asked { request, answered } in asked {
        if answered.await.type_() == "error" {
            return Err(request_fault(&request));
        }
        answers.push(request.result().map_err(|error| fault(&error))?);
    }
    Ok(answers)
}

/// The range of the keys of two parts whose first is this text.
pub(super) fn from(text: &str) -> JsValue {
    between(&Array::of1(&text.into()), text)
}

/// The same, from the key whose second part is this number on.
pub(super) fn from_number(text: &str, number: f64) -> JsValue {
    between(&Array::of2(&text.into(), &number.into()), text)
}

/// The same, up to the key whose second part is this text, included.
pub(super) fn upto_text(text: &str, last: &str) -> JsValue {
    let (low, high) = (Array::of1(&text.into()), Array::of2(&text.into(), &last.into()));
    IdbKeyRange::bound(&low, &high).map_or_else(|_| low.into(), JsValue::from)
}

/// The range of numbers from one to another, both included.
pub(super) fn numbers(first: f64, last: f64) -> JsValue {
    IdbKeyRange::bound(&first.into(), &last.into()).map_or_else(|_| first.into(), JsValue::from)
}

fn between(low: &Array, text: &str) -> JsValue {
    // An array sorts after every text and number.
    let high = Array::of2(&text.into(), &Array::new());
    // Refused only for what cannot be a key; and an empty array, which no key is, finds nothing.
    IdbKeyRange::bound(low, &high).map_or_else(|_| low.into(), JsValue::from)
}

fn done(request: Result<IdbRequest, JsValue>) -> Result<(), Fault> {
    request.map(drop).map_err(|error| fault(&error))
}

fn request_fault(request: &IdbRequest) -> Fault {
    let error = request.error().ok().flatten();
    error.map_or_else(|| Fault::new(FaultKind::Other, "no error"), |error| fault(&error))
}

#[wasm_bindgen]
extern "C" {
    // loader.js has them, and says what for. Without it, as in tests of the store alone, they throw.
    #[wasm_bindgen(catch, js_namespace = sondeo, js_name = write)]
    fn write() -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = sondeo, js_name = wrote)]
    fn wrote(well: bool) -> Result<(), JsValue>;

    type Database;
    // web_sys hides the third argument behind an unstable flag.
    #[wasm_bindgen(catch, method)]
    fn transaction(
        this: &Database,
        names: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;

    /// A store or an index.
    type Keyed;
    #[wasm_bindgen(catch, method, js_name = openKeyCursor)]
    fn open_key_cursor(this: &Keyed, range: &JsValue, direction: &str) -> Result<IdbRequest, JsValue>;
}
