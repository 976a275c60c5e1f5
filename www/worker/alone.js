// The worker's part in a batch, one script with worker.js: one file at a time, in a core of its own, which then forgets it.

/**
 * Opens it with the first password that does, and converts what the core says. What one conversion lacks does not keep the
 * others.
 * @param {import('../batch/types').Alone} request
 * @returns {Promise<import('../batch/types').Carried>}
 */
async function alone({ name, bytes, passwords, options }) {
  const core = new wasm_bindgen.Keyferry();
  const silent = () => {};
  try {
    core.add(0, name, new Uint8Array(bytes));
    // One password after the other: what trying all of them costs is nothing that the file says.
    const [first, ...others] = passwords;
    if (first !== undefined) core.password(first);
    /** @type {() => Promise<import('../contract').Alone>} */
    const look = async () => JSON.parse(await core.alone(options.target, options.at, silent));
    let told = await look();
    let used = first;
    for (const password of others) {
      if (!told.locked) break;
      core.password((used = password));
      told = await look();
    }
    const { conversions, findings, error } = told;
    const identities = [];
    for (const { alias, entries, findings: about } of conversions) {
      const made = await convertIn(core, { ...options, entries }, silent).catch(failure);
      if (!('files' in made)) {
        identities.push({ alias, files: [], findings: about, steps: [], snippets: [], error: made, refused: false });
        continue;
      }
      const files = made.files.map(({ name, bytes }) => ({ name, blob: new Blob([bytes]) }));
      const known = new Set(about.map(({ code }) => code));
      const more = made.findings.filter(({ code }) => !known.has(code));
      identities.push({ alias, files, findings: [...about, ...more], steps: made.steps, snippets: made.paste, error: null, refused: made.refused });
    }
    return { identities, findings, error, used: error ? null : (used ?? null) };
  } finally {
    core.free();
  }
}

/**
 * Everything a batch made, its report first, as one ZIP.
 * @param {import('../batch/types').Pack} request
 */
async function pack({ files }) {
  const blobs = files.flatMap(({ identities }) => identities.flatMap(({ files }) => files.map(({ blob }) => blob)));
  const made = await Promise.all(blobs.map(blob => blob.arrayBuffer()));
  const { json, bytes } = wasm_bindgen.Keyferry.pack(JSON.stringify(files), made.map(bytes => new Uint8Array(bytes)));
  return { folders: JSON.parse(json), bytes: bytes[0]?.buffer };
}
