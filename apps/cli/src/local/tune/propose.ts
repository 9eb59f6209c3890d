import { type Additions, extendPolicy } from '../../policy/extend-lists.ts';
import { type Policy, printedPolicy } from '../../policy/read-policy.ts';
import type { Judged } from '../history/judge-history.ts';
import type { JudgingCell } from '../history/judging-cell.ts';
import { fateOf } from '../history/summarise.ts';
import { ATTACK_SCENE, type AttackLine, isAbout, makeAttack, NOBODY, type Trusted } from './attacks.ts';

/** A name that was asked about, and what it would be added to. */
export type Candidate = {
  readonly list: string;
  readonly name: string;
  /** Calls about it that are asked, and the projects in which they were made. */
  readonly asked: number;
  readonly projects: number;
};

export type Dropped = Candidate & {
  /** The attack that would become ALLOW; null: it would silence nothing. */
  readonly attack: string | null;
};

/** Which list holds resources of a kind. */
const LIST_OF: Readonly<Record<string, string>> = { host: 'hosts', branch: 'branches', program: 'programs' };
const KIND_OF: Readonly<Record<string, keyof Trusted>> = { hosts: 'host', branches: 'branch' };
/** Written out, so never a token for something that was hidden, and no pattern. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,255}$/;
/** Each costs a judgment of all attacks. */
const CANDIDATES_MAX = 50;

/**
 * Names of hosts, branches and programs in calls that are asked, as they were understood; none that the
 * person ever refused something about, and none that a list has.
 */
export function findCandidates(
  judged: readonly Judged[],
  refused: ReadonlySet<string>,
  lists: Additions,
  least: number,
): readonly Candidate[] {
  const found = new Map<string, Candidate & { readonly places: ReadonlySet<string> }>();
  const unwanted = new Set<string>();
  for (const one of judged) {
    if (fateOf(one) !== 'asked') continue;
    for (const { kind, name } of one.understanding.resources) {
      const list = LIST_OF[kind];
      if (list === undefined || lists.get(list)?.includes(name) !== false || !PLAIN.test(name)) continue;
      const key = `${list} ${name}`;
      if (refused.has(one.call.use)) unwanted.add(key);
      const before = found.get(key);
      const places = new Set([...(before?.places ?? []), one.call.project]);
      found.set(key, { list, name, asked: (before?.asked ?? 0) + 1, projects: places.size, places });
    }
  }
  return [...found]
    .filter(([key, { asked }]) => asked >= least && !unwanted.has(key))
    .map(([, { places: _places, ...candidate }]) => candidate)
    .sort((a, b) => b.asked - a.asked || (a.name < b.name ? -1 : 1))
    .slice(0, CANDIDATES_MAX);
}

export type Proposal = {
  readonly accepted: readonly Candidate[];
  readonly dropped: readonly Dropped[];
  /** Judged to see that none becomes ALLOW. */
  readonly attacks: number;
};

/** Keeps of the candidates those that let no attack through, one after the other and all together. */
export async function weighCandidates(
  judging: JudgingCell,
  policy: Policy,
  candidates: readonly Candidate[],
  lines: readonly AttackLine[],
): Promise<Proposal> {
  const accepted: Candidate[] = [];
  const dropped: Dropped[] = [];
  let attacks = 0;
  for (const candidate of candidates) {
    const trusted = trustedBy(accepted, candidate);
    attacks += lines.length * trusted.length;
    const open = await allowed(judging, policy, lines, trusted);
    const extended = extendPolicy(policy, additionsOf([...accepted, candidate]));
    const now = await allowed(judging, extended, lines, trusted);
    const attack = [...now].find((line) => !open.has(line));
    if (attack === undefined) accepted.push(candidate);
    else dropped.push({ ...candidate, attack });
  }
  await judging.setPolicy(printedPolicy(policy));
  return { accepted, dropped, attacks };
}

/** The names against which lines are tried: the new one, beside each that was accepted before. */
function trustedBy(accepted: readonly Candidate[], candidate: Candidate): readonly Trusted[] {
  const kind = KIND_OF[candidate.list];
  if (kind === undefined) return [NOBODY];
  const other = kind === 'host' ? 'branch' : 'host';
  const others = accepted.filter(({ list }) => KIND_OF[list] === other).map(({ name }) => name);
  return [NOBODY[other], ...others].map((name) => ({ ...NOBODY, [kind]: candidate.name, [other]: name }));
}

/** Which attacks a policy lets through. */
async function allowed(
  judging: JudgingCell,
  policy: Policy,
  lines: readonly AttackLine[],
  trusted: readonly Trusted[],
): Promise<ReadonlySet<string>> {
  await judging.setPolicy(printedPolicy(policy));
  const tried = trusted.flatMap((names, at) =>
    lines
      .filter((line) => at === 0 || isAbout('host', line) || isAbout('branch', line))
      .map((line) => makeAttack(line, names)),
  );
  const through = new Set<string>();
  for (let from = 0; from < tried.length; from += AT_ONCE) {
    const some = tried.slice(from, from + AT_ONCE);
    const told = await Promise.all(
      some.map(({ args, tool }) => judging.judge({ tool, args, scene: ATTACK_SCENE })),
    );
    for (const [index, { explanation }] of told.entries()) {
      const { answer } = explanation;
      const line = some[index]?.line ?? '';
      // What is not judged at all is not known to be refused.
      if (answer.kind !== 'judged' || answer.verdict === 'ALLOW') through.add(line);
    }
  }
  return through;
}

const AT_ONCE = 32;

export function additionsOf(candidates: readonly Candidate[]): Additions {
  const lists = [...new Set(candidates.map(({ list }) => list))];
  return new Map(
    lists.map((list) => [list, candidates.filter((one) => one.list === list).map(({ name }) => name)]),
  );
}
