import type { Explained } from '@writ/contract/api';
import { isId, printJson } from '@writ/proof';
import { idOf, onlyOne } from '../client/address-book.ts';
import type { Call, Run } from '../program/command.ts';
import { bad, faint, good, type Line, plain, warn } from '../terminal/line.ts';
import { printTime } from '../terminal/print-time.ts';
import type { ActionDesk, Explaining } from './desk.ts';
import { type ProposalFile, readProposal } from './read-proposal.ts';
import { withDesk } from './with-desk.ts';

/** Why an action would be answered as it would, or why it was answered as it was. */
export const run: Run = async (call) => {
  const [subject = '-'] = call.operands;
  const file = isId(subject) ? null : await readProposal(subject);
  return withDesk(call, async (desk) => {
    const told = await desk.explain(askedOf(desk, call, subject, file));
    return { exit: 0, lines: linesOf(told), json: { exit: 0, ...told } };
  });
};

function askedOf(desk: ActionDesk, call: Call, subject: string, file: ProposalFile | null): Explaining {
  const as = call.text('as');
  const view = call.flag('agent') ? 'agent' : 'operator';
  const by = as === null ? null : idOf(desk.book, as);
  if (file !== null) {
    const session = call.text('session') ?? 'terminal';
    return { kind: 'candidate', view, by: by ?? onlyOne(desk.book, 'agent'), session, ...file };
  }
  return {
    kind: 'recorded',
    view,
    id: subject,
    by: by ?? (view === 'agent' ? onlyOne(desk.book, 'agent') : null),
  };
}

const OUTLOOKS: Readonly<Record<Explained['outlook'], string>> = {
  allowed: 'nothing stands in its way',
  fillable: 'evidence is missing that the agent can bring; what only people lift is asked after that',
  liftable: 'people can lift all that stands in its way',
  final: 'nobody can lift this: another action is needed, or another policy',
};

function linesOf(told: Explained): readonly Line[] {
  const { verdict, code, text, recorded, outlook, obligations } = told;
  const said = `${recorded === null ? 'would be ' : ''}${verdict}: ${code}, ${text}`;
  const head = verdict === 'ALLOW' ? good(said) : verdict === 'BLOCK' ? bad(said) : warn(said);
  return [
    head,
    ...(recorded === null
      ? []
      : [plain(`  action ${recorded.id}, record ${recorded.index} of ${printTime(recorded.time)}`)]),
    plain(`  ${OUTLOOKS[outlook]}`),
    ...(obligations.length === 0 ? [] : [plain(`  obliges to ${obligations.join(', ')}`)]),
    ...told.gates.flatMap(linesOfGate),
    ...(told.understanding === null ? [] : linesOfMeaning(told.understanding)),
    ...(told.rules ?? []).map(lineOfRule),
    ...(told.rules_left_out ? [faint(`  and ${told.rules_left_out} rules that did not match`)] : []),
  ];
}

type Gate = Explained['gates'][number];
type Reason = Gate['reasons'][number];

function linesOfGate({ gate, name, not_evaluated, reasons }: Gate): readonly Line[] {
  const at = `  gate ${gate} ${name.padEnd(13)}`;
  if (not_evaluated !== null) return [faint(`${at} not evaluated: ${not_evaluated}`)];
  if (reasons.length === 0) return [faint(`${at} passed`)];
  return reasons.map((reason) => {
    const line = `${at} ${reason.verdict} ${reason.code}${ruleOf(reason)}: ${standingOf(reason)}`;
    return reason.verdict === 'ALLOW' ? faint(line) : plain(line);
  });
}

function ruleOf({ rule }: Reason): string {
  return (rule ?? null) === null ? '' : `, rule ${rule}`;
}

/** Who could lift it, with what; an agent learns that somebody could. */
function standingOf({ verdict, class: standing, lift, lifted }: Reason): string {
  if (verdict === 'ALLOW') return 'allows';
  if ((lifted ?? null) !== null) return `lifted by ${lifted}`;
  switch (standing) {
    case 'final':
      return 'final, nobody lifts it';
    case 'fillable':
      return 'fillable, by evidence that the agent brings';
    case 'liftable': {
      if ((lift ?? null) === null) return 'liftable, by people';
      const whom = lift?.escalate_to ?? 'whoever may approve';
      const until = (lift?.deadline_s ?? null) === null ? '' : `, within ${lift?.deadline_s} s`;
      return `liftable, by ${lift?.quorum} of ${whom} with proof ${lift?.needs}${until}`;
    }
    default:
      return standing satisfies never;
  }
}

/** One line for each member, as JSON: what is the agent's cannot pass for ours. */
function linesOfMeaning(meaning: NonNullable<Explained['understanding']>): readonly Line[] {
  return Object.entries(meaning).map(([name, value]) => plain(`  ${name.padEnd(13)} ${printJson(value)}`));
}

type Rule = NonNullable<Explained['rules']>[number];

function lineOfRule({ rule, mode, outcome, verdict, code, effects, when, fault, reason }: Rule): Line {
  const what = `  rule ${rule}${mode === 'shadow' ? ' (shadow)' : ''}`;
  const why = reason === null ? '' : ` (${reason})`;
  switch (outcome) {
    case 'matched':
      return plain(`${what} matches: ${verdict} ${code}${why}`);
    case 'effects_differ':
      return faint(`${what} does not match: its effects are ${printJson(effects)}`);
    case 'condition_false':
      return faint(`${what} does not match: false is ${when ?? ''}`);
    case 'evidence_brought':
      return faint(`${what} does not match: the evidence that it asks for is there`);
    case 'failed':
      return bad(`${what} could not be evaluated: ${fault ?? ''}`);
    default:
      return outcome satisfies never;
  }
}
