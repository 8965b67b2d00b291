// Starts the binaries that index.html does not start itself. Beside sw.js the only hand-written JavaScript.
//
//   in the page:  const desk = await sondeo.load("desk")    runs desk's main and gives the exports of desk.js
//   as a worker:  new Worker("./loader.js?v=BUILD_ID", { type: "module" })    runs worker's main
//
// desk.js and worker.js keep their names from build to build. The ?v=BUILD_ID this file was asked for with goes on to
// all it asks for, so that no cache can pair the JavaScript of one build with the wasm of another.
const query = new URL(import.meta.url).search;

const load = async (name) => {
  const module = await import(`./${name}.js${query}`);
  await module.default({ module_or_path: new URL(`./${name}_bg.wasm${query}`, import.meta.url) });
  return module;
};

if (typeof document === "undefined") {
  await load("worker");
} else {
  globalThis.sondeo = { load };
}
