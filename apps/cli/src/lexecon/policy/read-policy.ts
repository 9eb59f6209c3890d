import {
  collectProblems,
  type Located,
  type Members,
  type Problem,
  type Problems,
  readList,
  readMatching,
  readMembers,
  readText,
  readYaml,
  required,
  shown,
} from '@writ/policy';
import { SHELL_TOOL } from '../programs.ts';

/** A policy of Lexecon: every program by its exact name, and texts that no command line may contain. */
export type LexeconPolicy = {
  readonly allowed: readonly string[];
  readonly rules: readonly LexeconRule[];
  /** Ids of rules for tools that Lexecon itself never runs. */
  readonly unused: readonly string[];
};

export type LexeconRule = {
  readonly id: string;
  readonly patterns: readonly string[];
  readonly action: 'BLOCK' | 'ESCALATE';
  readonly reason: string;
};

export type PolicyRead =
  | { readonly kind: 'policy'; readonly policy: LexeconPolicy }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

const MEMBERS: ReadonlySet<string> = new Set(['allowed_executables', 'rules']);
const RULE_MEMBERS: ReadonlySet<string> = new Set(['id', 'tool', 'action', 'patterns', 'reason']);
/** Rules of the imported policy that stand for something else than a rule of the file. */
export const RESERVED_IDS: ReadonlySet<string> = new Set([
  'default',
  'not_allowlisted',
  'program-asks',
  'token-asks',
]);

/** With room for the number of a pattern. */
const ID = /^[a-z0-9][a-z0-9._-]{0,58}$/;
const PRINTABLE = /^[ -~]{1,128}$/;
/** Lexecon blocks a blank program even where the list names it. */
const PROGRAM = /^ *[!-~][ -~]{0,127}$/;
/** A rule of Writ speaks printable ASCII without braces, which stand for values there. */
const REASON = /^[ -z|~]{1,200}$/;
/**
 * What Lexecon's reader of YAML 1.1 takes for a number, a date or a truth unless it is quoted, so that it
 * never equals a text there. Quoted or not looks the same here.
 */
const OTHER_TYPE = /^(?:y|n|yes|no|on|off|true|false|null|~|=|<<|[-+.]?[0-9.][0-9a-fox_.:eE+-]*)$/i;
const SPACES_MAX = 3;

/**
 * Strict: what Lexecon passes over or guesses is a problem here, and so is what Writ cannot say as
 * faithfully.
 */
export function readLexeconPolicy(text: string): PolicyRead {
  const problems = collectProblems();
  const root = readYaml(text, problems);
  const policy = root && policyOf(root, problems);
  if (policy === undefined || problems.list.length > 0) return { kind: 'refused', problems: problems.list };
  return { kind: 'policy', policy };
}

function policyOf(root: Located, problems: Problems): LexeconPolicy | undefined {
  const members = readMembers(root, MEMBERS, problems);
  if (members === undefined) return undefined;
  const programs = members.get('allowed_executables');
  const allowed = programs === undefined ? [] : readTexts(programs.value, PROGRAM, 'a program', problems);
  const rulesNode = required(members, 'rules', problems);
  const nodes = (rulesNode && readList(rulesNode, problems)) ?? [];
  const ids = new Set<string>();
  const unused: string[] = [];
  const rules = nodes.flatMap((node) => {
    const rule = readRule(node, problems);
    if (rule === undefined) return [];
    if (ids.has(rule.id)) problems.add('RULE_ID_DUPLICATE', node.at, `\`${rule.id}\` is already there`);
    ids.add(rule.id);
    if (rule.tool === SHELL_TOOL) return [rule];
    unused.push(rule.id);
    return [];
  });
  return { allowed: [...new Set(allowed)], rules, unused };
}

function readRule(node: Located, problems: Problems): (LexeconRule & { readonly tool: string }) | undefined {
  const members = readMembers(node, RULE_MEMBERS, problems);
  if (members === undefined) return undefined;
  const id = readIdentifier(members, problems);
  const toolNode = required(members, 'tool', problems);
  const tool = toolNode && readText(toolNode, problems);
  const action = readAction(members, problems);
  const patternsNode = required(members, 'patterns', problems);
  const patterns = patternsNode && readTexts(patternsNode, PRINTABLE, 'a pattern', problems);
  const reason = readReason(members, problems);
  if (patternsNode === undefined || patterns === undefined || id === undefined) return undefined;
  if (tool === undefined || action === undefined || reason === undefined) return undefined;
  for (const pattern of patterns.filter((one) => one.split(' ').length > SPACES_MAX + 1)) {
    const what = `\`${shown(pattern)}\` has more than ${SPACES_MAX} spaces: too many ways across words`;
    problems.add('VALUE_WRONG', patternsNode.at, what);
  }
  return { id, tool, action, patterns, reason };
}

function readIdentifier(members: Members, problems: Problems): string | undefined {
  const node = required(members, 'id', problems);
  const id = node && readMatching(node, ID, 'an id is lower-case letters, digits, . _ and -', problems);
  if (node === undefined || id === undefined || !RESERVED_IDS.has(id)) return id;
  problems.add('VALUE_WRONG', node.at, `\`${id}\` is what the imported policy calls a rule of its own`);
  return undefined;
}

/**
 * In Lexecon every match of another action is stopped too, as ESCALATE or as BLOCK: by version, not by its
 * word.
 */
function readAction(members: Members, problems: Problems): LexeconRule['action'] | undefined {
  const node = required(members, 'action', problems);
  const text = node && readText(node, problems)?.toUpperCase();
  if (text === 'BLOCK' || text === 'ESCALATE') return text;
  if (node === undefined || text === undefined) return undefined;
  const what = 'a rule that matches never lets pass in Lexecon, whatever it says: write BLOCK or ESCALATE';
  problems.add('VALUE_WRONG', node.at, what);
  return undefined;
}

function readReason(members: Members, problems: Problems): string | undefined {
  const node = members.get('reason')?.value;
  if (node === undefined) return 'Policy pattern matched.';
  return readMatching(
    node,
    REASON,
    'a reason is 1 to 200 printable ASCII characters without braces',
    problems,
  );
}

function readTexts(node: Located, form: RegExp, what: string, problems: Problems): readonly string[] {
  const items = readList(node, problems) ?? [];
  return items.flatMap((item) => {
    const text = readMatching(item, form, `${what} is 1 to 128 printable ASCII characters`, problems);
    if (text === undefined) return [];
    if (!OTHER_TYPE.test(text)) return [text];
    const reads = `\`${shown(text)}\` is no text to Lexecon's reader of YAML unless it is quoted`;
    problems.add('VALUE_WRONG', item.at, `${reads}: it cannot be told which`);
    return [];
  });
}
