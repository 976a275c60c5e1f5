// Files in, and what the core sees in them. One action serves a file given or taken away, a password typed and a cost
// accepted: whatever changed is told to the worker, which answers with everything it sees now.

import { ask, hearEnd, stop } from '../worker/converter.js';
import { chosenEntries, targetOf } from '../entries.js';
import { keepAddress } from './address.js';
import { given, read } from './files.js';
import { settle } from './choosing.js';
import { look as review } from './making.js';
import { news } from './news.js';
import { PASSWORD, sampleFile } from '../sample/sample.js';
import { patiently, pause, slices } from '../slices.js';
import { setupOf } from '../setup.js';
import { state, update } from '../state.js';
import { say } from '../words.js';

/** @typedef {import('../types').Failure} Failure */
/** @typedef {import('../types').State} State */
/** @typedef {import('../types').Given} Given */
/** `asked` is the file a person acted on; `judge` asks although nothing came or went.
 * @typedef {{ passwords?: string[], accepted?: number[], asked?: number, judge?: boolean }} Request */

/** The ids the worker holds; each worker has a set of its own. What differs from `state.given` is what the next `open` tells. */
let held = new Set();

/** One `open` at a time: each looks at what the one before left. */
let turn = Promise.resolve();

/** @type {Given[]} what the running `open` brings to the worker */
let opening = [];

/** How often everything was cleared: what was still being read then is not wanted. */
let rounds = 0;

/** Something broke while several files came at once: from then on they come one by one, to learn which it is. */
let cautious = false;

/** Gets the worker going before it is needed. */
export function start() {
  hearEnd(failure => recover(failure, []));
  turn = turn.then(learn).then(() => {}, failure => recover(failure, []));
}

/** @param {File[]} handles */
export async function take(handles) {
  // How large a file is, Chromium asks the system while the page waits: thousands of times that is long.
  const mine = rounds;
  const fresh = await patiently(handles, given);
  if (mine !== rounds) return;
  update({ given: [...state.given, ...fresh], said: news(fresh, null) });
  look();
}

/** The sample comes as any file does, and its password with it. */
export function takeSample() {
  const sample = { ...given(sampleFile(say('sample.name'))), sample: true };
  update({ given: [...state.given, sample], said: news([sample], null) });
  look({ passwords: [PASSWORD], asked: sample.id });
}

/**
 * @param {number} id
 * @param {string} password
 */
export function unlock(id, password) {
  look({ passwords: [password], asked: id });
}

/** Every file leaves the list. */
export function leaveAll() {
  update({ given: [] });
  look();
}

/** @param {number} id of a file that is costly to open */
export function accept(id) {
  // The second click of two has nothing to say.
  if (state.busy) return;
  look({ accepted: [id], asked: id });
}

/** @param {number} id */
export function remove(id) {
  const index = state.given.findIndex(file => file.id === id);
  const said = say('file.removed', { name: state.given[index]?.name ?? '' });
  const left = state.given.filter(file => file.id !== id);
  const next = left[Math.min(index, left.length - 1)];
  update({ given: left, said }, next ? `[data-file="${next.id}"] [data-role=remove]` : '#file-input');
  look();
}

/** @param {string} [focus] where the person was */
export function cancel(focus) {
  // What was just being opened would only start the same work again.
  const given = state.given.filter(file => !opening.includes(file));
  restart({ given, said: say('cancelled.all') }, focus ?? '#file-input');
}

/** Ends the worker, and with it all that it holds. */
export function end() {
  stop({ code: 'cancelled', message: 'cancelled' });
  held = new Set();
  cautious = false;
  rounds++;
}

/**
 * Our bug, or the worker is gone: says so, and starts afresh without the files that were just being opened.
 * @param {Failure} failure
 * @param {Given[]} culprits
 */
export function recover(failure, culprits) {
  // One failure of the worker answers everything that was asked of it.
  if (failure.code === 'cancelled' || failure === state.failure) return;
  const gone = failure.code === 'worker-gone';
  const message = say(gone ? 'file.worker-gone' : 'file.broke');
  for (const file of culprits) file.error = { code: failure.code, message, hint: say('file.broke.hint') };
  const said = say('failure.restarted', { message: say(gone ? 'failure.worker-gone' : 'failure.bug') });
  restart({ failure, said }, '#failure [data-role=dismiss]');
}

/** Judges what is open for the target that was just chosen. */
export function judge() {
  look({ judge: true });
}

/**
 * A new worker knows nothing: what is on the list is given to it again, and asks for its passwords again.
 * @param {Partial<State>} changes
 * @param {string} focus
 */
function restart(changes, focus) {
  stop({ code: 'cancelled', message: 'cancelled' });
  held = new Set();
  update({ ...changes, view: null, busy: null, changed: state.offer && 'given' }, focus);
  look();
}

/**
 * Tells the worker what changed, and shows what it sees now.
 * @param {Request} [request]
 */
function look(request = {}) {
  const mine = held;
  // What was asked of a worker that a person has ended since is not asked of the next one.
  const next = () => (mine === held ? open(request) : undefined);
  turn = turn.then(next, next);
}

/** @param {Request} request */
async function open({ passwords = [], accepted = [], asked, judge = false }) {
  const mine = held;
  const ids = new Set(state.given.map(({ id }) => id));
  const removed = [...held].filter(id => !ids.has(id));
  const fresh = state.given.filter(({ id, error }) => !held.has(id) && !error);
  opening = cautious ? fresh.slice(0, 1) : fresh;
  if (!judge && ![...removed, ...opening, ...passwords, ...accepted].length) return;
  if (judge && !held.size) return;
  const said = asked === undefined ? state.said : say('opening');
  const changed = judge ? state.changed : state.offer && 'given';
  update({ busy: { action: 'open', done: 0, total: 0 }, changed, refusal: null, said });
  try {
    if (!state.targets.length) await learn();
    for (const some of slices(opening)) {
      const contents = await Promise.all(some.map(file => read(file).catch(error => void (file.error = error))));
      // Another worker since: it was asked for what it is to open.
      if (mine !== held) return;
      const files = some.flatMap(({ id, name }, index) => {
        const bytes = contents[index];
        return bytes ? [{ id, name, bytes }] : [];
      });
      for (const { id } of files) held.add(id);
      // Slice by slice, since handing over thousands at once takes longer than a task may.
      await ask('add', { files }, { transfer: files.map(({ bytes }) => bytes) });
    }
    if (mine !== held) return;
    for (const id of removed) held.delete(id);
    const { trusted } = state;
    const request = { removed, passwords, accepted, trusted, target: targetOf(state)?.id ?? null, at: Date.now() };
    const progress = (/** @type {{ done: number, total: number }} */ at) => update({ busy: { action: 'open', ...at } });
    const view = await ask('open', request, { progress });
    // Of thousands of files the answer alone fills a task; what is made of it is another.
    await pause();
    if (mine !== held) return;
    see(view, asked);
    if (fresh.length > opening.length) look();
  } catch (failure) {
    const several = opening.length > 1;
    cautious ||= several && /** @type {Failure} */ (failure).code !== 'cancelled';
    recover(/** @type {Failure} */ (failure), several ? [] : opening);
  } finally {
    opening = [];
  }
}

async function learn() {
  update(await ask('targets', {}));
  aim();
}

/** Sets up what the address says, where nothing is chosen: a link can name a system, as keyferry.html#kafka does. */
export function aim() {
  const setup = setupOf(location.hash, state);
  if (!state.choices.target && setup) update({ choices: { ...state.choices, ...setup } });
  if (state.targets.length) keepAddress();
}

/**
 * @param {import('../types').View} view
 * @param {number} [asked]
 */
function see(view, asked) {
  const locked = view.files.filter(file => file.state === 'locked').map(({ id }) => id);
  const wanted = locked.find(id => id === asked) ?? locked[0];
  const about = asked === undefined ? opening : state.given.filter(({ id }) => id === asked);
  const said = news(about, view) || state.said;
  const choices = settle(view);
  const focus = wanted !== undefined ? `#password-${wanted}` : asked !== undefined ? next(choices) : '';
  update({ view, choices, busy: null, said }, about.length ? focus : '');
  if (chosenEntries(state).length) review();
}

/**
 * Where a person goes on once a file is open: at the new password where it stands beside what was opened.
 * @param {import('../types').Choices} choices
 */
function next({ chosen }) {
  const beside = matchMedia('(min-width: 68.75rem)').matches;
  return beside && chosen.length && targetOf(state)?.uses_password ? '#new-password' : '#inside-title';
}
