// A batch: many files, each opened and converted on its own by a pool of workers, all for one target, into one ZIP.

import { mustFind } from '../dom.js';
import { pathOf } from '../actions/folders.js';
import { settled } from '../actions/making.js';
import * as opening from '../actions/opening.js';
import { offer } from '../links.js';
import { state, update as updatePage } from '../state.js';
import { say } from '../words.js';
import { lines, noted } from './lines.js';
import { isList, listText, readLists } from './passwords.js';
import { pool } from './pool.js';
import { pack } from './report.js';
import { batch, put, tally, update } from './state.js';
import { work } from './work.js';

/** @typedef {import('./types').Row} Row */
/** @typedef {import('../types').Failure} Failure */

/** More than anyone opens one by one. */
const MANY = 24;

/** So often the bar moves, in milliseconds. */
const TICK = 250;

const NONE = { code: 'batch-failed', message: say('batch.none'), hint: say('batch.none.hint') };

const typed = /** @type {HTMLTextAreaElement} */ (mustFind('#batch-passwords'));

/** @type {ReturnType<typeof pool> | null} while it works */
let running = null;

/** @param {File[]} handles */
export function take(handles) {
  if (state.batch) return add(handles);
  const folder = handles.length > 1 && handles.some(handle => pathOf(handle).includes('/'));
  if (handles.length <= MANY && !folder && batch.asked.length === 0) return opening.take(handles);
  const asked = [...batch.asked, ...handles];
  update({ asked });
  updatePage({ said: say('many.asked', { n: asked.length }) }, '#many-title');
}

/** They are a batch. */
export async function start() {
  const { asked } = batch;
  update({ asked: [] });
  updatePage({ batch: true, offer: null, refusal: null, review: null, tried: false }, '#batch-title');
  await add(asked);
}

/** They are no batch, or no longer one. */
export function together() {
  if (running) return;
  const files = [...batch.asked, ...batch.rows.map(({ handle }) => handle)];
  typed.value = '';
  update({ asked: [], rows: [], lists: [], note: '' });
  count();
  updatePage({ batch: false, offer: null, refusal: null, review: null, tried: false });
  opening.take(files);
}

/** Ends the workers, and with them all that they hold. Says whether any were at work. */
export function end() {
  if (!running) return false;
  running.end();
  running = null;
  return true;
}

/** Ends the work; what was done stays. Says whether there was any. */
export function cancel() {
  if (!end()) return false;
  reset(batch.rows);
  update({ working: false });
  updatePage({ busy: null, said: say('cancelled') }, '#make');
  return true;
}

/** Converts all of them. */
export async function make() {
  const options = await settled();
  if (options && batch.rows.length) await run(options, batch.rows);
}

/** Converts again what failed; what is done stays. */
export async function retry() {
  const options = await settled();
  if (options) await run(options, batch.rows.filter(({ state }) => state === 'failed' || state === 'partly'));
}

/** @param {File[]} handles */
async function add(handles) {
  for (const handle of handles.filter(handle => isList(pathOf(handle)))) await addList(handle);
  if (!state.batch) return;
  const files = handles.filter(handle => !isList(pathOf(handle)));
  /** @type {Row[]} */
  const fresh = files.map(handle => ({ name: pathOf(handle), handle, state: 'waiting', error: null, findings: [], identities: [] }));
  update({ rows: [...batch.rows, ...fresh] });
  count();
  updatePage({ offer: null });
}

/** @param {File} file */
async function addList(file) {
  const list = { text: await listText(file), csv: /\.csv$/i.test(file.name) };
  // Everything was cleared meanwhile.
  if (!state.batch) return;
  update({ lists: [...batch.lists, list] });
}

/**
 * @param {import('../types').Options} options
 * @param {Row[]} due
 */
async function run(options, due) {
  reset(due);
  const mine = (running = pool(due.length));
  let done = 0;
  let ticked = 0;
  const total = due.length;
  update({ working: true });
  updatePage({ busy: { action: 'convert', done, total }, offer: null, refusal: null }, '#busy-convert [data-role=cancel]');
  await work(mine, due, { options, list: passwords() }, () => {
    done++;
    if (performance.now() - ticked < TICK) return;
    ticked = performance.now();
    updatePage({ busy: { action: 'convert', done, total } });
  });
  if (mine === running) await finish(mine, options.target);
}

/**
 * @param {ReturnType<typeof pool>} workers
 * @param {string} target
 */
async function finish(workers, target) {
  const { done, refused, partly, failed } = tally(batch.rows);
  const told = lines(batch.rows);
  try {
    // Of files that all failed there is the report.
    const { buffer: bytes } = await workers.one.ask('pack', pack(batch.rows));
    if (workers !== running) return;
    const all = say('count.files', { n: batch.rows.length });
    const code = refused + partly + failed ? 'batch.finished-some' : 'batch.finished';
    const said = say(code, { done, refused, partly, failed, all });
    const archive = { name: `${target}.zip`, media_type: 'application/zip', size: bytes.byteLength, bytes };
    const made = offer({ files: [], archive, paste: told.shared, findings: [], refused: refused > 0 });
    end();
    update({ working: false, note: noted(told) });
    updatePage({ busy: null, tried: false, said, offer: made, refusal: done + refused + partly ? null : NONE }, '#made-title');
  } catch (failure) {
    if (/** @type {Failure} */ (failure).code === 'cancelled') return;
    end();
    update({ working: false });
    updatePage({ busy: null, failure: /** @type {Failure} */ (failure) }, '#failure [data-role=dismiss]');
  }
}

/** @param {Row[]} some */
function reset(some) {
  for (const row of some) put(row, { state: 'waiting', error: null, findings: [], identities: [] });
}

function passwords() {
  return readLists([{ text: typed.value, csv: false }, ...batch.lists], batch.rows.map(({ name }) => name));
}

/** What the lists of passwords come to: how many, of how many files. */
export function count() {
  const { shared, of, strange } = passwords();
  update({ listed: { shared: shared.length, files: of.size, strange } });
}

/** @param {HTMLInputElement} input with the files that a person chose */
export async function chooseLists(input) {
  for (const file of input.files ?? []) await addList(file);
  input.value = '';
  count();
}
