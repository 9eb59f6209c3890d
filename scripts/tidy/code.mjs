// Sizes and habits of source files that the linter does not check.
import { isCode } from './files.mjs';

/** Beyond this a file is hard to read alone; beyond the stop it is two files. */
const FILE_LARGE = 300;
const FILE_STOP = 500;
/** A function that fits one screen. */
const FUNCTION_STOP = 70;
/** The width of the formatter; strings and comments are what it cannot break. */
export const LINE_STOP = 110;

/** The front door of a package, that of the engine, of the interface, and of the verifier in a browser. */
const FRONT_DOOR =
  /^(?:packages|apps)\/(?:[^/]+\/src\/(?:api\/)?index|kernel\/src\/engine|page\/src\/verifier)\.ts$/;
const UNFINISHED = /\b(TODO|FIXME|XXX|HACK|PLACEHOLDER)\b|\b(placeholder|for now,|temporary hack)\b/;
const UNICODE_CLASS = /\/[^/\n]*\\[pP]\{[^/\n]*\//;
const REEXPORT = /^export\s+(?:type\s+)?(?:\*|\{[^}]*\})(?:\s+as\s+\w+)?\s+from\b/gm;
const ASSERTION = /[\w)\]}'"`]\s+as\s+(?!const\b)[A-Z({['"`\w]/;
const SKIPPED =
  /\b(?:describe|it|test|suite)\.(?:only|skip|todo|fails)\b|\b(?:xit|xdescribe|fit|fdescribe)\(/;

const isSource = (path) => /^(packages|apps)\/[^/]+\/src\//.test(path);
const lineOf = (text, offset) => text.slice(0, offset).split('\n').length;

export const checkCode = (file, report) => {
  const { path, text, lines } = file;
  if (!isCode(path)) return;
  if (lines.length > FILE_STOP + 1)
    report('error', path, 0, 'file-size', `${lines.length - 1} lines > ${FILE_STOP}`);
  else if (lines.length > FILE_LARGE + 1)
    report('warning', path, 0, 'file-size', `${lines.length - 1} lines > ${FILE_LARGE}`);
  checkLines(file, report);
  checkFunctions(file, report);
  if (!isSource(path)) return;
  for (const { index } of FRONT_DOOR.test(path) ? [] : text.matchAll(REEXPORT)) {
    report(
      'error',
      path,
      lineOf(text, index),
      'barrel',
      'only a front door passes on what another file exports',
    );
  }
};

const checkLines = ({ path, lines }, report) => {
  const source = isSource(path);
  for (const [index, line] of lines.entries()) {
    const say = (rule, what) => report('error', path, index + 1, rule, what);
    if (line.length > LINE_STOP && !/https?:\/\/\S{40}/.test(line))
      say('line-length', `${line.length} > ${LINE_STOP}`);
    if (path.startsWith('scripts/tidy/')) continue; // the words it looks for stand in it
    if (source && UNFINISHED.test(line)) say('unfinished', line.trim().slice(0, 80));
    if (source && path.startsWith('packages/') && UNICODE_CLASS.test(line)) {
      say('unicode', 'a \\p{} class follows the Unicode version of the engine');
    }
    if (source && ASSERTION.test(codeOf(line)) && !explained(lines, index)) {
      say('assertion', '`as` without a reason in a comment beside it');
    }
    if (path.endsWith('.test.ts') && SKIPPED.test(line)) say('skipped', 'a test that does not run');
  }
};

/** The line without strings and comments, so that English `as` is not read as an assertion. */
const codeOf = (line) => {
  if (/^\s*(import\b|export\s+(type\s+)?[{*])/.test(line) || /^\s*(\*|\/\/|\/\*)/.test(line)) return '';
  if (/^\s*(type\s+)?\w+ as \w+,?$/.test(line)) return ''; // a name in an import list of several lines
  return line
    .replace(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`/g, "''")
    .replace(/\/\/.*|\/\*.*?\*\//g, '');
};

const COMMENT = /\/\/|\/\*|\*\/|^\s*\*/;

/** Looks up to the next blank line: one comment may speak for a row of cases. */
const explained = (lines, index) => {
  for (let at = index; at >= 0 && lines[at].trim() !== ''; at--) if (COMMENT.test(lines[at])) return true;
  return false;
};

const OPENS_FUNCTION = /(?:=>|\bfunction\b.*\)|\)(?:: [^=]+)?) \{$/;
const NOT_FUNCTION = /^\s*(?:\} )?(?:if|for|while|switch|catch|else|with|do|try)\b|\bdescribe\w*\b/;

/**
 * The length of each function body, read from the formatter's indentation: it ends at the next line that
 * closes a brace at the same indentation. Approximate: a signature of several lines counts from its last one.
 * What is named `describe…` is a list of tests, not a function.
 */
const checkFunctions = ({ path, lines }, report) => {
  for (const [first, line] of lines.entries()) {
    if (!OPENS_FUNCTION.test(line) || NOT_FUNCTION.test(line)) continue;
    const closing = `${/^\s*/.exec(line)[0]}}`;
    const last = lines.findIndex((other, index) => index > first && other.startsWith(closing));
    const length = (last === -1 ? lines.length : last) - first + 1;
    if (length > FUNCTION_STOP)
      report('error', path, first + 1, 'function-size', `${length} lines > ${FUNCTION_STOP}`);
  }
};
