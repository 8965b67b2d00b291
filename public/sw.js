// Keeps one whole build on the device, so that Sondeo opens without a network. Beside loader.js the only hand-written
// JavaScript. The build puts in its id and its lists of files, each with the beginning of its SHA-256 (`stamp` in ./dev).
//
// Nothing of another build is ever kept or handed out: Trunk names some files alike from build to build, a host may
// be half way through an update, a download may break off. What cannot be had whole fails, and the build that runs goes on.
const build = "__BUILD_ID__";
const first = __FIRST__; // what a participant needs
const later = __LATER__; // what the desk needs: kept once it has been opened
const digests = { ...first, ...later };

// Two copies of Sondeo can live in two folders of one host, which is one storage.
const { scope } = registration;
const ours = scope + "#";
const kept = caches.open(ours + build);

const isWhole = async (name, response) => {
  // A host may add to its pages; which build a page is of it says itself.
  if (name === "./") return (await response.text()).includes(build);
  const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return new Uint32Array(digest)[0] === digests[name];
};

// An earlier build's cache often has it, and the browser's own cache has what the page just fetched: "no-cache" asks the
// host whether that is still so.
const find = async (name) => {
  const url = /^\.|-[0-9a-f]{16}/.test(name) ? name : `${name}?v=${build}`;
  for (const look of [() => caches.match(name), () => fetch(url, { cache: "no-cache" })]) {
    const response = await look();
    if (response?.ok && (await isWhole(name, response.clone()))) {
      await (await kept).put(name, response.clone());
      return response;
    }
  }
  throw new Error(name);
};

// One download, however many ask for it.
const coming = {};
const take = async (name) =>
  (await (await kept).match(name)) ??
  (await (coming[name] ??= find(name).finally(() => delete coming[name]))).clone();

const on = (name, act) => addEventListener(name, (event) => event.waitUntil(act(event)));

// Whoever has opened the desk has it in the next build too; so has a phone whose forms are sealed or ask for photographs what
// they need.
on("install", async () => {
  const desk = await caches.match("desk.js");
  const had = async (name) => name in first || desk || (await caches.match(name));
  await Promise.all(Object.keys(digests).map(async (name) => (await had(name)) && take(name)));
});

// Comes when no page of the build before is open, or when the only one asked for it.
on("activate", async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith(ours) && name !== ours + build) await caches.delete(name);
  }
  await clients.claim();
});

// The page asks to go on with this build. Another page may hold a filling: then this waits, and says so.
on("message", async ({ source }) => {
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open.filter(({ url }) => url.startsWith(scope)).length > 1) source.postMessage("others");
  else await skipWaiting();
});

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET" || !url.startsWith(scope)) return;
  const name = url.slice(scope.length).replace(/[?#].*/, "").replace(/^(index\.html)?$/, "./");
  if (name in digests) {
    event.respondWith(take(name));
    // Whoever starts a part wants it whole: the desk all there is, a link its own and the instruments.
    const part = /^(desk|link|media|seal)\.js$/.exec(name)?.[1];
    const wanted = { desk: /./, link: /^link|json$/ }[part] ?? (part && new RegExp(`^${part}`));
    if (wanted) event.waitUntil(Promise.all(Object.keys(later).filter((one) => wanted.test(one)).map(take)).catch(() => {}));
  } else if (mode === "navigate") {
    event.respondWith(fetch(event.request).catch(() => take("./")));
  }
});
