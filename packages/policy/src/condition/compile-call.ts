import { HISTORY_S_MAX, HISTORY_STEPS } from '../limits.ts';
import { isHistoryCall, questionOf } from './check-history.ts';
import { fault } from './fault.ts';
import type { CallNode, Node } from './node.ts';
import { compilePattern } from './pattern.ts';
import { charge, chargeText, type Evaluate, type Run } from './run.ts';
import { asText, sizeOf } from './value.ts';
import { NO_WORDS } from './words.ts';

/** A pattern's program may do this many instructions for one step. */
const INSTRUCTIONS_PER_STEP = 32;

export function compileCall(node: CallNode, compile: (node: Node) => Evaluate): Evaluate {
  if (isHistoryCall(node)) return compileHistory(node);
  const [firstNode, secondNode] = node.arguments;
  if (firstNode === undefined) throw fault('INTERNAL');
  const first = compile(firstNode);
  if (node.name === 'size') return (run) => sizeOf(run, first(run));
  if (node.name === 'lowerAscii') {
    return (run) => {
      const text = asText(first(run));
      chargeText(run, text.length);
      return lowerAscii(text);
    };
  }
  if (secondNode === undefined) throw fault('INTERNAL');
  if (node.name === 'matches') return compileMatches(first, secondNode);
  return compileSearch(node.name, first, compile(secondNode));
}

/** The answer is looked up by whoever recalls; what is no count is an error like any other. */
function compileHistory(node: CallNode): Evaluate {
  const { question } = questionOf(node, NO_WORDS);
  const ask = (run: Run): number => {
    charge(run, HISTORY_STEPS);
    const answer = run.view.history(question);
    if (!Number.isSafeInteger(answer) || answer < 0) throw fault('NOT_A_NUMBER');
    return question.ask === 'since' ? Math.min(answer, HISTORY_S_MAX) : answer;
  };
  return node.name === 'formerly' ? (run) => ask(run) < question.window_s : ask;
}

function compileSearch(name: string, first: Evaluate, second: Evaluate): Evaluate {
  switch (name) {
    case 'startsWith':
    case 'endsWith':
      return (run) => {
        const text = asText(first(run));
        const part = asText(second(run));
        chargeText(run, part.length);
        return name === 'startsWith' ? text.startsWith(part) : text.endsWith(part);
      };
    case 'contains':
      return (run) => {
        const text = asText(first(run));
        const part = asText(second(run));
        // The worst case of a substring search is the product of the lengths.
        charge(run, (text.length >>> 4) * (1 + (part.length >>> 4)));
        return text.includes(part);
      };
    default:
      // checkCall admits no other name.
      throw fault('INTERNAL');
  }
}

function compileMatches(first: Evaluate, patternNode: Node): Evaluate {
  const literal = patternNode.kind === 'literal' ? patternNode.value : undefined;
  const pattern = typeof literal === 'string' ? compilePattern(literal) : undefined;
  if (pattern === undefined) throw fault('INTERNAL');
  return (run) => {
    const text = asText(first(run));
    charge(run, 1 + Math.ceil((text.length * pattern.size) / INSTRUCTIONS_PER_STEP));
    return pattern.test(text);
  };
}

/** ASCII only, as in CEL's strings extension: no tables of any Unicode version. */
function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32));
}
