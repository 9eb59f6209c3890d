import { CONDITION_DEPTH_MAX, CONDITION_NODES_MAX, LIST_LITERAL_MAX } from '../limits.ts';
import { type BinaryOperator, type MacroName, type Node, childrenOf } from './node.ts';
import { readTokens, type Token } from './read-tokens.ts';
import { Refusal } from './refusal.ts';

/** Words that CEL keeps for itself or for host languages. */
const RESERVED: ReadonlySet<string> = new Set([
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'import',
  'in',
  'let',
  'loop',
  'namespace',
  'package',
  'return',
  'var',
  'void',
  'while',
]);

const MACROS: ReadonlySet<string> = new Set<MacroName>(['all', 'exists', 'exists_one', 'filter', 'map']);

/** CEL's binary operators, loosest first; `&&`, `||` and `?:` have functions of their own. */
const LEVELS: readonly ReadonlySet<string>[] = [
  new Set(['==', '!=']),
  new Set(['<', '<=', '>', '>=', 'in']),
  new Set(['+', '-']),
  new Set(['*', '/', '%']),
];

type Cursor = { readonly tokens: readonly Token[]; next: number; nodes: number; depth: number };

/** The text of a condition → its tree. Throws Refusal. */
export function parseTree(text: string): Node {
  const cursor: Cursor = { tokens: readTokens(text), next: 0, nodes: 0, depth: 0 };
  const node = parseChoose(cursor);
  if (peek(cursor).kind !== 'end')
    throw new Refusal('CEL_SYNTAX', peek(cursor).at, 'the condition ends here');
  checkDepth(node);
  return node;
}

function parseChoose(cursor: Cursor): Node {
  // INVARIANT: every recursion passes here or parseUnary, so the parser's own stack is bounded.
  return deeper(cursor, () => {
    const test = parseLogic(cursor, 'or');
    if (!accept(cursor, '?')) return test;
    const yes = parseChoose(cursor);
    expect(cursor, ':');
    const no = parseChoose(cursor);
    return make(cursor, { kind: 'choose', at: test.at, test, yes, no });
  });
}

function parseLogic(cursor: Cursor, kind: 'or' | 'and'): Node {
  const operand = () => (kind === 'or' ? parseLogic(cursor, 'and') : parseBinary(cursor, 0));
  const operands = [operand()];
  while (accept(cursor, kind === 'or' ? '||' : '&&')) operands.push(operand());
  const [first] = operands;
  if (first === undefined || operands.length === 1) return first ?? fail(cursor, 'a value');
  return make(cursor, { kind, at: first.at, operands });
}

function parseBinary(cursor: Cursor, level: number): Node {
  const operators = LEVELS[level];
  if (operators === undefined) return parseUnary(cursor);
  let left = parseBinary(cursor, level + 1);
  for (let token = peek(cursor); isOperator(token, operators); token = peek(cursor)) {
    cursor.next += 1;
    const right = parseBinary(cursor, level + 1);
    // The sets of LEVELS hold exactly these operators.
    const operator = token.text as BinaryOperator;
    left = make(cursor, { kind: 'binary', at: left.at, operator, left, right });
  }
  return left;
}

function isOperator(
  token: Token,
  operators: ReadonlySet<string>,
): token is Token & { readonly text: string } {
  return (token.kind === 'sign' || token.kind === 'name') && operators.has(token.text);
}

function parseUnary(cursor: Cursor): Node {
  const { at } = peek(cursor);
  if (accept(cursor, '!')) {
    return deeper(cursor, () => make(cursor, { kind: 'not', at, operand: parseUnary(cursor) }));
  }
  if (accept(cursor, '-')) {
    return deeper(cursor, () => make(cursor, { kind: 'negate', at, operand: parseUnary(cursor) }));
  }
  return parsePostfix(cursor);
}

function parsePostfix(cursor: Cursor): Node {
  let node = parsePrimary(cursor);
  for (;;) {
    const { at } = peek(cursor);
    if (accept(cursor, '[')) {
      const index = parseChoose(cursor);
      expect(cursor, ']');
      node = make(cursor, { kind: 'index', at, base: node, index });
    } else if (accept(cursor, '.')) {
      const field = takeName(cursor);
      node = accept(cursor, '(')
        ? parseMethod(cursor, node, field, at)
        : make(cursor, { kind: 'select', at, base: node, field });
    } else return node;
  }
}

function parseMethod(cursor: Cursor, receiver: Node, name: string, at: number): Node {
  const args = parseItems(cursor, ')');
  if (!MACROS.has(name)) {
    return make(cursor, { kind: 'call', at, name, receiver: true, arguments: [receiver, ...args] });
  }
  const [variable, body] = args;
  if (variable?.kind !== 'name' || body === undefined || args.length !== 2) {
    throw new Refusal('CEL_SYNTAX', at, `${name} takes a variable and an expression`);
  }
  // MACROS holds exactly these names.
  const macro = name as MacroName;
  return make(cursor, { kind: 'macro', at, macro, list: receiver, variable: variable.name, body });
}

function parsePrimary(cursor: Cursor): Node {
  const token = peek(cursor);
  const { at } = token;
  cursor.next += 1;
  if (token.kind === 'text') return make(cursor, { kind: 'literal', at, type: 'string', value: token.text });
  if (token.kind === 'int' || token.kind === 'double') {
    return make(cursor, { kind: 'literal', at, type: token.kind, value: token.value });
  }
  if (token.kind === 'name') return parseName(cursor, token.text, at);
  if (token.kind === 'sign' && token.text === '(') {
    const node = parseChoose(cursor);
    expect(cursor, ')');
    return node;
  }
  if (token.kind === 'sign' && token.text === '[') {
    return make(cursor, { kind: 'list', at, items: parseItems(cursor, ']') });
  }
  throw new Refusal('CEL_SYNTAX', at, 'expected a value');
}

function parseName(cursor: Cursor, name: string, at: number): Node {
  if (name === 'true' || name === 'false') {
    return make(cursor, { kind: 'literal', at, type: 'bool', value: name === 'true' });
  }
  if (name === 'null') return make(cursor, { kind: 'literal', at, type: 'null', value: null });
  if (RESERVED.has(name)) throw new Refusal('CEL_SYNTAX', at, 'this word is reserved');
  if (!accept(cursor, '(')) return make(cursor, { kind: 'name', at, name });
  const args = parseItems(cursor, ')');
  if (name !== 'has') return make(cursor, { kind: 'call', at, name, receiver: false, arguments: args });
  const [target] = args;
  if (target?.kind !== 'select' || args.length !== 1) {
    throw new Refusal('CEL_SYNTAX', at, 'has() takes one selection, as in has(args.path)');
  }
  return make(cursor, { kind: 'has', at, target });
}

function parseItems(cursor: Cursor, close: ')' | ']'): readonly Node[] {
  const items: Node[] = [];
  if (accept(cursor, close)) return items;
  do {
    if (items.length >= LIST_LITERAL_MAX) {
      throw new Refusal('CEL_TOO_LARGE', peek(cursor).at, `at most ${LIST_LITERAL_MAX} items`);
    }
    items.push(parseChoose(cursor));
  } while (accept(cursor, ','));
  expect(cursor, close);
  return items;
}

function make(cursor: Cursor, node: Node): Node {
  cursor.nodes += 1;
  if (cursor.nodes > CONDITION_NODES_MAX) {
    throw new Refusal('CEL_TOO_LARGE', node.at, `a condition has at most ${CONDITION_NODES_MAX} nodes`);
  }
  return node;
}

function deeper(cursor: Cursor, parse: () => Node): Node {
  cursor.depth += 1;
  if (cursor.depth > CONDITION_DEPTH_MAX) throw tooDeep(peek(cursor).at);
  const node = parse();
  cursor.depth -= 1;
  return node;
}

/** Chains such as `a.b.c` and `1 + 1 + 1` grow without recursion in the parser; later passes recurse. */
function checkDepth(root: Node): void {
  const stack: { readonly node: Node; readonly depth: number }[] = [{ node: root, depth: 1 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.depth > CONDITION_DEPTH_MAX) throw tooDeep(next.node.at);
    for (const node of childrenOf(next.node)) stack.push({ node, depth: next.depth + 1 });
  }
}

function tooDeep(at: number): Refusal {
  return new Refusal('CEL_TOO_DEEP', at, `at most ${CONDITION_DEPTH_MAX} levels`);
}

function peek(cursor: Cursor): Token {
  const token = cursor.tokens[cursor.next] ?? cursor.tokens.at(-1);
  // INVARIANT: readTokens always ends with an end token.
  if (token === undefined) throw new Refusal('CEL_SYNTAX', 0, 'the condition is empty');
  return token;
}

function accept(cursor: Cursor, sign: string): boolean {
  const token = peek(cursor);
  if (token.kind !== 'sign' || token.text !== sign) return false;
  cursor.next += 1;
  return true;
}

function expect(cursor: Cursor, sign: string): void {
  if (!accept(cursor, sign)) fail(cursor, `\`${sign}\``);
}

function takeName(cursor: Cursor): string {
  const token = peek(cursor);
  if (token.kind !== 'name' || token.text === 'in') return fail(cursor, 'a name');
  cursor.next += 1;
  return token.text;
}

function fail(cursor: Cursor, wanted: string): never {
  throw new Refusal('CEL_SYNTAX', peek(cursor).at, `expected ${wanted}`);
}
