// How many certificates expire in each month: a picture, and the same numbers as a table.

import { list, mustFind, put } from '../dom.js';
import { number, say } from '../words.js';
import { language } from '../words/en.js';

/** @typedef {import('./types').Sortable} Sortable */
/** @typedef {{ id: string, name: string, short: string, year: string, tone: string, count: number }} Bar */

/** Months ahead that have a bar of their own: certificates for people last two or three years at most. */
const MONTHS = 24;

const WIDTH = 34;
const HEIGHT = 96;
const TOP = 22;

const short = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' });
const long = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });

let timer = 0;

/** The rows first: the picture is a task of its own. @param {import('./types').Inventory} inventory */
export function renderTimeline({ shown, at }) {
  clearTimeout(timer);
  timer = 0;
  if (shown.length) timer = setTimeout(() => drawAll(shown, at));
  else drawAll([], Date.now());
}

/**
 * @param {Sortable[]} rows
 * @param {number} at
 */
function drawAll(rows, at) {
  const all = bars(rows, at);
  const most = Math.max(1, ...all.map(({ count }) => count));
  const svg = mustFind('#inventory-timeline');
  svg.setAttribute('viewBox', `0 0 ${all.length * WIDTH} ${TOP + HEIGHT + 36}`);
  const named = all.filter(({ count }) => count > 0).map(({ name, count }) => say('timeline.bar', { month: name, n: count }));
  svg.setAttribute('aria-label', say('timeline.label', { months: named.join(', ') || say('timeline.none') }));
  svg.replaceChildren(...all.flatMap((bar, index) => draw(bar, index, most)));

  list(mustFind('#inventory-months'), '#inventory-month-template', all.filter(({ count }) => count), bar => bar.id, (node, bar) => {
    put(node, 'month', bar.name);
    put(node, 'count', number(bar.count));
  });
  mustFind('#inventory-figure').hidden = named.length === 0;
}

/**
 * What is past, each month to come, what is later, and what has no date.
 * @param {Sortable[]} rows
 * @param {number} at
 * @returns {Bar[]}
 */
function bars(rows, at) {
  const now = new Date(at);
  const months = Array.from({ length: MONTHS }, (_, index) => {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + index));
    const id = first.toISOString().slice(0, 7);
    const year = index === 0 || first.getUTCMonth() === 0 ? id.slice(0, 4) : '';
    return { id, name: long.format(first), short: short.format(first), year, tone: index < 3 ? 'warning' : 'fine', count: 0 };
  });
  const past = { id: 'past', name: say('timeline.past'), short: say('timeline.past.short'), year: '', tone: 'error', count: 0 };
  const later = { id: 'later', name: say('timeline.later', { month: months.at(-1)?.name ?? '' }), short: say('timeline.later.short'), year: '', tone: 'fine', count: 0 };
  const never = { id: 'unknown', name: say('timeline.unknown'), short: say('timeline.unknown.short'), year: '', tone: 'error', count: 0 };
  const byId = new Map(months.map(month => [month.id, month]));
  for (const { row: { not_after, expired } } of rows) {
    const bar = not_after === null ? never : expired ? past : (byId.get(not_after.slice(0, 7)) ?? later);
    bar.count++;
  }
  return [past, ...months, later, ...(never.count ? [never] : [])];
}

/**
 * @param {Bar} bar
 * @param {number} index
 * @param {number} most
 */
function draw({ short, year, tone, count }, index, most) {
  const left = index * WIDTH;
  const height = count && Math.max(3, (HEIGHT * count) / most);
  const middle = left + WIDTH / 2;
  return [
    element('rect', { x: left + 4, y: TOP + HEIGHT - height, width: WIDTH - 8, height, rx: 3, 'data-urgency': tone }),
    element('text', { x: middle, y: TOP + HEIGHT - height - 6, class: 'number' }, count ? String(count) : ''),
    element('text', { x: middle, y: TOP + HEIGHT + 15 }, short),
    element('text', { x: middle, y: TOP + HEIGHT + 30, class: 'year' }, year),
  ];
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {string} [text]
 */
function element(name, attributes, text = '') {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.textContent = text;
  return node;
}
