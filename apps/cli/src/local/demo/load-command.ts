import { writeSync } from 'node:fs';
import { propose, reportOutcome } from '@writ/cell';
import { sha256Base64url } from '@writ/proof';
import type { Run } from '../../program/command.ts';
import { onlyOne } from '../../client/address-book.ts';
import { type Store, withStore } from '../store.ts';
import { actionOf, SCENE, understandingOf } from './world.ts';

const CLIENTS = 16;
const STDOUT = 1;

/** Works until it is killed: each acknowledged record as one line, written only after its answer. */
export const run: Run = (call) =>
  withStore(call, async (store) => {
    const agent = onlyOne(store.book, 'agent');
    await Promise.all(Array.from({ length: CLIENTS }, (_, client) => work(store, agent, client)));
    return { exit: 0, lines: [], json: {} };
  });

async function work({ cell }: Store, agent: string, client: number): Promise<never> {
  for (let turn = 0; ; turn += 1) {
    const path = `load-${client}-${turn}.md`;
    const proposed = await propose(cell, {
      by: agent,
      session: `load-${client}`,
      action: actionOf('files.read', path),
      scene: SCENE,
      understanding: understandingOf('files.read', path),
      idempotency: null,
      claim: { attempt: `attempt-${client}-${turn}`, target: null },
      met_obligations: null,
    });
    acknowledge(proposed.proven);
    const { id } = proposed;
    const outcome = { by: agent, id, status: 'succeeded', attested_by: 'agent', unwrapped: false } as const;
    acknowledge((await reportOutcome(cell, { ...outcome, produced: [], spent: [], report: {} })).proven);
  }
}

function acknowledge(proven: { readonly index: number; readonly head: string } | null): void {
  if (proven !== null) writeSync(STDOUT, `${proven.index} ${sha256Base64url(proven.head)}\n`);
}
