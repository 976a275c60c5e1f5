// Wiring: what a person does, and which change of the state that is. The elements say it with data-role.

import * as copy from './about/copy.js';
import * as dialogs from './about/dialogs.js';
import { subscribe as subscribeCopy } from './about/state.js';
import * as terms from './about/terms.js';
import { renderCopy } from './about/view.js';
import { chooseEntry, decide } from './actions/choosing.js';
import { addFile, changeFile, dropFile } from './actions/custom.js';
import { follow, looked, takeBack, trust } from './actions/deciding.js';
import { clearFields, conceal, copyFrom, reveal } from './actions/fields.js';
import { hearFiles, textFile } from './actions/files.js';
import * as making from './actions/making.js';
import * as opening from './actions/opening.js';
import { chain, retitle } from './actions/subjects.js';
import * as batch from './batch/batch.js';
import { lay, renderUnfolded, touch } from './batch/rows.js';
import { hearRows, subscribe as subscribeBatch } from './batch/state.js';
import { renderBatch } from './batch/view.js';
import * as details from './details/details.js';
import { subscribe as subscribeDetails } from './details/state.js';
import { renderUnfolded as renderDetails } from './details/view.js';
import { mustFind } from './dom.js';
import * as inventory from './inventory/inventory.js';
import { subscribe as subscribeInventory } from './inventory/state.js';
import { renderInventory } from './inventory/table.js';
import { renderTimeline } from './inventory/timeline.js';
import { endSaved, withdraw } from './links.js';
import { saveReport } from './report/save.js';
import { renderReport } from './report/view.js';
import { renderOver } from './render/over.js';
import { watchPane } from './render/panes.js';
import { render } from './render/render.js';
import * as request from './request/request.js';
import { subscribe as subscribeRequest } from './request/state.js';
import { layOut, renderRequest } from './request/view.js';
import { clearStates, state, subscribe, update } from './state.js';
import { subscribe as subscribeSystem } from './system/state.js';
import * as system from './system/system.js';
import { renderSystem } from './system/view.js';
import { say } from './words.js';
import { broke } from './worker/converter.js';

const pasted = /** @type {HTMLTextAreaElement} */ (mustFind('#pasted-text'));
const newPassword = /** @type {HTMLInputElement} */ (mustFind('#new-password'));
const keyPassword = /** @type {HTMLInputElement} */ (mustFind('#key-password'));
const requestPassword = /** @type {HTMLInputElement} */ (mustFind('#request-password'));

/** @type {Record<string, (button: HTMLElement) => unknown>} */
const clicks = {
  'add-form': () => looked(addFile),
  accept: button => opening.accept(fileOf(button)),
  anew: making.make,
  apart: batch.apart,
  batch: batch.start,
  'change-system': system.change,
  'close-dialog': dialogs.close,
  cancel: button => (button.closest('#request') ? request.cancel() : batch.cancel() || making.cancel() || opening.cancel()),
  copy: button => copyFrom(button, mustFind('pre', row(button)), lines(row(button))),
  'copy-pem': button => copyFrom(button, pem(button), pem(button).textContent ?? ''),
  'copy-password': button => copyFrom(button, newPassword, newPassword.value),
  'copy-setup': system.copySetup,
  dismiss: () => update({ failure: null }, '#file-title'),
  'drop-form': button => looked(() => dropFile(button)),
  generate: making.generate,
  'keep-system': system.keep,
  leave: button => opening.remove(fileOf(button)),
  'look-inside': system.lookInside,
  remove: button => opening.remove(fileOf(button)),
  report: saveReport,
  'request-again': request.renew,
  'request-copy': button => copyFrom(button, requestPassword, requestPassword.value),
  'request-generate': request.generate,
  'retry-batch': batch.retry,
  reveal: button => (reveal(button), update({})),
  'show-dialog': button => dialogs.show(button.dataset.dialog ?? ''),
  'start-over': startOver,
  'take-text': takeText,
  term: terms.explain,
  together: batch.together,
  trust,
  'try-sample': opening.takeSample,
  undo: takeBack,
};

/** @type {Record<string, (form: HTMLElement) => unknown>} */
const submits = {
  make: () => (state.batch ? batch.make() : making.make()),
  request: request.make,
  unlock(form) {
    const input = /** @type {HTMLInputElement} */ (mustFind('[data-role=password]', form));
    const password = input.value;
    conceal(input);
    opening.unlock(fileOf(form), password);
  },
};

// Asynchronous, so that whatever throws in there rejects and is heard below.
addEventListener('click', async ({ target }) => {
  const button = /** @type {HTMLElement | null} */ (target instanceof Element && target.closest('button'));
  if (!button) return;
  if (button.dataset.role) await clicks[button.dataset.role]?.(button);
  else if (button.closest('#inventory')) await inventory.press(button);
});

// A link that saves a file: the browser does it, and says nothing of it.
addEventListener('click', ({ target }) => {
  const link = /** @type {HTMLAnchorElement | null} */ (target instanceof Element && target.closest('a[data-role=download]'));
  if (!link) return;
  if (link.closest('#request')) request.took(link.download);
  else making.took(link.download);
});

// What is nowhere else is not lost by a slip.
addEventListener('beforeunload', event => {
  if (making.atRisk() || request.atRisk()) event.preventDefault();
});

addEventListener('submit', async event => {
  event.preventDefault();
  const form = /** @type {HTMLElement} */ (event.target);
  await submits[form.dataset.role ?? '']?.(form);
});

/** What a field that was changed decides, by its name or role. @type {Record<string, (field: any) => void>} */
const changes = {
  'compare-with': details.compareWith,
  form: changeFile,
  identity: ({ value, checked }) => chooseEntry(value, checked),
  issuer: chain,
  iterations: ({ value }) => decide({ iterations: value === '' ? null : Number(value) }),
  line_ends: ({ value }) => decide({ line_ends: value }),
  link: details.chooseLink,
  setting: changeFile,
  strength: ({ value }) => decide({ strength: value }),
};

/** What is decided letter by letter. @type {Record<string, (field: any) => void>} */
const typed = { alias: retitle, 'file-name': changeFile };

/** What a field decides that no role names. @type {Record<string, (field: any) => unknown>} */
const byId = {
  'batch-list': batch.chooseLists,
  'copy-file': ({ files }) => copy.check([...files]),
  'inventory-filter': ({ value }) => inventory.refresh({ filter: value, page: 0 }),
  'inventory-scope': ({ value }) => inventory.refresh({ scope: value, page: 0 }),
  theme: ({ value }) => dialogs.wear(value),
};

addEventListener('change', async ({ target }) => {
  const field = /** @type {HTMLInputElement} */ (target);
  const change = changes[field.dataset.role ?? ''];
  if (field.closest('#request-form')) await request.change(field);
  else if (byId[field.id]) await byId[field.id]?.(field);
  else if (change) await looked(() => change(field));
});

addEventListener('input', async ({ target }) => {
  const field = /** @type {HTMLInputElement} */ (target);
  renderOver();
  if (field === newPassword || field === keyPassword) return making.retype();
  // Typed once more it is no other password.
  if (field.id === 'new-password-again' || field.id === 'key-password-again') return update({});
  if (field.id === 'batch-passwords') return batch.count();
  if (field.id === 'copy-published') return copy.compare(field.value);
  if (field.id === 'inventory-search') return inventory.refresh({ search: field.value, page: 0 });
  if (field.closest('#request-form')) return request.type(field);
  const change = typed[field.dataset.role ?? ''];
  if (change) return looked(() => change(field));
});

addEventListener('keydown', dialogs.press);

// It does not bubble.
addEventListener(
  'toggle',
  async ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    if (target.id === 'inventory') await inventory.gather();
    if (target.id === 'request') await request.look();
    if (target.closest('#batch-rows')) renderUnfolded(target);
    await details.unfold(target);
  },
  true,
);

// The browser may keep this page to come back to: nothing that was given stays in it.
addEventListener('pagehide', clear);
addEventListener('pageshow', ({ persisted }) => persisted && opening.start());

// What nobody expected is our bug: the worker's, which then starts afresh, or the page's own.
addEventListener('unhandledrejection', event => {
  const { reason } = event;
  // A person ended what was asked, and knows.
  if (reason?.code === 'cancelled') return event.preventDefault();
  if (reason && broke(reason)) {
    event.preventDefault();
    return opening.recover(reason, []);
  }
  const message = String(reason?.message ?? reason);
  if (message !== state.failure?.message) update({ failure: { code: 'internal', message } });
});

// Who draws what: the page first, then its parts, then where the focus goes.
/** @param {string} selector */
const focus = selector => selector && /** @type {HTMLElement | null} */ (document.querySelector(selector))?.focus();

subscribe((now, before, target) => {
  renderSystem();
  render(now);
  renderBatch();
  renderRequest();
  renderOver();
  renderReport(now);
  terms.settle();
  if (now.offer !== before.offer) withdraw([...(before.offer?.files ?? []), before.offer?.archive]);
  if (before.given.length && !now.given.length) making.forget();
  if (now.view !== before.view) {
    details.refresh();
    inventory.look(now.view?.rows ?? 0);
  }
  focus(target);
});
subscribeCopy(renderCopy);
subscribeSystem(renderSystem);
subscribeDetails(renderDetails);
subscribeBatch((now, before) => {
  renderBatch();
  renderOver();
  if (now.rows !== before.rows) lay(now.rows);
});
hearRows(touch);
subscribeInventory((now, before) => {
  renderInventory(now, before);
  if (now.shown !== before.shown || now.rows !== before.rows) renderTimeline(now);
});
subscribeRequest((now, before, target) => {
  renderRequest();
  renderOver();
  if (now.made !== before.made) withdraw(before.made?.files ?? []);
  focus(target);
});

layOut();
watchPane();
request.start();
terms.hear();
hearFiles(files => (copy.isShown() ? copy.check(files) : batch.take(files)));
system.hearSystem();
addEventListener('hashchange', () => state.targets.length && follow());
opening.start();

function takeText() {
  if (!pasted.value.trim()) return pasted.focus();
  opening.take([textFile(pasted.value)]);
  pasted.value = '';
  /** @type {HTMLDetailsElement} */ (mustFind('#paste-in')).open = false;
}

/** Everything that was given or typed goes, and all that was made of it: workers, fields, states, links. */
function clear() {
  batch.end();
  opening.end();
  endSaved();
  clearFields();
  clearStates();
  opening.aim();
  request.start();
}

function startOver() {
  clear();
  opening.start();
  update({ said: say('cleared') }, state.choices.target ? '#file-input' : '#system');
}

/** @param {HTMLElement} within */
function pem(within) {
  return mustFind('pre', /** @type {HTMLElement} */ (within.closest('details')));
}

/**
 * The lines as they are: on the page their hidden characters are spelled out.
 * @param {HTMLElement} shown
 */
function lines({ dataset }) {
  return state.offer?.paste.find(({ title }) => title === dataset.key)?.text ?? '';
}

/** @param {HTMLElement} within */
function row(within) {
  return /** @type {HTMLElement} */ (within.closest('li'));
}

/** @param {HTMLElement} within */
function fileOf(within) {
  return Number(row(within).dataset.file);
}
