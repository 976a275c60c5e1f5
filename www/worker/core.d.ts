// What the build hands to the page: the worker's source with wasm-bindgen's glue before it, and the wasm,
// one character a byte, with the character of each byte.
declare module 'keyferry:core' {
  export const workerSource: string;
  export const wasmAlphabet: string;
  export const wasmText: string;
}
