import type { Command, SceneItem } from '@writ/contract';
import {
  answerTo,
  freeze,
  outcomeOf,
  registerBudget,
  registerPrincipal,
  releaseOf,
  thaw,
  tick,
} from '../support/acts.ts';
import {
  ADMIN,
  AGENT,
  ALICE,
  BOB,
  commitOf,
  EUR,
  hash,
  idOf,
  NS,
  proposal,
  registerPolicy,
  registerTool,
  RULES,
  ruleOf,
  START_MS,
  tagOf,
  type World,
} from '../support/world.ts';

const ITEM: SceneItem = { kind: 'path', name: '/w/notes', digest: hash('notes'), used: true };
type RegisterCredential = Extract<Command, { readonly kind: 'register_credential' }>;
const SCENE = { directory: '/w', roots: ['/w'], shell: 'bash', items: [ITEM] };
const MAIL = proposal({ name: 'mail', tool: 'mail.send' });
const DEPLOY = proposal({ name: 'deploy', tool: 'deploy' });

/** What happens, and why it is worth a golden digest. Each runs in the small world of the tests. */
export const SCENARIOS: readonly (readonly [reason: string, run: (world: World) => void])[] = [
  [
    'an action is permitted, spent, reported; the second attempt finds it spent',
    (world) => {
      const pay = proposal({ tool: 'pay', change: { costs: [{ unit: EUR, amount: 700 }] } });
      world.run(pay);
      world.run(commitOf(world, pay));
      world.run(commitOf(world, pay, 'other'));
      world.run(outcomeOf(pay, { spent: [{ unit: EUR, amount: 600 }] }));
      world.run(outcomeOf(pay, { status: 'failed' }));
    },
  ],
  [
    'a claim is a decision and a commit in one',
    (world) => void world.run(proposal({ change: { claim: { attempt: tagOf('x'), target: 'https://t' } } })),
  ],
  [
    'refused at each of the first gates',
    (world) => {
      world.run(proposal({ name: 'none', tool: 'unknown' }));
      world.run(proposal({ name: 'malformed', judged: { check: 'malformed' } }));
      world.run(proposal({ name: 'undeclared', judged: { check: 'undeclared' } }));
      world.run(proposal({ name: 'changed', judged: { tool_digest: hash('old') } }));
      freeze(world, { scope: 'session', ns: NS, session: tagOf('session') });
      world.run(proposal({ name: 'locked' }));
    },
  ],
  [
    'refused at every gate that can refuse, all reasons in order',
    (world) => {
      const limits = { actions_per_minute: 0, open_writs: 0, pending_tickets: 0 };
      registerPrincipal(world, AGENT, { effects: [], risk_cap: 0, limits });
      const findings = [
        { code: 'self_protect', where: 'a' },
        { code: 'tainted_sink', where: 'b' },
      ] as const;
      const understanding = { findings, reversibility: 'unknown' } as const;
      const claims = [{ fact: 'f', value: { a: [1, null, 'x'] }, confidence: 1 }];
      const costs = [{ unit: tagOf('usd'), amount: 1 }];
      world.run(proposal({ tool: 'mail.send', understanding, judged: { claims }, change: { costs } }));
    },
  ],
  [
    'what cannot be judged is refused: understanding that is none',
    (world) => {
      for (const judged of ['null', '{}', '{', '[]']) {
        world.run(proposal({ name: `j${judged.length}`, change: { judged } }));
      }
    },
  ],
  [
    'refused identically twice within ten seconds: one record',
    (world) => {
      world.run(proposal({ tool: 'unknown' }));
      world.now_ms += 9_999;
      world.run(proposal({ tool: 'unknown' }));
      world.now_ms += 1;
      world.run(proposal({ tool: 'unknown' }));
    },
  ],
  [
    'an idempotency key repeats, is refused for another body, and when it is too old',
    (world) => {
      const idempotency = { key: tagOf('k'), body: tagOf('b'), sent_at: START_MS };
      world.run(proposal({ change: { idempotency } }));
      world.run(proposal({ name: 'b', change: { idempotency } }));
      world.run(proposal({ name: 'c', change: { idempotency: { ...idempotency, body: tagOf('c') } } }));
      world.now_ms += 600_001;
      world.run(proposal({ name: 'd', change: { idempotency } }));
    },
  ],
  [
    'two people lift what a rule asks of two; the first alone does not',
    (world) => {
      world.run(DEPLOY);
      world.run(answerTo(world, DEPLOY, ALICE, { proof_of_person: 'p1' }));
      world.run(answerTo(world, DEPLOY, ALICE));
      world.run(releaseOf(world, DEPLOY));
      world.run(answerTo(world, DEPLOY, AGENT));
      world.run(answerTo(world, DEPLOY, BOB));
      world.run(releaseOf(world, DEPLOY));
      world.run(commitOf(world, DEPLOY));
    },
  ],
  [
    'a release asks again for the rule that came after the approval',
    (world) => {
      world.run(MAIL);
      world.run(answerTo(world, MAIL, ALICE));
      registerPolicy(world, [...RULES, ruleOf({ id: 'new', tools: ['mail.send'], verdict: 'ESCALATE' })]);
      world.run(releaseOf(world, MAIL));
      world.run(answerTo(world, MAIL, BOB));
      world.run(releaseOf(world, MAIL));
    },
  ],
  [
    'a denied ticket stays closed',
    (world) => {
      world.run(MAIL);
      world.run(answerTo(world, MAIL, ALICE, { kind: 'deny' }));
      world.run(answerTo(world, MAIL, BOB));
      world.run(releaseOf(world, MAIL));
    },
  ],
  [
    'the scene is another one at the commit',
    (world) => {
      world.run(proposal({ judged: { scene: SCENE } }));
      world.run(commitOf(world, proposal()));
    },
  ],
  [
    'the tool, the profile, the policy slice and a freeze drift, each back and forth',
    (world) => {
      for (const name of ['tool', 'profile', 'policy', 'freeze']) world.run(proposal({ name }));
      registerTool(world, 'files.read', ['READ_REPO'], hash('other'));
      world.run(commitOf(world, proposal({ name: 'tool' })));
      registerPrincipal(world, AGENT, { risk_cap: 1 });
      registerPrincipal(world, AGENT, {});
      world.run(commitOf(world, proposal({ name: 'profile' })));
      registerPolicy(world, RULES.slice(1));
      registerPolicy(world, RULES);
      world.run(commitOf(world, proposal({ name: 'policy' })));
      freeze(world, { scope: 'namespace', ns: NS });
      world.run(commitOf(world, proposal({ name: 'freeze' })));
      thaw(world, { scope: 'namespace', ns: NS });
    },
  ],
  [
    'a budget that was lowered refuses the commit of what it had borne',
    (world) => {
      const pay = proposal({ tool: 'pay', change: { costs: [{ unit: EUR, amount: 2000 }] } });
      world.run(pay);
      world.run({ ...pay, id: idOf('act', 'two'), ticket: idOf('tkt', 'two') });
      registerBudget(world, 1);
      world.run(commitOf(world, pay));
    },
  ],
  [
    'everything expires: writ, committed run and ticket',
    (world) => {
      world.run(proposal({ name: 'waits' }));
      world.run(proposal({ name: 'runs' }));
      world.run(commitOf(world, proposal({ name: 'runs' })));
      world.run(MAIL);
      world.now_ms += 30_000;
      world.run(commitOf(world, proposal({ name: 'waits' })));
      world.now_ms += 86_400_000;
      tick(world);
      world.run(answerTo(world, MAIL, ALICE));
      world.run(outcomeOf(proposal({ name: 'runs' })));
    },
  ],
  [
    "an agent's credential governs nothing",
    (world) => {
      freeze(world, { scope: 'all' }, AGENT);
      thaw(world, { scope: 'all' }, AGENT);
      world.run({ kind: 'disable_principal', by: AGENT, ns: NS, principal: ALICE });
      world.run({ kind: 'register_namespace', id: NS, by: AGENT, ns: NS, budgets: [] });
      const subject = { kind: 'namespace' } as const;
      world.run({ kind: 'erase', id: idOf('ers', '1'), by: AGENT, ns: NS, subject });
      registerPrincipal(world, AGENT, { scopes: ['approve'] });
    },
  ],
  [
    'a credential is registered, rotated and ended; what widens or outlasts it is refused',
    (world) => {
      const key = (name: string, change: Partial<RegisterCredential> = {}) =>
        world.run({
          kind: 'register_credential',
          id: idOf('key', name),
          by: ADMIN,
          ns: NS,
          principal: AGENT,
          digest: hash(name),
          scopes: ['propose', 'commit'],
          expires_at: START_MS + 7_200_000,
          ...change,
        });
      const end = { kind: 'end_credential', by: ADMIN, ns: NS, credential: idOf('key', 'one') } as const;
      key('one');
      key('wider', { scopes: ['govern'] });
      world.run({ ...end, at: START_MS + 7_200_000 });
      key('two');
      world.run({ ...end, at: START_MS + 60_000 });
      key('own', { by: AGENT });
      world.now_ms += 60_000;
      world.run({ ...end, at: 0 });
      world.run({ ...end, credential: idOf('key', 'two'), at: 0 });
      world.now_ms += 3_600_000;
      key('three');
    },
  ],
  [
    'somebody asks what would be allowed: recorded before, and counted after',
    (world) => {
      const id = idOf('ask', 'one');
      const counts = { explained: 3, weighed: 64 };
      world.run({ kind: 'open_questions', id, by: AGENT });
      world.run({ kind: 'open_questions', id: idOf('ask', 'two'), by: AGENT });
      world.now_ms += 60_000;
      world.run({ kind: 'close_questions', id: idOf('ask', 'two'), root: AGENT, ...counts });
      world.run({ kind: 'close_questions', id, root: AGENT, ...counts });
      world.run({ kind: 'open_questions', id: idOf('ask', 'two'), by: AGENT });
      world.run({
        kind: 'close_questions',
        id: idOf('ask', 'two'),
        root: AGENT,
        explained: null,
        weighed: null,
      });
    },
  ],
  [
    'a namespace is erased: nothing in it goes on',
    (world) => {
      world.run(proposal());
      world.run(MAIL);
      const subject = { kind: 'namespace' } as const;
      world.run({ kind: 'erase', id: idOf('ers', '1'), by: ADMIN, ns: NS, subject });
      world.run(commitOf(world, proposal()));
      world.run(answerTo(world, MAIL, ALICE));
      world.run(proposal({ name: 'after' }));
    },
  ],
  [
    'records too large are refused, small',
    (world) => void world.run(proposal({ change: { input: JSON.stringify('\u{20ac}'.repeat(17_000)) } })),
  ],
];
