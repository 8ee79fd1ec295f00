import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Finding, Suppression } from '../../src/model/finding.ts';
import { renderHtml } from '../../src/reporters/html/html.ts';
import { finding, rendered, report, rich } from '../reporters/reports.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
if (!existsSync(executablePath)) {
  throw new Error(
    'Chromium is not installed (Debian: apt-get install chromium), or CHROMIUM names it',
  );
}
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const hostileName = '<img src=x onerror="document.title=1">"\'><script>document.title=1</script>';

/** What could get into a page: a script, a handler, and markup made of text. */
const intrusion = `{
  const body = document.body;
  const script = document.createElement('script');
  for (const attempt of [
    () => body.append(script),
    () => script.append('document.title = "run"'),
    () => body.setAttribute('onclick', 'document.title = "clicked"'),
    () => body.click(),
    () => { body.innerHTML = '<b>replaced</b>'; },
  ]) try { attempt(); } catch (error) { console.error(error.message); }
}`;

/** The rich report with a waived, a baselined and an accepted finding, and a name made of markup. */
function everything() {
  const failing = [...rich.findings].filter(({ verdict }) => verdict === 'fail');
  const until = { owner: 'platform', until: '2027-03-01', ticket: 'SEC-1' };
  const suppressions = new Map<string, Suppression>([
    [failing[0]?.fingerprint ?? '', { kind: 'waiver', reason: 'moves soon', ...until }],
    [failing[1]?.fingerprint ?? '', { kind: 'baseline' }],
  ]);
  const place = { registry: 'ecr://123456789012/eu-west-1', repository: hostileName };
  const hostile = finding(place, { check: 'anonymous-pull-off', severity: 'critical' });
  const findings: Finding[] = [
    hostile,
    ...[...rich.findings].map((one) => ({
      ...one,
      suppression: suppressions.get(one.fingerprint) ?? one.suppression,
    })),
  ];
  return { ...rich, findings };
}

describe('the HTML report in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regaudit-html-'));
  const file = join(folder, 'report.html');
  let browser: Browser;
  let complaints: string[] = [];

  beforeAll(async () => {
    writeFileSync(file, rendered(renderHtml, everything()));
    writeFileSync(join(folder, 'empty.html'), rendered(renderHtml, report({ findings: [] })));
    browser = await chromium.launch({ executablePath, args: quiet });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => {
    complaints = [];
  });

  /** Opens the report; what the console says and every other file that is asked for is a complaint. */
  async function open(options: BrowserContextOptions = {}, name = 'report.html'): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      ...options,
    });
    const page = await context.newPage();
    const url = pathToFileURL(join(folder, name)).href;
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (request.url() !== url) complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(url);
    return page;
  }

  function shown(page: Page): Promise<number> {
    return page.locator('.finding:visible').count();
  }

  test('it opens without a word on the console and asks for nothing else', async () => {
    const page = await open();
    expect(await page.title()).toBe('Container registry audit, 2026-11-23 10:00 UTC');
    expect(await page.locator('.finding').count()).toBe(85);
    expect(complaints).toEqual([]);
  });

  test('a name made of markup is shown as it is and does nothing', async () => {
    const page = await open();
    const name = page.locator('.finding .name', { hasText: 'onerror' });
    expect(await name.textContent()).toBe(hostileName);
    expect(await page.locator('img, iframe, body script + script').count()).toBe(0);
    expect(await page.title()).toContain('Container registry audit');
    expect(complaints).toEqual([]);
  });

  test('the policy stops whatever gets into the page all the same', async () => {
    const page = await open();
    await page.evaluate(intrusion);
    await expect(page.evaluate('fetch("https://example.invalid/")')).rejects.toThrow();
    expect(await page.title()).toContain('Container registry audit');
    expect(await page.locator('.finding').count()).toBe(85);
    expect(complaints.join('\n')).toContain('Content Security Policy');
    expect(complaints.join('\n')).toContain('TrustedHTML');
  });

  test('search and every field narrow the list, and the count says so', async () => {
    const page = await open();
    const status = page.getByRole('status');
    expect(await status.textContent()).toBe('Findings shown: 85 of 85');
    await page.getByLabel('Search').fill('SHOP/cart immutable');
    expect(await shown(page)).toBe(1);
    expect(await status.textContent()).toBe('Findings shown: 1 of 85');
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByLabel('Severity').selectOption('critical');
    await page.getByLabel('Verdict').selectOption('fail');
    expect(await page.locator('.check:visible h3').allTextContents()).toEqual([
      'critical anonymous-pull-off 4 fail, 2 of these waived, accepted or in the baseline',
    ]);
    expect(await shown(page)).toBe(4);
    await page.getByLabel('Suppression').selectOption('waiver');
    expect(await shown(page)).toBe(1);
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => status.textContent()).toBe('Findings shown: 85 of 85');
    await page.getByLabel('Search').fill('no such thing');
    expect(await shown(page)).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('a number of the summary leads to its findings', async () => {
    const page = await open();
    await page.getByRole('link', { name: 'C6', exact: true }).click();
    expect(await page.getByRole('combobox', { name: 'Checklist item' }).inputValue()).toBe('C6');
    expect(await page.locator('.check:visible .id').allTextContents()).toEqual([
      'audit-log-exported',
      'audit-log-exported',
    ]);
    await page.getByRole('link', { name: 'docker-hub://acme' }).first().click();
    expect(await page.getByRole('combobox', { name: 'Checklist item' }).inputValue()).toBe('');
    const registries = await page.locator('.finding:visible .where').allTextContents();
    expect(registries.length).toBeGreaterThan(3);
    expect(registries.filter((text) => !text.includes('docker-hub://acme'))).toEqual([]);
  });

  test('the keyboard alone reaches the findings, the filter and the evidence', async () => {
    const page = await open();
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the findings' });
    expect(await skip.and(page.locator(':focus')).count()).toBe(1);
    expect((await skip.boundingBox())?.height).toBeGreaterThan(20);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('shop/cart immutable');
    expect(await shown(page)).toBe(1);
    const evidence = page.locator('.finding:visible details');
    for (let steps = 0; steps < 30; steps += 1) {
      await page.keyboard.press('Tab');
      if ((await evidence.locator(':focus').count()) > 0) break;
    }
    await page.keyboard.press('Enter');
    expect(await evidence.getAttribute('open')).not.toBeNull();
    expect(await evidence.getByRole('table').isVisible()).toBe(true);
  });

  test('without scripts everything is there to read, and no dead field', async () => {
    const page = await open({ javaScriptEnabled: false });
    for (const list of await page.locator('.list > summary').all()) await list.click();
    expect(await shown(page)).toBe(85);
    expect(await page.locator('form').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  test('paper has the summary and what fails, and nothing to click on', async () => {
    const page = await open();
    await page.emulateMedia({ media: 'print' });
    for (const gone of ['form', '#unread', '#checks', '.check.unknown', '.fixes'])
      expect(await page.locator(gone).first().isVisible(), gone).toBe(false);
    const failing = page.locator('.finding[data-verdict="fail"]');
    expect(await failing.first().isVisible()).toBe(true);
    expect(await page.locator('.finding:visible').count()).toBe(await failing.count());
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    const pages = pdf.match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(1);
    expect(pages).toBeLessThanOrEqual(6);
  });

  test('the address holds the view, and a link to it shows the same findings', async () => {
    const page = await open();
    await page.getByLabel('Severity').selectOption('critical');
    await page.getByLabel('Search').fill('pull');
    const hash = await page.evaluate('location.hash');
    expect(hash).toBe('#text=pull&severity=critical');
    const found = await shown(page);
    const other = await open();
    await other.evaluate(`void (location.hash = ${JSON.stringify(hash)})`);
    await expect.poll(() => shown(other)).toBe(found);
    expect(await other.getByLabel('Severity').inputValue()).toBe('critical');
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => page.evaluate('location.hash')).toBe('');
    expect(complaints).toEqual([]);
  });

  test('a link to a finding opens its evidence', async () => {
    const page = await open();
    const id = await page.locator('.finding').nth(3).getAttribute('id');
    await page.evaluate(`void (location.hash = ${JSON.stringify(id)})`);
    await expect.poll(() => page.locator('.finding details[open]').count()).toBe(1);
  });

  test.each([
    ['light', { colorScheme: 'light' }, 'report.html'],
    ['dark', { colorScheme: 'dark' }, 'report.html'],
    ['narrow', { viewport: { width: 390, height: 844 } }, 'report.html'],
    ['forced colours', { forcedColors: 'active' }, 'report.html'],
    ['without findings', {}, 'empty.html'],
  ] as const)('axe finds nothing to complain about: %s', async (_, options, name) => {
    // axe itself writes into the page, which the page's policy does not let it.
    const page = await open({ ...options, bypassCSP: true }, name);
    const unfold = page.getByRole('button', { name: 'Open all evidence' });
    if ((await unfold.count()) > 0) await unfold.click();
    await page.evaluate(axe);
    const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
    const told = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.length} ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
    );
    expect(told).toEqual([]);
    const overflow = 'document.documentElement.scrollWidth - innerWidth';
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
  });
});
