import { encodeUtf8, type Id, parseHead } from '@writ/proof';
import { CoreFailure } from '../core/failure.ts';
import type { Answered, CellContext } from './cell.ts';
import { submitPrepared } from './submit.ts';

/** The record first, then keys and ciphertext; what a crash interrupts is resumed at the next start. */
export async function eraseNamespace(
  context: CellContext,
  request: { readonly by: Id; readonly ns: Id },
): Promise<Answered> {
  const { by, ns } = request;
  const subject = { kind: 'namespace' } as const;
  const answered = await submitPrepared(context, {
    kind: 'erase',
    id: context.mint.id('ers'),
    by,
    ns,
    subject,
  });
  if (answered.answer.kind === 'done') await destroyNamespace(context, ns);
  return answered;
}

export async function destroyNamespace(
  context: Pick<CellContext, 'forgetHashes' | 'ports' | 'recorded'>,
  ns: Id,
): Promise<void> {
  context.recorded.forgetAll();
  await context.ports.parts.eraseDomain(ns);
  context.forgetHashes(ns);
}

export async function eraseAction(
  context: CellContext,
  request: { readonly by: Id; readonly ns: Id; readonly index: number },
): Promise<Answered> {
  const { by, ns, index } = request;
  await refuseForeign(context, ns, index);
  const subject = { kind: 'action', index } as const;
  const answered = await submitPrepared(context, {
    kind: 'erase',
    id: context.mint.id('ers'),
    by,
    ns,
    subject,
  });
  if (answered.answer.kind === 'done') {
    context.recorded.forgetAll();
    await context.ports.parts.erase([index]);
  }
  return answered;
}

/** The kernel knows who may erase in a namespace; whose record stands at an index only the log knows. */
async function refuseForeign(context: CellContext, ns: Id, index: number): Promise<void> {
  const isDurable = Number.isSafeInteger(index) && index >= 0 && index < context.running.durableSize();
  const owner = isDurable ? parseHead(encodeUtf8(await context.readHead(index))).ns : null;
  if (owner !== ns) throw new CoreFailure('NOT_FOUND', 'this namespace has no record at that index', index);
}
