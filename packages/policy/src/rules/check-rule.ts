import { checkCondition, type VocabularyWithLists } from './check-condition.ts';
import { DEADLINE_S_MAX, EVIDENCE_MAX, QUORUM_MAX, REASON_LENGTH_MAX } from '../limits.ts';
import type { Problems } from '../problem.ts';
import type { Located } from '../text/located.ts';
import { checkExample } from './check-example.ts';
import { readEffect } from './read-meaning.ts';
import { pickLists } from './policy-lists.ts';
import { CLASSES, DEFAULT_CODES } from './defaults.ts';
import type { EffectFilter, Example, Rule, Verdict, Vocabulary } from './policy.ts';
import {
  type Members,
  readChoice,
  readInteger,
  readList,
  readMatching,
  readMembers,
  readSet,
  readText,
  required,
  shown,
} from './read-value.ts';
import { isTemplate } from './render-reason.ts';

const MEMBERS: ReadonlySet<string> = new Set([
  'id',
  'tools',
  'effects',
  'when',
  'verdict',
  'code',
  'class',
  'needs',
  'quorum',
  'escalate_to',
  'deadline_s',
  'obligations',
  'evidence',
  'reason',
  'mode',
  'examples',
]);

/** ASCII only: two names that look alike to a reviewer are then the same name. */
const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const TOOL = /^[A-Za-z0-9_][A-Za-z0-9_.:/@-]{0,127}$/;
const CODE = /^[A-Z][A-Z0-9_]{1,63}$/;
const ADDRESSEE = /^[a-z0-9][a-z0-9._:/@-]{0,63}$/;
const EVIDENCE = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** What the judgment itself says; no rule may speak for it. */
const RESERVED_CODES: ReadonlySet<string> = new Set(['NO_RULE', 'RULE_ERROR']);

export function checkRule(
  node: Located,
  vocabulary: VocabularyWithLists,
  problems: Problems,
): Rule | undefined {
  const before = problems.list.length;
  const members = readMembers(node, MEMBERS, problems);
  if (members === undefined) return undefined;
  const id = optional(members, 'id', (value) =>
    readMatching(value, ID, 'an id is like `no-force-push`', problems),
  );
  required(members, 'id', problems);
  const toolsNode = required(members, 'tools', problems);
  const tools = toolsNode && checkTools(toolsNode, problems);
  const verdictNode = required(members, 'verdict', problems);
  const verdict =
    verdictNode && readChoice(verdictNode, ['ALLOW', 'BLOCK', 'ESCALATE', 'NEED_EVIDENCE'], problems);
  const what = verdict && checkOutcome(members, verdict, vocabulary, problems);
  const effects = optional(members, 'effects', (value) => checkEffects(value, vocabulary, problems));
  const condition = optional(members, 'when', (value) =>
    checkCondition(value, { tools: tools ?? [], verdict: verdict ?? 'BLOCK' }, vocabulary, problems),
  );
  const reason = optional(members, 'reason', (value) => checkReason(value, problems));
  const mode = optional(members, 'mode', (value) => readChoice(value, ['enforce', 'shadow'], problems));
  const examples = checkExamples(members, tools, vocabulary, problems);
  if (problems.list.length > before || id === undefined || tools === undefined || what === undefined) {
    return undefined;
  }
  return {
    id,
    tools,
    ...(effects === undefined ? {} : { effects }),
    ...(condition === undefined ? {} : { when: condition.when }),
    ...(condition === undefined || condition.lists.length === 0
      ? {}
      : { lists: pickLists(condition.lists, vocabulary.lists) }),
    ...what,
    ...(reason === undefined ? {} : { reason }),
    mode: mode ?? 'enforce',
    examples,
  };
}

function optional<Value>(
  members: Members,
  name: string,
  read: (value: Located) => Value | undefined,
): Value | undefined {
  const member = members.get(name);
  return member === undefined ? undefined : read(member.value);
}

function checkTools(node: Located, problems: Problems): readonly string[] | undefined {
  const readTool = (item: Located) => {
    const isStar = item.kind === 'scalar' && item.value === '*';
    return isStar
      ? '*'
      : readMatching(item, TOOL, 'a tool is an ASCII name without spaces, or `*`', problems);
  };
  const tools = readSet(node, readTool, problems);
  if (tools === undefined || tools.length <= 1 || !tools.includes('*')) return tools;
  problems.add('VALUE_WRONG', node.at, '`*` is every tool and stands alone');
  return undefined;
}

const FILTER_MEMBERS: ReadonlySet<string> = new Set(['any', 'all', 'none']);

function checkEffects(node: Located, vocabulary: Vocabulary, problems: Problems): EffectFilter | undefined {
  const members = readMembers(node, FILTER_MEMBERS, problems);
  if (members === undefined) return undefined;
  const read = (name: string) =>
    optional(members, name, (value) =>
      readSet(value, (item) => readEffect(item, vocabulary, problems), problems),
    );
  const any = read('any');
  const all = read('all');
  const none = read('none');
  if (any === undefined && all === undefined && none === undefined) {
    problems.add('LIST_EMPTY', node.at, '`effects` asks with `any`, `all` or `none`');
  }
  return {
    ...(any === undefined ? {} : { any }),
    ...(all === undefined ? {} : { all }),
    ...(none === undefined ? {} : { none }),
  };
}

type Outcome = Pick<
  Rule,
  | 'verdict'
  | 'code'
  | 'class'
  | 'needs'
  | 'quorum'
  | 'escalate_to'
  | 'deadline_s'
  | 'obligations'
  | 'evidence'
>;

function checkOutcome(
  members: Members,
  verdict: Verdict,
  vocabulary: Vocabulary,
  problems: Problems,
): Outcome {
  const code = optional(members, 'code', (value) => checkCode(value, vocabulary, problems));
  const classes = CLASSES[verdict];
  if (verdict === 'ALLOW') refuseMember(members, 'class', 'nothing lifts an ALLOW', problems);
  const reasonClass =
    optional(members, 'class', (value) => readChoice(value, classes, problems)) ?? classes[0];
  if (reasonClass !== 'liftable') {
    for (const name of ['needs', 'quorum', 'escalate_to', 'deadline_s']) {
      refuseMember(members, name, 'no person is asked here', problems);
    }
  }
  if (verdict === 'BLOCK' && reasonClass === 'final') {
    refuseMember(members, 'obligations', 'nothing runs after a final BLOCK', problems);
  }
  if (verdict !== 'NEED_EVIDENCE')
    refuseMember(members, 'evidence', 'no evidence is asked for here', problems);
  const evidence = optional(members, 'evidence', (value) => checkEvidence(value, problems));
  const needs = optional(members, 'needs', (value) =>
    readChoice(value, ['p0', 'p1', 'p2', 'p3', 'p4'], problems),
  );
  const quorum = optional(members, 'quorum', (value) => readInteger(value, 1, QUORUM_MAX, problems));
  const escalate_to = optional(members, 'escalate_to', (value) =>
    readMatching(value, ADDRESSEE, 'an addressee is like `team/security`', problems),
  );
  const deadline_s = optional(members, 'deadline_s', (value) =>
    readInteger(value, 1, DEADLINE_S_MAX, problems),
  );
  const obligations = optional(members, 'obligations', (value) =>
    readSet(value, (item) => readObligation(item, vocabulary, problems), problems),
  );
  return {
    verdict,
    code: code ?? DEFAULT_CODES[verdict],
    class: reasonClass,
    ...(needs === undefined ? {} : { needs }),
    ...(quorum === undefined ? {} : { quorum }),
    ...(escalate_to === undefined ? {} : { escalate_to }),
    ...(deadline_s === undefined ? {} : { deadline_s }),
    ...(obligations === undefined ? {} : { obligations }),
    ...(evidence === undefined ? {} : { evidence }),
  };
}

function checkEvidence(node: Located, problems: Problems): readonly string[] | undefined {
  const read = (item: Located) => readMatching(item, EVIDENCE, 'evidence is like `test-report`', problems);
  const kinds = readSet(node, read, problems);
  if (kinds === undefined || kinds.length <= EVIDENCE_MAX) return kinds;
  problems.add('LIST_TOO_LONG', node.at, `at most ${EVIDENCE_MAX} kinds of evidence`);
  return undefined;
}

function refuseMember(members: Members, name: string, why: string, problems: Problems): void {
  const member = members.get(name);
  if (member !== undefined) problems.add('MEMBER_NOT_APPLICABLE', member.key_at, `\`${name}\`: ${why}`);
}

function checkCode(node: Located, vocabulary: Vocabulary, problems: Problems): string | undefined {
  const code = readMatching(node, CODE, 'a code is like `NO_FORCE_PUSH`', problems);
  if (code === undefined) return undefined;
  if (!RESERVED_CODES.has(code) && vocabulary.codes?.has(code) !== false) return code;
  problems.add('CODE_UNKNOWN', node.at, `a rule cannot give the code \`${shown(code)}\``);
  return undefined;
}

function readObligation(node: Located, vocabulary: Vocabulary, problems: Problems): string | undefined {
  const obligation = readText(node, problems);
  if (obligation === undefined || vocabulary.obligations.has(obligation)) return obligation;
  problems.add('OBLIGATION_UNKNOWN', node.at, `there is no obligation \`${shown(obligation)}\``);
  return undefined;
}

function checkReason(node: Located, problems: Problems): string | undefined {
  const reason = readText(node, problems);
  if (reason === undefined || (reason.length <= REASON_LENGTH_MAX && isTemplate(reason))) return reason;
  problems.add(
    'VALUE_WRONG',
    node.at,
    `at most ${REASON_LENGTH_MAX} printable ASCII characters; in braces only {tool}, {rule}, {effects}`,
  );
  return undefined;
}

function checkExamples(
  members: Members,
  tools: readonly string[] | undefined,
  vocabulary: Vocabulary,
  problems: Problems,
): readonly Example[] {
  const node = members.get('examples')?.value;
  if (node === undefined) {
    problems.add('EXAMPLE_MISSING', members.at, 'a rule carries at least one example that it matches');
    return [];
  }
  const [first] = tools ?? [];
  const only_tool = tools?.length === 1 && first !== '*' ? first : undefined;
  const items = readList(node, problems) ?? [];
  return items.flatMap((item) => checkExample(item, only_tool, vocabulary, problems) ?? []);
}
