import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { printJson, printTrust } from '@writ/proof';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import {
  ARGS,
  decisionHead,
  keyUse,
  LOG,
  ORIGIN,
  signerOf,
  vkeyOf,
  witnessOf,
} from '../../../proof/test/small-cell.ts';
import { buildPage, type PageData, printPageData } from '../../src/index.ts';
import { readBuilt } from '../built.ts';
import { DATA, NONCE_TEXT, OPENED, OTHER_VKEY, pageOf, STRANGER_VKEY, TAMPERED, VKEY } from '../sample.ts';
import { contrastsOf } from './contrasts.ts';
import { openBrowser } from './open-browser.ts';

const scripts = readBuilt();
const opened = await openBrowser();
const missing = typeof opened === 'string' ? opened : '';
if (missing !== '') process.stderr.write(`pages are not tried in a browser: ${missing}\n`);

const folder = mkdtempSync(join(tmpdir(), 'writ-page-'));
afterAll(async () => {
  if (typeof opened !== 'string') await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

type Shown = { readonly page: Page; readonly title: string; readonly noise: readonly string[] };

const contexts = new Map<string, BrowserContext>();

/** One for all files that are looked at in the same way: making one takes longer than a page. */
async function contextOf(options: BrowserContextOptions): Promise<BrowserContext> {
  const name = JSON.stringify(options);
  const known = contexts.get(name);
  if (known !== undefined) return known;
  // The tests below do not run without a browser.
  const context = await (opened as Browser).newContext(options);
  await context.setOffline(true);
  contexts.set(name, context);
  return context;
}

/** Opens a file as a reader would, without a network; whatever it asks for or complains of is noise. */
async function openFile(html: string, options: BrowserContextOptions = {}): Promise<Shown> {
  const file = join(mkdtempSync(join(folder, 'file-')), 'r.html');
  writeFileSync(file, html);
  const url = pathToFileURL(file).href;
  const context = await contextOf(options);
  for (const page of context.pages()) await page.close();
  const page = await context.newPage();
  const noise: string[] = [];
  page.on('console', (message) => noise.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => noise.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => {
    if (request.url() !== url) noise.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, title: await titleOf(page), noise };
}

const openData = (data: PageData, options?: BrowserContextOptions): Promise<Shown> =>
  openFile(buildPage(data, scripts), options);
/** A file that is cut may have no title. */
const titleOf = async (page: Page): Promise<string> =>
  (await page.locator('#verdict-title').allTextContents()).join();

async function pin(page: Page, text: string): Promise<string> {
  await page.getByLabel('Your own key or trust file').fill(text);
  await page.getByRole('button', { name: 'Check with my key' }).click();
  return titleOf(page);
}

const CLAIMED = 'Valid under the key it names; key not pinned';
const PINNED = 'Valid, under a key that you pinned';
const UNCHECKED = 'Nothing has been checked';

describe.skipIf(missing !== '')(`a page in Chromium ${missing}`, () => {
  it('verifies itself from a file, asks for nothing and complains of nothing', async () => {
    const { page, title, noise } = await openData(DATA);
    expect(title).toBe(CLAIMED);
    const said = await page.getByRole('main').innerText();
    for (const text of [
      'commit',
      'act_00000000000000000000000003',
      '2026-09-21 14:13:20.000 UTC',
      ORIGIN,
      VKEY,
    ]) {
      expect(said).toContain(text);
    }
    expect(
      await page.locator('#checks li').evaluateAll((items) => items.map((one) => one.className)),
    ).toEqual(['good', 'good', 'good', 'good', 'faint', 'good', 'good', 'faint']);
    await page.getByText('The record, which is the leaf').click();
    expect(await page.textContent('#bytes-head')).toBe(DATA.head);
    expect(await page.textContent('#bytes-proof')).toBe(DATA.proof);
    expect(noise).toEqual([]);
  });

  it('believes a key of the reader, and says so', async () => {
    const { page, noise } = await openData(DATA);
    expect(await pin(page, `  ${VKEY}\n`)).toBe(PINNED);
    const trust = { logs: [{ origin: ORIGIN, keys: [keyUse(LOG)], witnesses: null }] };
    expect(await pin(page, printTrust(trust))).toBe(PINNED);
    expect(await pin(page, OTHER_VKEY)).toBe('Not valid: NOTE_NOT_SIGNED');
    expect(await page.isHidden('#record')).toBe(true);
    expect(await pin(page, STRANGER_VKEY)).toBe('Cannot be decided: NO_TRUST');
    const witnesses = { quorum: 1, keys: [vkeyOf(witnessOf('witness.example', 7))] };
    expect(await pin(page, printTrust({ logs: [{ origin: ORIGIN, keys: [keyUse(LOG)], witnesses }] }))).toBe(
      'Cannot be decided: WITNESSES_MISSING',
    );
    expect(await pin(page, 'my key')).toBe(CLAIMED);
    expect(await page.textContent('#key-answer')).toContain('No key of yours is in use');
    await pin(page, OTHER_VKEY);
    await page.getByRole('button', { name: 'Use the key it names again' }).click();
    expect(await titleOf(page)).toBe(CLAIMED);
    expect(noise).toEqual([]);
  });

  it('is not valid under the pinned key when another one signed it', async () => {
    const { page, title } = await openData(pageOf(decisionHead(1), signerOf(ORIGIN, 2)));
    expect(title).toBe(CLAIMED);
    expect(await pin(page, VKEY)).toBe('Not valid: NOTE_NOT_SIGNED');
    expect(await page.textContent('#record-members')).toBe('');
  });

  it('shows arguments that the record is about, and compares those that are brought', async () => {
    const shown = await openData(OPENED);
    expect(await shown.page.textContent('#arguments-shown')).toBe(printJson(ARGS));
    const { page, noise } = await openData({ ...DATA, nonce: NONCE_TEXT });
    const compare = async (text: string): Promise<string> => {
      await page.getByLabel('The arguments, as JSON').fill(text);
      await page.getByRole('button', { name: 'Compare' }).click();
      return titleOf(page);
    };
    expect(await compare('{"amount": 251, "to": "Zoë"}')).toBe('Not valid: ARGS_MISMATCH');
    expect(await compare('{"to": "Zoë", "amount": 250}')).toBe(CLAIMED);
    expect(await page.textContent('#arguments-text')).toContain('exactly these arguments');
    expect(noise).toEqual([]);
  });

  it.each(TAMPERED)('is not valid with %s', async (_what, data, code, check) => {
    const html = buildPage(DATA, scripts).replace(printPageData(DATA), () => data);
    const { page, title, noise } = await openFile(html);
    expect(title).toBe(`${code.endsWith('VERSION') ? 'Cannot be decided' : 'Not valid'}: ${code}`);
    expect(await page.locator('#checks li.bad').getAttribute('data-check')).toBe(check);
    expect(await page.locator('#checks li.bad').textContent()).toContain(code);
    expect(await page.isHidden('#record')).toBe(true);
    expect(await page.textContent('#record-members')).toBe('');
    expect(await page.textContent('#arguments-shown')).toBe('');
    expect(noise).toEqual([]);
  });

  it('is never valid when it is cut', async () => {
    const html = buildPage(DATA, scripts);
    const data = html.indexOf('id="data">');
    for (const length of [400, data + 40, data + 2_000, html.length - 9_000, html.length - 200]) {
      const { page } = await openFile(html.slice(0, length));
      expect(await page.locator('body').innerText()).not.toMatch(/^Valid/m);
    }
  });

  it('does not run a program that was put into it', async () => {
    const html = buildPage(DATA, scripts);
    const { title, noise } = await openFile(html.replace('Not valid', 'Valid'));
    expect(title).toBe(UNCHECKED);
    expect(noise.join()).toMatch(/Content Security Policy/);
  });

  it('says without scripts that nothing was checked, and shows the bytes', async () => {
    const { page, title, noise } = await openData(OPENED, { javaScriptEnabled: false });
    expect(title).toBe(UNCHECKED);
    expect(await page.getByRole('main').innerText()).toContain(DATA.head);
    expect(await page.isVisible('#record')).toBe(false);
    expect(noise).toEqual([]);
  });
});

const MARKUP = `</script></noscript></pre><script>document.title='x'</script><img/src=x/onerror=alert(1)>`;
const HOSTILE = `${MARKUP}<!--]]>"'\`\u202e\u2066\u200b&lt;&#60;{{7*7}}\${7*7}\\u{41}`;

describe.skipIf(missing !== '')('hostile text in a page', () => {
  const argsOf = (text: string): string => printJson({ [text]: [text, `\u0000\n${text}`] });
  const ofHead = pageOf(HOSTILE, LOG);
  const ofOrigin = pageOf(decisionHead(1), signerOf(HOSTILE, 5));

  it.each([
    ['the name of the log and its key', ofOrigin, CLAIMED],
    ['the record', ofHead, 'Not valid: JSON_SYNTAX'],
    ['the proof', { ...DATA, proof: HOSTILE }, 'Not valid: PROOF_MALFORMED'],
    ['the arguments', { ...DATA, nonce: NONCE_TEXT, args: argsOf(HOSTILE) }, 'Not valid: ARGS_MISMATCH'],
  ])('does nothing in %s', async (_what, data, expected) => {
    for (const javaScriptEnabled of [true, false]) {
      const { page, title, noise } = await openData(data, { javaScriptEnabled });
      expect(title).toBe(javaScriptEnabled ? expected : UNCHECKED);
      expect(noise).toEqual([]);
      expect(await page.title()).toBe('One record, and its proof');
      // With scripts off the evaluation of tests goes on; what is counted is what the parser has made.
      expect(await page.locator('script').count()).toBe(3);
      expect(await page.locator('img, iframe, svg, link, object, form, a').count()).toBe(0);
      expect(await page.locator('body').innerText()).not.toMatch(/[\u202e\u2066\u200b]/);
    }
  });

  it('does nothing where the reader pastes it', async () => {
    const { page, noise } = await openData({ ...DATA, nonce: NONCE_TEXT });
    expect(await pin(page, HOSTILE)).toBe(CLAIMED);
    await page.getByLabel('The arguments, as JSON').fill(HOSTILE);
    await page.getByRole('button', { name: 'Compare' }).click();
    expect(await titleOf(page)).toBe('Not valid: JSON_SYNTAX');
    expect(await page.locator('img').count()).toBe(0);
    expect(noise).toEqual([]);
  });
});

describe.skipIf(missing !== '')('the look of a page', () => {
  const states: readonly (readonly [string, PageData, string | null])[] = [
    ['claimed', OPENED, null],
    ['pinned', OPENED, VKEY],
    ['refused', OPENED, OTHER_VKEY],
  ];
  const themes = (['light', 'dark'] as const).flatMap((theme) =>
    states.map(([name, data, key]) => [theme, name, data, key] as const),
  );

  it.each(themes)('has a contrast of 4.5 to 1 in %s, %s', async (colorScheme, _name, data, key) => {
    const { page } = await openData(data, { colorScheme });
    if (key !== null) await pin(page, key);
    const measured = await page.evaluate(contrastsOf);
    expect(measured.length).toBeGreaterThan(40);
    expect(measured.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
  });

  it('fits a telephone, and is one page of landmarks and headings', async () => {
    const { page } = await openData(OPENED, { viewport: { width: 320, height: 640 } });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(320);
    for (const role of ['banner', 'main', 'contentinfo'] as const) {
      expect(await page.getByRole(role).count()).toBe(1);
    }
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await page.getByRole('region').count()).toBeGreaterThanOrEqual(6);
  });

  it('prints what is folded away, and nothing to click', async () => {
    const { page } = await openData(OPENED);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
    expect(await page.isVisible('#bytes-proof')).toBe(true);
    expect(await page.getByRole('button').count()).toBe(0);
  });
});
