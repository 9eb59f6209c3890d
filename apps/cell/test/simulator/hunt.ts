import { runCampaign } from './campaign.ts';

/**
 * Runs one campaign and says in one line of JSON what it found: the whole program of a hunt for a planted
 * fault.
 */
const [seed = '1', interleavings = '10000'] = process.argv.slice(2);
const { failed, ...campaign } = await runCampaign(Number(seed), Number(interleavings));
const rule = failed?.violation?.message ?? null;
process.stdout.write(
  `${JSON.stringify({ rule, seed: failed?.seed, interleavings: campaign.interleavings })}\n`,
);
