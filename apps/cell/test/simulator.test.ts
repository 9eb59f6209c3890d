import { describe, expect, it } from 'vitest';
import { runCampaign } from './simulator/campaign.ts';
import { SEED, STEPS_IN_TEST } from './simulator/budget.ts';
import { simulate } from './simulator/simulate.ts';

/** Every fault that the simulator knows must have happened, or its absence would pass for soundness. */
const FAULTS = [
  'append:lost-acknowledgement',
  'append:late-commit',
  'append:failed',
  'append:duplicate',
  'append:conflict',
  'read:refused',
  'read:short',
  'open:refused',
  'signer:unavailable',
  'parts:failed',
  'cell:quarantined',
  'cell:clock_accepted',
  'nature:kill',
  'nature:second',
  'nature:jump',
  'nature:accept',
  'nature:crowd',
];

const RULES = [
  'an answer stands on durable records',
  'an unknown write is never answered',
  'the same request has the same answer',
  'a proof verifies',
  'nothing is signed before it is durable',
  'terms strictly rise',
  'nothing passes a freeze',
  'one spend for one writ',
  'one outcome for one spend',
  'one release for one ticket',
  'a budget holds what is open',
  'parts are durable before the row that names them',
  'history is read behind the new term only',
  'a jump is believed by a record only',
  'queues are bounded',
  'live state is the fold of the log',
  'no answered record is lost',
  'every call settles',
];

describe('simulate()', () => {
  it('simulate() breaks no rule over many interleavings, with every fault among them', async () => {
    const campaign = await runCampaign(SEED, STEPS_IN_TEST);
    expect(campaign.failed?.violation ?? null).toBeNull();
    expect(campaign.interleavings).toBeGreaterThanOrEqual(10_000);
    expect(FAULTS.filter((fault) => !campaign.faults.has(fault))).toEqual([]);
    expect(RULES.filter((rule) => !campaign.checks.has(rule))).toEqual([]);
  }, 300_000);

  it('simulate() takes the same way again when the seed is the same', async () => {
    const first = await simulate(41);
    const second = await simulate(41);
    expect(second.digest).toBe(first.digest);
    expect(second.records).toBe(first.records);
    expect((await simulate(42)).digest).not.toBe(first.digest);
  });

  it('simulate() takes the same way again when the choices are the same', async () => {
    const first = await simulate(43);
    const replayed = await simulate(0, first.choices);
    expect(replayed.digest).toBe(first.digest);
    expect(replayed.choices).toEqual(first.choices);
  });

  it('simulate() comes to rest when every choice is calm', async () => {
    const report = await simulate(0, []);
    expect(report.violation).toBeNull();
    expect([...report.faults.keys()].filter((fault) => fault.startsWith('nature:'))).toEqual(['nature:time']);
  });
});
