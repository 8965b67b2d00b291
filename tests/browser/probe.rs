//! What a test does behind the program's back, in the browser's own language.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(inline_js = r#"
const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// Opens a database as another tab would that knows nothing of ours. It closes itself for nobody.
export const open_raw = (name, version) => done(indexedDB.open(name, version));

// Changes the rows of a store: `edit` gets each row and gives what shall lie there.
export const edit_rows = async (name, store, edit) => {
  const database = await open_raw(name);
  const transaction = database.transaction(store, "readwrite");
  const rows = transaction.objectStore(store);
  for (const row of await done(rows.getAll())) rows.put(edit(row));
  await new Promise((resolve) => { transaction.oncomplete = resolve; });
  database.close();
};

export const rows_of = async (name, store) => {
  const database = await open_raw(name);
  const rows = await done(database.transaction(store).objectStore(store).getAll());
  database.close();
  return rows;
};

export const remove_database = (name) => done(indexedDB.deleteDatabase(name));

export const close_raw = (database) => database.close();

// A database as JSON text: its stores with their keys, indexes and rows.
export const dump = async (name) => {
  const database = await open_raw(name);
  const stores = {};
  for (const store of database.objectStoreNames) {
    const rows = database.transaction(store).objectStore(store);
    const indexes = [...rows.indexNames].map((index) => rows.index(index))
      .map(({ name, keyPath, unique }) => ({ name, keyPath, unique }));
    const { keyPath, autoIncrement } = rows;
    stores[store] = { keyPath, autoIncrement, indexes, rows: await done(rows.getAll()) };
  }
  const { version } = database;
  database.close();
  const bytes = (key, value) => value instanceof Uint8Array ? { bytes: value.join() } : value;
  return JSON.stringify({ version, stores }, bytes, 1);
};

// The way back: makes a database of what `dump` wrote.
export const restore = async (name, text) => {
  const bytes = (key, value) => value && typeof value.bytes === "string" ? Uint8Array.from(value.bytes.split(",")) : value;
  const { version, stores } = JSON.parse(text, bytes);
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => {
    for (const [store, { keyPath, autoIncrement, indexes, rows }] of Object.entries(stores)) {
      const made = request.result.createObjectStore(store, { keyPath, autoIncrement });
      for (const { name, keyPath, unique } of indexes) made.createIndex(name, keyPath, { unique });
      for (const row of rows) made.put(row);
    }
  };
  (await done(request)).close();
};

// Lets `note` hear of each call of a method, with `this` and the arguments, before it happens. Gives the way back.
export const spy = (prototype, method, note) => {
  const original = globalThis[prototype].prototype[method];
  globalThis[prototype].prototype[method] = function (...given) {
    note(this, given);
    return original.apply(this, given);
  };
  return () => { globalThis[prototype].prototype[method] = original; };
};

// From the n-th call on the method throws what a full disk throws.
export const fail_at = (prototype, method, n) => {
  const original = globalThis[prototype].prototype[method];
  let calls = 0;
  globalThis[prototype].prototype[method] = function (...given) {
    calls += 1;
    if (calls >= n) throw new DOMException("full", "QuotaExceededError");
    return original.apply(this, given);
  };
  return () => { globalThis[prototype].prototype[method] = original; };
};

// Everything that is kept for this host, by name.
export const kept_names = async () => [
  ...(await indexedDB.databases()).map(({ name }) => name), ...(await caches.keys()), ...Object.keys(localStorage),
];

export const open_cache = (name) => caches.open(name);

// Refuses localStorage as a browser does that was told to. Gives the way back.
export const refuse_local_storage = () => {
  const allowed = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    get() { throw new DOMException("no", "SecurityError"); },
  });
  return () => Object.defineProperty(globalThis, "localStorage", allowed);
};

// A module worker that runs `start` of these very tests.
export const worker_of_tests = (start) => {
  const module = performance.getEntriesByType("resource").map((entry) => entry.name)
    .find((name) => name.endsWith("wasm-bindgen-test.js")) ?? new URL("./wasm-bindgen-test.js", location.href).href;
  const wasm = module.replace(/\.js$/, "_bg.wasm");
  const text = `import * as tests from ${JSON.stringify(module)};
    await tests.default({ module_or_path: ${JSON.stringify(wasm)} });
    tests.${start}();`;
  return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
};
"#)]
extern "C" {
    pub(crate) fn open_raw(name: &str, version: u32) -> Promise;
    pub(crate) fn edit_rows(name: &str, store: &str, edit: &js_sys::Function) -> Promise;
    pub(crate) fn rows_of(name: &str, store: &str) -> Promise;
    pub(crate) fn dump(name: &str) -> Promise;
    pub(crate) fn restore(name: &str, text: &str) -> Promise;
    pub(crate) fn remove_database(name: &str) -> Promise;
    pub(crate) fn close_raw(database: &JsValue);
    pub(crate) fn spy(prototype: &str, method: &str, note: &js_sys::Function) -> js_sys::Function;
    pub(crate) fn fail_at(prototype: &str, method: &str, n: u32) -> js_sys::Function;
    pub(crate) fn kept_names() -> Promise;
    pub(crate) fn open_cache(name: &str) -> Promise;
    pub(crate) fn refuse_local_storage() -> js_sys::Function;
    pub(crate) fn worker_of_tests(start: &str) -> String;
}

/// Waits for what must not fail.
pub(crate) async fn wait(promise: Promise) -> JsValue {
    JsFuture::from(promise).await.unwrap()
}

/// Undoes what [`spy`], [`fail_at`] or [`refuse_local_storage`] did.
pub(crate) fn undo(undo: &js_sys::Function) {
    undo.call0(&JsValue::NULL).unwrap();
}

/// A function written in JavaScript, of one argument called `row`.
pub(crate) fn function(body: &str) -> js_sys::Function {
    js_sys::Function::new_with_args("row", body)
}
