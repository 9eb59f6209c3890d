import type { TextHash } from '@writ/proof';
import type { Dependency, Judged } from '@writ/contract';
import { type AnyRecalled, PINNED } from '../recall/recall.ts';
import type { Context } from './context.ts';

/** Everything the decision relied on that must stand unchanged at commit, in one order. */
export function dependenciesOf(judged: Judged, readSet: readonly AnyRecalled[]): readonly Dependency[] {
  const found: Dependency[] = [];
  for (const { digest, id, kind, version } of readSet) {
    if (PINNED.has(kind)) found.push({ digest, id, kind, version });
  }
  for (const item of judged.scene?.items ?? []) {
    if (item.used)
      found.push({ digest: item.digest, id: `${item.kind}:${item.name}`, kind: 'scene', version: 0 });
  }
  return found.sort(byKindAndId);
}

function byKindAndId(left: Dependency, right: Dependency): number {
  if (left.kind !== right.kind) return left.kind < right.kind ? -1 : 1;
  if (left.id === right.id) return 0;
  return left.id < right.id ? -1 : 1;
}

/** SHA-256 over the RFC 8785 form; the members below are laid down in that order. */
export function hashState(hash: TextHash, context: Context, dependencies: readonly Dependency[]): string {
  const { args, ns, same, tool } = context;
  return hash(
    `writ/state/v1\n${JSON.stringify({ action: { args, same, tool }, dependencies, namespace: ns, v: 1 })}`,
  );
}
