import { Buffer } from 'node:buffer';
import { readPrivateFile, replacePrivateFile, sweepTemporaries } from '../home/private-file.ts';
import { checkDomain, DOMAINS_MAX } from '../sealing/domain-table.ts';
import { PartFailure } from './failure.ts';

/** `key_id` in hex names the data key that is to be destroyed: after a crash a newer one may stand there. */
export type Erasure = { readonly domain: string; readonly key_id: string | undefined };

/** The erasures that began, on disk before anything is destroyed. Calls must not overlap. */
export type UnfinishedErasures = {
  list(): readonly Erasure[];
  add(erasure: Erasure): Promise<void>;
  remove(erasure: Erasure): Promise<void>;
};

const VERSION_LINE = 'writ-erasures/v1';
const NO_KEY = '-';
/** Version line, and for every domain of a keystore its id, a space, 16 digits and a newline. */
const BYTES_MAX: number = VERSION_LINE.length + 1 + DOMAINS_MAX * 82;

export async function openUnfinishedErasures(path: string): Promise<UnfinishedErasures> {
  await sweepTemporaries(path);
  let lines = parseLines(await readPrivateFile(path, BYTES_MAX));
  const store = async (next: readonly string[]): Promise<void> => {
    await replacePrivateFile(path, Buffer.from(`${[VERSION_LINE, ...next].join('\n')}\n`, 'latin1'));
    lines = next;
  };
  return {
    list: () => lines.map(parseLine),
    async add(erasure) {
      checkDomain(erasure.domain);
      const line = printLine(erasure);
      if (!lines.includes(line)) await store([...lines, line]);
    },
    async remove(erasure) {
      const line = printLine(erasure);
      if (lines.includes(line)) await store(lines.filter((other) => other !== line));
    },
  };
}

function printLine(erasure: Erasure): string {
  return `${erasure.domain} ${erasure.key_id ?? NO_KEY}`;
}

function parseLines(bytes: Uint8Array | 'missing'): readonly string[] {
  if (bytes === 'missing') return [];
  const [version, ...lines] = Buffer.from(bytes).toString('latin1').split('\n');
  if (version !== VERSION_LINE || lines.pop() !== '') throw unreadable();
  lines.forEach(parseLine);
  return lines;
}

function parseLine(line: string): Erasure {
  const match = /^([A-Za-z0-9_.-]{1,64}) (-|[0-9a-f]{16})$/.exec(line);
  if (match?.[1] === undefined) throw unreadable();
  return { domain: match[1], key_id: match[2] === NO_KEY ? undefined : match[2] };
}

function unreadable(): PartFailure {
  return new PartFailure('PARTS_VERSION', 'the list of unfinished erasures cannot be read');
}
