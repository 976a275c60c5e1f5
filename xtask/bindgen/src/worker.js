// Runs the tests of a wasm program in a worker, as wasm-bindgen-test wants it (`rt/mod.rs` of its 0.3.80), and sends what
// they print, a line a message; at the end `{ passed }`.
importScripts('tests.js');

self.__wbg_test_invoke = (call) => call();
self.__wbg_test_output_writeln = (...words) => self.postMessage(words.map(String).join(' '));

self.onmessage = async ({ data: filter }) => {
  const wasm = await wasm_bindgen({ module_or_path: 'tests_bg.wasm' });
  for (const method of ['debug', 'log', 'info', 'warn', 'error']) {
    console[method] = (...words) => wasm_bindgen[`__wbgtest_console_${method}`](words);
  }
  const all = Object.keys(wasm).filter((name) => name.startsWith('__wbgt_'));
  const chosen = all.filter((name) => name.slice(name.indexOf('::') + 2).includes(filter));
  const context = new wasm_bindgen.WasmBindgenTestContext(false);
  context.filtered_count(all.length - chosen.length);
  self.postMessage({ passed: await context.run(chosen.map((name) => wasm[name])) });
};
