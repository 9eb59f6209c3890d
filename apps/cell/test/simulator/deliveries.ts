import type { Answer, Command } from '@writ/contract';
import {
  encodeBase64,
  encodeUtf8,
  type Head,
  openCheckpoint,
  parseVerifierKey,
  verifyTlogProof,
} from '@writ/proof';
import type { Delivered } from '../../src/core/building.ts';
import { type DurableBatch, proveIn } from '../../src/core/durable.ts';
import { ORIGIN, SIGNER } from './cast.ts';
import type { World } from './world.ts';

const TRUST = { origin: ORIGIN, keys: [parseVerifierKey(SIGNER.vkey)] };

/** What was delivered once must be found again, byte for byte, in every later life. */
export type Promised = {
  readonly heads: Map<number, string>;
  /** The index under which each key, spend and outcome was answered. */
  readonly answers: Map<string, number>;
  /** Records before this one were judged again and came out the same. */
  judged: number;
};

/** Every answer that leaves the cell: what it stands on is durable, acknowledged, and what it says. */
export function checkDelivery(world: World, command: Command, { answer, batch }: Delivered): void {
  const { checks, disk, scheduler } = world;
  scheduler.note(`answer to ${command.kind}: ${answer.kind} ${answer.index}`);
  world.faults.count('answer', `${command.kind} ${answer.kind}`);
  if (batch !== null) checkBatch(world, batch);
  const { index } = answer;
  if (index === null) return;
  const durable = index < disk.log.records.length;
  checks.check(
    'an answer stands on durable records',
    durable,
    () => `${index} of ${disk.log.records.length}`,
  );
  const text = disk.log.records[index]?.head;
  if (text === undefined) return;
  const head: Head = JSON.parse(text); // the log model has read it strictly
  const fits = says(answer, command, head);
  checks.check(
    'an answer says what its record says',
    fits,
    () => `${command.kind} ${answer.kind} at ${index}`,
  );
  if (answer.kind !== 'repeat') checkFresh(world, command, index, batch);
  world.promised.heads.set(index, text);
  checkRepeats(world, command, answer);
}

/**
 * The record was made for this answer: its write was acknowledged to the cell, and it comes with its proof.
 */
function checkFresh(world: World, command: Command, index: number, batch: DurableBatch | null): void {
  const { checks, disk } = world;
  const told = disk.toldOf(index);
  checks.check(
    'an unknown write is never answered',
    told === 'committed',
    () => `${command.kind} at ${index}`,
  );
  const proven = batch === null ? null : proveIn(batch, index);
  const head = disk.log.records[index]?.head;
  checks.check('an answer can be proved', proven?.head === head, () => `${command.kind} at ${index}`);
  if (proven === null) return;
  const verified = verifies(() => verifyTlogProof(encodeUtf8(proven.proof), encodeUtf8(proven.head), TRUST));
  checks.check('a proof verifies', verified, () => `record ${index}`);
}

function checkBatch({ checks, disk }: World, { note, tree }: DurableBatch): void {
  const opened = (): boolean => {
    const { checkpoint } = openCheckpoint(encodeUtf8(note), TRUST);
    const root = disk.log.rootAt(Number(checkpoint.size));
    return checkpoint.size === BigInt(tree.after.size) && root === encodeBase64(checkpoint.root);
  };
  checks.check('a checkpoint is that of the durable log', verifies(opened), () => `size ${tree.after.size}`);
}

/** A verifier says no by throwing. */
function verifies(act: () => unknown): boolean {
  try {
    return act() !== false;
  } catch {
    return false;
  }
}

function says(answer: Answer, command: Command, head: Head): boolean {
  switch (answer.kind) {
    case 'judged':
      return (
        (head.kind === 'decision' || head.kind === 'release') &&
        head.id === answer.id &&
        head.verdict === answer.verdict &&
        head.code === answer.code &&
        (answer.verdict !== 'ALLOW' || head.expires_at === answer.expires_at)
      );
    case 'spent':
      return head.kind === 'commit' && head.id === answer.id && head.expires_at === answer.expires_at;
    case 'done':
      return head.id === answer.id && head.kind === DONE_KIND[command.kind];
    case 'refused':
      return head.kind === 'refusal' && head.code === answer.code;
    case 'repeat':
      return repeats(answer, command, head);
    default:
      return answer satisfies never;
  }
}

/** A repeat points at the record of the first time: the same action, or the same refusal. */
function repeats(answer: Extract<Answer, { kind: 'repeat' }>, command: Command, head: Head): boolean {
  if (answer.code !== 'ALLOWED') return 'code' in head && head.code === answer.code;
  if (command.kind === 'commit') return head.kind === 'commit' && head.attempt === command.spend.attempt;
  if (command.kind === 'outcome') return head.kind === 'outcome' && head.status === command.status;
  if (command.kind === 'freeze') return head.kind === 'freeze' && head.scope === command.scope.scope;
  return command.kind === 'propose' && head.kind === 'decision' && head.id === answer.id;
}

const DONE_KIND: Readonly<Partial<Record<Command['kind'], Head['kind']>>> = {
  outcome: 'outcome',
  approve: 'approval',
  deny: 'denial',
  freeze: 'freeze',
  thaw: 'thaw',
  erase: 'erase',
  rotate_key: 'key',
  register_namespace: 'namespace',
  register_principal: 'principal',
  disable_principal: 'principal',
  register_credential: 'credential',
  end_credential: 'credential',
  register_tool: 'tool',
  register_policy: 'policy',
  open_questions: 'questions',
  close_questions: 'questions',
  tick: 'tick',
};

/** The same key, attempt or outcome is answered with the same record, however often it is sent. */
function checkRepeats({ checks, promised }: World, command: Command, answer: Answer): void {
  const key = repeatKey(command, answer);
  if (key === null || answer.index === null) return;
  const before = promised.answers.get(key) ?? answer.index;
  const same = before === answer.index;
  checks.check('the same request has the same answer', same, () => `${key}: ${before}, then ${answer.index}`);
  promised.answers.set(key, before);
}

function repeatKey(command: Command, answer: Answer): string | null {
  if (command.kind === 'commit' && (answer.kind === 'spent' || isAllowed(answer))) {
    return `spend ${command.id} ${command.spend.attempt}`;
  }
  if (
    command.kind === 'outcome' &&
    command.status !== 'unknown' &&
    (answer.kind === 'done' || isAllowed(answer))
  ) {
    return `outcome ${command.id} ${command.status}`;
  }
  if (command.kind !== 'propose' || command.idempotency === null || command.claim !== null) return null;
  const { key } = command.idempotency;
  return answer.kind === 'judged' || isAllowed(answer) ? `propose ${command.by} ${key}` : null;
}

function isAllowed(answer: Answer): boolean {
  return answer.kind === 'repeat' && answer.code === 'ALLOWED';
}
