// What the understanding of a text says, against what the text did.
import { traceShell } from '../../packages/understand/src/programs/understand-shell.ts';
import { HOME, PLACE } from './sandbox.mjs';
import { unpredicted } from './match.mjs';

const NOTHING = { effects: [], resources: [], findings: [], reversibility: 'nothing_to_undo', risk_min: 0 };
export const SCENE = { directory: PLACE, home: HOME, roots: [PLACE], shell: '/bin/bash', items: [] };

export const trace = (text) => traceShell(text, { scene: SCENE, protected: [], whole: NOTHING });

/** Texts that ran something that nobody predicted, and how many were not opaque. */
export const judge = (sandbox, texts) => {
  const known = texts.map((text) => ({ text, ...trace(text) })).filter(({ opaque }) => !opaque);
  const wrong = [];
  let ran = 0;
  for (let at = 0; at < known.length; at += BATCH) {
    const some = known.slice(at, at + BATCH);
    const logs = sandbox.run(some.map(({ text }) => text));
    if (logs === null) throw new Error('the sandbox does not run');
    for (const [index, { text, traced }] of some.entries()) {
      ran += logs[index].length;
      const missed = unpredicted(logs[index], traced);
      if (missed.length > 0) wrong.push({ text, missed, traced });
    }
  }
  return { all: texts.length, known: known.length, ran, wrong };
};

const BATCH = 500;

export const show = ({ kind, many, prefix, suffix, text }) =>
  kind === 'literal' ? text : kind === 'pattern' ? `<${text}>` : `<${prefix}…${suffix}${many ? '+' : ''}>`;
