import type {
  Answer,
  AnswerCommand,
  FreezeScope,
  OutcomeCommand,
  PrincipalDefinition,
  ProofOfPerson,
  ProposeCommand,
  ReleaseCommand,
} from '@writ/contract';
import { ADMIN, AGENT, definitionOf, EUR, hash, idOf, NS, sealedOf, type World } from './world.ts';

/** The end of the run of an action, by its executor unless changed. */
export function outcomeOf(proposed: ProposeCommand, change: Partial<OutcomeCommand> = {}): OutcomeCommand {
  return {
    kind: 'outcome',
    by: AGENT,
    id: proposed.id,
    status: 'succeeded',
    attested_by: 'agent',
    unwrapped: false,
    produced: [],
    spent: [],
    sealed: '{}',
    ...change,
  };
}

/** The answer of a person to exactly what the open ticket asks now. */
export function answerTo(
  world: World,
  proposed: ProposeCommand,
  by: string,
  change: Partial<AnswerCommand> = {},
): AnswerCommand {
  const binding = world.state.tickets.get(proposed.ticket)?.binding ?? hash('no binding');
  return {
    kind: 'approve',
    by,
    ticket: proposed.ticket,
    binding,
    proof_of_person: 'p2',
    sealed: '{}',
    ...change,
  };
}

/** The release of the ticket of a proposal, on the sealed part that people answered to. */
export function releaseOf(
  world: World,
  proposed: ProposeCommand,
  change: Partial<ReleaseCommand> = {},
): ReleaseCommand {
  const binding = world.state.tickets.get(proposed.ticket)?.binding;
  const asked = world.records.find((record) => record.sealed_commitment === binding);
  const recorded = asked?.sealed ?? sealedOf(world, proposed.id);
  return { kind: 'release', by: AGENT, ticket: proposed.ticket, recorded, scene: [], claim: null, ...change };
}

export function registerPrincipal(
  world: World,
  principal: string,
  change: Partial<PrincipalDefinition>,
  ns: string = NS,
): Answer {
  const definition = definitionOf(change);
  return world.run({ kind: 'register_principal', by: ADMIN, ns, principal, definition, sealed: '{}' });
}

export function registerBudget(world: World, limit: number, unit: string = EUR): Answer {
  const budgets = [{ unit, limit, window_ms: 86_400_000 }];
  return world.run({ kind: 'register_namespace', id: NS, by: ADMIN, ns: NS, budgets });
}

export function freeze(world: World, scope: FreezeScope, by: string = ADMIN): Answer {
  return world.run({ kind: 'freeze', id: idOf('frz', String(world.counter)), by, scope });
}

export function thaw(
  world: World,
  scope: FreezeScope,
  by: string = ADMIN,
  proof: ProofOfPerson = 'p2',
): Answer {
  const id = idOf('frz', String(world.counter));
  return world.run({ kind: 'thaw', id, by, scope, proof_of_person: proof });
}

export function tick(world: World): Answer {
  return world.run({ kind: 'tick', id: idOf('tik', String(world.counter)), folded: [] });
}

/** The codes of an answer's reasons other than those that allow, in the order in which they stand. */
export function codesOf(answer: Answer): readonly string[] {
  const reasons = 'reasons' in answer ? answer.reasons : [];
  return reasons.filter((reason) => reason.verdict !== 'ALLOW').map((reason) => reason.code);
}

export function lastHead(world: World): Readonly<Record<string, unknown>> {
  return JSON.parse(world.records.at(-1)?.head ?? '{}') as Readonly<Record<string, unknown>>;
}

/** What a budget of the tenant says now. */
export function standing(
  world: World,
  unit: string = EUR,
): {
  readonly limit: number;
  readonly spent: number;
  readonly reserved: number;
  readonly held: Readonly<Record<string, number>>;
} {
  const budget = world.state.namespaces.get(NS)?.budgets.get(unit);
  if (budget === undefined) throw new TypeError('no such budget');
  const { limit, spent, reserved, held } = budget;
  return { limit, spent, reserved, held: Object.fromEntries(held) };
}
