// The global that wasm-bindgen's no-modules glue leaves before worker.js, as far as worker.js uses it.
type Progress = (done: number, total: number) => void;

interface Keyferry {
  add(id: number, name: string, bytes: Uint8Array): void;
  remove(id: number): void;
  password(password: string): void;
  accept(id: number): void;
  trust(roots: string[]): void;
  open(target: string | undefined, at: number, progress: Progress): Promise<string>;
  alone(target: string, at: number, progress: Progress): Promise<string>;
  review(json: string, password: string, key_password: string | undefined): string;
  convert(
    json: string,
    password: string,
    key_password: string | undefined,
    progress: Progress,
  ): Promise<{ json: string; bytes: Uint8Array<ArrayBuffer>[] }>;
  targets(): string;
  inventory(at: number, from: number): string;
  inventory_file(json: string): Uint8Array<ArrayBuffer>;
  sha256(bytes: Uint8Array): string;
  generate(target: string): string;
  free(): void;
  review_request(form: string, password: string): string;
  request(form: string, password: string, at: number, progress: Progress): Promise<{ json: string; bytes: Uint8Array<ArrayBuffer>[] }>;
  details(place: string): string;
  tree(place: string): string;
  compare(pair: string): string;
}

declare const wasm_bindgen: {
  (init: { module_or_path: WebAssembly.Module }): Promise<unknown>;
  Keyferry: {
    new (): Keyferry;
    pack(files: string, made: Uint8Array[]): { json: string; bytes: Uint8Array<ArrayBuffer>[] };
  };
};
