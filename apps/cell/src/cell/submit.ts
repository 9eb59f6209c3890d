import type { Answer, Command, Scene, SceneObservation } from '@writ/contract';
import type { Delivered } from '../core/building.ts';
import { type ProvenHead, proveIn } from '../core/durable.ts';
import type { Answered, CellContext } from './cell.ts';
import { refusal, refuseMalformed } from './check-command.ts';
import { proveRecord } from './prove.ts';

/** Bytes of a command beyond its texts. */
const COMMAND_BYTES = 512;

/**
 * Before these are decided something must be durable, or destroyed behind them: their use cases see to it.
 */
const PREPARED = ['register_namespace', 'register_tool', 'register_policy', 'erase'] as const;
const PREPARED_KINDS: ReadonlySet<string> = new Set(PREPARED);
type PreparedCommand = Extract<Command, { readonly kind: (typeof PREPARED)[number] }>;

/** A command that stands for itself: checked against its contract, whoever made it. */
export async function submit(
  context: CellContext,
  command: Exclude<Command, PreparedCommand>,
  text_bytes: number = 0,
): Promise<Answered> {
  const refused = refuseMalformed(command) ?? refuseUnprepared(command);
  return refused === null ? deliver(context, command, text_bytes) : { answer: refused, proven: null };
}

function refuseUnprepared({ kind }: Command): Answer | null {
  return PREPARED_KINDS.has(kind) ? refusal('INVALID_COMMAND') : null;
}

/** The same for a command of a use case that has prepared it. */
export async function submitPrepared(context: CellContext, command: PreparedCommand): Promise<Answered> {
  const refused = refuseMalformed(command);
  return refused === null ? deliver(context, command, 0) : { answer: refused, proven: null };
}

/** Hands a command of the right form to the writer and proves the record that its answer stands on. */
export async function deliver(context: CellContext, command: Command, text_bytes: number): Promise<Answered> {
  const delivered = await context.running.submit(command, { bytes: COMMAND_BYTES + text_bytes });
  remember(context, delivered);
  context.tallies.count(delivered.answer);
  return { answer: delivered.answer, proven: await provenOf(context, delivered) };
}

/** What may be spent or released soon is judged again from its sealed part: kept at hand. */
function remember({ recorded }: CellContext, { answer, batch }: Delivered): void {
  if (answer.kind !== 'judged' || batch === null) return;
  if (answer.expires_at === null && answer.ticket === null) return;
  const record = batch.records[answer.index - batch.from];
  if (record?.sealed && record.sealed_commitment) recorded.remember(record.sealed_commitment, record.sealed);
}

async function provenOf(context: CellContext, { answer, batch }: Delivered): Promise<ProvenHead | null> {
  if (answer.index === null) return null;
  const fresh = batch === null ? null : proveIn(batch, answer.index);
  // A repeat stands on an older record: the same head, under the newest checkpoint.
  return fresh ?? proveRecord(context, answer.index);
}

export function observed(scene: Scene | null): readonly SceneObservation[] {
  return (scene?.items ?? []).map(({ kind, name, digest }) => ({ kind, name, digest }));
}
