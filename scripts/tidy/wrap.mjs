// Wraps comment lines that are too long, which the formatter leaves alone. The words beyond the width move to
// the next line of the same comment, or to a new one.
import { LINE_STOP } from './code.mjs';

const ONE_LINE_DOC = /^(\s*)\/\*\* (.*) \*\/$/;
const COMMENT_LINE = /^(\s*(?:\/\/|\*) +)(\S.*)$/;
/** What begins a thought of its own and is not joined to the line before it. */
const OWN_LINE = /^(?:[-*@|]|\d+\.|[A-Z]+:)/;

const openDoc = (line) => {
  const match = ONE_LINE_DOC.exec(line);
  return match === null ? [line] : [`${match[1]}/**`, `${match[1]} * ${match[2]}`, `${match[1]} */`];
};

/** The lines of a file with every comment line at most LINE_STOP wide, where a space allows it. */
export const wrapComments = (text) => {
  const lines = text.split('\n').flatMap((line) => (line.length > LINE_STOP ? openDoc(line) : [line]));
  for (let index = 0; index < lines.length; index++) {
    const match = lines[index].length > LINE_STOP ? COMMENT_LINE.exec(lines[index]) : null;
    if (match === null) continue;
    const lead = match[1];
    const cut = lines[index].lastIndexOf(' ', LINE_STOP);
    if (cut <= lead.length) continue; // one long word, an address perhaps
    const rest = lines[index].slice(cut + 1);
    lines[index] = lines[index].slice(0, cut);
    const next = COMMENT_LINE.exec(lines[index + 1] ?? '');
    if (next !== null && next[1] === lead && !OWN_LINE.test(next[2]))
      lines[index + 1] = `${lead}${rest} ${next[2]}`;
    else lines.splice(index + 1, 0, `${lead}${rest}`);
  }
  return lines.join('\n');
};
