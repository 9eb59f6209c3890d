import { parseTree } from '../condition/parse-tree.ts';
import type { EffectFilter, Rule } from '../rules/policy.ts';
import { sayNode } from './say-node.ts';
import { sayWindow } from './say-window.ts';

/** A rule in plain words, one thing a line; the first line says what it does. */
export function sayRule(rule: Rule): readonly string[] {
  const {
    deadline_s,
    effects,
    escalate_to,
    evidence,
    mode,
    needs,
    obligations,
    quorum,
    reason,
    tools,
    when,
  } = rule;
  const asked = [
    ...(quorum === undefined ? [] : [`${quorum} ${quorum === 1 ? 'person' : 'people'}`]),
    ...(escalate_to === undefined ? [] : [`of ${escalate_to}`]),
    ...(needs === undefined ? [] : [`with proof ${needs}`]),
    ...(deadline_s === undefined ? [] : [`within ${sayDeadline(deadline_s)}`]),
  ];
  return [
    `${sayVerdict(rule)}${mode === 'shadow' ? ', on trial: it counts for nothing' : ''}`,
    tools.includes('*') ? 'for every tool' : `for ${tools.join(', ')}`,
    ...(effects === undefined ? [] : sayFilter(effects)),
    ...(when === undefined ? [] : [`when ${sayNode(parseTree(when))}`]),
    ...(evidence === undefined ? [] : [`while one of these is missing: ${evidence.join(', ')}`]),
    ...(asked.length === 0 ? [] : [`asks ${asked.join(' ')}`]),
    ...(obligations === undefined ? [] : [`obliges whoever runs it: ${obligations.join(', ')}`]),
    ...(reason === undefined ? [] : [`says: ${reason}`]),
  ];
}

function sayVerdict({ verdict, code, class: reasonClass }: Rule): string {
  switch (verdict) {
    case 'ALLOW':
      return `allows (${code})`;
    case 'BLOCK':
      return reasonClass === 'final' ? `blocks, and nobody lifts it (${code})` : `blocks (${code})`;
    case 'ESCALATE':
      return `asks a person (${code})`;
    case 'NEED_EVIDENCE':
      return `asks the agent for evidence (${code})`;
    default:
      return verdict satisfies never;
  }
}

function sayDeadline(seconds: number): string {
  const said = sayWindow(seconds);
  return /^[0-9]/.test(said) ? said : `1 ${said}`;
}

function sayFilter({ any, all, none }: EffectFilter): readonly string[] {
  return [
    ...(any === undefined
      ? []
      : [`with ${any.length === 1 ? 'the effect' : 'any of the effects'} ${any.join(', ')}`]),
    ...(all === undefined
      ? []
      : [`with ${all.length === 1 ? 'the effect' : 'all of the effects'} ${all.join(', ')}`]),
    ...(none === undefined
      ? []
      : [`without ${none.length === 1 ? 'the effect' : 'any of the effects'} ${none.join(', ')}`]),
  ];
}
