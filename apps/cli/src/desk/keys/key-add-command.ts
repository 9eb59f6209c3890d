import { CREDENTIAL_DAYS_MAX, SCOPES, type Scope } from '@writ/contract';
import { handleOf } from '../../client/address-book.ts';
import { type KeyPlace, openKeyPlace } from '../../client/key-place.ts';
import { keepKeyOf, keyFileOf } from '../../client/kept-keys.ts';
import type { Call, Run } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';
import { countOf, oneOf } from '../../program/read-words.ts';
import { quoteText } from '../../terminal/encode-text.ts';
import { good, plain, warn } from '../../terminal/line.ts';
import { printTime } from '../../terminal/print-time.ts';
import { mustBeDone } from '../answers.ts';
import type { GovernDesk } from '../desk.ts';
import { withDesk } from '../with-desk.ts';
import { OPERATOR_NAME, principalOf } from './find-principal.ts';
import { DAY_MS, DAYS, handOver } from './hand-over.ts';

export const run: Run = async (call) => {
  const days = countOf(call, 'days') ?? DAYS;
  if (days === 0 || days > CREDENTIAL_DAYS_MAX)
    throw new CliFailure('USAGE', `--days is from 1 to ${CREDENTIAL_DAYS_MAX}`);
  const scopes = readScopes(call);
  if (call.flag('keep') && call.text('out') !== null)
    throw new CliFailure('USAGE', 'a key has one place: --keep or --out');
  return withDesk(call, async (desk) => {
    const owner = await principalOf(desk, call.operands[0] ?? '');
    const { id: principal, ns, definition } = owner;
    const wider = (scopes ?? []).filter((scope) => !definition.scopes.includes(scope));
    if (wider.length > 0)
      throw new CliFailure('INVALID_COMMAND', `the principal itself may not ${wider.join(', ')}`, 1);
    const expires_at = desk.now_ms() + days * DAY_MS;
    const asked = { principal, ns, scopes: scopes ?? definition.scopes, expires_at };
    const { place, out, where } = await placeFor(desk, call, principal);
    const { credential, answer, proven } = await handOver(desk, asked, place);
    const { index } = mustBeDone({ answer });
    return {
      exit: 0,
      lines: [
        good(`a key for ${principal}: ${credential}, record ${index}`),
        plain(`  it may ${[...asked.scopes].sort().join(', ')} until ${printTime(expires_at)}`),
        warn(`  the key is ${where}; it is nowhere else, so keep it as you keep a password`),
      ],
      json: { exit: 0, id: credential, principal, scopes: asked.scopes, expires_at, index, out, proven },
    };
  });
};

type Where = { readonly place: KeyPlace; readonly out: string | null; readonly where: string };

async function placeFor(desk: GovernDesk, call: Call, principal: string): Promise<Where> {
  if (call.flag('keep')) {
    const { id: operator } = await desk.operator();
    const handle = principal === operator ? OPERATOR_NAME : handleOf(desk.book, principal);
    const path = keyFileOf(desk.client, handle);
    const where = `in ${quoteText(path)}, where this client finds it`;
    return { place: await keepKeyOf(desk.client, handle), out: path, where };
  }
  const out = call.text('out');
  const where =
    out === null ? 'shown on the terminal, this once' : `in ${quoteText(out)}, for its owner alone`;
  return { place: await openKeyPlace(out), out, where };
}

function readScopes(call: Call): readonly Scope[] | null {
  const text = call.text('scopes');
  if (text === null) return null;
  return [...new Set(text.split(',').map((word) => oneOf(SCOPES, word.trim(), 'a scope')))];
}
