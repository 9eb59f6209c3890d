import { decodeEntities, decodeStringEscapes, decodeUrlEscapes } from '../encoding/lenient.ts';
import { foldPath } from './fold-path.ts';

/** Encodings inside encodings that are opened. Deeper ones are for nobody who wants to be understood. */
export const LAYERS_MAX = 6;

export type Readings = {
  /** Each another text than the literal one. */
  readonly texts: readonly string[];
  /** False where there are more layers than are opened. */
  readonly whole: boolean;
};

/**
 * What a next program may make of a path that this one takes literally: one that decodes it, once or often,
 * that takes a backslash for a slash, ends it at a NUL, cuts parameters off, drops blanks at the end of
 * names, or removes `../` once and thinks it clean.
 */
export function readingsOf(text: string): Readings {
  const texts = new Set<string>();
  let layer = text;
  let layers = 0;
  for (; layers <= LAYERS_MAX; layers++) {
    for (const view of viewsOf(layer)) texts.add(view);
    const next = decodeLayer(layer);
    if (next === layer) break;
    texts.add(next);
    layer = next;
  }
  texts.delete(text);
  return { texts: [...texts], whole: layers <= LAYERS_MAX };
}

function decodeLayer(text: string): string {
  // A backslash parts names as often as it escapes: both are read.
  const url = decodeUrlEscapes(text).text;
  const escapes = decodeStringEscapes(url).text;
  return decodeEntities(escapes).text;
}

function viewsOf(text: string): readonly string[] {
  const folded = foldPath(text);
  const views = [folded];
  const nul = text.indexOf('\0');
  if (nul >= 0) views.push(foldPath(text.slice(0, nul)));
  if (folded.includes(';')) views.push(withoutParameters(folded));
  if (folded.includes('../')) views.push(cleaned(folded, '../'));
  if (folded.includes('./')) views.push(cleaned(folded, './'));
  if (/[ .](?:\/|$)/.test(folded)) views.push(withoutEnds(folded));
  const scheme = /^\s*(?:url:|view-source:|jar:|zip:)*file:(?:\/\/[^/]*)?/i.exec(folded);
  if (scheme !== null) views.push(folded.slice(scheme[0].length));
  return views;
}

/** What a filter leaves that removes a step once; it does not make a relative path begin at the root. */
function cleaned(text: string, step: string): string {
  const rest = text.replaceAll(step, '');
  return text.startsWith('/') ? rest : rest.replace(/^\/+/, '');
}

/** `..;/`: servers cut from each name what stands behind a semicolon. */
function withoutParameters(text: string): string {
  return text
    .split('/')
    .map((name) => name.split(';')[0] ?? '')
    .join('/');
}

/** A file system that drops dots and blanks at the end of names reads `.. ` as `..` and `.env.` as `.env`. */
function withoutEnds(text: string): string {
  return text.split('/').map(withoutEnd).join('/');
}

function withoutEnd(name: string): string {
  let end = name.length;
  while (end > 0 && (name.charAt(end - 1) === ' ' || name.charAt(end - 1) === '.')) end--;
  if (end > 0) return name.slice(0, end);
  const dots = name.replaceAll(' ', '');
  return dots === '..' || dots === '.' ? dots : name;
}
