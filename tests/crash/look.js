// What is left, for tests/crash.rs: every row of the store, and what the app's own screens say of it.
const [withDesk, done] = arguments;

const $ = (selector) => document.querySelector(selector);
const until = async (what, holds) => {
  for (const began = performance.now(); performance.now() - began < 60000; await new Promise((go) => setTimeout(go, 15))) {
    const value = holds();
    if (value) return value;
  }
  throw new Error(`${what}; the screen says: ${document.body.innerText.slice(0, 400)}`);
};
const answered = (request) =>
  new Promise((good, bad) => {
    request.onsuccess = () => good(request.result);
    request.onerror = () => bad(request.error);
    request.onblocked = () => bad(new Error("blocked"));
  });

const rows = async () => {
  // Where it is not, opening would make it.
  const request = indexedDB.open("sondeo");
  request.onupgradeneeded = () => request.transaction.abort();
  const database = await answered(request).catch((error) => (error?.name === "AbortError" ? null : Promise.reject(error)));
  if (!database) return {};
  const names = [...database.objectStoreNames];
  const transaction = names.length ? database.transaction(names) : null;
  const all = await Promise.all(names.map((name) => answered(transaction.objectStore(name).getAll())));
  database.close();
  return Object.fromEntries(names.map((name, at) => [name, all[at]]));
};

(async () => {
  await until("the start", () => $("main[data-screen=start] .cards"));
  const drafts = [...document.querySelectorAll("[data-draft]")].map((card) => card.dataset.draft);
  const trouble = $("main .notice-bad")?.textContent;
  if (trouble) throw new Error(`the start says: ${trouble}`);
  const found = await rows();
  let desk = null;
  if (withDesk) {
    location.hash = "/desk";
    await until("the desk", () => $("main[data-screen=surveys] [data-survey] [data-finished]"));
    const number = (card, name) => Number(card.querySelector(`[data-${name}]`).dataset[name]);
    desk = [...document.querySelectorAll("[data-survey]")].map((card) => [card.dataset.survey, number(card, "finished"), number(card, "drafts")]);
    location.hash = "/";
    await until("the start again", () => $("main[data-screen=start]"));
  }
  const list = (name, make) => (found[name] ?? []).map(make);
  const texts = (name, make) => list(name, (row) => ({ ...make(row), text: row.text ?? "" }));
  done({
    surveys: texts("surveys", ({ id }) => ({ id })),
    forms: list("forms", ({ id, version }) => [id, version]),
    drafts: texts("drafts", ({ id, survey }) => ({ id, survey })),
    journal: texts("journal", ({ draft, n }) => ({ draft, n })),
    responses: texts("responses", ({ id, survey }) => ({ id, survey })),
    quarantine: list("quarantine", ({ survey }) => survey),
    columns: list("columns", ({ survey }) => survey),
    // Under the key of a copy stands a list, whose first is the survey.
    codings: list("codings", ({ survey }) => [survey].flat()[0]),
    shown: drafts,
    desk,
  });
})().catch((error) => done({ error: String(error) }));
