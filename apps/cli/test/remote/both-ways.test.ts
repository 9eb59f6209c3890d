import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { furnishedWorld, POLICY, proposal, READ_TOOL } from '../furnished.ts';
import { type Ran, SETUP_MS, type World } from '../run-writ.ts';
import { type Served, serveWorld } from '../serving.ts';

/**
 * Every command that asks a desk, once on the store and once on the cell that is served from a home like it:
 * same exit code, same lines, same members of the JSON.
 */
type Seen = { readonly exit: number | null; readonly lines: readonly string[] };

/** What differs between two cells, and what only the operator's view has, which an agent's key does not. */
function comparable(text: string): string {
  return text
    .replace(/\b(?:act|tkt|prn|key|pol|tol|frz|thw|ns|trm|log)_[0-9a-z]{26}\b/g, (id) =>
      id.slice(0, id.indexOf('_') + 1),
    )
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/record \d+/g, 'record N')
    .replace(/: \d+ records, term \d+, root \S+/g, ': N records')
    .replace(/, rule [\w-]+/g, '')
    .replace(/, lifted/g, '')
    .replace(/, needs p\d from \d/g, '')
    .replace(/ \(record N\)/g, '')
    .replace(/^ {2}gate \d: ALLOW.*\n/gm, '')
    .replace(/writ-cli-test-\w+/g, 'WORLD');
}

type Step = {
  readonly name: string;
  /** Words of the call; `$name` is what an earlier step kept. */
  readonly words: readonly string[];
  readonly exit: number;
  /** Kept for later steps: a member of the answer. */
  readonly keep?: readonly [string, (value: Json) => string];
  /** A code that the answer or the failure has. */
  readonly code?: string;
  /** The ways differ in lines, as documented. */
  readonly differs?: true;
};

type Json = {
  readonly code?: string;
  readonly id: string;
  readonly answer: { readonly id: string; readonly code?: string; readonly ticket: { readonly id: string } };
};

const actionOf = (value: Json): string => value.answer.id;
const ticketOf = (value: Json): string => value.answer.ticket.id;

const STEPS: readonly Step[] = [
  { name: 'a tool', words: ['tool', 'add', 'more-tool.json'], exit: 0 },
  { name: 'a tool that is none', words: ['tool', 'add', 'read.json'], exit: 2, code: 'MALFORMED' },
  { name: 'a policy', words: ['policy', 'set', 'policy.yaml'], exit: 0 },
  { name: 'a policy with faults', words: ['policy', 'set', 'bad.yaml'], exit: 1 },
  { name: 'an agent', words: ['principal', 'add', 'agent', 'two'], exit: 0 },
  {
    name: 'a name that is taken',
    words: ['principal', 'add', 'agent', 'two'],
    exit: 1,
    code: 'ALREADY_EXISTS',
  },
  { name: 'an executor', words: ['principal', 'add', 'executor', 'hands'], exit: 0 },
  {
    name: 'a profile that may not be',
    words: ['principal', 'add', 'agent', 'climber', '--profile', 'climber.json'],
    exit: 1,
    code: 'INVALID_COMMAND',
  },
  { name: 'who there is', words: ['principal', 'list'], exit: 0 },
  {
    name: 'a key in a file',
    words: ['key', 'add', 'two', '--out', 'two.key', '--days', '7'],
    exit: 0,
    keep: ['key', ({ id }) => id],
  },
  {
    name: 'a key that is too wide',
    words: ['key', 'add', 'two', '--scopes', 'approve', '--out', 'wide.key'],
    exit: 1,
    code: 'INVALID_COMMAND',
  },
  { name: 'a key that this client keeps', words: ['key', 'add', 'two', '--keep'], exit: 0 },
  { name: 'a key of the operator', words: ['key', 'add', 'operator', '--out', 'op.key'], exit: 0 },
  { name: 'keys', words: ['key', 'list', 'two'], exit: 0 },
  { name: 'keys of the operator', words: ['key', 'list', 'operator'], exit: 0 },
  { name: 'the end of a key', words: ['key', 'end', '$key', '--in', '1h'], exit: 0 },
  { name: 'the end of a key at once', words: ['key', 'end', '$key'], exit: 0 },
  { name: 'the end of a key again', words: ['key', 'end', '$key'], exit: 1, code: 'NOT_FOUND' },
  {
    name: 'an agent of several, unnamed',
    words: ['propose', 'read.json'],
    exit: 2,
    code: 'NAME_UNKNOWN',
  },
  {
    name: 'a proposal',
    words: ['propose', 'read.json', '--as', 'bot', '--out', 'a.writ'],
    exit: 0,
    keep: ['act', actionOf],
  },
  {
    name: 'a commit on other arguments',
    words: ['commit', 'a.writ', 'other.json'],
    exit: 1,
    code: 'ARGUMENTS_DIFFER',
  },
  { name: 'a commit', words: ['commit', 'a.writ', 'read.json', '--out', 'a.receipt'], exit: 0 },
  { name: 'a second commit', words: ['commit', 'a.writ', 'read.json'], exit: 1, code: 'ALREADY_SPENT' },
  { name: 'an outcome', words: ['outcome', '$act', 'succeeded'], exit: 0 },
  { name: 'another outcome', words: ['outcome', '$act', 'failed'], exit: 1, code: 'OUTCOME_CONFLICT' },
  {
    name: 'a proposal to spend by its id',
    words: ['propose', 'read.json', '--as', 'bot'],
    exit: 0,
    keep: ['byid', actionOf],
  },
  { name: 'a commit by id', words: ['commit', '$byid', 'read.json'], exit: 0 },
  {
    name: 'a commit of what is unknown',
    words: ['commit', `act_${'0'.repeat(26)}`, 'read.json', '--as', 'bot'],
    exit: 1,
    code: 'WRIT_UNKNOWN',
  },
  {
    name: 'a claim',
    words: ['propose', 'other.json', '--as', 'bot', '--claim', '--out', 'claimed.receipt'],
    exit: 0,
  },
  { name: 'an explanation', words: ['explain', 'read.json', '--as', 'bot'], exit: 0, differs: true },
  {
    name: 'an explanation of what asks',
    words: ['explain', 'ask.json', '--as', 'bot'],
    exit: 0,
    differs: true,
  },
  { name: 'an explanation of a record', words: ['explain', '$byid'], exit: 0, differs: true },
  {
    name: 'an explanation of what is unknown',
    words: ['explain', `act_${'0'.repeat(26)}`],
    exit: 1,
    code: 'NOT_FOUND',
  },
  { name: 'what is undeclared', words: ['propose', 'undeclared.json', '--as', 'bot'], exit: 1 },
  {
    name: 'what waits for a person',
    words: ['propose', 'ask.json', '--as', 'bot'],
    exit: 1,
    keep: ['ticket', ticketOf],
    differs: true,
  },
  // Of what the cell understood, it shows what it was told beside the action.
  { name: 'tickets', words: ['tickets'], exit: 0, differs: true },
  { name: 'an answer of nobody', words: ['approve', '$ticket'], exit: 2, code: 'PERSON_NEEDED' },
  {
    name: 'a release before the answer',
    words: ['release', '$ticket'],
    exit: 1,
    code: 'TICKET_NOT_APPROVED',
  },
  { name: 'an approval', words: ['approve', '$ticket', '--unattended', '--note', 'seen'], exit: 0 },
  { name: 'a release', words: ['release', '$ticket', '--out', 'b.writ'], exit: 0 },
  { name: 'a release again', words: ['release', '$ticket'], exit: 1, code: 'ALREADY_RELEASED' },
  { name: 'a commit of it', words: ['commit', 'b.writ', 'ask.json'], exit: 0 },
  {
    name: 'another ticket',
    words: ['propose', 'ask-2.json', '--as', 'bot'],
    exit: 1,
    keep: ['denied', ticketOf],
    differs: true,
  },
  { name: 'a denial', words: ['deny', '$denied', '--unattended'], exit: 0 },
  { name: 'a release of it', words: ['release', '$denied'], exit: 1, code: 'TICKET_CLOSED' },
  {
    name: 'an unknown ticket',
    words: ['approve', `tkt_${'0'.repeat(26)}`, '--unattended'],
    exit: 1,
    code: 'TICKET_UNKNOWN',
  },
  { name: 'a freeze of a session', words: ['freeze', 'session', 'night', '--of', 'bot'], exit: 0 },
  {
    name: 'a proposal in it',
    words: ['propose', 'read.json', '--as', 'bot', '--session', 'night'],
    exit: 1,
  },
  { name: 'a freeze of an effect', words: ['freeze', 'effect', 'DEPLOY'], exit: 0 },
  { name: 'a freeze of a principal', words: ['freeze', 'principal', 'two'], exit: 0 },
  { name: 'a freeze of the namespace', words: ['freeze', 'namespace'], exit: 0 },
  { name: 'a freeze of all', words: ['freeze'], exit: 0 },
  { name: 'the same freeze', words: ['freeze'], exit: 0 },
  { name: 'a thaw by nobody', words: ['thaw'], exit: 2, code: 'PERSON_NEEDED' },
  {
    name: 'a thaw that nobody typed',
    words: ['thaw', '--unattended'],
    exit: 1,
    code: 'PROOF_OF_PERSON_TOO_WEAK',
    differs: true,
  },
  { name: 'status', words: ['status'], exit: 0, differs: true },
  { name: 'the log', words: ['log', 'show', '--limit', '5'], exit: 0, differs: true },
  { name: 'the log from its beginning', words: ['log', 'show', '--from', '0', '--limit', '3'], exit: 0 },
  { name: 'the log beyond its end', words: ['log', 'show', '--from', '99999'], exit: 0 },
  { name: 'the checkpoint', words: ['log', 'checkpoint'], exit: 0, differs: true },
];

/** Each step gets as JSON what it got as text from a world of its own, so that nothing is done twice. */
async function walk(world: World, json: boolean): Promise<ReadonlyMap<string, Ran>> {
  const kept = new Map<string, string>();
  const seen = new Map<string, Ran>();
  for (const { name, words, keep } of STEPS) {
    const said = words.map((word) => (word.startsWith('$') ? (kept.get(word.slice(1)) ?? word) : word));
    const ran = await world.quick(...said, ...(json ? ['--json'] : []));
    seen.set(name, ran);
    if (keep === undefined) continue;
    const value = json ? (JSON.parse(ran.out) as Json) : null; // one line of our own program
    kept.set(keep[0], value === null ? textOf(ran.out, keep[0]) : keep[1](value));
  }
  return seen;
}

function textOf(out: string, what: string): string {
  const form =
    what === 'key' ? /key_\w{26}/ : what === 'ticket' || what === 'denied' ? /tkt_\w{26}/ : /act_\w{26}/;
  return form.exec(out)?.[0] ?? 'nothing';
}

async function prepare(): Promise<World> {
  const world = await furnishedWorld();
  world.file('more-tool.json', JSON.stringify({ ...READ_TOOL, name: 'notes.ask' }));
  world.file('bad.yaml', 'version: 1\nname: x\nrules:\n  - id: a\n    tools: [t]\n    verdict: PERMIT\n');
  world.file('climber.json', JSON.stringify({ scopes: ['propose', 'approve'] }));
  const read = (name: string): string => readFileSync(join(world.directory, name), 'utf8');
  const undeclared = JSON.parse(read('read.json'));
  undeclared.action.args.also = true;
  world.file('undeclared.json', JSON.stringify(undeclared));
  world.file('ask.json', proposal('notes.ask', 'one', ['READ_REPO']));
  world.file('ask-2.json', proposal('notes.ask', 'two', ['READ_REPO']));
  world.file('policy.yaml', `${POLICY}${ASKS}`);
  return world;
}

/** What only reads means the same to whoever opens the store and to a cell that understands it by itself. */
const ASKS = `  - id: ask
    tools: [notes.ask]
    verdict: ALLOW
    examples:
      - { tool: notes.ask, effects: [READ_REPO], expect: ESCALATE }
  - id: ask-asks
    tools: [notes.ask]
    verdict: ESCALATE
    needs: p0
    examples:
      - { tool: notes.ask, effects: [READ_REPO], expect: ESCALATE }
`;

let ways: Readonly<Record<'text' | 'json', Readonly<Record<'store' | 'server', ReadonlyMap<string, Ran>>>>>;
const served: Served[] = [];

async function both(json: boolean) {
  const [store, server] = [await prepare(), await prepare()];
  served.push(await serveWorld(server));
  return { store: await walk(store, json), server: await walk(server, json) };
}

beforeAll(async () => {
  ways = { text: await both(false), json: await both(true) };
}, 2 * SETUP_MS);

afterAll(async () => {
  for (const one of served) await one.end('SIGTERM');
});

const seenOf = ({ exit, out, error }: Ran): Seen => ({
  exit,
  lines: comparable(out + error).split('\n'),
});

describe.each(STEPS)('$name', ({ name, exit, code, differs }) => {
  const at = (form: 'text' | 'json', way: 'store' | 'server'): Ran =>
    ways[form][way].get(name) ?? { exit: null, out: '', error: '' };

  it('has the same exit code both ways, as text and as JSON', () => {
    const all = (['text', 'json'] as const).flatMap((form) => [at(form, 'store'), at(form, 'server')]);
    expect(all.map((ran) => [ran.exit, ran.exit === exit ? '' : ran.out + ran.error])).toEqual(
      all.map(() => [exit, '']),
    );
  });

  it('says the same both ways', () => {
    if (code !== undefined) expect(at('json', 'server').out).toContain(`"${code}"`);
    if (code !== undefined) expect(at('json', 'store').out).toContain(`"${code}"`);
    if (differs !== true) {
      expect(seenOf(at('text', 'server'))).toEqual(seenOf(at('text', 'store')));
    }
    const [store, server] = [at('json', 'store'), at('json', 'server')];
    const names = ({ out }: Ran): readonly string[] => Object.keys(JSON.parse(out) as object).sort();
    expect(names(server)).toEqual(names(store));
  });
});
