// Findings and rules: what a target will refuse or a person should know, and what to do about it.

import { icon, list, put } from '../dom.js';
import { say } from '../words.js';

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
    put(node, 'severity', say(`severity.${severity}`));
    put(node, 'message', message);
    put(node, 'hint', hint);
  });
}

/**
 * @param {HTMLElement} parent
 * @param {import('../types').Rule[]} rules
 * @param {boolean} loud say the unmet ones louder
 */
export function renderRules(parent, rules, loud) {
  list(parent, '#rule-template', rules, rule => rule.code, (node, { code, text, met }) => {
    node.dataset.code = code;
    node.dataset.met = String(met);
    node.toggleAttribute('data-loud', loud && !met);
    icon(node, met ? 'check' : loud ? 'cross' : 'dot');
    put(node, 'met', say(met ? 'rule.met' : 'rule.unmet'));
    put(node, 'text', text);
  });
}
