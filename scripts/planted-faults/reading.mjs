// Faults in what reads foreign text; each shows that fuzzing reaches that code. table.mjs says what a fault
// is.
import { understand } from './fault.mjs';

const fuzzed = (path, find, replace, target) =>
  understand(path, find, replace, 'fuzz/fuzz', `two hundred cases of ${target}`);

export const READING = [
  fuzzed('encoding/lenient.ts', 'point = point * 64 + (byte & 0x3f);', 'point = byte;', 'path'),
  fuzzed('paths/path-readings.ts', 'for (const view of viewsOf(layer)) texts.add(view);', '', 'path'),
  fuzzed('urls/host-class.ts', "if (METADATA_4.has(address)) return 'metadata';", '', 'url'),
  fuzzed('urls/read-url.ts', '.split(/[@\\\\/?#]/, HOSTS_MAX)', '.split(/[\\\\/?#]/, HOSTS_MAX)', 'url'),
  fuzzed('urls/host-class.ts', "found.push(...addresses4(four.join('.')))", 'found.push()', 'host'),
  fuzzed('unicode/hidden.ts', 'point === 0x3164 ||', '', 'characters'),
  fuzzed('unicode/confusable.ts', 'if (hasAscii && hasOther) return true;', '', 'characters'),
  fuzzed('requests/shell-word.ts', 'reading.text += inner;', '', 'shell in requests'),
  fuzzed(
    'requests/reads-as-sql.ts',
    "if (token.kind === 'quote') return isBreak(tokens, at) &&",
    "if (token.kind === 'quote') return at > 9 && isBreak(tokens, at) &&",
    'SQL in requests',
  ),
  fuzzed('encoding/base64.ts', 'count -= 8;', 'count -= 7;', 'secrets'),
  fuzzed('detection/person-checks.ts', "text.startsWith('756')", "text.startsWith('765')", 'personal data'),
  understand(
    'requests/reads-as-shell.ts',
    'const COMMAND_UNITS_MAX = 256;',
    'const COMMAND_UNITS_MAX = 1_000_000;',
    'fuzz/steps',
    'reading a parameter as shell twice as long',
  ),
];
