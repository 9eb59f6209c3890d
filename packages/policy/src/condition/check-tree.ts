import { MACRO_NESTING_MAX } from '../limits.ts';
import { checkCall } from './check-call.ts';
import { demand, demandInteger } from './demand.ts';
import { impossible } from './fault.ts';
import { type Facts, factsWhen, NO_FACTS, pathOf, union } from './guard.ts';
import type { BinaryNode, IndexNode, LogicNode, MacroNode, Node, SelectNode } from './node.ts';
import { isListsName, listRead } from './lists.ts';
import { Refusal } from './refusal.ts';
import { areComparable, BOOL, DYN, isNumber, nameOf, STRINGS, type Type, variablesOf } from './type.ts';
import { demandWords } from './demand-words.ts';
import type { Words } from './words.ts';

/** What is in force at a node: names with their types, members known present, loops around it. */
type Scope = {
  readonly words: Words;
  readonly names: ReadonlyMap<string, Type>;
  readonly facts: Facts;
  readonly loops: number;
};

/** Types and guards in one walk. Throws Refusal; the whole condition must be a bool. */
export function checkTree(root: Node, words: Words): void {
  const scope = { words, names: variablesOf(words), facts: NO_FACTS, loops: 0 };
  demand(checkNode(root, scope), 'bool', root.at);
}

function checkNode(node: Node, scope: Scope): Type {
  switch (node.kind) {
    case 'literal':
      return { kind: node.type };
    case 'name':
      return scope.names.get(node.name) ?? refuseName(node.name, node.at);
    case 'select':
      return checkSelect(node, scope);
    case 'index':
      return checkIndex(node, scope);
    case 'has':
      return checkHas(node.target, scope);
    case 'call':
      return checkCall(node, scope.words, (argument) => checkNode(argument, scope));
    case 'macro':
      return checkMacro(node, scope);
    case 'list':
      return checkList(node.items, scope);
    case 'not':
      return demand(checkNode(node.operand, scope), 'bool', node.at);
    case 'negate':
      return demandInteger(checkNode(node.operand, scope), node.at);
    case 'and':
    case 'or':
      return checkLogic(node, scope);
    case 'binary':
      return checkBinary(node, scope);
    case 'choose': {
      demand(checkNode(node.test, scope), 'bool', node.at);
      const yes = checkNode(node.yes, knowing(scope, factsWhen(node.test, true)));
      const no = checkNode(node.no, knowing(scope, factsWhen(node.test, false)));
      return unify(yes, no);
    }
    default:
      return impossible(node);
  }
}

function refuseName(name: string, at: number): never {
  throw new Refusal('CEL_NAME_UNKNOWN', at, `there is no variable \`${name}\``);
}

function knowing(scope: Scope, facts: Facts): Scope {
  return facts.size === 0 ? scope : { ...scope, facts: union([scope.facts, facts]) };
}

function checkSelect(node: SelectNode, scope: Scope): Type {
  const list = listRead(node);
  if (list !== undefined) {
    if (scope.words.lists?.has(list) === true) return STRINGS;
    throw new Refusal('CEL_FIELD_UNKNOWN', node.at, `there is no list \`${list}\``);
  }
  const base = checkNode(node.base, scope);
  if (base.kind === 'object') return fieldOf(base.fields, node.field, node.at);
  demandMap(base, node.at);
  return demandPresent(node, base, node.field, scope);
}

function fieldOf(fields: ReadonlyMap<string, Type>, field: string, at: number): Type {
  const type = fields.get(field);
  if (type === undefined) throw new Refusal('CEL_FIELD_UNKNOWN', at, `there is no member \`${field}\``);
  return type;
}

function demandMap(type: Type, at: number): void {
  if (type.kind !== 'map' && type.kind !== 'dyn') {
    throw new Refusal('CEL_TYPE', at, `a ${nameOf(type)} has no members`);
  }
}

function demandPresent(node: SelectNode | IndexNode, base: Type, field: string, scope: Scope): Type {
  const type = memberType(base, field, node.at);
  const path = pathOf(node);
  if (path !== undefined && scope.facts.has(path)) return type;
  const shown = path?.split('\u0000').join('.') ?? 'a computed member';
  const message = `${shown} may be absent: guard it, as in \`has(x.y) && …\` or \`has(x.y) ? … : …\``;
  throw new Refusal('CEL_UNGUARDED', node.at, message);
}

function checkIndex(node: IndexNode, scope: Scope): Type {
  const base = checkNode(node.base, scope);
  const index = checkNode(node.index, scope);
  if (base.kind === 'list') {
    demandInteger(index, node.at);
    return base.item;
  }
  if (node.index.kind === 'literal' && typeof node.index.value === 'string') {
    if (base.kind === 'object') return fieldOf(base.fields, node.index.value, node.at);
    demandMap(base, node.at);
    return demandPresent(node, base, node.index.value, scope);
  }
  // A dyn value can be a list; only a position may be computed, never the name of a member.
  if (base.kind === 'dyn' && index.kind === 'int') return DYN;
  throw new Refusal('CEL_UNGUARDED', node.at, 'a member is named by a literal, a position by an integer');
}

/** `has(a.b.c)` fails when `a.b` is absent, as CEL says; so `a.b` wants its own guard. */
function checkHas(target: SelectNode, scope: Scope): Type {
  const base = checkNode(target.base, scope);
  if (base.kind === 'object') fieldOf(base.fields, target.field, target.at);
  else {
    demandMap(base, target.at);
    memberType(base, target.field, target.at);
  }
  return BOOL;
}

/** A member that nothing declares would be absent for ever: its name is misspelt. */
function memberType(base: Type, field: string, at: number): Type {
  return base.kind === 'map' && base.fields !== undefined ? fieldOf(base.fields, field, at) : DYN;
}

function checkMacro(node: MacroNode, scope: Scope): Type {
  const list = checkNode(node.list, scope);
  if (list.kind !== 'list' && list.kind !== 'dyn') {
    throw new Refusal('CEL_TYPE', node.at, `${node.macro} goes over a list, not over a ${nameOf(list)}`);
  }
  if (scope.names.has(node.variable) || isListsName(node.variable)) {
    throw new Refusal('CEL_SHADOWED', node.at, `\`${node.variable}\` already means something else`);
  }
  if (scope.loops >= MACRO_NESTING_MAX) {
    throw new Refusal('CEL_TOO_DEEP', node.at, `at most ${MACRO_NESTING_MAX} macros inside each other`);
  }
  const item = list.kind === 'list' ? list.item : DYN;
  const names = new Map(scope.names).set(node.variable, item);
  const body = checkNode(node.body, { ...scope, names, loops: scope.loops + 1 });
  if (node.macro === 'map') return { kind: 'list', item: body };
  demand(body, 'bool', node.body.at);
  return node.macro === 'filter' ? { kind: 'list', item } : BOOL;
}

function checkList(items: readonly Node[], scope: Scope): Type {
  const types = items.map((item) => checkNode(item, scope));
  const [first] = types;
  return { kind: 'list', item: first === undefined ? DYN : types.reduce(unify, first) };
}

/** Operands run left to right, so each one knows what those before it established. */
function checkLogic(node: LogicNode, scope: Scope): Type {
  let inside = scope;
  for (const operand of node.operands) {
    demand(checkNode(operand, inside), 'bool', operand.at);
    inside = knowing(inside, factsWhen(operand, node.kind === 'and'));
  }
  return BOOL;
}

function checkBinary(node: BinaryNode, scope: Scope): Type {
  const left = checkNode(node.left, scope);
  const right = checkNode(node.right, scope);
  demandWords(node, left, right);
  switch (node.operator) {
    case '==':
    case '!=':
      return areComparable(left, right) ? BOOL : refuseTypes(node, left, right);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return areOrdered(left, right) ? BOOL : refuseTypes(node, left, right);
    case 'in': {
      const member = right.kind === 'list' ? areComparable(left, right.item) : isKeyOf(left, right);
      return member ? BOOL : refuseTypes(node, left, right);
    }
    case '+':
      if (left.kind === 'string' || right.kind === 'string') {
        demand(left, 'string', node.at, true);
        return demand(right, 'string', node.at, true);
      }
      if (left.kind === 'dyn' && right.kind === 'dyn') return DYN;
      demandInteger(left, node.at);
      return demandInteger(right, node.at);
    case '-':
    case '*':
    case '/':
    case '%':
      demandInteger(left, node.at);
      return demandInteger(right, node.at);
    default:
      return impossible(node.operator);
  }
}

function refuseTypes(node: BinaryNode, left: Type, right: Type): never {
  const message = `\`${node.operator}\` never holds between ${nameOf(left)} and ${nameOf(right)}`;
  throw new Refusal('CEL_TYPE', node.at, message);
}

function areOrdered(left: Type, right: Type): boolean {
  return isOrdered(left) && isOrdered(right) && areComparable(left, right);
}

function isOrdered(type: Type): boolean {
  return type.kind === 'dyn' || type.kind === 'string' || isNumber(type);
}

function isKeyOf(left: Type, right: Type): boolean {
  const isKey = left.kind === 'string' || left.kind === 'dyn';
  return right.kind === 'dyn' || (right.kind === 'map' && isKey);
}

function unify(left: Type, right: Type): Type {
  return left.kind === right.kind && left.kind !== 'list' && left.kind !== 'object'
    ? left
    : merge(left, right);
}

function merge(left: Type, right: Type): Type {
  if (left === right) return left;
  if (left.kind === 'list' && right.kind === 'list') {
    return { kind: 'list', item: unify(left.item, right.item) };
  }
  return DYN;
}
