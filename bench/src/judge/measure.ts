import type { Options, Report, Row } from '../options.ts';
import { ENGINES } from './engines.ts';
import { type Ask, isAllowed, requestsOver, rulesOver, type WorkRequest } from './workload.ts';

const COUNTS = [10, 100, 1_000, 10_000];
/** A house adds tools as it adds rules; or it adds rules to the tools that it has. */
const SPREADS = [
  { name: 'ten rules a tool', tools: (count: number): number => count / 10 },
  { name: 'fifty tools', tools: (count: number): number => Math.min(count, 50) },
];
const REQUESTS = 4_096;
/** Asked of every engine before it is timed: all must say what is right. */
const CHECKED = 256;

/** Judging alone: rules and a request that is understood, in memory, on one thread. */
export async function measureJudge(options: Options): Promise<Report> {
  const rows: Row[] = [];
  for (const { name: spread, tools } of SPREADS) {
    for (const count of COUNTS) {
      const rules = rulesOver(count, tools(count));
      const requests = requestsOver(tools(count), REQUESTS);
      const rates: number[] = [];
      const row: Record<string, number | string> = { spread, rules: count };
      for (const [name, open] of ENGINES) {
        const ask = await open(rules);
        for (const request of requests.slice(0, CHECKED)) {
          if (ask(request) !== isAllowed(rules, request))
            throw new Error(`${name}: ${JSON.stringify(request)}`);
        }
        const rate = rateOf(ask, requests, options);
        rates.push(rate);
        row[name] = Math.round(rate);
      }
      const [own = 0, ...others] = rates;
      row['to best other'] = own / Math.max(...others);
      rows.push(row);
    }
  }
  return { title: 'Judging', note: NOTE, rows: rows.map((row) => withGrowth(row, rows)) };
}

const NOTE =
  'Decisions a second of processor time, one thread, best round. Every engine has the same rules, of which ' +
  'one in five forbids, loaded once, and gives the right answer before it is timed. `to 10 rules` is how ' +
  'much longer Writ takes than with 10.';

function withGrowth(row: Row, rows: readonly Row[]): Row {
  const first = rows.find(({ spread }) => spread === row['spread']);
  return { ...row, 'to 10 rules': Number(first?.['writ']) / Number(row['writ']) };
}

/** By the time of the processor, and the best of the rounds: a neighbour on the machine only ever slows. */
function rateOf(ask: Ask, requests: readonly WorkRequest[], { rounds, seconds }: Options): number {
  let best = 0;
  let at = 0;
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    let asked = 0;
    let allowed = 0;
    let used_s = 0;
    do {
      const size = asked < AT_ONCE ? 1 : AT_ONCE;
      for (let nth = 0; nth < size; nth += 1) {
        const request = requests[at % requests.length];
        at += 1;
        if (request !== undefined && ask(request)) allowed += 1;
      }
      asked += size;
      const { system, user } = process.cpuUsage(before);
      used_s = (system + user) / 1_000_000;
    } while (used_s < seconds / 2);
    if (allowed > asked) throw new RangeError('more allowed than asked');
    best = Math.max(best, asked / used_s);
  }
  return best;
}

/** Between two looks at the clock. */
const AT_ONCE = 256;
