// A report as a file: plain text, or a page of its own. What strangers wrote is a text node there, so that it is escaped.

import { harmless } from '../dom.js';
import { language } from '../words/en.js';

/** @typedef {import('./types').Report} Report */
/** @typedef {import('./types').Fact} Fact */

/** @param {Report} report */
export function asText({ title, facts, sections, end }) {
  const lines = [title, '='.repeat(title.length), ...facts.map(line)];
  for (const { title, things } of sections) {
    lines.push('', title, '-'.repeat(title.length));
    for (const { title, facts } of things) lines.push('', shown(title), ...facts.map(line).map(one => `  ${one}`));
  }
  // Tickets and editors of every system show these line ends.
  return [...lines, '', end, ''].join('\r\n');
}

/** @param {Report} report */
export function asHtml({ title, facts, sections, end }) {
  const page = document.implementation.createHTMLDocument(title);
  page.documentElement.lang = language;
  const make = (/** @type {string} */ tag, /** @type {string} */ text) => {
    const node = page.createElement(tag);
    node.textContent = shown(text);
    return node;
  };
  const table = (/** @type {Fact[]} */ facts) => {
    const list = page.createElement('dl');
    for (const [name, value] of facts) list.append(make('dt', name), make('dd', value));
    return list;
  };
  const meta = (/** @type {string} */ name, /** @type {string} */ value, /** @type {string} */ content) => {
    const node = page.createElement('meta');
    node.setAttribute(name, value);
    if (content) node.content = content;
    return node;
  };
  page.head.prepend(
    meta('charset', 'utf-8', ''),
    meta('http-equiv', 'Content-Security-Policy', `default-src 'none'; style-src 'unsafe-inline'`),
    meta('name', 'viewport', 'width=device-width'),
  );
  const style = page.createElement('style');
  style.textContent =
    'body{max-width:52rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif;color-scheme:light dark}' +
    'dl{display:grid;grid-template-columns:11rem minmax(0,1fr);gap:.125rem 1rem;margin:.25rem 0 1rem}' +
    'dt{opacity:.75}dd{margin:0}h3,dd{overflow-wrap:anywhere;unicode-bidi:isolate}h3{margin:1rem 0 0;font-size:1rem}' +
    '@media(max-width:36rem){dl{grid-template-columns:1fr}}';
  page.head.append(style);
  page.body.append(make('h1', title), table(facts));
  for (const { title, things } of sections) {
    page.body.append(make('h2', title));
    for (const { title, facts } of things) page.body.append(make('h3', title), table(facts));
  }
  page.body.append(make('p', end));
  return `<!doctype html>\n${page.documentElement.outerHTML}\n`;
}

/** @param {Fact} fact */
function line([name, value]) {
  return `${name}: ${shown(value)}`;
}

/** On one line: a name with a line end could pass for a line of the report. @param {string} text */
function shown(text) {
  return harmless(text).replace(/\s*\n\s*/g, ' ');
}
