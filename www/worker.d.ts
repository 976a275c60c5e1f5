// The global that wasm-bindgen's no-modules glue leaves before worker.js, as far as worker.js uses it.
type Progress = (done: number, total: number) => void;

interface Keyferry {
  add(id: number, name: string, bytes: Uint8Array): void;
  remove(id: number): void;
  password(password: string): void;
  accept(id: number): void;
  trust(roots: string[]): void;
  open(target: string, at: number, progress: Progress): Promise<string>;
  review(json: string, password: string): string;
  convert(json: string, password: string, progress: Progress): Promise<{ json: string; bytes: Uint8Array<ArrayBuffer>[] }>;
  targets(): string;
  glance(at: number, from: number): string;
  glance_file(json: string): Uint8Array<ArrayBuffer>;
  generate(target: string): string;
  review_request(form: string, password: string): string;
  request(form: string, password: string, at: number, progress: Progress): Promise<{ json: string; bytes: Uint8Array<ArrayBuffer>[] }>;
  details(place: string): string;
  tree(place: string): string;
  compare(pair: string): string;
}

declare const wasm_bindgen: {
  (init: { module_or_path: ArrayBuffer }): Promise<unknown>;
  Keyferry: new () => Keyferry;
};
