import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer, Command, PrincipalDefinition } from '@writ/contract';
import { type EncodedRecord, type State, sliceTags } from '@writ/kernel';
import { type CompiledPolicy, compilePolicy, type Policy } from '@writ/policy';
import { decodeBase64url, emptyFrontier, printJson, sha256Base64url } from '@writ/proof';
import { openMint } from '../../src/cell/mint.ts';
import { encodeBatch } from '../../src/core/batch.ts';
import { signCheckpoint } from '../../src/core/checkpoint.ts';
import { layBatch, type LogHead } from '../../src/core/commit-batch.ts';
import type { DurableBatch } from '../../src/core/durable.ts';
import { type Engine, openEngine } from '../../src/engine/load-engine.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { openSqliteJournal } from '../../src/journal/sqlite/open.ts';
import type { Part } from '../../src/parts/part-store.ts';
import { openSeedSigner } from '../../src/signer/seed-signer.ts';

/**
 * A log made by the real kernel in a real journal, without a running cell: as long and as odd as a test
 * wants.
 */
export const ORIGIN = 'made.test/cell/0011223344556677';
export const SIGNER = openSeedSigner({
  purpose: 'checkpoint',
  name: ORIGIN,
  seed: new Uint8Array(32).fill(7),
});
const START_MS = 1_800_000_000_000;
const STEP_MS = 20;
const RESERVE_BYTES = 4096;

export type MadeLog = {
  readonly file: string;
  readonly engine: Engine;
  readonly state: State;
  readonly agents: readonly string[];
  readonly home: string;
  readonly ns: string;
  readonly operator: string;
  /** Who may answer tickets. */
  readonly person: string;
  /** Sealed parts of the batches so far, for a part store. */
  readonly sealed: Part[];
  run(command: Command): Answer;
  /** One action: proposed, and when wanted committed and ended. */
  act(agent: number, end: 'open' | 'committed' | 'succeeded', tool?: string): Answer;
  flush(): Promise<DurableBatch>;
  id(prefix: string): string;
  journal: Journal;
  close(): Promise<void>;
};

/** The engine of this checkout, archived in `folder`; a thread opens it from there. */
export async function archiveEngine(folder: string): Promise<Engine> {
  const built = fileURLToPath(
    new URL('../../../../packages/kernel/dist/engine/current.json', import.meta.url),
  );
  const { digest, file }: { digest: string; file: string } = JSON.parse(readFileSync(built, 'utf8'));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  copyFileSync(join(dirname(built), file), join(folder, file));
  return openEngine(folder, digest);
}

const LIMITS = { actions_per_minute: 1e9, open_writs: 100_000, pending_tickets: 50 };

function definition(change: Partial<PrincipalDefinition>): PrincipalDefinition {
  return {
    kind: 'agent',
    scopes: ['propose', 'commit', 'outcome'],
    effects: ['READ_REPO'],
    risk_cap: 600_000,
    wall: 2,
    executor: null,
    root: null,
    cnf: null,
    expires_at: null,
    limits: LIMITS,
    ...change,
  };
}

const ALLOW = { verdict: 'ALLOW', code: 'ALLOWED', class: 'final', mode: 'enforce', examples: [] } as const;
const ASK = { verdict: 'ESCALATE', code: 'RULE_ESCALATE', class: 'liftable', mode: 'enforce' } as const;
const POLICY: Policy = {
  version: 1,
  name: 'made',
  rules: [
    { id: 'read', tools: ['files.read', 'mail.send'], ...ALLOW },
    { id: 'ask', tools: ['mail.send'], ...ASK, examples: [], needs: 'p1' },
  ],
};

/** Without `keepsSealed` sealed parts are forgotten, as a log of millions wants it. */
export async function makeLog(directory: string, agents = 2, keepsSealed = true): Promise<MadeLog> {
  const engine = await archiveEngine(join(directory, 'engines'));
  const file = join(directory, 'journal.sqlite');
  const journal = openSqliteJournal({ file, reserve_bytes: RESERVE_BYTES });
  await journal.open();
  const compiled = compilePolicy(POLICY);
  const made = serveLog({ file, engine, journal, compiled, agents, keepsSealed });
  begin(made, compiled);
  await made.flush();
  await fill(made);
  return made;
}

type Given = Pick<MadeLog, 'file' | 'engine' | 'journal'> & {
  readonly compiled: CompiledPolicy;
  readonly agents: number;
  readonly keepsSealed: boolean;
};

function serveLog({ file, engine, journal, compiled, agents, keepsSealed }: Given): MadeLog {
  const policies = new Map<string, CompiledPolicy>([[compiled.digest, compiled]]);
  const library = { hash: sha256Base64url, policy: (digest: string) => policies.get(digest) ?? null };
  const mint = openMint();
  const state = engine.functions.emptyState();
  let head: LogHead = { frontier: emptyFrontier(), note: '', term: 0 };
  let waiting: EncodedRecord[] = [];
  let now_ms = START_MS;
  let actions = 0;
  const made: MadeLog = {
    file,
    engine,
    state,
    agents: Array.from({ length: agents }, () => mint.id('prn')),
    home: mint.id('ns'),
    ns: mint.id('ns'),
    operator: mint.id('prn'),
    person: mint.id('prn'),
    journal,
    sealed: [],
    id: mint.id,
    run(command) {
      now_ms += STEP_MS;
      const stamp = { now_ms, salts: mint.salts() };
      const { records, answer } = engine.functions.step(state, command, stamp, library);
      waiting.push(...records);
      return answer;
    },
    act(agent, end, tool = 'files.read') {
      actions += 1;
      return act(made, { nth: actions, agent, end, tool }, () => waiting.at(-1)?.sealed ?? null);
    },
    async flush() {
      const term = Math.max(state.term, head.term);
      const signed = await appendSigned(journal, head, term, waiting);
      if (keepsSealed) made.sealed.push(...partsOf(signed.from, waiting));
      waiting = [];
      head = { frontier: signed.tree.after, note: signed.note, term };
      return signed;
    },
    close: () => journal.close(),
  };
  return made;
}

async function appendSigned(
  journal: Journal,
  head: LogHead,
  term: number,
  records: readonly EncodedRecord[],
): Promise<DurableBatch> {
  const { size } = head.frontier;
  const { tree, ...batch } = layBatch(head, size, records);
  const bytes = encodeBatch({ note: head.note, records });
  const expected = { size, term: head.term };
  const result = await journal.append({ from: size, count: records.length, term, bytes }, expected);
  if (result !== 'committed') throw new Error(`not committed: ${result}`);
  const note = await signCheckpoint(SIGNER, { origin: ORIGIN, size: tree.after.size, root: tree.root });
  return { ...batch, tree, note };
}

type Action = {
  readonly nth: number;
  readonly agent: number;
  readonly end: 'open' | 'committed' | 'succeeded';
  readonly tool: string;
};

function act(made: MadeLog, { nth, agent, end, tool }: Action, sealed: () => string | null): Answer {
  const by = made.agents[agent % made.agents.length] ?? '';
  const id = made.id('act');
  const args = sha256Base64url(`args ${nth}`);
  const answer = made.run(proposal({ id, by, args, tool, ticket: made.id('tkt'), nth }));
  if (end === 'open') return answer;
  const spend = { attempt: tagOf(`attempt ${nth}`), target: null };
  made.run({ kind: 'commit', by, id, spend, args, recorded: sealed(), scene: [] });
  if (end === 'committed') return answer;
  const ended = { status: 'succeeded', attested_by: 'agent', unwrapped: false, produced: [] } as const;
  return made.run({ kind: 'outcome', by, id, ...ended, spent: [], sealed: '{}' });
}

function begin(made: MadeLog, compiled: CompiledPolicy): void {
  const { home, ns, operator, engine, id } = made;
  const people = definition({
    kind: 'admin',
    scopes: ['govern', 'freeze', 'thaw', 'erase', 'operate', 'approve'],
  });
  made.run({
    kind: 'genesis',
    id: id('log'),
    ns: home,
    origin: ORIGIN,
    reason: 'new',
    predecessor: null,
    keys: [sha256Base64url(SIGNER.vkey)],
    engine: engine.digest,
    state_digest: null,
    operator: { id: operator, definition: { ...people, effects: [] } },
  });
  made.run({ kind: 'term', id: id('trm'), term: 1, reason: 'start' });
  made.run({ kind: 'register_namespace', id: ns, by: operator, ns, budgets: [] });
  for (const name of ['files.read', 'mail.send']) {
    const tool = tagOf(`tool ${name}`);
    const digest = sha256Base64url(`definition of ${name}`);
    const effects = ['READ_REPO'] as const;
    made.run({
      kind: 'register_tool',
      id: id('tol'),
      by: operator,
      ns,
      tool,
      definition: digest,
      effects,
      sealed: '{}',
    });
  }
  made.run({
    kind: 'register_principal',
    by: operator,
    ns,
    principal: made.person,
    definition: definition({ kind: 'human', scopes: ['approve'], effects: [] }),
    sealed: '{}',
  });
  const slices = sliceTags(sha256Base64url, POLICY, compiled);
  made.run({
    kind: 'register_policy',
    id: id('pol'),
    by: operator,
    ns,
    policy: compiled.digest,
    slices,
    sealed: '{}',
  });
}

function partsOf(from: number, records: readonly EncodedRecord[]): readonly Part[] {
  return records.flatMap(({ ns, sealed, sealed_commitment }, at) => {
    if (sealed === null || sealed_commitment === null) return [];
    const commitment = decodeBase64url(sealed_commitment);
    return [{ index: from + at, domain: ns, commitment, plaintext: Buffer.from(sealed, 'utf8') }];
  });
}

async function fill(made: MadeLog): Promise<void> {
  for (const [at, principal] of made.agents.entries()) {
    const by = made.operator;
    made.run({
      kind: 'register_principal',
      by,
      ns: made.ns,
      principal,
      definition: definition({}),
      sealed: '{}',
    });
    if (at % 200 === 199) await made.flush();
  }
  if (made.agents.length % 200 !== 0) await made.flush();
}

export function tagOf(name: string): string {
  return Buffer.from(sha256Base64url(name), 'base64url').subarray(0, 16).toString('base64url');
}

type Proposed = {
  readonly id: string;
  readonly by: string;
  readonly args: string;
  readonly tool: string;
  readonly ticket: string;
  readonly nth: number;
};

function proposal({ id, by, args, tool, ticket, nth }: Proposed): Command {
  const judged = {
    tool,
    tool_digest: sha256Base64url(`definition of ${tool}`),
    check: 'valid',
    args: { path: 'notes.md' },
    scene: null,
    understanding: {
      effects: ['READ_REPO'],
      resources: [{ kind: 'path', name: 'notes.md' }],
      findings: [],
      reversibility: 'reversible',
      risk: 100_000,
      costs: [],
    },
    claims: [],
    evidence: [],
  };
  return {
    kind: 'propose',
    id,
    by,
    session: tagOf(`session ${by}`),
    shape: tagOf(`shape ${nth}`),
    same: tagOf(`same ${nth}`),
    tool: tagOf(`tool ${tool}`),
    args,
    costs: [],
    idempotency: null,
    ticket,
    claim: null,
    met_obligations: null,
    input: '{}',
    judged: printJson(judged),
  };
}
