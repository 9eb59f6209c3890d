import type { Effect, JsonObject, ToolDefinition } from '@writ/contract';
import { lowerAscii, upperAscii } from '../detection/characters.ts';
import { foundAt, joinMeanings, type Meaning, NOTHING } from '../meaning/meaning.ts';
import { type AroundPath, usePath } from '../programs/use-word.ts';
import { readsAsShell } from './reads-as-shell.ts';
import { readsAsSql } from './reads-as-sql.ts';
import {
  type RequestValue,
  readingsOfValue,
  valuesOfBody,
  valuesOfForm,
  valuesOfHeader,
  valuesOfUrl,
} from './request-values.ts';

/**
 * Methods that ask for something and change nothing, where what is behind keeps to RFC 9110 section 9.2.1.
 */
const ASKING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const ASKING_EFFECTS: readonly Effect[] = ['NETWORK_CALL', 'DOWNLOAD'];
/** Headers by which a request says that it is another one. */
const OVERRIDING: ReadonlySet<string> = new Set([
  'x-http-method-override',
  'x-http-method',
  'x-method-override',
]);
/** Headers that name a file which what is behind may write. */
const FILE_NAMES: ReadonlySet<string> = new Set(['x-filename', 'x_filename', 'x-file-name', 'x.filename']);

/** The members of a tool that sends one request. */
export type Request = {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
};

/**
 * The request in the arguments of a tool that declares a URL and a method, headers or a body; null otherwise.
 */
export function readRequest(
  tool: ToolDefinition,
  declared: ReadonlySet<string>,
  args: JsonObject,
): Request | null {
  const isUrl = tool.arguments?.['url'] === 'url' || (tool.arguments === undefined && declared.has('url'));
  const isRequest = declared.has('method') || declared.has('headers') || declared.has('body');
  const { method = 'GET', url, headers = {}, body = '' } = args;
  if (!isUrl || !isRequest || typeof url !== 'string') return null;
  if (
    typeof method !== 'string' ||
    typeof headers !== 'object' ||
    headers === null ||
    typeof body !== 'string'
  )
    return null;
  const named = Object.entries(headers as JsonObject).map(
    ([name, value]) => [name, typeof value === 'string' ? value : ''] as const,
  );
  return { method: upperAscii(method), url, headers: named, body };
}

/** What a request can do: one that only asks does no more; null where nothing less than all is known. */
export function effectsOfRequest({ method, headers, body }: Request): readonly Effect[] | null {
  const overrides = headers.some(([name]) => OVERRIDING.has(lowerAscii(name)));
  return ASKING.has(method) && body === '' && !overrides ? ASKING_EFFECTS : null;
}

/** What its values would do to a careless program behind it. */
export function understandRequest(request: Request, around: AroundPath): Meaning {
  const contentType = request.headers.find(([name]) => lowerAscii(name) === 'content-type')?.[1] ?? '';
  const isDeleted = request.method === 'DELETE';
  return joinMeanings([
    isDeleted ? { ...NOTHING, effects: ['DELETE'], reversibility: 'unknown' } : NOTHING,
    tainted(valuesOfUrl(request.url), '/url'),
    ...request.headers.map(([name, value]) => tainted(valuesOfHeader(name, value), '/headers')),
    ...request.headers.map(([name, value]) => understandFileName(name, value, around)),
    tainted([...valuesOfBody(request.body, contentType), ...nestedForms(request)], '/body'),
  ]);
}

/** A whole query or body that was escaped once more, as careless clients do. */
function nestedForms({ url, body }: Request): readonly RequestValue[] {
  return [url.split('?')[1] ?? '', body]
    .filter((text) => /^[^=&]{0,64}%3[Dd]/.test(text))
    .flatMap((text) => valuesOfForm(decodeURIForm(text)));
}

function decodeURIForm(text: string): string {
  return readingsOfValue(text)[1] ?? text;
}

function tainted(values: readonly RequestValue[], where: string): Meaning {
  const isTainted = values.some(({ text, manner }) =>
    readingsOfValue(text).some((one) => readsAsShell(one, manner) || readsAsSql(one, manner)),
  );
  return isTainted ? foundAt('tainted_sink', where) : NOTHING;
}

/** A name under which something lands in a folder: one that runs or holds secrets there is no upload. */
function understandFileName(name: string, value: string, around: AroundPath): Meaning {
  if (!FILE_NAMES.has(lowerAscii(name))) return NOTHING;
  const { effects } = usePath(value, 'write', '/headers', { ...around, scene: null });
  const isDangerous =
    effects.includes('PERSIST') || /(?:^|\/)\.(?:ht|user\.ini)/i.test(value) || value.includes('..');
  return isDangerous ? foundAt('tainted_sink', '/headers') : NOTHING;
}
