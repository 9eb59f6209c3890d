// Faults about asking what would be allowed; table.mjs says what a fault is.
import { kernel } from './fault.mjs';

export const QUESTIONS = [
  kernel(
    'commands/questions.ts',
    'if (state.questions.has(root)) return',
    'if (false) return',
    'commands/questions',
    'which has one window only',
  ),
  kernel(
    'commands/questions.ts',
    'principal.definition.root ?? principal.id',
    'principal.id',
    'commands/questions',
    'counts a child on the account of its root',
  ),
  kernel(
    'commands/questions.ts',
    ' || window.id !== id',
    '',
    'commands/questions',
    'refuses a window that is not open, and one of another id',
  ),
  kernel(
    'commands/questions.ts',
    'to: Math.min(window.to, now_ms)',
    'to: window.to',
    'commands/questions',
    'when it ended where that was before its time',
  ),
  kernel(
    'explain.ts',
    'folds: new Map()',
    'folds: state.folds',
    'explain',
    'shows the gates of a refusal that would be folded',
  ),
  kernel(
    'explain.ts',
    'ran(rulesGate.number) ? rulesOf(input) : []',
    'rulesOf(input)',
    'explain',
    'tells nothing that a gate which did not run',
  ),
  kernel(
    'explain.ts',
    "if (again.kind !== 'same') return again;",
    "if (again.kind === 'undecidable') return again;",
    'explain',
    'tells nothing of what was erased, of another engine, or of a part that was changed',
  ),
];
