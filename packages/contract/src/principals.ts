export const PRINCIPAL_KINDS = [
  'agent',
  'executor',
  'runner',
  'human',
  'admin',
  'service',
  'witness',
] as const;
export type PrincipalKind = (typeof PRINCIPAL_KINDS)[number];

export const ATTESTERS = ['runner', 'hook', 'agent', 'person'] as const;
export type Attester = (typeof ATTESTERS)[number];

/**
 * As what each kind tells how a run ended, and as nothing else: a runner held the credential that makes the
 * effect, an executor stood in front of the tool, people looked; what speaks of its own act is the agent's
 * word, a service's too. Null: it runs nothing and says nothing.
 */
export const ATTESTS_AS: Readonly<Record<PrincipalKind, Attester | null>> = {
  agent: 'agent',
  executor: 'hook',
  runner: 'runner',
  human: 'person',
  admin: 'person',
  service: 'agent',
  witness: null,
};

export const SCOPES = [
  'propose',
  'commit',
  'outcome',
  'approve',
  'freeze',
  'thaw',
  'govern',
  'erase',
  'operate',
  'read',
  'explain',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Scopes that an agent's, executor's or runner's credential can never hold (promise 11). */
export const HUMAN_ONLY_SCOPES: ReadonlySet<Scope> = new Set<Scope>([
  'approve',
  'thaw',
  'govern',
  'erase',
  'operate',
]);

/** How it was shown that a person answered: from the host's prompt (p0) to two people (p4). */
export const PROOFS_OF_PERSON = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;
export type ProofOfPerson = (typeof PROOFS_OF_PERSON)[number];

export function atLeast(given: ProofOfPerson, needed: ProofOfPerson): boolean {
  return PROOFS_OF_PERSON.indexOf(given) >= PROOFS_OF_PERSON.indexOf(needed);
}

/** How strong the door is: 0 observe, 1 sign, 2 fence, 3 owner, 4 held. */
export const WALLS = [0, 1, 2, 3, 4] as const;
export type Wall = (typeof WALLS)[number];

/** How far ahead a credential may expire: it is renewed each year, and that may be some weeks late. */
export const CREDENTIAL_DAYS_MAX = 400;
