import { Composer, LineCounter, Parser, type CST, type Document } from 'yaml';
import { POLICY_BYTES_MAX } from '../limits.ts';
import type { Problems } from '../problem.ts';
import type { Located } from './located.ts';
import { isForbidden } from './forbidden.ts';
import { locate } from './locate.ts';
import { scanTokens } from './scan-tokens.ts';

// Strict YAML 1.2 core. Duplicate keys are found in locate.ts: the library's own search is quadratic.
const OPTIONS = {
  version: '1.2',
  schema: 'core',
  strict: true,
  uniqueKeys: false,
  merge: false,
  resolveKnownTags: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

const START = { line: 1, column: 1 } as const;

/** Text → located data, or problems. Nothing recursive runs before depth and size are known. */
export function readYaml(text: string, problems: Problems): Located | undefined {
  if (!checkText(text, problems)) return undefined;
  const lines = new LineCounter();
  const tokens: CST.Token[] = [...new Parser(lines.addNewLine).parse(text)];
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (!scanTokens(tokens, place, problems)) return undefined;
  const documents: Document.Parsed[] = [...new Composer(OPTIONS).compose(tokens, true, text.length)];
  const [document] = documents;
  if (document === undefined || documents.length !== 1) {
    problems.add('YAML_DOCUMENTS', START, 'a policy is exactly one YAML document');
    return undefined;
  }
  for (const error of [...document.errors, ...document.warnings]) {
    problems.add('YAML_SYNTAX', place(error.pos[0]), `not strict YAML 1.2: ${error.code}`);
  }
  if (problems.list.length > 0) return undefined;
  const located = locate(document.contents, place, problems);
  return problems.list.length > 0 ? undefined : located;
}

function checkText(text: string, problems: Problems): boolean {
  // A UTF-16 unit is at most three bytes of UTF-8, so the cheap bound goes first.
  if (text.length > POLICY_BYTES_MAX || utf8Length(text) > POLICY_BYTES_MAX) {
    problems.add('POLICY_TOO_LARGE', START, `a policy has at most ${POLICY_BYTES_MAX} bytes`);
    return false;
  }
  let line = 1;
  let line_start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === 0x0a) {
      line += 1;
      line_start = index + 1;
    } else if (isForbidden(unit)) {
      const at = { line, column: index - line_start + 1 };
      problems.add('TEXT_INVALID', at, 'control characters, byte order marks and separators are not allowed');
      return false;
    }
  }
  if (text.isWellFormed()) return true;
  problems.add('TEXT_INVALID', START, 'the text is not well-formed Unicode');
  return false;
}

export function utf8Length(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) length += 1;
    else if (unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff)) length += 2;
    else length += 3;
  }
  return length;
}
