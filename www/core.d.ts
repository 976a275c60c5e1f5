// What the build hands to the page: the worker's source with wasm-bindgen's glue before it, and the wasm.
declare module 'keyferry:core' {
  export const workerSource: string;
  export const wasmBase64: string;
}
