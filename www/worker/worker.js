// The worker's half of the converter: a classic script behind wasm-bindgen's no-modules glue, one source with it.
//
// First message { wasm, lock }: its bytes, answered with { compiled }, or what an earlier worker compiled of them. Then request
// { id, action, ...arguments } · answers { id, progress }*, then { id, result } | { id, failure }. Requests wait for each other: the core is one object, and wasm-bindgen refuses to enter it twice.

/** @typedef {{ id: number, progress: Progress }} Context */

const actions = {
  add,
  open,
  review,
  convert,
  targets,
  generate,
  sha256,
  inventory,
  inventory_file,
  alone,
  pack,
  review_request,
  request,
  details,
  tree,
  compare,
};

/** @type {Keyferry} */
let keyferry;

/** @type {Promise<void>} */
let turn = Promise.resolve();

self.onmessage = ({ data }) => {
  if (data.lock) live(data.lock);
  turn = turn.then(() => (data.wasm ? start(data.wasm) : answer(data)));
};

/**
 * Holds a lock for as long as this worker lives. A page opened from a folder may be refused it, in Firefox and Safari.
 * @param {string} locked
 */
async function live(locked) {
  const held = () => {
    self.postMessage({ locked });
    return new Promise(() => {});
  };
  await navigator.locks?.request(locked, held).catch(() => {});
}

/** @param {ArrayBuffer | WebAssembly.Module} wasm */
async function start(wasm) {
  try {
    const compiled = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm);
    if (compiled !== wasm) self.postMessage({ compiled });
    await wasm_bindgen({ module_or_path: compiled });
    keyferry = new wasm_bindgen.Keyferry();
  } catch (error) {
    // Without an id it concerns every request.
    self.postMessage({ failure: failure(error) });
  }
}

/** @param {{ id: number, action: keyof typeof actions }} request */
async function answer({ id, action, ...args }) {
  /** @type {Progress} */
  const progress = (done, total) => self.postMessage({ id, progress: { done, total } });
  try {
    const result = await actions[action](/** @type {any} */ (args), progress);
    self.postMessage({ id, result }, transferables(result));
  } catch (error) {
    self.postMessage({ id, failure: failure(error) });
  }
}

/** @param {import('../types').Actions['add']['takes']} request */
function add({ files }) {
  for (const { id, name, bytes } of files) keyferry.add(id, name, new Uint8Array(bytes));
}

/**
 * One action for everything that changes what is seen: files given or taken away, a password typed, a cost accepted.
 * @param {import('../types').Actions['open']['takes']} request
 * @param {Progress} progress
 */
async function open({ removed, passwords, accepted, trusted, target, at }, progress) {
  for (const id of removed) keyferry.remove(id);
  for (const password of passwords) keyferry.password(password);
  for (const id of accepted) keyferry.accept(id);
  keyferry.trust(trusted);
  return JSON.parse(await keyferry.open(target ?? undefined, at, progress));
}

/** @param {import('../types').Options} options */
function review({ password, key_password, ...options }) {
  return JSON.parse(keyferry.review(JSON.stringify(options), password, key_password ?? undefined));
}

/**
 * The core hands over the bytes beside the JSON: those of the files in their order, those of the archive last.
 * @param {import('../types').Options} options
 * @param {Progress} progress
 */
function convert(options, progress) {
  return convertIn(keyferry, options, progress);
}

/**
 * @param {Keyferry} core
 * @param {import('../types').Options} options
 * @param {Progress} progress
 * @returns {Promise<import('../types').Made>}
 */
async function convertIn(core, { password, key_password, ...options }, progress) {
  const { json, bytes } = await core.convert(JSON.stringify(options), password, key_password ?? undefined, progress);
  const result = JSON.parse(json);
  place([...result.files, result.archive], bytes);
  return result;
}

/**
 * @param {any[]} files
 * @param {Uint8Array<ArrayBuffer>[]} bytes
 */
function place(files, bytes) {
  files.forEach((file, index) => {
    // In the core's words the bytes are their number.
    file.size = file.bytes;
    file.bytes = bytes[index]?.buffer;
  });
}

/** @returns {import('../types').Actions['targets']['gives']} */
function targets() {
  return JSON.parse(keyferry.targets());
}

/** @param {{ target: string }} request */
function generate({ target }) {
  return keyferry.generate(target);
}

/** @param {{ bytes: ArrayBuffer }} request */
function sha256({ bytes }) {
  return keyferry.sha256(new Uint8Array(bytes));
}

/** @param {{ at: number, from: number }} request */
function inventory({ at, from }) {
  return JSON.parse(keyferry.inventory(at, from));
}

/** @param {import('../inventory/types').Selection} selection */
function inventory_file(selection) {
  return keyferry.inventory_file(JSON.stringify(selection));
}

/** @param {import('../types').Actions['review_request']['takes']} request */
function review_request({ form, password }) {
  return JSON.parse(keyferry.review_request(JSON.stringify(form), password));
}

/**
 * @param {import('../types').Actions['request']['takes']} request
 * @param {Progress} progress
 */
async function request({ form, password, at }, progress) {
  const { json, bytes } = await keyferry.request(JSON.stringify(form), password, at, progress);
  const result = JSON.parse(json);
  place(result.files, bytes);
  return result;
}

/** @param {import('../details/types').Place} place */
function details(place) {
  return JSON.parse(keyferry.details(JSON.stringify(place)));
}

/** @param {import('../details/types').Place} place */
function tree(place) {
  return JSON.parse(keyferry.tree(JSON.stringify(place)));
}

/** @param {import('../details/types').Pair} pair */
function compare(pair) {
  return JSON.parse(keyferry.compare(JSON.stringify(pair)));
}

/** @param {any} result */
function transferables(result) {
  if (result instanceof Uint8Array) return [result.buffer];
  const files = [...(result?.files ?? []), result?.archive, result];
  return files.map(file => file?.bytes).filter(bytes => bytes instanceof ArrayBuffer);
}

/**
 * Without a code it is our bug and not the file's: the page says so and starts a fresh worker.
 * @param {any} error
 */
function failure(error) {
  const { code = 'internal', message = String(error), hint, data } = error ?? {};
  return { code, message, hint, data };
}
