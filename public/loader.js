// Starts the binaries that index.html does not start itself, and the service worker. Beside sw.js the only hand-written
// JavaScript.
//
//   in the page:  const desk = await sondeo.load("desk")    runs desk's main and gives the exports of desk.js
//   as a worker:  new Worker("./loader.js?v=BUILD_ID", { type: "module" })    runs worker's main
//
// desk.js and worker.js keep their names from build to build. The ?v=BUILD_ID this file was asked for with goes on to
// all it asks for, so that no cache can pair the JavaScript of one build with the wasm of another.
const query = new URL(import.meta.url).search;
const loaded = [];

// Chromium keeps what a site stores in a log to which it adds. A write that finds the disk full, or is cut off when the
// browser is killed, leaves half a record at its end; later ones are added behind that, and at the start after it the log
// cannot be read and everything the site stored is removed. So after either, nothing is written before Chromium has begun
// another log, which it does when a database is deleted: `settle` makes one and deletes it, some hundred bytes and
// milliseconds. Whether there is room is tried first, where failing does no harm.
//
// A mark, of each page and worker its own, says that something is being written: whoever finds one comes after somebody who
// was cut off. It stands in a cache, which is on the disk when it says so; localStorage takes seconds.
const ROOM = "sondeo-room", MARK = "./" + Math.random(), RESTS = 2000;
const room = globalThis.caches && /Chrom/.test(navigator.userAgent) && caches.open(ROOM).catch(() => {});
let unsettled = room && room.then((room) => room?.keys()).then((marks) => marks?.length), settling, writing = 0, marked, timer;
const settle = async () => {
  const done = (request) => new Promise((yes, no) => {
    request.onsuccess = () => yes(request.result);
    request.onerror = request.onabort = request.onblocked = () => no(request.error ?? new DOMException("", "QuotaExceededError"));
  });
  const cache = await room;
  // In parts: ten megabytes at once would hold up the page.
  const part = new Uint8Array(1e6);
  let parts = 10;
  const body = new ReadableStream({ pull: (into) => parts-- ? into.enqueue(part) : into.close() });
  await cache.put("./room", new Response(body)).finally(() => cache.delete("./room"));
  const opening = indexedDB.open(ROOM);
  opening.onupgradeneeded = () => opening.result.createObjectStore(ROOM);
  (await done(opening)).close();
  await done(indexedDB.deleteDatabase(ROOM));
  await new Promise((later) => setTimeout(later, 300));
  for (const old of await cache.keys()) await cache.delete(old);
  unsettled = marked = false;
};
// Every write of the store stands between these two.
const write = async () => {
  const cache = await room;
  if (cache) {
    const found = await unsettled;
    if (unsettled?.then) unsettled = found;
    if (unsettled) await (settling ??= settle().finally(() => { settling = undefined; }));
    if (!marked) await cache.put(MARK, new Response());
    marked = true;
  }
  writing += 1;
};
const wrote = (well) => {
  writing -= 1;
  if (room && !well) unsettled = true;
  clearTimeout(timer);
  timer = setTimeout(async () => {
    if (writing || unsettled || !marked) return;
    marked = false;
    (await room).delete(MARK);
  }, RESTS);
};

// The page's policy lets nothing be made a worker but these two, and no text be made markup or script.
globalThis.trustedTypes?.createPolicy("default", {
  createScriptURL: (url) => ["./sw.js", `./loader.js${query}`].find((own) => own === url),
});

const load = async (name) => {
  loaded.push(name);
  const module = await import(`./${name}.js${query}`);
  await module.default({ module_or_path: new URL(`./${name}_bg.wasm${query}`, import.meta.url) });
  return module;
};

// Marks <html>: data-offline when the whole program is on the device, data-update when a newer build waits ("waits") and
// when it could not be taken because other pages are open ("others"). sondeo.update() takes it.
const keep = async () => {
  const { serviceWorker } = navigator, marks = document.documentElement.dataset;
  let before = serviceWorker.controller;
  serviceWorker.oncontrollerchange = () => {
    if (before) location.reload();
    // The desk of a first visit came before there was anybody to keep it.
    else for (const name of loaded) fetch(`./${name}.js${query}`);
    before = serviceWorker.controller;
  };
  serviceWorker.onmessage = ({ data }) => { marks.update = data; };
  const registration = await serviceWorker.register("./sw.js");
  globalThis.sondeo.update = () => registration.waiting?.postMessage("");
  const look = () => {
    if (registration.waiting && before) marks.update = "waits";
    if (registration.installing) registration.installing.onstatechange = look;
  };
  registration.onupdatefound = look;
  look();
  await serviceWorker.ready;
  marks.offline = "";
};

if (typeof document === "undefined") {
  globalThis.sondeo = { load, write, wrote };
  await load("worker");
} else {
  // Resolves to whether this page alone writes a draft, until it asks for another one. With `takes` it does in any case, and
  // the page that wrote it until now hears `taken`. An empty name lets go.
  let free = () => {}, freed;
  const hold = async (draft, takes) => {
    const { locks } = navigator;
    free();
    // Or this page would stand in its own way.
    await freed;
    return !draft || !locks || new Promise((held) => {
      freed = locks.request(draft, takes ? { steal: true } : { ifAvailable: true }, (lock) => {
        held(!!lock);
        return lock && new Promise((done) => { free = done; });
      }).catch(() => dispatchEvent(new Event("taken")));
    });
  };
  globalThis.sondeo = { load, hold, write, wrote };
  // The browser opens what is stored here while the program is still being fetched.
  globalThis.indexedDB?.databases?.().catch(() => {});
  const link = (attributes) => document.head.append(Object.assign(document.createElement("link"), attributes));
  // A first visit asks for the survey that comes with the program as soon as that runs: together they come sooner.
  if (!navigator.serviceWorker?.controller && /^(#\/?(fill\/\w+)?)?$/.test(location.hash))
    link({ rel: "preload", as: "fetch", crossOrigin: "", href: `./instruments/pinellas_panama_exchange.jsonl${query}` });
  // After the first paint, so that keeping does not slow down opening. Where it is not to be had (no https, a private
  // window) Sondeo works as long as there is a network.
  addEventListener("started", () => {
    // Chromium fetches its pictures at once.
    link({ rel: "manifest", href: "./manifest.webmanifest" });
    requestAnimationFrame(() => setTimeout(() => keep().catch(() => {})));
  });
}
