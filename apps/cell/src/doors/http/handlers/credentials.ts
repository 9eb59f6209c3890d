import { endCredential, listCredentials, registerCredential } from '../../../cell/credentials.ts';
import { namespaceOf } from '../caller.ts';
import { type Handlers, replyOf, valueOf } from '../handler.ts';
import { DoorRefusal } from '../refusal.ts';
import { settled } from '../settled.ts';

export const CREDENTIAL_HANDLERS: Handlers<'listCredentials' | 'registerCredential' | 'endCredential'> = {
  async listCredentials(asked) {
    const { cell, parts } = asked;
    const principal = parts['id'] ?? '';
    const ns = namespaceOf(asked);
    const { value, index } = await settled(cell, (state) =>
      state.principals.get(principal)?.ns === ns ? listCredentials(cell, principal) : null,
    );
    if (value === null) throw new DoorRefusal('NOT_FOUND');
    const credentials = value.map(({ id, scopes, expires_at, ends_at }) => ({
      id,
      scopes: [...scopes],
      expires_at,
      ends_at,
    }));
    return valueOf('listCredentials', { credentials }, index);
  },

  async registerCredential(asked) {
    const { cell, caller, body, parts } = asked;
    const { credential, access_key, ...answered } = await registerCredential(cell, {
      by: caller.principal,
      ns: namespaceOf(asked),
      principal: parts['id'] ?? '',
      scopes: body.scopes,
      expires_at: body.expires_at,
    });
    return replyOf(asked, answered, access_key === null ? {} : { credential, key: access_key });
  },

  async endCredential(asked) {
    const { cell, caller, body, parts } = asked;
    const credential = parts['id'] ?? '';
    const at = body.at ?? cell.now_ms();
    const request = { by: caller.principal, ns: namespaceOf(asked), credential, at };
    return replyOf(asked, await endCredential(cell, request));
  },
};
