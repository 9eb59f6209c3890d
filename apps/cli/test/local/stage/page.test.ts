import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contrastsOf } from '../../../../../packages/page/test/browser/contrasts.ts';
import { openBrowser } from '../../../../../packages/page/test/browser/open-browser.ts';
import { startStage, type StartedStage } from './start-stage.ts';

const opened = await openBrowser();
const missing = typeof opened === 'string' ? opened : '';
if (missing !== '') process.stderr.write(`the page of writ stage is not tried in a browser: ${missing}\n`);

let stage: StartedStage;
let page: Page;
const noise: string[] = [];

/** A page, and whatever it complains of, asks for elsewhere, or does to whoever looks at it. */
async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  // The tests below do not run without a browser.
  const context = await (opened as Browser).newContext(options);
  context.setDefaultTimeout(0); // a machine may be busy; the whole test has an end
  const fresh = await context.newPage();
  fresh.on('console', (message) => noise.push(`console: ${message.text()}`));
  fresh.on('pageerror', (error) => noise.push(`error: ${error.message}`));
  fresh.on('dialog', (dialog) => noise.push(`dialog: ${dialog.message()}`));
  fresh.on('request', (request) => {
    if (!request.url().startsWith(`${stage.url}/`)) noise.push(`request: ${request.url()}`);
  });
  await fresh.goto(stage.url);
  await fresh.getByText('cell serving').waitFor();
  return fresh;
}

const within = (id: string): Promise<string> => page.locator(id).innerText();

/** As a person does it, by the keyboard. */
async function propose(typed: string): Promise<void> {
  await page.locator('#typed').fill(typed);
  const answered = page.waitForResponse((response) => response.url().endsWith('/proposals'));
  await page.locator('#typed').press('Enter');
  const { number } = await (await answered).json();
  await page.locator(`#detail[data-entry="${number} answered"]`).waitFor();
}

async function verify(which: number): Promise<string> {
  await page.locator('#detail-records button').nth(which).click();
  return within('#verified-title');
}

type Shown = { readonly state: string; readonly lines: string };

async function press(name: 'tamper' | 'forge' | 'kill'): Promise<Shown> {
  await page.locator(`#press-${name}`).click();
  const lines = page.locator(`#lines-${name}`);
  await page.locator(`#lines-${name}[data-state=done], #lines-${name}[data-state=failed]`).waitFor();
  return { state: (await lines.getAttribute('data-state')) ?? '', lines: await lines.innerText() };
}

describe.skipIf(missing !== '')('the page of writ stage', () => {
  beforeAll(async () => {
    stage = await startStage('--port', '0');
    page = await openPage();
  });
  afterAll(async () => {
    stage.child.kill('SIGKILL');
    await stage.ended;
    if (typeof opened !== 'string') await opened.close();
  });

  it('blocks rm -rf .., says why, and proves it in the browser', async () => {
    await propose('rm -rf ..');
    expect(await within('#detail-words')).toBe('words: [rm] [-rf] [..]');
    expect(await within('#detail-verdict')).toMatch(/^BLOCK · SELF_PROTECT/);
    const gates = await page.locator('#detail-gates li').allInnerTexts();
    expect(gates).toHaveLength(10);
    expect(gates[4]).toMatch(/absolutes\s+BLOCK SELF_PROTECT/);
    expect(gates[6]).toContain('rule nothing-destroyed');
    expect(gates[0]).toContain('nothing against it');
    expect(await within('#detail-understanding')).toMatch(/effects\s+DELETE[^]*irreversible[^]*100 of 100/);
    // Rules are for operators.
    expect(await within('#detail-agent')).not.toContain('nothing-destroyed');
    expect(await within('#detail-operator')).toContain('nothing-destroyed');
    expect(await verify(0)).toMatch(/^Verified in this browser: record \d+ of a signed tree of \d+/);
    expect(await page.locator('#verified-checks li.good').count()).toBe(7);
  });

  it('shows the same record for the same refusal', async () => {
    const before = await within('#detail-records');
    await propose('rm  -rf  ..');
    expect(await within('#detail-verdict')).toContain('the same as before');
    expect(await within('#detail-records')).toBe(before);
    expect(await page.locator('#detail-gates li').count()).toBe(10);
    expect(await verify(0)).toMatch(/^Verified in this browser/);
  });

  it('verifies under the key that is pinned, and under no other', async () => {
    const key = page.locator('#key');
    const pinned = await key.inputValue();
    expect(stage.printed).toContain(pinned);
    const other = 'vm/stage/0000000000000000+f6d5b9fb+AdMAbL4HhtDq6mxGRKWKh0XWEMrd5ZRlEvGqyVpL7OKp';
    await key.fill(other);
    expect(await verify(0)).toMatch(/^Not/);
    await key.fill(pinned.replace('stage/', 'stagf/'));
    expect(await verify(0)).toMatch(/^Not/);
    await key.fill('');
    expect(await verify(0)).toMatch(/^Not checked/);
    await key.fill(pinned);
    expect(await verify(0)).toMatch(/^Verified/);
  });

  it('runs what is allowed, once, with a proof of each step', async () => {
    await propose('cat README.md');
    await page.locator('#detail-records button').nth(2).waitFor();
    expect(await within('#detail-verdict')).toMatch(/^ALLOW/);
    expect(await within('#detail-output')).toContain('# Corner shop');
    for (const which of [0, 1, 2]) expect(await verify(which)).toMatch(/^Verified/);
  });

  it('lets nobody read the secret, in whatever way it is asked for', async () => {
    const asked = [
      'cat .env',
      'cat ./src/../.env',
      'grep -r KEY .',
      'grep -r KEY',
      'head -n 1 .env README.md',
    ];
    for (const typed of [
      ...asked,
      'cat /etc/hostname',
      'find . -name .env -exec cat {} ;',
      'sh -c "cat .env"',
    ]) {
      await propose(typed);
      expect({ typed, verdict: await within('#detail-verdict') }).toMatchObject({
        verdict: expect.stringMatching(/^BLOCK/),
      });
    }
    expect(await page.content()).not.toContain('not-a-real-key');
  });

  it('does not follow a link to what it may not read', async () => {
    const [directory = ''] = stage.left();
    symlinkSync('.env', join(stage.temporary, directory, 'workspace', 'notes.txt'));
    await propose('cat notes.txt');
    expect(await within('#detail-verdict')).toMatch(/^BLOCK · NO_RULE/);
    expect(await within('#detail-understanding')).toContain('lexical_only');
    expect(await page.content()).not.toContain('not-a-real-key');
  });

  it('takes a call as JSON, and a person is asked about mail', async () => {
    await propose('{"tool": "mail.send", "args": {"to": "ada@shop.example", "subject": "a", "text": "b"}}');
    expect(await within('#detail-verdict')).toMatch(/^ESCALATE · RULE_ESCALATE/);
    expect(await within('#detail-understanding')).toContain('personal_data_in_arguments');
    await page.locator('#typed').fill('{"tool": "mail.send"');
    await page.locator('#typed').press('Enter');
    await page.getByText('A call is {"tool"').waitFor();
  });

  it('shows hostile text as text', async () => {
    for (const typed of [
      'echo <img src=x onerror=alert(1)> </script><script>alert(2)</script>',
      'echo \u202eevil\u0000 javascript:alert(3) {{7*7}} ${7*7}',
      '{"tool": "<b>x</b>", "args": {"__proto__": {"a": 1}, "<i>": "</textarea><script>alert(4)</script>"}}',
      `cat ${'a'.repeat(3_000)}`,
    ]) {
      await propose(typed);
    }
    expect(await within('#timeline')).toContain('<img src=x onerror=alert(1)>');
    expect(await within('#timeline')).toContain('\\u{202e}evil');
    expect(await page.locator('img, b, i, main script, iframe').count()).toBe(0);
  });

  it('refuses everything that is forged, with a code', async () => {
    const { state, lines } = await press('forge');
    expect({ state, lines }).toMatchObject({ state: 'done' });
    for (const code of ['WRIT_UNKNOWN', 'ARGUMENTS_DIFFER', 'UNSPENT', 'TREE_ROOT_MISMATCH', 'ALREADY_SPENT'])
      expect(lines).toContain(`refused, ${code}`);
  });

  it('loses nothing when the cell is killed', async () => {
    const { state, lines } = await press('kill');
    expect({ state, lines }).toMatchObject({ state: 'done' });
    const [, before = '', after] =
      /(\d+) acknowledged before, (\d+) of them in the log now: 0 lost/.exec(lines) ?? [];
    expect(Number(before)).toBeGreaterThanOrEqual(300);
    expect(after).toBe(before);
    await page.getByText('cell serving').waitFor();
  });

  it('names the record that was changed on disk, and goes on when the byte is back', async () => {
    await propose('rm -rf src');
    const record = /record (\d+)/.exec(await within('#detail-records'))?.[1] ?? '';
    const { state, lines } = await press('tamper');
    expect(lines).toMatch(new RegExp(`does not start. Of record ${record}.* it says [A-Z_]+: record \\d+:`));
    expect({ state, lines }).toMatchObject({ state: 'done' });
    await propose('cat src/prices.js');
    await page.locator('#detail-records button').nth(2).waitFor();
    expect(await within('#detail-output')).toContain('export const prices');
  });

  it('shows an agent that really works', async () => {
    const line = page.locator('#timeline li', { hasText: 'mail.send to owner' });
    await line.waitFor();
    await page.locator('#timeline li', { hasText: 'what is the task?' }).locator('button').press('Enter');
    await page.getByText('The agent: allowed').waitFor();
    expect(await within('#detail-output')).toContain('# Corner shop');
    expect(await page.locator('#timeline .warn', { hasText: 'cp src/prices.js' }).count()).toBe(1);
    expect(await page.locator('#timeline .bad', { hasText: 'curl -d @.env' }).count()).toBe(1);
  });

  it.each(['light', 'dark'] as const)('is readable in %s, on a phone', async (colorScheme) => {
    const phone = await openPage({ colorScheme, viewport: { width: 360, height: 740 } });
    await phone.locator('#timeline li', { hasText: 'rm -rf src' }).locator('button').click();
    await phone.locator('#detail-title:focus', { hasText: 'Your proposal: blocked' }).waitFor();
    await phone.locator('#typed').fill('cat README.md');
    await phone.locator('#typed').press('Enter');
    await phone.locator('#detail-title:focus', { hasText: 'Your proposal: allowed' }).waitFor();
    const measured = await phone.evaluate(contrastsOf);
    expect(measured.length).toBeGreaterThan(50);
    expect(measured.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
    expect(await phone.locator('html').evaluate(({ scrollWidth }) => scrollWidth)).toBe(360);
    await phone.context().close();
  });

  it('has asked nobody else for anything, and complained of nothing', () => {
    // A browser tells of every refusal: this is the call that was cut off.
    const refused = 'console: Failed to load resource: the server responded with a status of 422';
    expect(noise).toEqual([expect.stringContaining(refused)]);
  });

  it('says that the stage is gone when it was stopped, which leaves nothing behind', async () => {
    stage.child.kill('SIGINT');
    await page.getByText('no stage').waitFor();
    expect(await stage.ended).toBe(0);
    expect(stage.left()).toEqual([]);
  });
});
