// Findings and rules: what a target will refuse or a person should know, and what to do about it.

import { icon, list, put } from '../dom.js';
import * as words from '../words.js';

/** @typedef {import('../types').Finding} Finding */

/**
 * @param {HTMLElement} parent
 * @param {Finding[]} findings
 */
export function renderFindings(parent, findings) {
  const key = (/** @type {Finding} */ { code, message }) => `${code} ${message}`;
  list(parent, '#finding-template', findings, key, (node, { severity, code, message, hint }) => {
    node.dataset.severity = severity;
    node.dataset.code = code;
    icon(node, severity);
    put(node, 'severity', words.say(`severity.${severity}`));
    put(node, 'message', message);
    put(node, 'hint', hint);
  });
}

/**
 * The rules that are not kept; once all are, that it is fine, where there is a text for that.
 * @param {HTMLElement} parent
 * @param {import('../types').Rule[]} rules
 * @param {boolean} loud say the unmet ones louder
 * @param {string} [fine]
 */
export function renderRules(parent, rules, loud, fine = '') {
  const unmet = rules.filter(({ met }) => !met);
  const good = rules.length && !unmet.length && fine ? [{ code: 'fine', text: fine, met: true }] : [];
  list(parent, '#rule-template', [...unmet, ...good], rule => rule.code, (node, { code, text, met }) => {
    node.dataset.code = code;
    node.dataset.met = String(met);
    node.toggleAttribute('data-loud', loud && !met);
    icon(node, met ? 'check' : loud ? 'cross' : 'dot');
    put(node, 'text', text);
  });
}

/**
 * What is asked of a password, and that it is typed again where nobody sees it.
 * @param {import('../types').Rule[]} rules
 * @param {boolean} twice it was
 * @returns {import('../types').Rule[]}
 */
export function twiceToo(rules, twice) {
  if (twice || rules.some(({ met }) => !met)) return rules;
  return [...rules, { code: 'password-again', text: words.say('password.again'), met: false, character: null }];
}
