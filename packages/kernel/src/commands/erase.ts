import type { Command } from '@writ/contract';
import { authoriseOn, type Decided, done, headBase, refused, type Setting } from './decided.ts';

type EraseCommand = Extract<Command, { readonly kind: 'erase' }>;

/** The record comes first; then keys and ciphertext are destroyed, and that work resumes after a crash. */
export function erase(setting: Setting, command: EraseCommand): Decided {
  const authorised = authoriseOn(setting, command.by, 'erase', command.ns);
  if (authorised.kind === 'no') return authorised.decided;
  const { principal } = authorised;
  const space = setting.state.namespaces.get(command.ns);
  if (space === undefined) return refused(setting, principal, 'NOT_FOUND', { on: command.ns });
  if (space.erased) return refused(setting, principal, 'NAMESPACE_ERASED', { on: command.ns });
  // The operator's own namespace holds the principals that govern everything else.
  const own = principal.ns === command.ns && command.subject.kind === 'namespace';
  if (own) return refused(setting, principal, 'INVALID_COMMAND', { on: command.ns });
  const index = command.subject.kind === 'action' ? command.subject.index : null;
  if (index !== null && index >= setting.state.size)
    return refused(setting, principal, 'NOT_FOUND', { on: command.ns });
  const head = {
    ...headBase(setting, command.ns, command.id),
    kind: 'erase' as const,
    subject: command.subject.kind,
  };
  return done(setting, { head, state: { by: command.by, index }, sealed: null }, command.id);
}
