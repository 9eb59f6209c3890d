import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { PageScripts } from '@writ/page';
import { CliFailure } from '../program/failure.ts';

const DIGEST = /^[A-Za-z0-9_-]{43}$/;

/** The programs of the live page: the same verifier, and what shows the stage. */
export type StageScripts = { readonly verifier: string; readonly stage: string };

/** The two programs of a page as they were built for this release, each checked against its digest. */
export async function readPageScripts(): Promise<PageScripts> {
  const [verifier, page] = await readScripts('page');
  return { verifier, page };
}

export async function readStageScripts(): Promise<StageScripts> {
  const [verifier, stage] = await readScripts('stage');
  return { verifier, stage };
}

/** The verifier, and the one that is named. */
async function readScripts(name: 'page' | 'stage'): Promise<readonly [verifier: string, named: string]> {
  const current = import.meta.resolve('@writ/page/browser.json');
  const text = await readFile(fileURLToPath(current), 'utf8').catch(() => null);
  if (text === null) throw unbuilt();
  const named = JSON.parse(text) as { readonly [name: string]: unknown }; // its members are checked
  return [await readScript('verifier', named, current), await readScript(name, named, current)];
}

async function readScript(
  name: string,
  named: { readonly [name: string]: unknown },
  beside: string,
): Promise<string> {
  const entry = named[name];
  const digest = typeof entry === 'object' && entry !== null && 'digest' in entry ? entry.digest : null;
  if (typeof digest !== 'string' || !DIGEST.test(digest)) throw unbuilt();
  const file = new URL(`${name}-${digest}.js`, beside);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null || createHash('sha256').update(text).digest('base64url') !== digest) throw unbuilt();
  return text;
}

function unbuilt(): CliFailure {
  return new CliFailure('PAGE_UNBUILT', 'the programs of pages are not built here: npm run page');
}
