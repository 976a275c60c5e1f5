// The worker's part in a batch, one script with worker.js: one file at a time, in a core of its own, which then forgets it.

/**
 * Opens it with the first password that does, and converts each identity in it. What one lacks does not keep the others, and
 * what stays locked not what is open, where the target can do with that.
 * @param {import('../batch/types').Alone} request
 * @returns {Promise<import('../batch/types').Carried>}
 */
async function alone({ name, bytes, passwords, wish }) {
  const core = new wasm_bindgen.Keyferry();
  const silent = () => {};
  try {
    core.add(0, name, new Uint8Array(bytes));
    // One password after the other: what trying all of them costs is nothing that the file says.
    const [first, ...others] = passwords;
    if (first !== undefined) core.password(first);
    /** @type {() => Promise<import('../types').View>} */
    const look = async () => JSON.parse(await core.open(wish.target, wish.at, silent));
    let view = await look();
    let used = first;
    for (const password of others) {
      if (view.files[0]?.state !== 'locked') break;
      core.password((used = password));
      view = await look();
    }
    const error = view.files[0]?.error ?? null;
    const target = targets().targets.find(({ id }) => id === wish.target);
    const findings = view.findings.filter(({ entry }) => entry == null);
    // Beside a key that stays locked, certificates alone are of use where no key is wanted.
    const keyless = !target?.files.some(({ holds_key }) => holds_key);
    const fits = view.entries.some(({ kind }) => kind === 'private-key' || (keyless && target?.kinds.includes(kind)));
    if (error && !fits) return { identities: [], findings, error, used: null };
    const identities = [];
    for (const group of groups(view, target)) {
      const entries = group.map(entry => {
        return { entry: view.entries.indexOf(entry), alias: entry.suggested_alias, issuers: null };
      });
      const alias = entries.length === 1 ? (entries[0]?.alias ?? '') : '';
      const made = await convertIn(core, { ...wish, entries }, silent).catch(failure);
      const about = view.findings.filter(({ entry }) => entry != null && group.includes(/** @type {any} */ (view.entries[entry])));
      if (!('files' in made)) {
        identities.push({ alias, files: [], findings: about, paste: [], error: made, refused: false });
        continue;
      }
      const files = made.files.map(({ name, bytes }) => ({ name, blob: new Blob([bytes]) }));
      const known = new Set(about.map(({ code }) => code));
      const more = made.findings.filter(({ code }) => !known.has(code));
      identities.push({ alias, files, findings: [...about, ...more], paste: made.paste, error: null, refused: made.refused });
    }
    return { identities, findings, error, used: error ? null : (used ?? null) };
  } finally {
    core.free();
  }
}

/**
 * What of a file goes into files of its own: each private key; without one each certificate that is no authority's, or
 * where they are to be trusted all of them together.
 * @param {import('../types').View} view
 * @param {import('../types').Target | undefined} target
 * @returns {import('../types').Entry[][]}
 */
function groups({ entries }, target) {
  const fit = entries.filter(({ kind }) => target?.kinds.includes(kind));
  const trusted = fit.filter(({ kind }) => kind === 'certificate');
  if (target?.takes === 'certificates' && trusted.length) return [trusted];
  const keys = fit.filter(({ kind }) => kind === 'private-key');
  const own = keys.length ? keys : fit.filter(entry => entry.kind !== 'certificate' || !entry.ca);
  // With nothing that fits, the core says what is missing.
  const chosen = own.length ? own : fit.length ? fit : entries.slice(0, 1);
  return chosen.map(entry => [entry]);
}

/**
 * Names of folders that every system can save, no two alike.
 * @param {import('../types').Actions['folders']['takes']} request
 */
function folders({ wanted, files }) {
  return wasm_bindgen.Keyferry.folders(wanted, files);
}

/**
 * Everything a batch made, its report first, as one ZIP.
 * @param {import('../batch/types').Pack} request
 */
async function pack({ files, report }) {
  const csv = wasm_bindgen.Keyferry.csv(JSON.stringify(report));
  const names = ['report.csv', ...files.map(({ name }) => name)];
  const contents = await Promise.all(files.map(({ blob }) => blob.arrayBuffer()));
  return wasm_bindgen.Keyferry.pack(names, [csv, ...contents.map(bytes => new Uint8Array(bytes))]);
}
