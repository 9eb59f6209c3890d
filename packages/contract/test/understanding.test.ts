import { describe, expect, it } from 'vitest';
import { DETECTION_FINDING_CODES, DETECTION_LIMITS, type DetectionFinding } from '@writ/understand';
import { FINDING_CODES, type Finding } from '../src/index.ts';
import { SCHEMA_LIMITS } from '../src/schemas/limits.ts';
import { UNDERSTANDING_LIMITS } from '../src/understanding.ts';

/** What detection finds can stand in an understanding as it is: this line fails to compile when it cannot. */
const asFinding = (finding: DetectionFinding): Finding => finding;

describe('FINDING_CODES', () => {
  it('FINDING_CODES holds every code that detection gives', () => {
    expect(
      DETECTION_FINDING_CODES.every((code) => FINDING_CODES.includes(asFinding({ code, where: '' }).code)),
    ).toBe(true);
  });

  it('UNDERSTANDING_LIMITS leave room for all findings of detection', () => {
    expect(DETECTION_LIMITS.findings_max + DETECTION_FINDING_CODES.length).toBeLessThan(
      UNDERSTANDING_LIMITS.findings_max,
    );
    expect(DETECTION_LIMITS.where_units_max).toBeLessThanOrEqual(SCHEMA_LIMITS.where_characters_max);
  });
});
