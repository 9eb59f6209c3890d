// Faults about credentials; table.mjs says what a fault is.
import { kernel } from './fault.mjs';

export const CREDENTIALS = [
  kernel(
    'commands/credential.ts',
    'definition.scopes.includes(scope));',
    'definition.scopes.length > 0 || scope);',
    'commands/credential',
    "a scope is not the principal's",
  ),
  kernel(
    'commands/credential.ts',
    'at >= credentialEnd(credential)',
    'at > credential.expires_at',
    'commands/credential',
    'brings the end nearer only',
  ),
  kernel(
    'commands/credential.ts',
    "owner?.ns !== ns) return refused(setting, governor, 'NOT_FOUND', { on });\n  const ending",
    "owner === undefined) return refused(setting, governor, 'NOT_FOUND', { on });\n  const ending",
    'commands/credential',
    'refuses for whom there is not, who is elsewhere',
  ),
  kernel(
    'apply/credentials.ts',
    'if (credentialEnd(credential) <= now_ms)',
    'if (credential.expires_at <= now_ms)',
    'commands/credential',
    'forgets one whose end was brought nearer',
  ),
  kernel(
    'apply/governance.ts',
    '  dropCredentialsOf(state, head.ns);\n',
    '',
    'commands/credential',
    'erasing a namespace ends the credentials',
  ),
  kernel(
    'identity/authenticate.ts',
    'if (credential === null || !isRight)',
    'if (credential === null)',
    'identity/authenticate',
    'authenticate() refuses another digest',
  ),
  kernel(
    'identity/authenticate.ts',
    'principal.definition.scopes.includes(scope)',
    'principal.id !== scope',
    'identity/authenticate',
    'the scopes that credential and principal have both',
  ),
  kernel(
    'state/snapshot.ts',
    "  ['credentials', 'sorted'],\n",
    '',
    'state/snapshot',
    'printSnapshot() holds every member of the state',
  ),
];
