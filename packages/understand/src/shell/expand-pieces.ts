import type { Origin, Value } from './value.ts';
import { joinValues, originsOf, textOf } from './value.ts';
import { literalWord, type Word } from './word.ts';

/** A part of a word on its way to words. */
export type Piece = {
  readonly value: Value;
  /** Parted at the signs of IFS: what an expansion without quotes gives. */
  readonly splits: boolean;
  /** `*`, `?` and `[` in it fit names of files. */
  readonly globs: boolean;
  /** A word ends here, whatever IFS says. */
  readonly ends?: true;
};

/** What a variable holds, or null where no word is made of it. */
export const IFS_DEFAULT = ' \t\n';

export function quotedPiece(value: Value): Piece {
  return { value, splits: false, globs: false };
}

export function openPiece(value: Value): Piece {
  return { value, splits: true, globs: true };
}

type Field = { readonly pieces: Piece[]; many: boolean };

/** The words that the pieces of one word become; `ifs` is null where it is not known. */
export function splitPieces(pieces: readonly Piece[], ifs: string | null): readonly Word[] {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined && !only.splits && !only.globs && only.ends !== true) {
    return [wordOfField({ pieces: [only], many: false }, true)];
  }
  const fields: Field[] = [];
  let open: Field | null = null;
  const opened = (): Field => (open ??= { pieces: [], many: false });
  const end = (): void => {
    if (open !== null) fields.push(open);
    open = null;
  };
  for (const piece of pieces) {
    if (piece.ends === true) end();
    else if (!piece.splits || piece.value.digits === true) opened().pieces.push(piece);
    else if (textOf(piece.value) === null || ifs === null) {
      opened().pieces.push(piece);
      opened().many = true;
    } else addSplit(piece, ifs, opened, end);
  }
  end();
  return fields.map((field) => wordOfField(field, ifs === IFS_DEFAULT));
}

function addSplit(piece: Piece, ifs: string, opened: () => Field, end: () => void): void {
  let text = '';
  const note = (): void => {
    if (text !== '') opened().pieces.push({ ...piece, value: { parts: [text], from: piece.value.from } });
    text = '';
  };
  for (const sign of textOf(piece.value) ?? '') {
    if (!ifs.includes(sign)) {
      text += sign;
      continue;
    }
    note();
    // A sign that is no blank ends a word even where none has begun.
    if (!IFS_DEFAULT.includes(sign)) opened();
    end();
  }
  note();
}

function wordOfField({ many, pieces }: Field, plain: boolean): Word {
  const values = pieces.map(({ value }) => value);
  const joined = joinValues(values);
  const globs = pieces.some(({ globs: may, value }) => may && value.parts.some((part) => hasGlob(part)));
  const text = textOf(joined);
  if (text !== null && !globs) return literalWord(text, joined.from);
  if (text !== null) return patternWord(pieces, text, joined.from);
  const { parts } = joined;
  const begin = globs ? beforeGlob(pieces) : (parts[0] ?? '');
  const end = parts.at(-1) ?? '';
  return {
    kind: 'unknown',
    prefix: many ? firstOf(begin, plain) : begin,
    suffix: globs ? '' : many ? lastOf(end, plain) : end,
    many: many || globs,
    value: joined,
    from: originsOf(values),
    below: joined.below ?? null,
  };
}

/** Of what is parted the first word begins so, where words are parted at blanks alone. */
function firstOf(text: string, plain: boolean): string {
  return plain ? (text.split(/[ \t\n]/)[0] ?? '') : '';
}

function lastOf(text: string, plain: boolean): string {
  return plain ? (text.split(/[ \t\n]/).at(-1) ?? '') : '';
}

function patternWord(pieces: readonly Piece[], text: string, from: readonly Origin[]): Word {
  const last = pieces.at(-1);
  const end = last === undefined ? '' : (textOf(last.value) ?? '');
  const suffix = last?.globs === true ? end.slice(lastGlob(end) + 1) : end;
  return { kind: 'pattern', text, prefix: beforeGlob(pieces), suffix, from };
}

function beforeGlob(pieces: readonly Piece[]): string {
  let before = '';
  for (const { globs, value } of pieces) {
    const [text = ''] = value.parts;
    if (text === null) return before;
    const sign = globs ? text.search(/[*?[]/) : -1;
    if (sign >= 0) return before + text.slice(0, sign);
    before += text;
    if (value.parts.length > 1) return before;
  }
  return before;
}

function hasGlob(part: string | null): boolean {
  return part !== null && /[*?[]/.test(part);
}

/** Of a bracket nobody knows here where it ends. */
function lastGlob(text: string): number {
  return Math.max(text.lastIndexOf('*'), text.lastIndexOf('?'), text.lastIndexOf(']'), text.lastIndexOf('['));
}
