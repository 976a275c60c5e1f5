// The question where the certificate will be used, its list, and the line that it becomes → DOM.

import { list, mustFind, put } from '../dom.js';
import { isHeld, targetOf } from '../entries.js';
import { LOOK } from '../setup.js';
import { state } from '../state.js';
import { named, say } from '../words.js';
import { found, lookOption } from './search.js';
import { chooser } from './state.js';

/** @typedef {import('./search.js').Option} Option */

export function renderSystem() {
  const { targets, choices, busy } = state;
  const target = targetOf(state);
  const chosen = target ?? (choices.target === LOOK ? lookOption() : undefined);
  const step = mustFind('#step-system');
  step.dataset.target = choices.target;
  const asking = !chosen || chooser.changing;
  mustFind('#system-ask').hidden = !asking;
  mustFind('#system-chosen').hidden = asking;
  mustFind('#system-keep').hidden = !chosen;
  mustFind('[data-role=look-inside]').hidden = choices.target === LOOK;
  put(step, 'system-name', chosen?.name);
  put(step, 'system-description', chosen?.description);
  put(step, 'system-note', target?.note);
  mustFind('#setup').hidden = !target;
  /** @type {HTMLButtonElement} */ (mustFind('#system-change')).disabled = busy?.action === 'convert';
  renderList(targets);
  place();
}

/** @param {import('../types').Target[]} targets */
function renderList(targets) {
  const input = /** @type {HTMLInputElement} */ (mustFind('#system'));
  const options = found(targets, chooser.search);
  const open = chooser.open && options.length > 0;
  const box = mustFind('#system-list');
  const groups = [...new Set(options.map(({ group }) => group))];
  list(box, '#system-group-template', open ? groups : [], group => group, (node, group) => {
    const name = named('group', group);
    node.setAttribute('aria-label', name);
    mustFind('.group-name', node).textContent = name;
    const own = options.filter(option => option.group === group);
    list(mustFind('[role=none]', node), '#system-option-template', own, ({ id }) => id, fillOption);
  });
  input.setAttribute('aria-expanded', String(open));
  const active = open ? document.getElementById(`system-${chooser.active}`) : null;
  if (active) {
    input.setAttribute('aria-activedescendant', active.id);
    active.scrollIntoView({ block: 'nearest' });
  } else input.removeAttribute('aria-activedescendant');
  const none = chooser.search.trim() !== '' && options.length === 0;
  const count = options.filter(({ id }) => id !== LOOK).length;
  const said = none ? say('system.none') : chooser.search.trim() ? say('system.found', { n: count }) : '';
  const told = mustFind('#system-found');
  if (told.textContent !== said) told.textContent = said;
  told.classList.toggle('unseen', !none);
}

/**
 * @param {HTMLElement} node
 * @param {Option} option
 */
function fillOption(node, option) {
  node.id = `system-${option.id}`;
  node.dataset.id = option.id;
  node.setAttribute('aria-selected', String(option.id === chooser.active));
  put(node, 'name', option.name);
  put(node, 'description', option.description);
}

/** First on the empty page; once something is held, where the files for the system will be. */
function place() {
  const step = mustFind('#step-system');
  const home = mustFind(isHeld(state) ? '#system-beside' : '#system-first');
  if (step.parentElement === home) return;
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  const focused = step.contains(active) ? active : null;
  // First, since what hears it draws this again, and nothing may move while it moves.
  focused?.blur();
  if (step.parentElement !== home) home.append(step);
  focused?.focus();
}
