// state → DOM. Reads the state and nothing else; writes the document and nothing else.

import { harmless, list, mustFind, put } from '../dom.js';
import { isHeld, summary } from '../entries.js';
import { renderEntries } from './entries.js';
import { renderFindings } from './findings.js';
import { renderOffer } from './offer.js';
import * as words from '../words.js';

/** @typedef {import('../types').State} State */
/** @typedef {import('../types').Given} Given */

/** As many files as a person reads through; of more only a few that are well, and those that want an answer. */
const LISTED = 30;
const CALM = 8;
const WANTING = 150;

/** @param {State} state */
export function render(state) {
  document.documentElement.toggleAttribute('data-ready', state.targets.length > 0);
  document.documentElement.toggleAttribute('data-held', isHeld(state));
  const failure = mustFind('#failure');
  failure.hidden = !state.failure;
  const gone = state.failure?.code === 'worker-gone';
  put(failure, 'what', words.say(gone ? 'failure.worker-gone' : 'failure.bug'));
  put(failure, 'message', gone ? null : state.failure?.message);

  renderFiles(state);
  renderBusy(state);
  renderEntries(state);
  renderOffer(state);

  const status = mustFind('#status');
  const said = harmless(state.said);
  if (status.textContent !== said) status.textContent = said;
}

/** @param {State} state */
function renderFiles({ given, view, busy }) {
  mustFind('#step-file').toggleAttribute('data-filled', given.length > 0);
  const files = listed(given, view);
  const rest = mustFind('#more-files');
  rest.hidden = files.length === given.length;
  rest.textContent = words.say('file.more', { n: given.length - files.length });
  list(mustFind('#files'), '#file-template', files, file => file.id, (node, file) => {
    const seen = view?.files.find(({ id }) => id === file.id);
    const error = file.error ?? seen?.error;
    const state = file.error ? 'refused' : (seen?.state ?? 'reading');
    const locked = state === 'locked';
    node.dataset.file = String(file.id);
    node.dataset.state = state;
    node.dataset.code = error?.code ?? '';

    // Of one file alone that is no archive, what is inside is said where it stands.
    const holds = seen && (given.length > 1 || seen.format === 'zip') ? summary(seen.holds) : '';
    const size = seen?.format_label ? '' : words.bytes(file.size);
    const what = [seen?.format_label, size, holds, state === 'reading' ? words.say('file.waiting') : ''];
    put(node, 'name', file.name);
    put(node, 'sample', file.sample ? words.say('sample.about') : null);
    put(node, 'what', what.filter(Boolean).join(' · '));
    // That a password is needed is what the field itself says.
    const trouble = error?.code === 'password-needed' ? undefined : error;
    put(node, 'error', trouble?.message);
    put(node, 'hint', trouble?.hint);

    const findings = (view?.findings ?? []).filter(one => one.file === file.id && one.entry == null);
    const about = mustFind('[data-role=findings]', node);
    about.id = `findings-${file.id}`;
    renderFindings(about, findings);

    // Some keystores open without their password, which alone would show that nobody changed them.
    const unchecked = state === 'open' && Boolean(seen?.unchecked);
    const form = mustFind('form', node);
    form.hidden = !locked && !unchecked;
    fillPassword(form, file.id, locked ? error : undefined);
    if (unchecked) mustFind('input', form).setAttribute('aria-describedby', about.id);
    fillForgot(form, seen?.maker);
    /** @type {HTMLInputElement} */ (mustFind('input', form)).readOnly = busy !== null;

    mustFind('.costly', node).hidden = state !== 'costly';
    const time = words.duration(error?.data?.seconds);
    put(node, 'time', time && words.say('file.costly', { time }));
    mustFind('[data-role=remove] .unseen', node).textContent = words.say('file.remove', { name: harmless(file.name) });
    mustFind('.icon use', node).setAttribute('href', locked ? '#icon-lock' : '#icon-file');
  });
}

/**
 * @param {Given[]} given
 * @param {State['view']} view
 */
function listed(given, view) {
  if (given.length <= LISTED) return given;
  const trouble = new Set(view?.files.filter(({ state }) => state !== 'open').map(({ id }) => id));
  const wants = (/** @type {Given} */ { id, error }) => error !== undefined || trouble.has(id);
  return [...given.filter(wants).slice(0, WANTING), ...given.filter(file => !wants(file)).slice(0, CALM)];
}

/**
 * @param {HTMLElement} form
 * @param {number} id
 * @param {import('../types').Failure | null | undefined} error
 */
function fillPassword(form, id, error) {
  const input = mustFind('[data-role=password]', form);
  const said = mustFind('[data-field=error]', /** @type {HTMLElement} */ (form.parentElement));
  input.id = `password-${id}`;
  said.id = `error-${id}`;
  const inner = error?.code === 'content-password-needed';
  const alias = error?.data?.alias;
  const part = alias ? words.say('file.password-of', { alias: harmless(String(alias)) }) : words.say('file.other-password');
  mustFind('label', form).setAttribute('for', input.id);
  mustFind('label', form).textContent = inner ? part : words.say('file.password');
  mustFind('[data-role=reveal]', form).setAttribute('aria-controls', input.id);
  // What is said above the field is about it, unless nothing was typed yet; and then the form says where to find it.
  const first = error?.code === 'password-needed';
  mustFind('.hint', form).hidden = !first;
  input.setAttribute('aria-invalid', String(error?.code === 'wrong-password' || (inner && Number(error?.data?.tried) > 1)));
  if (error && !first) input.setAttribute('aria-describedby', said.id);
  else input.removeAttribute('aria-describedby');
}

/**
 * Who can export the file again: the program that wrote it, or any that might have.
 * @param {HTMLElement} form
 * @param {import('../types').FileView['maker']} maker
 */
function fillForgot(form, maker) {
  for (const line of mustFind('[data-role=makers]', form).children) {
    const { dataset } = /** @type {HTMLElement} */ (line);
    const fits = maker ? dataset.maker === maker : dataset.maker !== 'open-ssh';
    /** @type {HTMLElement} */ (line).hidden = !fits;
  }
}

/** @param {State} state */
function renderBusy({ busy }) {
  for (const action of ['open', 'convert']) {
    const block = mustFind(`#busy-${action}`);
    const bar = /** @type {HTMLProgressElement} */ (mustFind('progress', block));
    const running = busy?.action === action ? busy : null;
    block.hidden = !running;
    // Without a value the bar shows that something runs, not how far it is.
    if (running?.total) {
      bar.max = running.total;
      bar.value = running.done;
    } else bar.removeAttribute('value');
  }
}
