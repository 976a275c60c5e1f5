// How many certificates expire in each month: one bar a month, which is a button that leaves only its rows.

import { list, mustFind, put } from '../dom.js';
import { number, say } from '../words.js';
import { language } from '../words/en.js';
import { lastMonth, monthOf, months } from './rows.js';

/** @typedef {import('./types').Inventory} Inventory */
/** @typedef {{ id: string, name: string, label: string, tone: string, count: number }} Bar */

const monthName = new Intl.DateTimeFormat(language, { month: 'short', year: 'numeric', timeZone: 'UTC' });

let timer = 0;

/** The rows first: the bars are a task of its own. @param {Inventory} inventory */
export function renderTimeline(inventory) {
  clearTimeout(timer);
  timer = 0;
  if (inventory.rows.length) timer = setTimeout(() => drawAll(inventory));
  else drawAll(inventory);
}

/** @param {Inventory} inventory */
function drawAll({ rows, found, month, at }) {
  const all = rows.length ? bars(found, at) : [];
  const most = Math.max(1, ...all.map(({ count }) => count));
  list(mustFind('#inventory-bars'), '#inventory-bar-template', all, bar => bar.id, (node, { id, name, label, tone, count }) => {
    const button = /** @type {HTMLButtonElement} */ (mustFind('button', node));
    button.dataset.month = id;
    button.dataset.urgency = tone;
    // A month without certificates is a gap; the chosen one stays, so that it can be let go.
    button.disabled = count === 0 && id !== month;
    button.setAttribute('aria-pressed', String(id === month));
    put(node, 'count', count ? number(count) : '');
    put(node, 'label', label);
    put(node, 'name', say('timeline.bar', { month: name, n: count }));
    mustFind('.bar', node).style.setProperty('--share', String(count / most));
  });
  mustFind('#inventory-figure').hidden = rows.length === 0;
  const chip = mustFind('#inventory-month');
  chip.hidden = !month;
  put(chip, 'month', month && chosen(month, all.find(({ id }) => id === month)?.name ?? month, at));
}

/**
 * What a chosen bar leaves, in words.
 * @param {string} id
 * @param {string} name
 * @param {number} at
 */
function chosen(id, name, at) {
  if (id === 'past') return say('timeline.only.past');
  if (id === 'unknown') return say('timeline.only.unknown');
  const last = months(at).at(-1);
  return id === 'later' ? say('timeline.only.later', { month: monthName.format(last) }) : say('timeline.only', { month: name });
}

/**
 * What is past, each month to come, what is later, and what has no date.
 * @param {Inventory['found']} rows
 * @param {number} at
 * @returns {Bar[]}
 */
function bars(rows, at) {
  const all = months(at);
  const ahead = all.map((first, index) => {
    const name = monthName.format(first);
    return { id: first.toISOString().slice(0, 7), name, label: name, tone: index < 3 ? 'warning' : 'fine', count: 0 };
  });
  const past = { id: 'past', name: say('timeline.past'), label: say('timeline.past.short'), tone: 'error', count: 0 };
  const until = monthName.format(all.at(-1));
  const later = { id: 'later', name: say('timeline.later', { month: until }), label: say('timeline.later.short'), tone: 'fine', count: 0 };
  const never = { id: 'unknown', name: say('timeline.unknown'), label: say('timeline.unknown.short'), tone: 'error', count: 0 };
  const byId = new Map([past, ...ahead, later, never].map(bar => [bar.id, bar]));
  const last = lastMonth(at);
  for (const { row } of rows) {
    const bar = byId.get(monthOf(row, last)) ?? later;
    bar.count++;
  }
  return [past, ...ahead, later, ...(never.count ? [never] : [])];
}
