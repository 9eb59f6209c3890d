import { mustBeDone } from '../../desk/answers.ts';
import { withDesk } from '../../desk/with-desk.ts';
import { replaceFile } from '../../files/replace-file.ts';
import { diffTexts, extendPolicy, extendText, isSamePolicy, listsRead } from '../../policy/extend-lists.ts';
import {
  type Policy,
  type PolicyRead,
  printedPolicy,
  readPolicy,
  readPolicyText,
  refusal,
} from '../../policy/read-policy.ts';
import type { Call, Report, Run } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import { countOf } from '../../program/read-words.ts';
import { quoteText } from '../../terminal/encode-text.ts';
import { bad, faint, good, type Line, plain, strong, warn } from '../../terminal/line.ts';
import { type Judged, judgeHistory } from '../history/judge-history.ts';
import { type JudgingCell, withJudgingCell } from '../history/judging-cell.ts';
import { readTranscripts } from '../history/read-transcripts.ts';
import { fateOf } from '../history/summarise.ts';
import { readAttacks } from './attacks.ts';
import { additionsOf, findCandidates, type Proposal, weighCandidates } from './propose.ts';

const LEAST_DEFAULT = 3;
const STARTING = 'version: 1\nname: own\npacks: [coding]\nrules: []\n';

/** Fewer questions, by names that were asked about again and again, and by nothing that helps an attack. */
export const run: Run = async (call) => {
  const [file] = call.operands;
  if (call.flag('apply') && file === undefined)
    throw new CliFailure('USAGE', '--apply wants the FILE of the policy that is in force here');
  const read = await (file === undefined ? readPolicyText(call, STARTING, '-') : readPolicy(call, file));
  if (read.kind === 'refused') return { ...refusal(read), exit: 2 };
  const tuned = await tune(call, read.policy);
  const { accepted } = tuned.proposal;
  const text = accepted.length === 0 ? null : await newText(call, read, file ?? '-', tuned.policy);
  const out = call.text('out');
  if (text !== null && out !== null) await replaceFile(out, text);
  const index = text !== null && call.flag('apply') ? await apply(call, tuned.policy) : null;
  return reportOf(tuned, { before: read.text, after: text, out, index });
};

type Tuned = {
  readonly policy: Policy;
  readonly proposal: Proposal;
  /** Calls that were asked, and those of them that still would be. */
  readonly asked: number;
  readonly still_asked: number;
};

async function tune(call: Call, policy: Policy): Promise<Tuned> {
  const { calls, refused } = await readTranscripts(call);
  if (calls.length === 0) {
    return { policy, proposal: { accepted: [], dropped: [], attacks: 0 }, asked: 0, still_asked: 0 };
  }
  return withJudgingCell(call, printedPolicy(policy), async (judging) => {
    const { judged } = await judgeHistory(judging, calls, call.progress);
    const asked = judged.filter((one) => fateOf(one) === 'asked');
    const least = countOf(call, 'least') ?? LEAST_DEFAULT;
    const candidates = findCandidates(judged, refused, listsRead(policy), least);
    const silenced = await silencedBy(judging, policy, asked, additionsOf(candidates));
    const [useful, useless] = [
      candidates.filter(isIn(silenced)),
      candidates.filter((one) => !isIn(silenced)(one)),
    ];
    call.progress(`trying ${useful.length} proposals against the attacks of this release`);
    const weighed = await weighCandidates(judging, policy, useful, await readAttacks());
    const extended = extendPolicy(policy, additionsOf(weighed.accepted));
    const silent = await silencedBy(judging, policy, asked, additionsOf(weighed.accepted));
    const dropped = [...weighed.dropped, ...useless.map((one) => ({ ...one, attack: null }))];
    const proposal = { ...weighed, dropped };
    return { policy: extended, proposal, asked: asked.length, still_asked: asked.length - silent.length };
  });
}

/** Those of the calls that would be silent with more in the lists. */
async function silencedBy(
  judging: JudgingCell,
  policy: Policy,
  asked: readonly Judged[],
  additions: ReadonlyMap<string, readonly string[]>,
): Promise<readonly Judged[]> {
  if (additions.size === 0) return [];
  await judging.setPolicy(printedPolicy(extendPolicy(policy, additions)));
  const { judged } = await judgeHistory(
    judging,
    asked.map((one) => one.call),
    () => {},
  );
  await judging.setPolicy(printedPolicy(policy));
  return judged.filter((one) => fateOf(one) === 'silent');
}

function isIn(silenced: readonly Judged[]): (candidate: { readonly name: string }) => boolean {
  const names = new Set(
    silenced.flatMap(({ understanding }) => understanding.resources.map(({ name }) => name)),
  );
  return ({ name }) => names.has(name);
}

/** The text with the new lists, read again: it must be exactly the policy that was tried. */
async function newText(
  call: Call,
  { policy, text }: Extract<PolicyRead, { readonly kind: 'policy' }>,
  file: string,
  wanted: Policy,
): Promise<string> {
  const after = extendText(text, policy, wanted.lists ?? new Map());
  const read = after === null ? null : await readPolicyText(call, after, file);
  if (after !== null && read?.kind === 'policy' && isSamePolicy(read.policy, wanted)) return after;
  throw new CliFailure(
    'POLICY_REFUSED',
    'the lists of this text are written in a way that this cannot change',
  );
}

/** As `writ policy set` does: governed, recorded, and checked once more by the cell. */
async function apply(call: Call, policy: Policy): Promise<number> {
  return withDesk(call, async (desk) => {
    const set = await desk.setPolicy(printedPolicy(policy));
    if (set.kind === 'refused') throw new CliFailure('POLICY_REFUSED', 'the cell does not load this policy');
    return mustBeDone(set).index;
  });
}

type Texts = {
  readonly before: string;
  readonly after: string | null;
  readonly out: string | null;
  readonly index: number | null;
};

function reportOf({ asked, proposal, still_asked }: Tuned, texts: Texts): Report {
  const { accepted, attacks, dropped } = proposal;
  const diff = texts.after === null ? { removed: [], added: [] } : diffTexts(texts.before, texts.after);
  const lines: readonly Line[] = [
    plain(`${asked} calls are asked about; ${still_asked} of them with these proposals`),
    ...accepted.map(({ asked: count, list, name, projects }) =>
      good(`  ${list}: ${quoteText(name)}, asked ${count} times in ${projects} projects`),
    ),
    ...dropped.flatMap(({ attack, list, name }) =>
      attack === null
        ? []
        : [bad(`  ${list}: ${quoteText(name)} is dropped, it would let through ${quoteText(attack)}`)],
    ),
    ...(accepted.length === 0
      ? [plain('nothing to propose')]
      : [plain(`${attacks} attacks were judged with them, and none becomes ALLOW`), strong('the policy')]),
    ...diff.removed.map((line) => warn(`- ${line}`)),
    ...diff.added.map((line) => good(`+ ${line}`)),
    ...endOf(texts),
  ];
  const silent = dropped.filter(({ attack }) => attack === null).map(({ list, name }) => ({ list, name }));
  const refused = dropped.filter(({ attack }) => attack !== null);
  return {
    exit: 0,
    lines,
    json: {
      exit: 0,
      asked,
      still_asked,
      accepted,
      dropped: refused,
      without_effect: silent,
      attacks,
      diff,
      index: texts.index,
    },
  };
}

function endOf({ after, index, out }: Texts): readonly Line[] {
  if (after === null) return [];
  if (index !== null) return [good(`this policy is in force: record ${index}`)];
  if (out !== null) return [plain(`written to ${quoteText(out)}: writ policy set ${quoteText(out)} --packs`)];
  return [faint('nothing was changed: --out NEW writes it, --apply puts it in force')];
}
