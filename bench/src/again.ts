import { encodeUtf8, parseHead } from '@writ/proof';
import type { Options, Report } from './options.ts';
import { recordLog } from './recorded.ts';

/** Decisions judged again from their sealed parts alone, by the engine that made them. */
export async function measureAgain(options: Options): Promise<Report> {
  const { world, batches } = await recordLog(Math.min(options.records, 50_000));
  try {
    const { engine, library } = world.cell.ports;
    const recorded = batches.flatMap((batch) =>
      batch.records.map((record) => ({ head: parseHead(encodeUtf8(record.head)), sealed: record.sealed })),
    );
    const decisions = recorded.filter(({ head }) => head.kind === 'decision');
    const rates: number[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const start = performance.now();
      for (const { head, sealed } of decisions) {
        if (head.kind !== 'decision') continue;
        const again = engine.functions.decideAgain({ head, sealed, decision: null }, engine.digest, library);
        if (again.kind !== 'same') throw new Error(JSON.stringify(again));
      }
      rates.push(decisions.length / ((performance.now() - start) / 1000));
    }
    rates.sort((left, right) => left - right);
    const per_second = Math.round(rates[Math.floor(rates.length / 2)] ?? 0);
    const rows = [{ what: 'decideAgain', decisions: decisions.length, per_second }];
    return { title: 'Judging again', note: 'commitment of the sealed part checked, one thread', rows };
  } finally {
    await world.close();
  }
}
