// Opens files with a library, one at a time; a refusal is an answer without things.

import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

const { open } = await import(`./${workerData}`);
parentPort.on('message', async ({ kind, path, passwords }) => {
  try {
    parentPort.postMessage(await open(kind, readFileSync(path), passwords));
  } catch {
    parentPort.postMessage([]);
  }
});
