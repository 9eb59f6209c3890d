import { createHash } from 'node:crypto';

/**
 * A text that stands in one place of what comes from outside, and nowhere else. Always the same, so that a
 * find can be searched for; told apart by the name of its place.
 */
export function canary(place: string): string {
  return `canary-${place}-${createHash('sha256').update(`canary ${place}`).digest('hex').slice(0, 12)}`;
}

/** What detection knows by its form; each is of nobody. */
const FORMS: Readonly<Record<string, string>> = {
  email: `${canary('mail')}@example.com`,
  phone: '+49 1579 2468013',
  card: '4539 5787 6362 1486',
  iban: 'DE02 1203 0000 0000 2020 51',
  key: `sk-live-${createHash('sha256').update('canary key').digest('hex')}`,
  bearer: `Bearer ${createHash('sha512').update('canary bearer').digest('base64url')}`,
};

export const FORM_NAMES: readonly string[] = Object.keys(FORMS);

export function form(name: string): string {
  return FORMS[name] ?? canary(name);
}

/** All places that an agent, an executor, a person or a door fills. */
export const PLACES: readonly string[] = [
  'arg-name',
  'arg-value',
  'arg-deep',
  'why',
  'session',
  'claim-fact',
  'claim-value',
  'evidence-kind',
  'scene-directory',
  'scene-root',
  'scene-shell',
  'scene-item',
  'resource',
  'finding-where',
  'cost-unit',
  'idempotency-key',
  'attempt',
  'claimed-attempt',
  'target',
  'claimed-target',
  'unknown-tool',
  'report',
  'principal-name',
  'approval-note',
  'denial-note',
  'wrong-args',
  'frozen-session',
];

/** What an operator writes for all to read: tools and policies are blobs in clear, by their digest. */
export const OPERATORS_TEXT: string = canary('tool-description');

export const ALL_CANARIES: readonly string[] = [...PLACES.map(canary), ...FORM_NAMES.map(form)];
