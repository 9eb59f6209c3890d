import { Buffer } from 'node:buffer';
import { openApi } from '@writ/contract/api';
import { failuresIn } from '../../../cell/background.ts';
import { redactValue } from '../../../intake/redact-value.ts';
import type { Cell } from '../../../cell/open-cell.ts';
import type { Asked, Handlers } from '../handler.ts';
import { valueOf } from '../handler.ts';
import { DoorRefusal } from '../refusal.ts';
import type { Reply } from '../reply.ts';
import { settled } from '../settled.ts';

/** What needs no credential: said to anyone who reaches the door. */
export type OpenAsked = Pick<Asked<'health'>, 'cell' | 'metrics'> & { readonly description: Buffer };

export const OPEN_HANDLERS: Readonly<Record<'health' | 'ready' | 'openApi', (asked: OpenAsked) => Reply>> = {
  health: ({ cell }) => valueOf('health', { status: 'alive' }, cell.running.durableSize()),
  ready: ({ cell }) => readiness(cell),
  openApi: ({ cell, description }) => ({
    kind: 'raw',
    index: cell.running.durableSize(),
    bytes: description,
  }),
};

/** Made once: anyone may ask for it, as often as they like. */
export function describeApi(version: string): Buffer {
  return Buffer.from(JSON.stringify(openApi(version)), 'utf8');
}

const READY = 200;
const NOT_READY = 503;

function readiness(cell: Cell): Reply {
  const phase = cell.running.phase();
  const size = cell.running.durableSize();
  const isReady = phase === 'open';
  const scrubbed = cell.followers.scrub()?.position().next ?? 0;
  const status = isReady ? 'ready' : 'not_ready';
  return {
    kind: 'value',
    status: isReady ? READY : NOT_READY,
    index: size,
    value: { status, phase, size, scrubbed },
  };
}

export const CELL_HANDLERS: Handlers<'getStatus' | 'metrics' | 'redactValue' | 'whoAmI'> = {
  async getStatus({ cell }) {
    const { value, index } = await settled(cell, (state) => ({
      term: state.term,
      namespaces: state.namespaces.size,
      principals: state.principals.size,
      open_writs: state.permitted.size,
      without_outcome: state.committed.size,
      tickets: [...state.tickets.values()].filter(({ status }) => status === 'open').length,
      frozen: [...state.freezes.keys()],
      failed: [...failuresIn(cell.background())],
    }));
    return valueOf('getStatus', value, index);
  },

  async metrics({ cell, metrics }) {
    return { kind: 'raw', index: cell.running.durableSize(), bytes: metrics.print(cell) };
  },

  async redactValue({ cell, body }) {
    const redacted = redactValue(body.value);
    if (redacted === null) throw new DoorRefusal('BODY_TOO_LARGE');
    return valueOf('redactValue', redacted, cell.running.durableSize());
  },

  async whoAmI({ cell, caller }) {
    const { origin, vkey } = cell.settings;
    const { principal, ns, credential, scopes } = caller;
    return valueOf(
      'whoAmI',
      { principal, ns, credential, scopes: [...scopes], origin, vkey },
      cell.running.durableSize(),
    );
  },
};
