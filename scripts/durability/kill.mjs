// `kill`: a cell under load is killed at random moments, and nothing it has acknowledged is missing after.
import { killRounds } from '../../apps/cell/test/crash/kill-rounds.ts';
import { pickFrom } from './pick.mjs';

const ROUNDS_SHORT = 20;
const ROUNDS_LONG = 200;
const FAULTS_SHOWN = 10;

export const showKill = async ({ isShort, rounds, seed, report, progress }) => {
  const result = await killRounds({
    rounds: rounds ?? (isShort ? ROUNDS_SHORT : ROUNDS_LONG),
    pick: pickFrom(seed),
    onRound: (round, faults) => progress(`kill: ${round} rounds, ${faults} faults`),
  });
  const { acknowledged, receipts, retried, kills_in_start, stores, faults } = result;
  for (const fault of faults.slice(0, FAULTS_SHOWN)) process.stdout.write(`     ${fault}\n`);
  report(
    'kill',
    faults.length === 0 && receipts > 0 && retried > 0,
    `${result.rounds} kills (${kills_in_start} before the cell had started) of ${stores} stores, ` +
      `${acknowledged} answers, ${receipts} receipts, ${retried} answers to retries of earlier lives, ` +
      `${faults.length} faults`,
  );
};
