import {
  EFFECTS,
  type Effect,
  type Finding,
  READ_ONLY_EFFECTS,
  REVERSIBILITIES,
  type Resource,
  type Reversibility,
} from '@writ/contract';

/** What is understood so far. `risk_min` is what is known beside the weights of effects and findings. */
export type Meaning = {
  readonly effects: readonly Effect[];
  readonly resources: readonly Resource[];
  readonly findings: readonly Finding[];
  readonly reversibility: Reversibility;
  readonly risk_min: number;
};

export const NOTHING: Meaning = {
  effects: [],
  resources: [],
  findings: [],
  reversibility: 'nothing_to_undo',
  risk_min: 0,
};

/** Everything of all: never milder than any of them. */
export function joinMeanings(all: readonly Meaning[]): Meaning {
  // Most words mean nothing by themselves.
  const meanings = all.filter((meaning) => meaning !== NOTHING);
  const [first = NOTHING] = meanings;
  if (meanings.length < 2) return first;
  return {
    effects: [...new Set(meanings.flatMap(({ effects }) => effects))],
    resources: meanings.flatMap(({ resources }) => resources),
    findings: meanings.flatMap(({ findings }) => findings),
    reversibility: worst(meanings.map(({ reversibility }) => reversibility)),
    risk_min: meanings.reduce((most, { risk_min }) => Math.max(most, risk_min), 0),
  };
}

export function worst(reversibilities: readonly Reversibility[]): Reversibility {
  return REVERSIBILITIES.findLast((one) => reversibilities.includes(one)) ?? 'nothing_to_undo';
}

export function foundAt(code: Finding['code'], where: string): Meaning {
  return { ...NOTHING, findings: [{ code, where }] };
}

/** Each effect once, in the order of the vocabulary. */
export function inOrder(effects: readonly Effect[]): readonly Effect[] {
  const given = new Set(effects);
  return EFFECTS.filter((effect) => given.has(effect));
}

/** Of what no effect is known, nothing says that it only reads. */
export function onlyReads(effects: readonly Effect[]): boolean {
  return effects.length > 0 && effects.every((effect) => READ_ONLY_EFFECTS.has(effect));
}

/** Secrets that were read stay read; what was only fetched lies nowhere. */
const LEAVES_NOTHING: ReadonlySet<Effect> = new Set<Effect>(['READ_SECRETS', 'DOWNLOAD']);

/**
 * What changes something and names nothing that it changes is not known to be undone; what reads secrets
 * changes nothing. Said of each program by itself, lest another one's files speak for it.
 */
export function settleUndo(meaning: Meaning): Meaning {
  const { effects, reversibility } = meaning;
  const reads = effects.every((effect) => READ_ONLY_EFFECTS.has(effect) || LEAVES_NOTHING.has(effect));
  return reads || reversibility !== 'nothing_to_undo' ? meaning : { ...meaning, reversibility: 'unknown' };
}
