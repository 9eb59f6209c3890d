// A JavaScript with nothing in it but the language: no clock, chance, locale, machine, or code made from
// text.
import vm from 'node:vm';

const GLOBALS = `Date Intl Temporal console WebAssembly Atomics SharedArrayBuffer WeakRef FinalizationRegistry
  escape unescape ShadowRealm`.split(/\s+/);
/** What IEEE 754 does not settle to the last digit, and chance. */
const MATH =
  `random acos acosh asin asinh atan atan2 atanh cbrt cos cosh exp expm1 hypot log log10 log1p log2 pow
  sin sinh sqrt tan tanh`.split(/\s+/);
/** What follows the host's locale, or the Unicode version of its engine. */
const METHODS = {
  String: ['localeCompare', 'normalize', 'toLocaleLowerCase', 'toLocaleUpperCase'],
  Number: ['toLocaleString'],
  BigInt: ['toLocaleString'],
  Array: ['toLocaleString'],
  Object: ['toLocaleString'],
};

/**
 * Letter case in ASCII is the same in every version of Unicode, and parsers of others use it on keywords. Our
 * own code may not use it at all (lint); here it works on ASCII and fails on anything else.
 */
const ASCII_CASE = `
for (const [name, first, shift] of [['toLowerCase', 65, 32], ['toUpperCase', 97, -32]]) {
  String.prototype[name] = function () {
    const text = String(this);
    let out = '';
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit > 127) throw new TypeError(name + ' of text beyond ASCII is not a function here');
      out += String.fromCharCode(unit >= first && unit < first + 26 ? unit + shift : unit);
    }
    return out;
  };
}
`;

const removal = () => {
  const lines = GLOBALS.map((name) => `delete globalThis.${name};`);
  for (const name of MATH) lines.push(`delete Math.${name};`);
  for (const [holder, names] of Object.entries(METHODS)) {
    for (const name of names) lines.push(`delete ${holder}.prototype.${name};`);
  }
  return `'use strict';\n${lines.join('\n')}\n${ASCII_CASE}`; // strict: what cannot be deleted throws
};

/**
 * Opens bundles (see ../bundle.mjs) in a fresh bare context. Only text goes in and comes out, so no object of
 * the outer world, with its constructors, is within reach.
 */
export const openBareContext = () => {
  const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
  vm.runInContext(removal(), context);
  const evaluate = (text, name) => vm.runInContext(text, context, { filename: name });
  return {
    /**
     * Defines a global `name` as what the bundle exports, opened over the global `primitives` if there is
     * one.
     */
    open: (name, bundle) => {
      const body = bundle.replace(/^export const \w+ = /, '').replace(/;\n$/, '');
      evaluate(`globalThis.${name} = (${body})(globalThis.primitives);`, name);
    },
    /** The value of an expression, which must be text. */
    ask: (expression) => {
      const answer = evaluate(expression, 'ask');
      if (typeof answer !== 'string') throw new TypeError('only text leaves the bare context');
      return answer;
    },
  };
};
