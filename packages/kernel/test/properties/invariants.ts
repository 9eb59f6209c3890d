import { type Judged, READ_ONLY_EFFECTS } from '@writ/contract';
import { decideAgain, type EncodedRecord, limits, type State } from '@writ/kernel';
import { encodeUtf8, isCanonical, openPart, parseHead } from '@writ/proof';
import { ENGINE, type World } from '../support/world.ts';

type Sums = Record<string, number>;

function add(sums: Sums, key: string, amount: number): void {
  const sum = (sums[key] ?? 0) + amount;
  if (sum === 0) delete sums[key];
  else sums[key] = sum;
}

/** What a record must be, whatever the command was. */
export function faultsOfRecord(record: EncodedRecord): readonly string[] {
  const faults: string[] = [];
  const canonical = (what: string, text: string): void => {
    if (!isCanonical(encodeUtf8(text))) faults.push(`${what} is not canonical: ${text.slice(0, 400)}`);
  };
  parseHead(encodeUtf8(record.head));
  canonical('head', record.head);
  canonical('state', openPart(record.state).json);
  if (record.sealed !== null) canonical('sealed', openPart(record.sealed).json);
  if (lacksSnapshot(record))
    faults.push(`allowed without the snapshot that lets it be undone: ${record.head}`);
  return faults;
}

/** Whether it allows what only a snapshot lets be undone, and does not oblige to take one. */
function lacksSnapshot({ head: text, sealed }: EncodedRecord): boolean {
  const head = parseHead(encodeUtf8(text));
  if (head.kind !== 'decision' || sealed === null) return false;
  const { judged } = JSON.parse(openPart(sealed).json) as { readonly judged: Judged }; // as it was sealed
  const { effects, reversibility } = judged.understanding;
  const reads = effects.length > 0 && effects.every((effect) => READ_ONLY_EFFECTS.has(effect));
  const asked = reversibility === 'with_snapshot' && !reads && head.verdict === 'ALLOW';
  return asked && !head.obligations.includes('snapshot_first');
}

/** What must hold between the collections of a state, at any time. */
export function faultsOfState(state: State): readonly string[] {
  const faults: string[] = [];
  const same = (what: string, left: Sums, right: Sums): void => {
    const [one, two] = [left, right].map((sums) => JSON.stringify(sorted(sums)));
    if (one !== two) faults.push(`${what}: ${one} is not ${two}`);
  };
  const [open, pending, pendingInNs, waiting]: [Sums, Sums, Sums, Sums] = [{}, {}, {}, {}];
  for (const writ of state.permitted.values()) add(open, writ.by, 1);
  for (const run of state.committed.values()) add(open, run.by, 1);
  for (const ticket of state.tickets.values()) {
    if (ticket.status !== 'open' && ticket.status !== 'approved') continue;
    add(pending, ticket.by, 1);
    add(pendingInNs, ticket.ns, 1);
    add(waiting, ticket.same, 1);
    // One that expired gives way to a newer one for the same action, until a tick drops it.
    const alive = ticket.expires_at > state.now_ms;
    if (alive && state.ticket_of.get(ticket.same) === undefined) faults.push(`nothing finds ${ticket.id}`);
  }
  same('open writs', Object.fromEntries(state.open_writs), open);
  same('pending', Object.fromEntries(state.pending), pending);
  const counted: Sums = {};
  for (const space of state.namespaces.values()) add(counted, space.id, space.pending_tickets);
  same('pending in the namespace', counted, pendingInNs);
  if (state.ticket_of.size > Object.keys(waiting).length) faults.push('a ticket is found that does not wait');
  faults.push(...faultsOfBudgets(state), ...faultsOfSizes(state));
  return faults;
}

/** What is reserved is exactly what open permissions and running actions hold. */
function faultsOfBudgets(state: State): readonly string[] {
  const faults: string[] = [];
  const [reserved, held]: [Sums, Sums] = [{}, {}];
  for (const writ of [...state.permitted.values(), ...state.committed.values()]) {
    for (const { unit, amount } of writ.reserved) {
      add(reserved, `${writ.ns} ${unit}`, amount);
      add(held, `${writ.ns} ${unit} ${writ.root}`, amount);
    }
  }
  const [said, heldSaid]: [Sums, Sums] = [{}, {}];
  for (const space of state.namespaces.values()) {
    for (const [unit, budget] of space.budgets) {
      add(said, `${space.id} ${unit}`, budget.reserved);
      if (budget.reserved < 0 || budget.spent < 0) faults.push(`negative: ${JSON.stringify(budget)}`);
      for (const [root, amount] of budget.held) {
        if (amount < 0) faults.push(`${root} holds ${amount}`);
        add(heldSaid, `${space.id} ${unit} ${root}`, amount);
      }
    }
  }
  if (JSON.stringify(sorted(said)) !== JSON.stringify(sorted(reserved))) {
    faults.push(`reserved ${JSON.stringify(said)} is not ${JSON.stringify(reserved)}`);
  }
  if (JSON.stringify(sorted(heldSaid)) !== JSON.stringify(sorted(held))) {
    faults.push(`held ${JSON.stringify(heldSaid)} is not ${JSON.stringify(held)}`);
  }
  return faults;
}

function sorted(sums: Sums): readonly (readonly [string, number])[] {
  return Object.entries(sums).sort(([left], [right]) => (left < right ? -1 : 1));
}

function faultsOfSizes(state: State): readonly string[] {
  const most: Readonly<Record<string, readonly [number, number]>> = {
    namespaces: [state.namespaces.size, limits.NAMESPACES_MAX],
    principals: [state.principals.size, limits.PRINCIPALS_MAX],
    credentials: [state.credentials.size, limits.CREDENTIALS_MAX],
    permitted: [state.permitted.size + state.committed.size, limits.OPEN_WRITS_MAX],
    finished: [state.finished.size, limits.FINISHED_MAX],
    tickets: [state.tickets.size, limits.TICKETS_MAX],
    sessions: [state.sessions.size, limits.SESSIONS_MAX],
    loops: [state.loops.size, limits.LOOPS_MAX],
    folds: [state.folds.size, limits.FOLDS_MAX],
    idempotency: [state.idempotency.size, limits.IDEMPOTENCY_KEYS_MAX],
    freezes: [state.freezes.size, limits.FREEZES_MAX],
    thawed: [state.thawed.size, limits.NAMESPACES_MAX + 1],
  };
  const over = Object.entries(most).filter(([, [size, max]]) => size > max);
  return over.map(([name]) => `${name} is over its limit`);
}

/** Every judgment again, and every id spent at most once. */
export function faultsOfLog(world: World): readonly string[] {
  const faults: string[] = [];
  const spent = new Set<string>();
  const judged = new Map<string, { readonly sealed: string | null; readonly commitment: string }>();
  for (const record of world.records) {
    const head = parseHead(encodeUtf8(record.head));
    if (head.kind !== 'decision' && head.kind !== 'release' && head.kind !== 'commit') continue;
    const decision = judged.get(head.id) ?? null;
    const again = decideAgain({ head, sealed: record.sealed, decision }, ENGINE, world.library);
    if (again.kind !== 'same') faults.push(`${head.kind}: ${JSON.stringify(again)}`);
    if (head.kind === 'commit') {
      if (spent.has(head.id)) faults.push(`${head.id} is spent twice`);
      spent.add(head.id);
    } else if (head.parts.sealed !== null) {
      judged.set(head.id, { sealed: record.sealed, commitment: head.parts.sealed });
    }
  }
  return faults;
}
