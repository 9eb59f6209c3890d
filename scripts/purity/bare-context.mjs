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

/**
 * UTF-8 is read by one rule everywhere (WHATWG Encoding): a parser of others asks for it. Nothing else is
 * decoded here.
 */
const UTF8_DECODER = `
const TextDecoder = class {
  constructor(label = 'utf-8', { fatal = false, ignoreBOM = false } = {}) {
    if (label !== 'utf-8' || fatal) throw new TypeError('no such decoder here');
    this.from = ignoreBOM ? () => 0 : ([a, b, c]) => (a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0);
  }
  decode(bytes) {
    let [text, point, needed, low, high] = ['', 0, 0, 0x80, 0xbf];
    for (let at = this.from(bytes); at <= bytes.length; at++) {
      const byte = bytes[at] ?? -1;
      if (needed > 0 && (byte < low || byte > high)) {
        text += '\\ufffd';
        [needed, low, high] = [0, 0x80, 0xbf];
      }
      if (byte < 0) return text;
      if (needed > 0) {
        point = point * 64 + (byte & 63);
        [needed, low, high] = [needed - 1, 0x80, 0xbf];
        if (needed === 0) text += String.fromCodePoint(point);
      } else if (byte < 0x80) text += String.fromCharCode(byte);
      else if (byte >= 0xc2 && byte <= 0xdf) [needed, point] = [1, byte & 31];
      else if (byte >= 0xe0 && byte <= 0xef) {
        [needed, point, low, high] = [2, byte & 15, byte === 0xe0 ? 0xa0 : 0x80, byte === 0xed ? 0x9f : 0xbf];
      } else if (byte >= 0xf0 && byte <= 0xf4) {
        [needed, point, low, high] = [3, byte & 7, byte === 0xf0 ? 0x90 : 0x80, byte === 0xf4 ? 0x8f : 0xbf];
      } else text += '\\ufffd';
    }
  }
};
Object.defineProperty(globalThis, 'TextDecoder', { value: TextDecoder });
`;

const removal = () => {
  const lines = GLOBALS.map((name) => `delete globalThis.${name};`);
  for (const name of MATH) lines.push(`delete Math.${name};`);
  for (const [holder, names] of Object.entries(METHODS)) {
    for (const name of names) lines.push(`delete ${holder}.prototype.${name};`);
  }
  // strict: what cannot be deleted throws
  return `'use strict';\n${lines.join('\n')}\n${ASCII_CASE}${UTF8_DECODER}`;
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
