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
  await load("worker");
} else {
  // Resolves to whether this page alone writes a draft, until it asks for another one. With `takes` it does in any case, and
  // the page that wrote it until now hears `taken`. An empty name lets go.
  let free = () => {};
  const hold = (draft, takes) => new Promise((held) => {
    const { locks } = navigator;
    free();
    if (!draft || !locks) return held(true);
    locks.request(draft, takes ? { steal: true } : { ifAvailable: true }, (lock) => {
      held(!!lock);
      return lock && new Promise((done) => { free = done; });
    }).catch(() => dispatchEvent(new Event("taken")));
  });
  globalThis.sondeo = { load, hold };
  // After the first paint, so that keeping does not slow down opening. Where it is not to be had (no https, a private
  // window) Sondeo works as long as there is a network.
  addEventListener("started", () => {
    requestAnimationFrame(() => setTimeout(() => keep().catch(() => {})));
  });
}
