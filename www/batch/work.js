// The work of a batch: each row from waiting to done or failed, whatever becomes of the others.

import { given, read } from '../actions/files.js';
import { say } from '../words.js';
import { toTry } from './passwords.js';
import { put } from './state.js';

/** @typedef {import('./types').Row} Row */
/** @typedef {import('../types').Failure} Failure */
/** @typedef {import('../types').Options} Options */

/**
 * @param {ReturnType<typeof import('./pool.js').pool>} workers
 * @param {Row[]} rows
 * @param {{ options: Options, list: import('./types').Passwords }} how
 * @param {() => void} next hears of each row that is through
 */
export async function work(workers, rows, { options, list }, next) {
  /** @type {string | null} what opened the file before, and likely opens the next */
  let last = null;
  await workers.spread(rows, async (row, worker) => {
    put(row, { state: 'working' });
    try {
      const { identities, findings, error, used } = await carry(row, worker, toTry(list, row.name, last), options);
      last = used ?? last;
      const trouble = calm(error) ?? identities.find(({ error }) => error)?.error ?? null;
      const some = identities.some(({ error }) => !error);
      const whole = identities.some(({ refused }) => refused) ? 'refused' : 'done';
      put(row, { state: !trouble ? whole : some ? 'partly' : 'failed', identities, findings, error: trouble });
    } catch (failure) {
      const error = reasonOf(/** @type {Failure} */ (failure));
      if (!error) return;
      put(row, { state: 'failed', error });
    }
    next();
  });
}

/**
 * @param {Row} row
 * @param {import('./pool.js').Converter} worker
 * @param {string[]} passwords
 * @param {Options} options
 */
async function carry({ name, handle }, worker, passwords, options) {
  const file = given(handle);
  if (file.error) throw file.error;
  const bytes = await read(file);
  try {
    return await worker.ask('alone', { name, bytes, passwords, options }, { transfer: [bytes] });
  } catch (failure) {
    // Our bug: the next file gets a fresh worker.
    if (/** @type {Failure} */ (failure).code === 'internal') worker.stop(/** @type {Failure} */ (failure));
    throw failure;
  }
}

/**
 * Whether to go on with a costly file is asked where it is opened alone.
 * @param {Failure | null} error
 */
function calm(error) {
  if (error?.code !== 'costly-derivation') return error;
  return { ...error, hint: say('batch.costly.hint') };
}

/**
 * Why a file failed, for its row; nothing where a person ended it.
 * @param {Failure} failure
 */
function reasonOf(failure) {
  if (failure.code === 'cancelled') return null;
  if (failure.code === 'worker-gone') return { ...failure, hint: say('batch.worker-gone.hint') };
  if (failure.code !== 'internal') return failure;
  return { code: 'internal', message: say('batch.broke'), hint: say('batch.broke.hint') };
}
