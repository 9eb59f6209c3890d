import { EFFECTS, PRINCIPAL_KINDS, type PrincipalDefinition, SCOPES, type Wall, WALLS } from '@writ/contract';

/**
 * A definition in one spelling, used where its digest would be: it is short, and comparing it whole needs no
 * hash. Members stand in RFC 8785 order.
 */
export function canonicalDefinition(definition: PrincipalDefinition): PrincipalDefinition {
  return {
    cnf: definition.cnf,
    effects: [...definition.effects].sort(),
    executor: definition.executor,
    expires_at: definition.expires_at,
    kind: definition.kind,
    limits: {
      actions_per_minute: definition.limits.actions_per_minute,
      open_writs: definition.limits.open_writs,
      pending_tickets: definition.limits.pending_tickets,
    },
    ...(definition.observes_until === undefined ? {} : { observes_until: definition.observes_until }),
    risk_cap: definition.risk_cap,
    root: definition.root,
    scopes: [...definition.scopes].sort(),
    wall: definition.wall,
  };
}

/**
 * Are all its words listed, and is its end a time? A kind, a scope or a wall that nobody knows would pass
 * where it is compared, and what is no number is never over.
 */
export function isListed(definition: PrincipalDefinition): boolean {
  const { kind, scopes, effects, wall, expires_at } = definition;
  const words = PRINCIPAL_KINDS.includes(kind) && WALLS.includes(wall);
  const lists =
    scopes.every((scope) => SCOPES.includes(scope)) && effects.every((effect) => EFFECTS.includes(effect));
  const times = [expires_at ?? 0, definition.observes_until ?? 0];
  return words && lists && times.every((time) => Number.isSafeInteger(time));
}

/** Where whoever runs an action stands at a moment: at wall 0, so without writs, while it only observes. */
export function wallAt(definition: PrincipalDefinition | undefined, now_ms: number): Wall {
  if (definition === undefined || now_ms < (definition.observes_until ?? 0)) return 0;
  return definition.wall;
}
