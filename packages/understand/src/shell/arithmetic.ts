import type { ArithmeticExpression } from 'unbash';
import type { Expanding } from './expand-word.ts';
import { SHELL_LIMITS } from './limits.ts';
import { opaque } from './reading.ts';
import { isNumber, literal, NUMBER, UNKNOWN, type Value } from './value.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const DIGITS = /^(?:0[xX][0-9a-fA-F]+|[0-9]+)$/;

/**
 * A number. Of a variable's content the shell makes an expression again, and a subscript in that runs
 * commands: so only literal numbers, and variables that hold such, are read.
 */
export function readArithmetic(expression: ArithmeticExpression | undefined, around: Expanding): Value {
  if (expression === undefined) return literal('0');
  return isSafe(expression, around, 0) ? NUMBER : refuse(around);
}

function refuse({ reading }: Expanding): Value {
  opaque(reading);
  return UNKNOWN;
}

function isSafe(expression: ArithmeticExpression, around: Expanding, depth: number): boolean {
  if (depth > SHELL_LIMITS.operators_max) return false;
  const within = (inner: ArithmeticExpression): boolean => isSafe(inner, around, depth + 1);
  switch (expression.type) {
    case 'ArithmeticBinary': {
      const { left, operator, right } = expression;
      if (!within(right)) return false;
      return isAssigning(operator) ? assign(left, around) : within(left);
    }
    case 'ArithmeticUnary':
      if (expression.operator === '++' || expression.operator === '--') {
        return within(expression.operand) && assign(expression.operand, around);
      }
      return within(expression.operand);
    case 'ArithmeticTernary':
      return [expression.test, expression.consequent, expression.alternate].every(within);
    case 'ArithmeticGroup':
      return within(expression.expression);
    case 'ArithmeticWord':
      return isSafeWord(expression.value, expression.parts === undefined, around);
    case 'ArithmeticCommandExpansion':
      return false;
    default:
      return expression satisfies never;
  }
}

function isSafeWord(text: string, plain: boolean, { state }: Expanding): boolean {
  if (DIGITS.test(text)) return true;
  const name =
    !plain && /^\$(?:\{[A-Za-z_][A-Za-z0-9_]*\}|[A-Za-z_][A-Za-z0-9_]*)$/.test(text) ? bare(text) : text;
  if (!NAME.test(name)) return !plain && /^\$[#?$!]$/.test(text);
  const value = state.variables.get(name);
  return value !== undefined && isNumber(value);
}

function bare(text: string): string {
  return text.replace(/^\$\{?/, '').replace(/\}$/, '');
}

function isAssigning(operator: string): boolean {
  return operator.endsWith('=') && !['==', '!=', '<=', '>='].includes(operator);
}

function assign(target: ArithmeticExpression, { state }: Expanding): boolean {
  if (target.type !== 'ArithmeticWord' || !NAME.test(target.value)) return false;
  state.variables.set(target.value, NUMBER);
  return true;
}
