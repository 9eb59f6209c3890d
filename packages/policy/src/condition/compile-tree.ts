import type { JsonValue } from '@writ/proof';
import type { View } from '../decide/view.ts';
import { compileBinary } from './compile-binary.ts';
import { compileCall } from './compile-call.ts';
import { compileOpenHas, openMemberOf } from './compile-simple-test.ts';
import { fault, impossible } from './fault.ts';
import { countNodes, type LogicNode, type MacroNode, type Node, type SelectNode } from './node.ts';
import { charge, type Evaluate, type Run } from './run.ts';
import { asBool, asInteger, asList, asMap, hasMember, itemOf, memberOf } from './value.ts';

/** The slot of each loop variable in Run.locals. */
type Slots = ReadonlyMap<string, number>;

const READERS: ReadonlyMap<string, (view: View) => JsonValue> = new Map<string, (view: View) => JsonValue>([
  ['tool', (view) => view.tool],
  ['args', (view) => view.args],
  ['effects', (view) => view.effects],
  ['resources', (view) => view.resources],
  ['findings', (view) => view.findings],
  ['reversibility', (view) => view.reversibility],
  ['risk', (view) => view.risk],
  ['scene', (view) => view.scene],
  ['principal', (view) => view.principal],
  ['session', (view) => view.session],
  ['now_ms', (view) => view.now_ms],
  ['intent', (view) => view.intent],
  ['evidence', (view) => view.evidence],
]);

/** A checked tree → closures. Any error of any operand that runs is an error of the whole. */
export function compileTree(root: Node): (run: Run) => boolean {
  const evaluate = compileNode(root, new Map());
  const nodes = countNodes(root);
  return (run) => {
    charge(run, nodes);
    return asBool(evaluate(run));
  };
}

function compileNode(node: Node, slots: Slots): Evaluate {
  const compile = (child: Node) => compileNode(child, slots);
  switch (node.kind) {
    case 'literal': {
      const { value } = node;
      return () => value;
    }
    case 'name':
      return compileName(node.name, slots);
    case 'select':
      return compileSelect(node, compile);
    case 'index': {
      const base = compile(node.base);
      const index = compile(node.index);
      const { index: key } = node;
      if (key.kind === 'literal' && typeof key.value === 'string') {
        const name = key.value;
        return (run) => memberOf(base(run), name);
      }
      return (run) => itemOf(base(run), index(run));
    }
    case 'has':
      return compileHas(node.target, compile);
    case 'call':
      return compileCall(node, compile);
    case 'macro':
      return compileMacro(node, slots);
    case 'list': {
      const items = node.items.map(compile);
      return (run) => items.map((item) => item(run));
    }
    case 'not': {
      const operand = compile(node.operand);
      return (run) => !asBool(operand(run));
    }
    case 'negate': {
      const operand = compile(node.operand);
      return (run) => 0 - asInteger(operand(run));
    }
    case 'and':
    case 'or':
      return compileLogic(node, compile);
    case 'binary':
      return compileBinary(node, compile);
    case 'choose': {
      const test = compile(node.test);
      const yes = compile(node.yes);
      const no = compile(node.no);
      return (run) => (asBool(test(run)) ? yes(run) : no(run));
    }
    default:
      return impossible(node);
  }
}

function compileSelect(node: SelectNode, compile: (node: Node) => Evaluate): Evaluate {
  const open = openMemberOf(node);
  if (open !== undefined) {
    const { field, map } = open;
    // Without a closure in between they run a third faster.
    return (run) => memberOf(run.view[map], field);
  }
  const { field } = node;
  const base = compile(node.base);
  return (run) => memberOf(base(run), field);
}

function compileHas(target: SelectNode, compile: (node: Node) => Evaluate): Evaluate {
  const open = openMemberOf(target);
  if (open !== undefined) return compileOpenHas(open);
  const { field } = target;
  const base = compile(target.base);
  return (run) => hasMember(asMap(base(run)), field);
}

function compileName(name: string, slots: Slots): Evaluate {
  const slot = slots.get(name);
  if (slot !== undefined) {
    return (run) => {
      const value = run.locals[slot];
      if (value === undefined) throw fault('INTERNAL');
      return value;
    };
  }
  const read = READERS.get(name);
  if (read === undefined) throw fault('INTERNAL');
  return (run) => read(run.view);
}

/** Left to right, stopping at the first operand that settles it. An error is never absorbed by another. */
function compileLogic(node: LogicNode, compile: (node: Node) => Evaluate): Evaluate {
  const operands = node.operands.map(compile);
  const settles = node.kind === 'or';
  return (run) => {
    for (const operand of operands) if (asBool(operand(run)) === settles) return settles;
    return !settles;
  };
}

/**
 * Every item is visited, also when the answer is already known: an item that cannot be judged must not be
 * hidden by the place it has in the list.
 */
function compileMacro(node: MacroNode, slots: Slots): Evaluate {
  const list = compileNode(node.list, slots);
  const slot = slots.size;
  const body = compileNode(node.body, new Map(slots).set(node.variable, slot));
  const nodes = countNodes(node.body);
  const visit = (run: Run) => {
    const items = asList(list(run));
    charge(run, nodes * items.length);
    const results = items.map((item) => {
      run.locals[slot] = item;
      return body(run);
    });
    return { items, results };
  };
  const test = (run: Run) => visit(run).results.map(asBool);
  switch (node.macro) {
    case 'map':
      return (run) => visit(run).results;
    case 'all':
      return (run) => !test(run).includes(false);
    case 'exists':
      return (run) => test(run).includes(true);
    case 'exists_one':
      return (run) => test(run).filter((holds) => holds).length === 1;
    case 'filter':
      return (run) => {
        const { items, results } = visit(run);
        const kept = results.map(asBool);
        return items.filter((_, index) => kept[index] === true);
      };
    default:
      return impossible(node.macro);
  }
}
