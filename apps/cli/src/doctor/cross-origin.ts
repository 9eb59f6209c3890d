import { ask, type Question } from './ask.ts';
import { broke, type Finding, held, notMeasured, OBSERVED, START_CELL, OWNER } from './finding.ts';
import { HEALTH, type LiveDoor } from './live-doors.ts';
import type { Vantage } from './vantage.ts';

type Page = {
  readonly what: string;
  readonly codes: readonly string[];
  readonly headers: Question['headers'];
  readonly method?: string;
};

const HOST_CODES = ['HOST_REFUSED'];
const ORIGIN_CODES = ['ORIGIN_REFUSED'];

/** What a page of somebody else can make a browser send, and what a name that points here brings along. */
export async function crossOrigin({ doors }: Vantage): Promise<Finding> {
  if (doors.length === 0) return notMeasured('no cell answers', START_CELL);
  let count = 0;
  for (const door of doors) {
    for (const page of pagesFor(door)) {
      const question = { ...HEALTH, headers: page.headers };
      const answer = await ask(
        door.way,
        page.method === undefined ? question : { ...question, method: page.method },
      );
      const what = `${page.what}, at ${door.name}`;
      if (answer === null) return notMeasured(`${what}: no answer`, 'try again when the cell is less busy');
      const said = `${answer.status} ${answer.code ?? 'without a code'}`;
      const isShared = answer.headers['access-control-allow-origin'] !== undefined;
      if (isShared || !page.codes.includes(answer.code ?? '')) {
        const detail = `${what}: ${said} instead of ${page.codes.join(' or ')}`;
        return broke(OBSERVED, detail, 'what listens there is no door of this version: replace it');
      }
      count += 1;
    }
  }
  return held(OWNER, `${count} requests of foreign pages and under foreign names were refused`);
}

function pagesFor({ way, host }: LiveDoor): readonly Page[] {
  const port = way.kind === 'port' ? way.port : 80;
  const own = (name: string, value: string): Question['headers'] => [
    ['host', host],
    [name, value],
  ];
  const named = (what: string, name: string): Page => ({
    what,
    codes: HOST_CODES,
    headers: [['host', name]],
  });
  const from = (origin: string): Page => ({
    what: `a page of ${origin}`,
    codes: ORIGIN_CODES,
    headers: own('origin', origin),
  });
  return [
    named('a name that was pointed here', `attacker.example:${port}`),
    named('a name that begins like ours', `localhost.attacker.example:${port}`),
    named('our name with a dot after it', `localhost.:${port}`),
    named('another port', `localhost:${port + 1}`),
    named('an empty name', ''),
    {
      what: 'two names',
      codes: ['REQUEST_INVALID', ...HOST_CODES],
      headers: own('host', 'attacker.example'),
    },
    from('https://attacker.example'),
    from('null'),
    from(`http://localhost:${port + 1}`),
    from(`https://localhost:${port}`),
    { what: 'a fetch across sites', codes: ORIGIN_CODES, headers: own('sec-fetch-site', 'cross-site') },
    { what: 'a fetch of a sister site', codes: ORIGIN_CODES, headers: own('sec-fetch-site', 'same-site') },
    { ...from('https://attacker.example'), what: 'a preflight', method: 'OPTIONS' },
  ];
}
