// Several workers, each with one thing at a time, until nothing is left.

import { converter } from '../worker/converter.js';

/** More are of no use: each has the whole core in its memory. */
const MOST = 8;

/** @typedef {ReturnType<typeof converter>} Converter */

/** @param {number} things how many there are to do */
export function pool(things) {
  const size = Math.max(1, Math.min(MOST, navigator.hardwareConcurrency || 2, things));
  const converters = Array.from({ length: size }, () => converter());
  let ended = false;

  return {
    /** How many workers there are. */
    size,

    /**
     * Gives each thing to the next worker that has nothing to do.
     * @template T
     * @param {T[]} things
     * @param {(thing: T, worker: Converter) => Promise<unknown>} work which never rejects
     */
    async spread(things, work) {
      let next = 0;
      const lane = async (/** @type {Converter} */ worker) => {
        while (!ended && next < things.length) await work(/** @type {T} */ (things[next++]), worker);
      };
      await Promise.all(converters.map(lane));
    },

    /** Any one of them, for what is to be done once. */
    one: /** @type {Converter} */ (converters[0]),

    /** Ends them all, and what they hold. */
    end() {
      ended = true;
      for (const { stop } of converters) stop({ code: 'cancelled', message: 'cancelled' });
    },
  };
}
