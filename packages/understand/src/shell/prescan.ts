import { wordSet } from '../word-set.ts';
import { SHELL_LIMITS } from './limits.ts';

/** What a text weighs before anything else looks at it; in one pass, whatever it holds. */
type Weight = {
  tokens: number;
  depth: number;
  deepest: number;
  here_documents: number;
  /** A command may begin here: only there a word can open something. */
  begins: boolean;
};

/**
 * Whether a parser may look at this text: its depth is bounded by all that opens, closed or not, and whether
 * quoted or not, so that no reading of it is deeper.
 */
export function isReadable(text: string): boolean {
  if (text.length > SHELL_LIMITS.units_max || !text.isWellFormed()) return false;
  const weight: Weight = { tokens: 0, depth: 0, deepest: 0, here_documents: 0, begins: true };
  let word = '';
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (/[a-z]/.test(sign)) {
      word += sign;
      continue;
    }
    weighWord(weight, word);
    word = '';
    weighSign(weight, sign, text.charAt(at + 1));
  }
  weighWord(weight, word);
  return (
    weight.tokens <= SHELL_LIMITS.tokens_max &&
    weight.deepest <= SHELL_LIMITS.depth_max &&
    weight.here_documents <= SHELL_LIMITS.here_documents_max
  );
}

const OPENING: ReadonlySet<string> = wordSet(`
  if for while until case select coproc time`);
const LEADING: ReadonlySet<string> = new Set(['then', 'do', 'else', 'elif']);
const CLOSING: ReadonlySet<string> = new Set(['fi', 'done', 'esac']);

function weighWord(weight: Weight, word: string): void {
  if (word === '') return;
  weight.tokens += 1;
  if (weight.begins && OPENING.has(word)) open(weight);
  else if (weight.begins && CLOSING.has(word)) close(weight);
  weight.begins = weight.begins && (OPENING.has(word) || LEADING.has(word));
}

function weighSign(weight: Weight, sign: string, next: string): void {
  if (sign === ' ' || sign === '\t') return;
  weight.begins = ';&|(){}`!\n'.includes(sign);
  if (/[0-9A-Z_./-]/.test(sign)) return;
  weight.tokens += 1;
  if ('({['.includes(sign)) open(weight);
  else if (')}]'.includes(sign)) close(weight);
  else if (sign === '<' && next === '<') weight.here_documents += 1;
}

function open(weight: Weight): void {
  weight.depth += 1;
  weight.deepest = Math.max(weight.deepest, weight.depth);
}

/** What closes without having been opened opens nothing later. */
function close(weight: Weight): void {
  weight.depth = Math.max(0, weight.depth - 1);
}
