// A batch: many files, each opened and converted on its own by a pool of workers, all for one target, into one ZIP.

import { mustFind } from '../dom.js';
import { pathOf } from '../actions/folders.js';
import { settle } from '../actions/choosing.js';
import { origin, settled } from '../actions/making.js';
import * as opening from '../actions/opening.js';
import { offer } from '../links.js';
import { state, update as updatePage } from '../state.js';
import { say } from '../words.js';
import { lines, next, noted } from './lines.js';
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

/** What each row was before the work, for when a person cancels it. @type {Map<Row, Row>} */
let before = new Map();

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
  updatePage({ batch: true });
  updatePage({ choices: settle(null), offer: null, changed: null, refusal: null, review: null, tried: false }, '#batch-title');
  await add(asked);
}

/** What was opened together becomes a batch. */
export async function apart() {
  update({ asked: state.given.map(({ handle }) => handle) });
  // Before the files leave, so that the page is never empty.
  updatePage({ batch: true });
  opening.leaveAll();
  await start();
}

/** They are no batch, or no longer one. */
export function together() {
  if (running) return;
  const files = [...batch.asked, ...batch.rows.map(({ handle }) => handle)];
  typed.value = '';
  update({ asked: [], rows: [], lists: [], note: '' });
  count();
  updatePage({ batch: false, offer: null, changed: null, refusal: null, review: null, tried: false });
  opening.take(files);
}

/** Ends the workers, and with them all that they hold. Says whether any were at work. */
export function end() {
  if (!running) return false;
  running.end();
  running = null;
  return true;
}

/** Ends the work; everything is as it was before. Says whether there was any. */
export function cancel() {
  if (!end()) return false;
  for (const [row, was] of before) put(row, was);
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
  updatePage({ changed: state.offer && 'given' });
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
  before = new Map(due.map(row => [row, { ...row }]));
  for (const row of due) put(row, { state: 'waiting', error: null, findings: [], identities: [] });
  const mine = (running = pool(due.length));
  const how = origin();
  let done = 0;
  let ticked = 0;
  const total = due.length;
  update({ working: true });
  updatePage({ busy: { action: 'convert', done, total }, refusal: null }, '#busy-convert [data-role=cancel]');
  await work(mine, due, { options, list: passwords() }, () => {
    done++;
    if (performance.now() - ticked < TICK) return;
    ticked = performance.now();
    updatePage({ busy: { action: 'convert', done, total } });
  });
  if (mine === running) await finish(mine, options.target, how);
}

/**
 * @param {ReturnType<typeof pool>} workers
 * @param {string} target
 * @param {ReturnType<typeof origin>} how
 */
async function finish(workers, target, how) {
  const { done, refused, partly, failed } = tally(batch.rows);
  const told = lines(batch.rows);
  try {
    // Of files that all failed there is the report.
    const { folders, bytes } = await workers.one.ask('pack', pack(batch.rows));
    if (workers !== running) return;
    const all = say('count.files', { n: batch.rows.length });
    const code = refused + partly + failed ? 'batch.finished-some' : 'batch.finished';
    const said = say(code, { done, refused, partly, failed, all });
    const archive = { name: `${target}.zip`, media_type: 'application/zip', size: bytes.byteLength, bytes };
    const steps = next(batch.rows, archive.name, folders);
    const made = offer({ files: [], archive, steps, paste: told.shared, findings: [], refused: refused > 0 }, how);
    end();
    update({ working: false, note: noted(told, steps) });
    updatePage({ busy: null, tried: false, said, offer: made, changed: null, taken: [], refusal: done + refused + partly ? null : NONE }, '#made-title');
  } catch (failure) {
    if (/** @type {Failure} */ (failure).code === 'cancelled') return;
    end();
    update({ working: false });
    updatePage({ busy: null, failure: /** @type {Failure} */ (failure) }, '#failure [data-role=dismiss]');
  }
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
