// A person in the page, for tests/crash.rs: does what `plan` says by the app's own buttons and fields, and tells the test's
// listener what the page shows. Never more than that: "saved" covers only answers given in an earlier turn of the page.
const [plan] = arguments;

let dice = plan.seed >>> 0;
const roll = (sides) => {
  dice = (dice + 0x6d2b79f5) | 0;
  let mixed = Math.imul(dice ^ (dice >>> 15), 1 | dice);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
};

let told = 0;
const tell = (kind, more = {}) => {
  const body = JSON.stringify({ n: told++, at: Math.round(performance.now()), kind, ...more });
  fetch("./told", { method: "POST", body }).catch(() => {});
};

// When the page begins to take another log, and for how long it does: `settle` in loader.js.
const { open, deleteDatabase } = IDBFactory.prototype;
IDBFactory.prototype.open = function (name, ...rest) {
  if (name === "sondeo-room") tell("settles");
  return open.call(this, name, ...rest);
};
IDBFactory.prototype.deleteDatabase = function (name) {
  if (name === "sondeo-room") tell("settled");
  return deleteDatabase.call(this, name);
};

const $ = (selector) => document.querySelector(selector);
const sleep = (time) => new Promise((done) => setTimeout(done, time));
const screen = () => $("main[data-screen]")?.dataset.screen;

// What waits for the page to change.
const waiting = new Set();
const look = () => waiting.forEach((one) => one());
const until = (what, holds) =>
  new Promise((done, give) => {
    const began = performance.now();
    const timer = setInterval(() => one(), 25);
    const end = (act, value) => {
      clearInterval(timer);
      waiting.delete(one);
      act(value);
    };
    const one = () => {
      const value = holds();
      if (value) end(done, value);
      else if (performance.now() - began > 45000) end(give, new Error(what));
    };
    waiting.add(one);
    one();
  });

// The filling under way: its mark or its draft, all its answers, those not yet said to be saved, and those among them given
// in an earlier turn.
let filling = null;
const gave = (path, values) => {
  const own = filling;
  own.now[path] = values;
  delete own.ripe[path];
  setTimeout(() => {
    if (own.now[path] !== values) return;
    own.ripe[path] = values;
    heed();
  });
};
const heed = () => {
  if (!filling || $("[data-saved]")?.dataset.saved !== "saved") return;
  const answers = Object.entries(filling.ripe);
  if (answers.length === 0) return;
  filling.ripe = {};
  tell("saved", { mark: filling.mark, draft: filling.draft, answers });
};
new MutationObserver(() => {
  heed();
  look();
}).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

const questions = () =>
  [...document.querySelectorAll("[data-question]")].filter((one) => one.getClientRects().length).map((one) => {
    const path = one.dataset.question;
    const own = (selector) => [...one.querySelectorAll(selector)].filter((each) => each.closest("[data-question]") === one);
    const options = own("input[type=radio], input[type=checkbox]"), ranks = own("[data-rank]");
    if (ranks.length) return { path, kind: "rank", ranks, values: [] };
    if (options.length) return { path, kind: options[0].type, options, values: options.filter((each) => each.checked).map((each) => each.value) };
    const field = own("select, textarea, input")[0];
    if (!field) return { path, kind: "none", values: [] };
    const number = field.inputMode === "numeric" || field.inputMode === "decimal";
    const kind = field.tagName === "SELECT" ? "select" : field.type === "date" ? "date" : number ? "number" : "text";
    return { path, kind, field, values: field.value ? [field.value] : [] };
  });

const type = async (path, field, text, pause) => {
  field.focus();
  for (const letter of text) {
    field.value += letter;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    gave(path, [field.value]);
    await sleep(pause());
  }
  if (roll(3) === 0) await sleep(roll(700));
  field.blur();
};

const words = ["barrio", "luz", "parque", "señal", "niños", "\"plaza\"", "agua;", "🐟"];

const answer = async ({ path, kind, options, field }) => {
  const name = path.split("/").pop();
  if (kind === "radio" || kind === "checkbox") {
    const ordinary = options.filter(({ value }) => value !== "no" && value !== "none" && value !== "ref");
    const choices = ["consent", "adult"].includes(name) ? options.filter(({ value }) => value === "yes") : ordinary;
    // A question may want one, and may allow no more than three.
    const first = roll(choices.length);
    const chosen = choices.slice(first, first + 1 + (kind === "radio" ? 0 : roll(2)));
    for (const one of chosen) {
      if (one.checked) continue;
      one.click();
      gave(path, options.filter((each) => each.checked).map((each) => each.value));
      await sleep(roll(20));
    }
  } else if (kind === "select") {
    const values = [...field.options].map(({ value }) => value).filter((value) => value);
    field.value = values[roll(values.length)];
    field.dispatchEvent(new Event("change", { bubbles: true }));
    gave(path, [field.value]);
  } else if (kind === "number") {
    await type(path, field, String(1 + roll(3)), () => 0);
  } else if (kind === "text") {
    const text = name === "code" ? filling.mark : name === "link_code" ? "ma14" : `${words[roll(8)]} ${words[roll(8)]} ${roll(1000)}`;
    await type(path, field, text, () => 5 + roll(40));
  }
  await sleep(roll(30));
};

// From the page that is open to the end, or until `stop` questions have been answered.
const goOn = async (stop) => {
  const asked = new Set();
  for (;;) {
    const now = await until("a page", () => ["page", "review"].includes(screen()) && screen());
    if (now === "review") {
      tell("finishes", { mark: filling.mark, draft: filling.draft });
      $("[data-act=finish]").click();
      await until("the thanks", () => screen() === "done");
      tell("done", { mark: filling.mark, draft: filling.draft, answers: Object.entries(filling.now) });
      filling = null;
      await sleep(roll(60));
      return;
    }
    for (;;) {
      const next = questions().find(({ path, values }) => !asked.has(path) && values.length === 0);
      if (!next) break;
      asked.add(next.path);
      await answer(next);
      if (stop !== null && asked.size >= stop) {
        await sleep(roll(800));
        return;
      }
    }
    const here = location.hash;
    $("main [type=submit]").click();
    await until("the next page", () => location.hash !== here);
  }
};

const toStart = async () => {
  filling = null;
  // After the thanks the address is the start's already.
  if (screen() === "done") $("main [data-act=home]").click();
  else location.hash = "/";
  await until("the start", () => screen() === "start");
};

const toDesk = async () => {
  filling = null;
  location.hash = "/desk";
  await until("the desk", () => screen() === "surveys");
};

const acts = {
  async fill({ survey, mark, stop }) {
    await toStart();
    const start = await until("the survey", () => $(`[data-act=start][data-survey="${survey}"]`));
    filling = { mark, draft: null, now: {}, ripe: {} };
    tell("begins", { mark, survey });
    start.click();
    await goOn(stop);
  },
  async resume({ draft, mark, stop }) {
    await toStart();
    const card = await until("the draft", () => $(`[data-draft="${draft}"] [data-act=resume]`));
    card.click();
    await until("its page", () => ["page", "review"].includes(screen()));
    filling = { mark, draft, now: {}, ripe: {} };
    tell("resumed", { draft, shown: questions().filter(({ kind }) => kind !== "rank").map(({ path, values }) => [path, values]) });
    await goOn(stop);
  },
  async join({ survey, text }) {
    await toDesk();
    const field = await until("where files are chosen", () => $("[data-act=join]"));
    const files = new DataTransfer();
    files.items.add(new File([text], "crash.sondeo.jsonl", { type: "application/x-ndjson" }));
    field.files = files.files;
    tell("chooses", { survey });
    field.dispatchEvent(new Event("change", { bubbles: true }));
    const row = await until("what came of the file", () => $("[data-join]"));
    tell(row.dataset.join, { survey, words: row.textContent });
  },
  async count({ survey }) {
    await toDesk();
    tell("counts", { survey });
    location.hash = `/desk/${survey}/summary`;
    await until("the summary", () => $("main[data-screen=summary] [data-result]"));
    tell("counted", { survey });
  },
  async erase({ survey }) {
    await toDesk();
    const row = `[data-survey="${survey}"]`;
    await until("the survey's card", () => $(`${row} [data-act=close], ${row}[data-state=closed]`));
    if (!$(`${row}[data-state=closed]`)) {
      $(`${row} [data-act=close]`).click();
      await until("the closed survey", () => $(`${row}[data-state=closed]`));
      tell("closed", { survey });
      await until("the end of closing", () => $(".desk-said")?.textContent.trim());
    }
    const before = $(".desk-said")?.textContent.trim();
    // A click on a desk that is busy does nothing: whoever sees no question clicks again.
    let clicked = -Infinity;
    const yes = await until("the question", () => {
      const yes = $("dialog[open] [data-act=dialog-yes]");
      if (yes || performance.now() - clicked < 2000) return yes;
      $(`${row} [data-act=erase-survey]`)?.click();
      clicked = performance.now();
    });
    await sleep(roll(40));
    tell("erases", { survey });
    yes.click();
    const said = () => $(".desk-said")?.textContent.trim();
    await until("what came of deleting", () => !$(row) && said() && said() !== before && said());
    tell("erased", { survey });
  },
};

(async () => {
  for (const act of plan.acts) await acts[act.act](act);
  tell("idle");
})().catch((error) => tell("stuck", { words: String(error), screen: screen() ?? "", text: document.body.innerText.slice(0, 600) }));
