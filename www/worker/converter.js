// The page's half of a worker: a request becomes a promise, cancel is the end of the worker, the next request starts
// a new one. A classic worker from a blob: the one kind that every browser also starts from file://. The page has one
// worker; a batch has several of its own.
//
// A trap: no event tells that a browser has ended a worker, as it does where memory runs out. So the worker holds a lock
// (Web Locks) for as long as it lives, and the page waits for it. Where a browser refuses locks, the end stays unnoticed.

import { say } from '../words.js';
import { wasmSplit, workerSource } from 'keyferry:core';
import { join } from './join.js';

/** @typedef {import('../types').Actions} Actions */
/** @typedef {{ resolve: (result: any) => void, reject: (failure: any) => void, progress: (progress: any) => void }} Waiting */
/** @typedef {{ id?: number, locked?: string, compiled?: WebAssembly.Module, progress?: { done: number, total: number }, result?: any,
 *   failure?: import('../types').Failure }} Answer */

const blob = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));

// The policy takes nothing from its caller: this page can start no other worker than its own.
/** @type {{ createScriptURL(url: string): any } | undefined} */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy('worker', { createScriptURL: () => blob });

/** @type {WebAssembly.Module | null} what the first worker compiled, for those after it */
let compiled = null;

const GONE = { code: 'worker-gone', message: say('failure.worker-gone') };

/**
 * One worker, which starts when it is first asked.
 * @param {(failure: import('../types').Failure) => void} [idle] hears of its end where nobody waits for an answer
 */
export function converter(idle = () => {}) {
  /** @type {Worker | null} */
  let worker = null;

  /** @type {Map<number, Waiting>} */
  const waiting = new Map();
  let lastId = 0;

  /**
   * Asks the worker for one action; `transfer` names the buffers that move there.
   * @template {keyof Actions} A
   * @param {A} action
   * @param {Actions[A]['takes']} args
   * @param {{ transfer?: Transferable[], progress?: (progress: { done: number, total: number }) => void }} [options]
   * @returns {Promise<Actions[A]['gives']>} rejected with a Failure
   */
  function ask(action, args, { transfer = [], progress = () => {} } = {}) {
    const running = (worker ??= start());
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject, progress });
      running.postMessage({ id, action, ...args }, transfer);
    });
  }

  /**
   * Ends the worker and all it holds; what was asked is answered with this failure.
   * @param {import('../types').Failure} failure
   * @returns {number} of how many requests
   */
  function stop(failure) {
    worker?.terminate();
    worker = null;
    const asked = [...waiting.values()];
    waiting.clear();
    for (const { reject } of asked) reject(failure);
    return asked.length;
  }

  function start() {
    const fresh = new Worker(policy ? policy.createScriptURL('') : blob);
    /** @param {import('../types').Failure} failure */
    const end = failure => worker === fresh && stop(failure) === 0 && idle(failure);
    fresh.onmessage = ({ data }) => (data.locked ? navigator.locks.request(data.locked, () => end({ ...GONE })) : hear(data, end));
    fresh.onerror = event => end({ code: 'internal', message: event.message || say('failure.not-started') });
    const wasm = compiled ?? join(wasmSplit).buffer;
    fresh.postMessage({ wasm, lock: crypto.getRandomValues(new Uint32Array(4)).join() }, wasm instanceof ArrayBuffer ? [wasm] : []);
    return fresh;
  }

  /**
   * @param {Answer} answer
   * @param {(failure: import('../types').Failure) => void} end
   */
  function hear({ id, compiled: module, progress, result, failure }, end) {
    if (module) return void (compiled = module);
    if (id === undefined) return end(failure ?? { code: 'internal', message: say('failure.unexpected') });
    const asked = waiting.get(id);
    if (!asked) return;
    if (progress) return asked.progress(progress);
    waiting.delete(id);
    if (failure) asked.reject(failure);
    else asked.resolve(result);
  }

  return { ask, stop };
}

/**
 * Whether a failure is no answer to what was asked: our bug, or the worker's end. A fresh worker goes on.
 * @param {{ code?: string }} failure
 */
export function broke({ code }) {
  return code === 'internal' || code === 'worker-gone';
}

/** @type {(failure: import('../types').Failure) => void} */
let alone = () => {};

/** The page's own worker. */
export const { ask, stop } = converter(failure => alone(failure));

/** @param {typeof alone} listener hears of the end of the page's worker where nobody waits for an answer */
export function hearEnd(listener) {
  alone = listener;
}
