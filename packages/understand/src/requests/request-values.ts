import type { JsonValue } from '@writ/proof';
import { lowerAscii } from '../detection/characters.ts';
import { decodeEntities, decodeUrlEscapes } from '../encoding/lenient.ts';
import type { Manner } from './reads-as-shell.ts';

/** A value that the program behind a request gets, decoded once as that program does. */
export type RequestValue = { readonly text: string; readonly manner: Manner };

/** Encodings inside encodings, as careless programs undo them. */
const LAYERS_MAX = 3;
const DEPTH_MAX = 64;
const BOUNDARY = /boundary="?([^";\s]{1,70})"?/i;

/** Names and values of a URL's query and fragment, and the names of its path. */
export function valuesOfUrl(url: string): readonly RequestValue[] {
  const behindHost = url.replace(/^[A-Za-z][A-Za-z0-9+.-]{0,31}:\/\/[^/?#]{0,2048}/, '');
  const [path = '', ...rest] = behindHost.split(/[?#]/);
  const names = path.split('/').map((name) => fieldOf(decodeUrlEscapes(name).text));
  return [...names, ...rest.flatMap(valuesOfForm)];
}

/** `name=value&name=value`; each name is one that somebody may have written too, and so is all of it. */
export function valuesOfForm(form: string): readonly RequestValue[] {
  const parts = form.split('&').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [pair] : [pair.slice(0, at), pair.slice(at + 1)];
  });
  // A quote, a bracket or a second sign of parameters inside: the form was not split where it was meant to
  // be.
  const isTorn = /&&|["'`(]/.test(form);
  return [...parts, ...(isTorn ? [form] : [])].map((part) =>
    fieldOf(decodeUrlEscapes(part.replaceAll('+', ' ')).text),
  );
}

export function valuesOfHeader(name: string, value: string): readonly RequestValue[] {
  if (lowerAscii(name) !== 'cookie') return [fieldOf(value)];
  return value.split(/;\s?/).flatMap(valuesOfForm);
}

export function valuesOfBody(body: string, contentType: string): readonly RequestValue[] {
  const type = lowerAscii(contentType);
  if (type.includes('json') || (type === '' && /^\s*[[{]/.test(body))) return valuesOfJson(body);
  const boundary = BOUNDARY.exec(contentType)?.[1];
  if (boundary !== undefined) return valuesOfParts(body, boundary);
  if (type.includes('urlencoded') || (type === '' && /^[^\s=&]{1,128}=/.test(body))) {
    return valuesOfForm(body.endsWith('\n') ? body.slice(0, -1) : body);
  }
  return [documentOf(body)];
}

function valuesOfJson(body: string): readonly RequestValue[] {
  const values: RequestValue[] = [];
  try {
    addJson(values, JSON.parse(body) as JsonValue, 0); // what JSON.parse gives is a JSON value
  } catch {
    // What one reader refuses another mends: its strings as they stand.
    for (const part of body.split('"')) values.push(documentOf(part), documentOf(part.replaceAll('+', ' ')));
  }
  return values;
}

function addJson(values: RequestValue[], value: JsonValue, depth: number): void {
  if (typeof value === 'string') values.push(documentOf(value));
  if (typeof value !== 'object' || value === null || depth > DEPTH_MAX) return;
  for (const [name, member] of Object.entries(value)) {
    if (!Array.isArray(value)) values.push(documentOf(name));
    addJson(values, member, depth + 1);
  }
}

function valuesOfParts(body: string, boundary: string): readonly RequestValue[] {
  return body.split(`--${boundary}`).map((part) => {
    const end = part.search(/\r?\n\r?\n/);
    return documentOf(end < 0 ? part : part.slice(end).trim());
  });
}

function fieldOf(text: string): RequestValue {
  return { text, manner: 'field' };
}

/** A string of a structure: a short one is a field too, of which nobody writes sentences. */
function documentOf(text: string): RequestValue {
  return { text, manner: 'document' };
}

/** All that a value becomes when what is behind decodes it again. */
export function readingsOfValue(text: string): readonly string[] {
  const readings = new Set([text]);
  let layer = text;
  for (let count = 0; count < LAYERS_MAX; count++) {
    const next = decodeEntities(decodeUrlEscapes(layer).text).text;
    if (next === layer) break;
    readings.add(next);
    layer = next;
  }
  // A blank that is still written as in a form.
  for (const one of Array.from(readings))
    if (one.includes('+') && !/\s\S/.test(one.trim())) readings.add(one.replaceAll('+', ' '));
  return [...readings];
}
