import type { CompoundList, SyntaxNode } from 'unbash';
import { wordSet } from '../word-set.ts';

/** What a part of a text may change for its next round. */
export type Assigned = {
  /** With whether it is only ever set to numbers. */
  readonly names: ReadonlyMap<string, boolean>;
  /** Whatever variables there are. */
  readonly anything: boolean;
  readonly functions: boolean;
  readonly moves: boolean;
  readonly jumps: boolean;
};

type Finding = {
  readonly names: Map<string, boolean>;
  anything: boolean;
  functions: boolean;
  moves: boolean;
  jumps: boolean;
};

const SETTING: ReadonlySet<string> = wordSet(`
  declare export getopts let local mapfile printf read readarray readonly typeset unset`);
const ANYTHING: ReadonlySet<string> = new Set(['.', 'builtin', 'command', 'eval', 'source', 'shift', 'set']);
const MOVING: ReadonlySet<string> = new Set(['cd', 'popd', 'pushd']);
const JUMPING: ReadonlySet<string> = new Set(['break', 'continue', 'exit', 'return']);

/** Found by a look at the tree alone; a function that is called from it may be any. */
export function assignedIn(lists: readonly CompoundList[]): Assigned {
  const finding: Finding = {
    names: new Map(),
    anything: false,
    functions: false,
    moves: false,
    jumps: false,
  };
  const waiting: unknown[] = [...lists];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== 'object' || node === null) continue;
    if (Array.isArray(node))
      waiting.push(...(node as readonly unknown[])); // any array is one of unknown
    else {
      note(node as SyntaxNode, finding); // what is no node has no type that is looked for
      const members: readonly unknown[] = Object.values(node);
      waiting.push(...members);
    }
  }
  return finding;
}

function note(node: SyntaxNode, finding: Finding): void {
  switch (node.type) {
    case 'Assignment': {
      const { name, value } = node;
      const isNumber =
        value.type === 'Word' &&
        (/^[0-9]+$/.test(value.text) ||
          (value.parts?.length === 1 && value.parts[0]?.type === 'ArithmeticExpansion'));
      finding.names.set(name, isNumber && finding.names.get(name) !== false);
      return;
    }
    case 'For':
    case 'Select':
      finding.names.set(node.name.value, false);
      return;
    case 'Function':
      finding.functions = true;
      return;
    case 'ParameterExpansion':
      if (node.operation?.type === 'Default') finding.names.set(node.parameter, false);
      return;
    case 'ArithmeticWord':
      if (!finding.names.has(node.value) && /^[A-Za-z_]\w*$/.test(node.value))
        finding.names.set(node.value, true);
      return;
    case 'Command':
      noteCommand(node, finding);
      return;
    default:
  }
}

function noteCommand({ args, name }: Extract<SyntaxNode, { type: 'Command' }>, finding: Finding): void {
  if (name === undefined) return;
  const text = name.value;
  if (MOVING.has(text)) finding.moves = true;
  if (JUMPING.has(text)) finding.jumps = true;
  // The name of a function, or of a command that is not known before it runs.
  if (ANYTHING.has(text) || name.parts !== undefined) finding.anything = true;
  if (!SETTING.has(text)) return;
  for (const arg of args) {
    if (arg.type === 'Word' && arg.parts === undefined)
      finding.names.set(arg.value.replace(/[+]?[=].*$/s, ''), false);
    else if (arg.type === 'Word') finding.anything = true;
  }
}
