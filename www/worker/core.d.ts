// What the build hands to the page: the worker's source with wasm-bindgen's glue before it, and the wasm, taken apart.
declare module 'keyferry:core' {
  export const workerSource: string;
  export const wasmSplit: import('./join').Split;
}
