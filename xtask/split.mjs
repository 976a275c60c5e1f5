// Takes a wasm module apart into streams of what is alike: what the instructions are is one stream, their numbers are others.
// A compressor finds more in each than in the mixture. www/worker/join.js puts the module together again, byte for byte.
//
// A kind of instruction is all that is equal in each of its instructions: the opcode, an alignment, a constant of 16 bytes.
// How many numbers (LEB128) follow, and in which stream, belongs to the kind. So the page needs no table of opcodes.

const CODE = 10;
const END = 0x0b;

// The stream of what the next instruction names.
const BY_NEXT = 'by next';

// A stream of constants with fewer bytes is not worth its own.
const FEW = 500;

/**
 * The parts of which join.js puts the module together, as rows of numbers.
 * @param {Uint8Array} wasm
 */
export function split(wasm) {
  const reader = new Reader(wasm, 8);
  const section = () => ({ id: reader.byte(), size: reader.number() });
  let { id, size } = section();
  while (id !== CODE) {
    reader.at += size;
    ({ id, size } = section());
  }
  const end = reader.at + size;
  const bodies = reader.number();
  const head = wasm.subarray(0, reader.at);
  const instructions = [];
  for (let body = 0; body < bodies; body++) readBody(reader, instructions);
  if (reader.at !== end) throw new Error('the functions do not end where their section does');
  return { ends: [[...head], [...wasm.subarray(end)]], ...streamsOf(instructions) };
}

/** A function's body. Its locals are an instruction without an opcode; its last instruction is a kind of its own. */
function readBody(reader, instructions) {
  const size = reader.number();
  const end = reader.at + size;
  const start = reader.at;
  const locals = reader.number();
  instructions.push(reader.instruction(start, 'local types', 2 * locals));
  while (reader.at < end) instructions.push(readInstruction(reader));
  const last = instructions.at(-1);
  if (reader.at !== end || last.bytes[0] !== END) throw new Error('a function does not end where its size says');
  last.last = true;
}

/** An instruction: WebAssembly core specification, 5.4. */
function readInstruction(reader) {
  const start = reader.at;
  const opcode = reader.byte();
  // What belongs to the kind is read first, as bytes or as numbers; `count` numbers of the stream follow.
  const kind = ({ bytes = 0, numbers = 0, stream = '', count = 0 }) => {
    reader.at += bytes;
    reader.numbers(numbers);
    return reader.instruction(start, stream, count);
  };
  const memory = { numbers: 1, stream: 'offset', count: 1 };
  const unknown = (operation = '') => {
    throw new Error(`xtask/split.mjs does not know the instruction ${opcode} ${operation}`);
  };
  if (opcode === 0xfc) {
    const operation = reader.number();
    // Up to 7 they convert numbers; then they copy and fill memory and tables.
    return kind({ numbers: operation < 8 ? 0 : ([2, 1, 2, 1, 2, 1, 2, 1, 1, 1][operation - 8] ?? unknown(operation)) });
  }
  if (opcode === 0xfd) {
    const operation = reader.number();
    if (operation <= 11 || operation === 92 || operation === 93) return kind(memory);
    if (operation === 12 || operation === 13) return kind({ bytes: 16 });
    if (operation >= 21 && operation <= 34) return kind({ bytes: 1 });
    if (operation >= 84 && operation <= 91) return kind({ numbers: 2, bytes: 1 });
    return operation < 256 ? kind({}) : unknown(operation);
  }
  if (opcode === 0x0e) {
    const labels = reader.number();
    return kind({ stream: 'labels', count: labels + 1 });
  }
  if (opcode === 0x0c || opcode === 0x0d) return kind({ stream: 'label', count: 1 });
  if (opcode === 0x10) return kind({ stream: 'function', count: 1 });
  if (opcode === 0x11) return kind({ stream: 'type', count: 2 });
  if (opcode >= 0x20 && opcode <= 0x22) return kind({ stream: 'local', count: 1 });
  if (opcode >= 0x28 && opcode <= 0x3e) return kind(memory);
  if (opcode === 0x41) return kind({ stream: BY_NEXT, count: 1 });
  if (opcode === 0x42) return kind({ stream: 'constant', count: 1 });
  if (opcode === 0x43) return kind({ bytes: 4 });
  if (opcode === 0x44) return kind({ bytes: 8 });
  // Blocks with their types, globals, tables, the memory, references.
  const one = (opcode >= 0x02 && opcode <= 0x04) || (opcode >= 0x23 && opcode <= 0x26);
  if (one || [0x3f, 0x40, 0xd0, 0xd2].includes(opcode)) return kind({ numbers: 1 });
  const none = [0x00, 0x01, 0x05, END, 0x0f, 0x1a, 0x1b, 0xd1].includes(opcode);
  return none || (opcode >= 0x45 && opcode <= 0xc4) ? kind({}) : unknown();
}

/** The kinds, the most frequent first, the kind of each instruction, and the bytes of each stream. */
function streamsOf(instructions) {
  // The constant of i32.const is of another sort where it is an address than where it is a shift: it lies in the stream of
  // the opcode behind it.
  const sizes = new Map();
  instructions.forEach(({ stream, numbers }, at) => {
    const { opcode } = instructions[at + 1] ?? {};
    if (stream === BY_NEXT) sizes.set(opcode, (sizes.get(opcode) ?? 0) + numbers.length);
  });
  const before = ({ opcode }) => (sizes.get(opcode) >= FEW ? `before ${opcode}` : 'before others');

  const streams = new Map();
  const place = (name) => {
    if (!streams.has(name)) streams.set(name, { place: streams.size, bytes: [] });
    return streams.get(name);
  };
  const kinds = new Map();
  const kindOf = instructions.map(({ opcode, bytes, stream, count, numbers, last }, at) => {
    const name = stream === BY_NEXT ? before(instructions[at + 1]) : stream;
    if (count) place(name).bytes.push(...numbers);
    const key = [stream, last, ...bytes].join();
    const kind = kinds.get(key) ?? { bytes, stream, count, last, opcode, used: 0 };
    kind.used++;
    kinds.set(key, kind);
    return kind;
  });
  const sorted = [...kinds.values()].sort((one, other) => other.used - one.used);
  sorted.forEach((kind, rank) => (kind.rank = rank));
  const numbered = ({ bytes, stream, count, last, opcode }) => {
    const own = stream === BY_NEXT ? -1 : stream ? place(stream).place : 0;
    return [own, place(before({ opcode })).place, count, Number(last), ...bytes];
  };
  return {
    kinds: sorted.map(numbered),
    order: kindOf.map(({ rank }) => rank),
    streams: Array.from(streams.values(), ({ bytes }) => bytes),
  };
}

/** Reads a module from a place on. */
class Reader {
  constructor(bytes, at) {
    Object.assign(this, { bytes, at });
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** An LEB128 without a sign. */
  number() {
    let number = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      number += (byte % 128) * scale;
      if (byte < 128) return number;
    }
  }

  /** The bytes of some LEB128, whatever their sign. */
  numbers(count) {
    const start = this.at;
    for (let read = 0; read < count; read++) while (this.byte() >= 128);
    return this.bytes.subarray(start, this.at);
  }

  /** The instruction of the bytes since `start`, and of as many numbers behind them. */
  instruction(start, stream, count) {
    const bytes = this.bytes.subarray(start, this.at);
    const numbers = this.numbers(count);
    return { opcode: bytes[0], bytes, stream, count, numbers, last: false };
  }
}
