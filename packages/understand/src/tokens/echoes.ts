import { DETECTION_LIMITS } from '../detection/limits.ts';
import type { Found, Value } from './found.ts';

/** What was detected, as it was written, with its value. */
export type Raw = Map<string, Value>;

export function noteRaw(raw: Raw, text: string, values: readonly Value[]): void {
  const [value] = values;
  if (value === undefined || text.length < DETECTION_LIMITS.echo_units_min || raw.has(text)) return;
  raw.set(text, value);
}

type Written = { readonly length: number; readonly value: Value };

/**
 * An automaton of Aho and Corasick over all that was written: one step a unit of text, however many values
 * there are and however much they share. Node 0 is the root.
 */
export type Echoes = {
  /** From node × 65,536 + unit to the next node. */
  readonly next: Map<number, number>;
  /** The node of the longest proper suffix that is a beginning too. */
  readonly fallback: number[];
  /** The longest that ends at this node. */
  readonly longest: (Written | null)[];
};

const UNITS = 65_536;

export function openEchoes(raw: Raw): Echoes {
  const echoes: Echoes = { next: new Map(), fallback: [0], longest: [null] };
  const levels: { node: number; parent: number; unit: number }[][] = [];
  for (const [text, value] of raw) {
    let node = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      const known = echoes.next.get(node * UNITS + unit);
      const child = known ?? echoes.fallback.length;
      if (known === undefined) {
        echoes.next.set(node * UNITS + unit, child);
        echoes.fallback.push(0);
        echoes.longest.push(null);
        (levels[at] ??= []).push({ node: child, parent: node, unit });
      }
      node = child;
    }
    echoes.longest[node] = { length: text.length, value };
  }
  // Level by level, since the fallback of a node lies on an earlier one. Those of the first are the root.
  for (const level of levels.slice(1)) {
    for (const { node, parent, unit } of level) {
      const fallback = step(echoes, echoes.fallback[parent] ?? 0, unit);
      echoes.fallback[node] = fallback;
      echoes.longest[node] ??= echoes.longest[fallback] ?? null;
    }
  }
  return echoes;
}

function step({ next, fallback }: Echoes, from: number, unit: number): number {
  for (let node = from; ; node = fallback[node] ?? 0) {
    const child = next.get(node * UNITS + unit);
    if (child !== undefined) return child;
    if (node === 0) return 0;
  }
}

/** Where a value that was detected somewhere in the action stands again, without what gave it away there. */
export function echoesOf(text: string, echoes: Echoes): readonly Found[] {
  const found: Found[] = [];
  let node = 0;
  for (let at = 0; at < text.length; at++) {
    node = step(echoes, node, text.charCodeAt(at));
    const written = echoes.longest[node];
    if (written === null || written === undefined) continue;
    found.push({ start: at + 1 - written.length, end: at + 1, values: [written.value] });
  }
  return found;
}
