import { lowerAscii } from '../detection/characters.ts';

/** A statement as its words in small letters and its signs; what stands in quotes or comments is left out. */
export type Statement = readonly string[];

export type Statements = {
  readonly statements: readonly Statement[];
  /** Databases differ on where a quote or a comment of this text ends, or there is none. */
  readonly uncertain: boolean;
};

/** What databases read apart: escapes in quotes, dollar quotes, comments that run. */
const DIFFERING = /\\|\$[A-Za-z_0-9]*\$|\/\*[!+]|#|\/\*(?:(?!\*\/).)*\/\*|--[^\s-]|[\0\u2018-\u201f]/s;
const PIECE =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*|\/\*.*?\*\/|[A-Za-z_]\w*|[0-9.]+|\s+|./gs;

export function splitStatements(text: string): Statements {
  const uncertain = DIFFERING.test(text);
  const statements: string[][] = [[]];
  let open = false;
  for (const [piece] of (uncertain ? text.replaceAll(/['"`#\\/]/g, ' ') : text).matchAll(PIECE)) {
    const word = lowerAscii(piece);
    if (piece === "'" || piece === '"' || piece === '`' || word === '/*') open = true;
    else if (piece === ';') statements.push([]);
    else if (/^[a-z_(),=*]/.test(word)) statements.at(-1)?.push(word);
    else if (piece.startsWith('"') || piece.startsWith('`')) statements.at(-1)?.push('"');
  }
  return { statements: statements.filter((words) => words.length > 0), uncertain: uncertain || open };
}
