import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packed from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/writ-chromium', import.meta.url));
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/**
 * A real Chromium: the one that comes packed in the dependencies, unpacked once; else the system's. Without
 * any the reason, for the tests to be skipped with.
 */
export async function openBrowser(): Promise<Browser | string> {
  const reasons: string[] = [];
  for (const find of [unpacked, installed]) {
    try {
      const path = await find();
      if (path !== null) return await chromium.launch({ executablePath: path, args: FLAGS });
    } catch (error) {
      reasons.push(String(error).split('\n')[0] ?? '');
    }
  }
  return `no Chromium runs here (on Debian: apt-get install chromium): ${reasons.join('; ')}`;
}

async function unpacked(): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  const place = join(CACHE, 'chromium');
  if (existsSync(place)) return place;
  mkdirSync(CACHE, { recursive: true });
  // It unpacks into the directory for temporary files, and takes whatever stands there: one of its own, and a
  // rename, so that nobody finds half of it.
  const fresh = mkdtempSync(join(CACHE, 'fresh-'));
  const { TMPDIR } = process.env;
  process.env['TMPDIR'] = fresh;
  try {
    renameSync(await packed.executablePath(), place);
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
    rmSync(fresh, { recursive: true, force: true });
  }
  return place;
}

function installed(): Promise<string | null> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = folders.flatMap((folder) => ['chromium', 'google-chrome'].map((name) => join(folder, name)));
  return Promise.resolve(places.find((place) => existsSync(place)) ?? null);
}
