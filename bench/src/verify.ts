import {
  appendLeaves,
  concatBytes,
  emptyFrontier,
  encodeUtf8,
  hashLeaves,
  type LogOptions,
  loadTrust,
  printLogBatch,
  printLogEnd,
  printLogHeader,
  rootOf,
  startLogVerification,
} from '@writ/proof';
import type { Options, Report, Row } from './options.ts';
import { recordLog, type RecordedLog } from './recorded.ts';
import { signCheckpointOf } from './sign.ts';

/** Offline verification of an exported log, on one thread: hashes, tree and the last checkpoint; then all. */
export async function measureVerify(options: Options): Promise<Report> {
  const log = await recordLog(options.records);
  try {
    const { chunks, records } = await exported(log);
    const { origin, vkey } = log.world.cell.settings;
    const trust = loadTrust({
      logs: [
        {
          origin,
          keys: [{ vkey, from_size: 0n, until_size: null, not_before_ms: null, not_after_ms: null }],
          witnesses: null,
        },
      ],
    });
    const rows: Row[] = [];
    for (const [what, chosen] of CHECKS) {
      const rates: number[] = [];
      for (let round = 0; round < options.rounds; round += 1) {
        const start = performance.now();
        const verification = startLogVerification(trust, chosen);
        for (const chunk of chunks) verification.push(chunk);
        const verdict = verification.finish();
        if (verdict.verdict !== 'valid') throw new Error(`${verdict.verdict} ${verdict.code}`);
        rates.push(records / ((performance.now() - start) / 1000));
      }
      rates.sort((left, right) => left - right);
      rows.push({ what, records, per_second: Math.round(rates[Math.floor(rates.length / 2)] ?? 0) });
    }
    return { title: 'Offline verification', note: 'one thread, log in memory', rows };
  } finally {
    await log.world.close();
  }
}

const CHECKS: readonly (readonly [string, LogOptions])[] = [
  ['hashes, tree, last checkpoint', {}],
  ['and every checkpoint', { checkpoints: 'every' }],
  ['and every head parsed', { heads: 'parsed' }],
];

const CHUNK_BYTES = 1 << 20;

/** The whole log as `writ log export` writes it; what came before the first kept batch is read back. */
async function exported({
  world,
  batches,
}: RecordedLog): Promise<{ chunks: readonly Uint8Array[]; records: number }> {
  const first = batches[0]?.from ?? 0;
  const setup: string[] = [];
  for (let index = 0; index < first; index += 1) setup.push(await world.cell.readHead(index));
  const opening = await openingBatch(world, setup, first);
  let records = first;
  const texts = [encodeUtf8(printLogHeader(world.cell.settings.origin)), ...opening];
  for (const { from, note, leaf_hashes, records: kept } of batches) {
    const entries = kept.map(({ head }) => ({ head, state: null, sealed: null }));
    texts.push(encodeUtf8(printLogBatch({ from, note, hashes: leaf_hashes, entries })));
    records += kept.length;
  }
  const whole = concatBytes(...texts, encodeUtf8(printLogEnd(records)));
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < whole.length; at += CHUNK_BYTES) chunks.push(whole.subarray(at, at + CHUNK_BYTES));
  return { chunks, records };
}

async function openingBatch(
  world: RecordedLog['world'],
  heads: readonly string[],
  size: number,
): Promise<readonly Uint8Array[]> {
  const hashes = hashLeaves(heads);
  const root = rootOf(appendLeaves(emptyFrontier(), hashes));
  const note = await signCheckpointOf(world.cell, size, root);
  const entries = heads.map((head) => ({ head, state: null, sealed: null }));
  return [encodeUtf8(printLogBatch({ from: 0, note, hashes, entries }))];
}
