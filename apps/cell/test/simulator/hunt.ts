import { runCampaign } from './campaign.ts';
import { shrink } from './shrink.ts';

/**
 * One campaign and one line of JSON that says what it found: the whole program of a hunt for a planted fault.
 */
const [seed = '1', interleavings = '10000', then = ''] = process.argv.slice(2);
const { failed, ...campaign } = await runCampaign(Number(seed), Number(interleavings));
const shrunk = failed !== null && then === 'shrink' ? await shrink(failed) : failed;
const found = {
  rule: failed?.violation?.message ?? null,
  seed: failed?.seed ?? null,
  interleavings: campaign.interleavings,
  lines: failed?.trace.length ?? 0,
  shrunk: { rule: shrunk?.violation?.rule ?? null, lines: shrunk?.trace.length ?? 0 },
};
process.stdout.write(`${JSON.stringify(found)}\n`);
