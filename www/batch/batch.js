// A batch: many files, each opened and converted on its own by a pool of workers, all for one target, into one ZIP. It has
// a state of its own, of which the rows change in work.js; passwords stand in it and in no attribute, storage or report.

import { mustFind } from '../dom.js';
import { offer } from '../actions/files.js';
import { pathOf } from '../actions/folders.js';
import { settled } from '../actions/making.js';
import * as opening from '../actions/opening.js';
import { state, update } from '../state.js';
import { lines, noted } from './lines.js';
import { isList, listText, readLists } from './passwords.js';
import { pool } from './pool.js';
import { pack } from './report.js';
import { lay } from './rows.js';
import { render, tally } from './view.js';
import { put, work } from './work.js';

/** @typedef {import('./contract').Row} Row */
/** @typedef {import('../contract').Failure} Failure */

/** More than anyone opens one by one. */
const MANY = 24;

/** So often the bar moves, in milliseconds. */
const TICK = 250;

const NONE = { code: 'batch-failed', message: 'none of the files could be converted', hint: 'each says why in its row' };

const typed = /** @type {HTMLTextAreaElement} */ (mustFind('#batch-passwords'));
const chosenList = /** @type {HTMLInputElement} */ (mustFind('#batch-list'));

/** @type {File[]} about which a person is asked whether they are a batch */
let asked = [];

/** @type {Row[]} */
let rows = [];

/** @type {{ text: string, csv: boolean }[]} lists of passwords that came as files */
let lists = [];

/** @type {ReturnType<typeof pool> | null} while it works */
let running = null;

/** What is to be said of the ZIP. */
let note = '';

/** @param {File[]} handles */
export function take(handles) {
  if (state.batch) return add(handles);
  const folder = handles.length > 1 && handles.some(handle => pathOf(handle).includes('/'));
  if (handles.length <= MANY && !folder && asked.length === 0) return opening.take(handles);
  asked = [...asked, ...handles];
  show();
  update({ said: `${asked.length} files came at once: convert each on its own, or open them together?` }, '#many-title');
}

/** They are a batch. */
export async function start() {
  const files = asked;
  asked = [];
  update({ batch: true, offer: null, refusal: null, review: null, tried: false });
  add(files);
  mustFind('#batch-title').focus();
}

/** They are no batch, or no longer one. */
export function together() {
  if (running) return;
  const files = [...asked, ...rows.map(({ handle }) => handle)];
  leave();
  opening.take(files);
}

/** Forgets everything of the batch. */
export function leave() {
  cancel();
  asked = [];
  rows = [];
  forget();
  lay([]);
  update({ batch: false, offer: null, refusal: null, review: null, tried: false });
  show();
}

/** Forgets the passwords. */
export function forget() {
  typed.value = '';
  lists = [];
}

/** Ends the workers. Says whether any were at work. */
export function cancel() {
  if (!running) return false;
  running.end();
  running = null;
  reset(rows);
  update({ busy: null, said: 'Cancelled.' }, '#make');
  show();
  return true;
}

/** Converts all of them. */
export async function make() {
  const wish = await settled();
  if (wish && rows.length) await run(wish, rows);
}

/** Converts again what failed; what is done stays. */
export async function retry() {
  const wish = await settled();
  if (wish) await run(wish, rows.filter(({ state }) => state === 'failed' || state === 'partly'));
}

/** @param {File[]} handles */
async function add(handles) {
  for (const handle of handles.filter(handle => isList(pathOf(handle)))) await addList(handle);
  const files = handles.filter(handle => !isList(pathOf(handle)));
  /** @type {Row[]} */
  const fresh = files.map(handle => ({ name: pathOf(handle), handle, state: 'waiting', error: null, findings: [], identities: [] }));
  rows = [...rows, ...fresh];
  update({ offer: null });
  show();
  await lay(rows);
}

/** @param {File} file */
async function addList(file) {
  lists.push({ text: await listText(file), csv: /\.csv$/i.test(file.name) });
}

/**
 * @param {import('../contract').Wish} wish
 * @param {Row[]} due
 */
async function run(wish, due) {
  reset(due);
  const mine = (running = pool(due.length));
  let done = 0;
  let ticked = 0;
  const total = due.length;
  update({ busy: { action: 'convert', done, total }, offer: null, refusal: null }, '#busy-convert [data-role=cancel]');
  show();
  await work(mine, due, { wish, list: passwords() }, () => {
    done++;
    if (performance.now() - ticked < TICK) return;
    ticked = performance.now();
    update({ busy: { action: 'convert', done, total } });
    show();
  });
  if (mine === running) await finish(mine, wish.target);
}

/**
 * @param {ReturnType<typeof pool>} workers
 * @param {string} target
 */
async function finish(workers, target) {
  const { done, refused, partly, failed } = tally(rows);
  const told = lines(rows);
  note = noted(told);
  try {
    // Of files that all failed there is the report.
    const { buffer: bytes } = await workers.one.ask('pack', pack(rows));
    if (workers !== running) return;
    const others = `${refused ? `, ${refused} will be refused` : ''}${partly ? `, ${partly} partly` : ''}${failed ? `, ${failed} failed` : ''}`;
    const said = `${done} of ${rows.length} files are done${others}.`;
    const archive = { name: `${target}.zip`, media_type: 'application/zip', size: bytes.byteLength, bytes };
    const made = offer({ files: [], archive, paste: told.shared, findings: [], refused: refused > 0 });
    update({ busy: null, tried: false, said, offer: made, refusal: done + refused + partly ? null : NONE }, '#made-title');
  } catch (failure) {
    if (/** @type {Failure} */ (failure).code === 'cancelled') return;
    update({ busy: null, failure: /** @type {Failure} */ (failure) }, '#failure [data-role=dismiss]');
  } finally {
    workers.end();
    if (workers === running) running = null;
    show();
  }
}

/** @param {Row[]} some */
function reset(some) {
  for (const row of some) put(row, { state: 'waiting', error: null, findings: [], identities: [] });
}

function passwords() {
  return readLists([{ text: typed.value, csv: false }, ...lists], rows.map(({ name }) => name));
}

function show() {
  render({ asked: asked.length, rows, passwords: passwords(), working: running !== null, note });
}

chosenList.addEventListener('change', async () => {
  for (const file of chosenList.files ?? []) await addList(file);
  chosenList.value = '';
  show();
});
typed.addEventListener('input', show);
