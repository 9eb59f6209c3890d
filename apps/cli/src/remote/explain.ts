import type { Explained } from '@writ/contract/api';
import type { Explaining } from '../desk/desk.ts';
import { CliFailure } from '../program/failure.ts';
import { bodyOf } from './body.ts';
import { valueOf } from './answers.ts';
import { clientOf, operatorClient, type Session } from './session.ts';

/** The word of the server: what was not proposed stands in no record that could prove it. */
export async function explainAt(session: Session, asked: Explaining): Promise<Explained> {
  const { view, by } = asked;
  if (view === 'operator') {
    const client = await operatorClient(session);
    const query = { ns: session.book.ns };
    const body = asked.kind === 'recorded' ? { id: asked.id } : { candidate: bodyOf(asked), as: asked.by };
    return valueOf(await client.call('explainAction', { query, body }));
  }
  if (by === null) throw new CliFailure('USAGE', 'whose view? --as NAME');
  const client = await clientOf(session, by);
  const body = asked.kind === 'recorded' ? { id: asked.id } : { candidate: bodyOf(asked) };
  return valueOf(await client.call('explainAction', { body }));
}
