import { POLICY_WORDS, type ToolDefinition } from '@writ/contract';
import { parsePolicy, type Problem } from '@writ/policy';
import { isReader } from '../programs.ts';
import { type LexeconPolicy, readLexeconPolicy } from './read-policy.ts';
import { ARGUMENTS_MAX } from './write-condition.ts';
import { SHELL_DEFINITION, writePolicy } from './write-policy.ts';

export type PolicyImported =
  | {
      readonly kind: 'imported';
      readonly policy: string;
      readonly tool: ToolDefinition;
      readonly warnings: readonly string[];
      /** What each rule of the policy says for itself, by its id. */
      readonly reasons: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** A policy of Lexecon as one of Writ that loads, with what it misses; or why it cannot be one. */
export function importLexeconPolicy(text: string): PolicyImported {
  const read = readLexeconPolicy(text);
  if (read.kind === 'refused') return read;
  const policy = writePolicy(read.policy);
  // Its examples are the proof that conditions and semantics agree, so it is loaded before it is handed out.
  const loaded = parsePolicy(policy, POLICY_WORDS);
  if (loaded.kind === 'refused') return loaded;
  const reasons = new Map(loaded.policy.rules.map(({ id, reason }) => [id, reason ?? '']));
  return { kind: 'imported', policy, tool: SHELL_DEFINITION, warnings: warningsOf(read.policy), reasons };
}

/** Options that stand together, as `-rf`. */
const CLUSTER = /(^|\s)-([A-Za-z]{2,})(?=\s|$)/;

function warningsOf({ allowed, rules, unused }: LexeconPolicy): readonly string[] {
  const patterns = rules.flatMap((rule) => rule.patterns);
  const strangers = allowed.filter((program) => !isReader(program));
  return [
    ...(allowed.length === 0 ? ['no program is allowed: everything is blocked'] : []),
    ...strangers.map((program) => `${program}: nothing says that it only reads, so it asks a person`),
    ...(patterns.length === 0
      ? []
      : ['patterns are texts, as in Lexecon: another spelling of the same passes them']),
    ...patterns.flatMap(missesOf),
    ...unused.map((id) => `rule ${id} is for a tool that Lexecon never runs: it is left out`),
    'where a BLOCK and an ESCALATE match, Writ blocks; Lexecon takes the first',
    `more than ${ARGUMENTS_MAX} arguments are blocked`,
    'arguments with a secret or personal data ask a person: patterns see a token in their place',
  ];
}

function missesOf(pattern: string): readonly string[] {
  const found = CLUSTER.exec(pattern);
  if (found === null) return [];
  const letters = (found[2] ?? '').split('');
  const spelled = (option: string): string => pattern.replace(CLUSTER, `$1${option}`);
  const turned = spelled(`-${letters.toReversed().join('')}`);
  const apart = spelled(letters.map((letter) => `-${letter}`).join(' '));
  return [
    `"${pattern}" misses "${turned}" and long options`,
    `"${pattern}" misses "${apart}", which Lexecon finds since it joins options`,
  ];
}
