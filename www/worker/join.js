// Puts a wasm module together from streams of what is alike in it. xtask/split.mjs takes it apart, and says why.

/** @typedef {{ alphabet: string, texts: string[] }} Numbers rows of numbers: each is the place of its character in the alphabet */

/**
 * A kind of instruction: the stream of its numbers, or -1 where the next instruction's kind says which; the stream that it says for
 * the instruction before it; how many numbers it has; 1 where it is the last of a function; its bytes.
 * @typedef {[stream: number, before: number, count: number, last: number, ...bytes: number[]]} Kind
 */

/**
 * @typedef {object} Split
 * @property {number} size bytes of the module
 * @property {Numbers} ends the bytes before the first function, and those behind the last
 * @property {Kind[]} kinds
 * @property {Numbers} order the kind of each instruction
 * @property {Numbers} streams numbers of instructions, as LEB128
 */

/** @param {Split} split */
export function join(split) {
  const { size, kinds } = split;
  const [head, tail] = rows(split.ends);
  const [order] = rows(split.order);
  const streams = rows(split.streams);
  const module = new Uint8Array(size);
  module.set(head);
  const read = streams.map(() => 0);
  let start = head.length;
  let end = start;
  for (let index = 0; index < order.length; index++) {
    const kind = kinds[order[index]];
    for (let at = 4; at < kind.length; at++) module[end++] = kind[at];
    const stream = kind[0] < 0 ? kinds[order[index + 1]][1] : kind[0];
    for (let left = kind[2]; left > 0; ) {
      const byte = streams[stream][read[stream]++];
      module[end++] = byte;
      if (byte < 128) left--;
    }
    if (!kind[3]) continue;
    // A function begins with its size, which is known now.
    const length = leb(end - start);
    module.copyWithin(start + length.length, start, end);
    module.set(length, start);
    start = end += length.length;
  }
  module.set(tail, end);
  return module;
}

/**
 * @param {Numbers} numbers
 * @returns {any[]} an Uint16Array for each text
 */
function rows({ alphabet, texts }) {
  const numberOf = new Uint16Array(0x400);
  for (let number = 0; number < alphabet.length; number++) numberOf[alphabet.charCodeAt(number)] = number;
  return texts.map(text => {
    // A plain loop: Uint16Array.from with a function takes ten times as long over megabytes.
    const row = new Uint16Array(text.length);
    for (let index = 0; index < text.length; index++) row[index] = numberOf[text.charCodeAt(index)];
    return row;
  });
}

/**
 * LEB128 without a sign.
 * @param {number} number
 */
function leb(number) {
  const bytes = [];
  for (; number >= 128; number = Math.floor(number / 128)) bytes.push((number % 128) | 128);
  return [...bytes, number];
}
