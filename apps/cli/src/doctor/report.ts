import type { Wall } from '@writ/contract';
import type { ExitCode, Report } from '../program/command.ts';
import { bad, faint, good, type Line, plain, strong, warn } from '../terminal/line.ts';
import { type Measured, measure, type Probed } from './attack.ts';
import { type MeasuredWall, NOTHING_HIGHER, SIGN } from './finding.ts';
import type { User } from './vantage.ts';

const MEANS: Readonly<Record<MeasuredWall, string>> = {
  0: 'observe: it is recorded what agents do, and nothing holds them back',
  1: 'sign: it stops mistakes and most misled models, not a program that looks for a way round',
  2: "fence: it stops programs that run in the sandbox of the agent's tools",
  3: "owner: it stops programs of the agent's OS user",
};

export type Claim = {
  /** What the cell has recorded, or what was said with --claimed; null when nobody claims anything. */
  readonly wall: Wall | null;
  readonly by: string;
};

export function reportAttack(probed: readonly Probed[], user: User, claim: Claim): Report {
  const measured = measure(probed);
  const exit = exitOf(measured, claim);
  return {
    exit,
    lines: [
      plain(`from where this process stands: ${nameOf(user)}`),
      ...probed.flatMap(linesOf),
      ...linesOfWall(measured, claim),
    ],
    json: {
      exit,
      wall: measured.wall,
      complete: measured.is_complete,
      claimed: claim.wall,
      user: user.id,
      root: user.is_root,
      probes: probed.map(({ name, finding }) => ({
        name,
        held: finding.kind === 'not_measured' ? null : finding.kind === 'held',
        wall: finding.kind === 'not_measured' ? null : finding.wall_max,
        detail: finding.detail,
        next: finding.next,
      })),
    },
  };
}

/** Whoever issues writs claims a sign at least. What was not measured can only make the wall lower. */
function exitOf({ wall, is_complete }: Measured, claim: Claim): ExitCode {
  if (wall !== null && wall < (claim.wall ?? SIGN)) return 1;
  return wall !== null && is_complete ? 0 : 2;
}

function nameOf({ id, is_root }: User): string {
  if (is_root) return 'root, to whom no file and no process is closed';
  return id === null ? 'this user' : `user ${id}`;
}

const WIDTH = 26;

function linesOf({ name, finding }: Probed): readonly Line[] {
  const next = finding.next === NOTHING_HIGHER ? [] : [faint(`  ${' '.repeat(WIDTH)}next: ${finding.next}`)];
  switch (finding.kind) {
    case 'held':
      return [good(`  ${name.padEnd(WIDTH)}held: ${finding.detail}`), ...next];
    case 'broke':
      return [bad(`  ${name.padEnd(WIDTH)}broke: ${finding.detail}`), ...next];
    case 'not_measured':
      return [warn(`  ${name.padEnd(WIDTH)}not measured: ${finding.detail}`), ...next];
    default:
      return finding satisfies never;
  }
}

function linesOfWall({ wall, is_complete, weakest }: Measured, claim: Claim): readonly Line[] {
  if (wall === null || weakest === null)
    return [warn('no wall was measured: nothing of Writ is in reach here')];
  const most = is_complete ? '' : ' at most, for not everything was measured';
  const lines = [
    strong(`wall ${wall}${most}. ${MEANS[wall]}`),
    plain(`its weakest part: ${weakest.name}. next: ${weakest.finding.next}`),
  ];
  if (claim.wall === null) return lines;
  const claimed = `wall ${claim.wall} is claimed (${claim.by})`;
  if (wall < claim.wall) return [...lines, bad(`${claimed}, and that is more than there is`)];
  return [...lines, is_complete ? good(`${claimed}, and it stands`) : warn(claimed)];
}
