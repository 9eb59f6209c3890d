import { spawn } from 'node:child_process';
import process from 'node:process';
import { sha256Base64url } from '@writ/proof';
import type { Call, Place } from '../../program/command.ts';
import { plain } from '../../terminal/line.ts';
import { expect } from './show-actions.ts';
import { headsNow } from './show-proofs.ts';

/** Enough to be in the middle of work, and few enough to be quick. */
const ACKNOWLEDGED_MIN = 500;
const PATIENCE_MS = 8_000;

/** Kills a working cell with SIGKILL and looks for every record that it had acknowledged. */
export async function showKill(call: Call, place: Place): Promise<void> {
  const acknowledged = await loadAndKill(place);
  expect(acknowledged.length > 0, 'the child worked before it was killed');
  const heads = await headsNow(place);
  const lost = acknowledged.filter(([index, digest]) => {
    const head = heads.get(index);
    return head === undefined || sha256Base64url(head) !== digest;
  });
  expect(lost.length === 0, 'nothing acknowledged is lost');
  const counts = `${acknowledged.length} acknowledged records, ${lost.length} lost`;
  call.say(plain(`killed     a cell in the middle of load, with kill -9: ${counts}`));
}

async function loadAndKill({ environment }: Place): Promise<readonly (readonly [number, string])[]> {
  const words = [...process.execArgv, process.argv[1] ?? '', 'demo-load'];
  const child = spawn(process.execPath, words, { env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  let text = '';
  let lines = 0;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk: string) => {
    text += chunk;
    lines += chunk.split('\n').length - 1;
    if (lines >= ACKNOWLEDGED_MIN) child.kill('SIGKILL');
  });
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', () => resolve());
    });
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
  // The last line may be cut off: what was not told whole was not acknowledged.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return whole.filter((line) => line !== '').map(readLine);
}

function readLine(line: string): readonly [number, string] {
  const [index = '', digest = ''] = line.split(' ');
  return [Number(index), digest];
}
