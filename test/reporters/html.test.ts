import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { compareReports } from '../../src/policy/difference.ts';
import { seenIn } from '../../src/policy/seen.ts';
import { docsLink } from '../../src/reporters/docs-link.ts';
import { mostFindings } from '../../src/reporters/html/findings.ts';
import { renderHtml } from '../../src/reporters/html/html.ts';
import { allowance } from '../../src/reporters/html/survey.ts';
import { anyText, fc, tries } from '../support/search.ts';
import {
  check,
  denied,
  expectGolden,
  finding,
  plain,
  registry,
  rendered,
  report,
  rich,
} from './reports.ts';

const ecr = 'ecr://123456789012/eu-west-1';
const place = { registry: ecr, repository: 'team/app' };
const nothing = {
  pass: 0,
  fail: 0,
  unknown: 0,
  notApplicable: 0,
  waived: 0,
  baselined: 0,
  accepted: 0,
  byHand: 0,
};

const voids = new Set(['meta', 'input', 'br']);

/** In: a page. Out: its text without markup, after every element was closed where it was opened. */
function wellFormed(page: string): string {
  const open: string[] = [];
  let wrong = false;
  const body = page.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '');
  const text = body.replace(
    /<(\/?)([a-z]+[1-6]?)((?:\s[a-zA-Z-]+(?:="[^"<>]*")?)*)(\/?)>/g,
    (_, closing: string, name: string, __, selfClosing: string) => {
      if (closing !== '') wrong ||= open.pop() !== name;
      else if (selfClosing === '' && !voids.has(name)) open.push(name);
      return ' ';
    },
  );
  expect({ wrong, open }).toEqual({ wrong: false, open: [] });
  expect(text.replace('<!doctype html>', '')).not.toMatch(/[<>]/);
  return text;
}

function ids(page: string): string[] {
  return [...page.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);
}

function headlineOf(changes: Parameters<typeof report>[0]): string {
  const page = rendered(renderHtml, report({ complete: true, registries: [], ...changes }));
  return (
    /<div class="headline [a-z]+">\s*<h2[^>]*>[^<]*/.exec(page)?.[0].replace(/\s+/g, ' ') ?? ''
  );
}

test('the rich report is written as its golden file', async () => {
  await expectGolden(rendered(renderHtml, rich), 'rich.html');
});

test('the page is well-formed, its ids are unique and its links lead somewhere', () => {
  const page = rendered(renderHtml, rich);
  wellFormed(page);
  expect(new Set(ids(page)).size).toBe(ids(page).length);
  const inside = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  expect(inside.length).toBeGreaterThan(10);
  expect(inside.filter((id) => !ids(page).includes(id ?? ''))).toEqual([]);
});

test('the policy lets nothing run but the style sheet and the script whose hashes it names', () => {
  const page = rendered(renderHtml, rich);
  const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
  const hashOf = (element: string) => {
    const found = [...page.matchAll(new RegExp(`<${element}>([\\s\\S]*?)</${element}>`, 'g'))];
    expect(found).toHaveLength(1);
    return createHash('sha256')
      .update(found[0]?.[1] ?? '')
      .digest('base64');
  };
  expect(policy.replaceAll('&#39;', "'").split('; ')).toEqual([
    "default-src 'none'",
    `style-src 'sha256-${hashOf('style')}'`,
    `script-src 'sha256-${hashOf('script')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]);
});

test('nothing is asked of the network, and links leave no trace of where they were', () => {
  const page = rendered(renderHtml, rich);
  expect(page).not.toMatch(/\s(?:src|srcset|action|style|on[a-z]+)=/);
  expect(page).not.toMatch(/@import|url\(/);
  const outside = [...page.matchAll(/<a href="(?!#)([^"]*)"([^>]*)>/g)];
  expect(outside.length).toBeGreaterThan(0);
  for (const [, address, rest] of outside) {
    expect(address).toMatch(/^https:\/\//);
    expect(rest).toBe(' rel="noopener noreferrer"');
  }
});

test('a reference that is no web address is text', () => {
  const references = ['javascript:alert(1)', 'https://a.example/"><script>', 'http://b.example/'];
  const page = rendered(
    renderHtml,
    report({ checks: [check('c', { references })], findings: [finding(place)] }),
  );
  const outside = [...page.matchAll(/<a href="(?!#)([^"]*)/g)].map(([, address]) => address);
  expect(outside).toEqual([docsLink('c')]);
  expect(wellFormed(page)).toContain('javascript:alert(1)');
});

test('whatever a report says, the page stays well-formed and shows it as text', () => {
  const attack = fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</pre></li></ul></section><script>',
    '</script><!--',
    '&lt;b&gt;',
    '\u202e\u0000\ud800',
  );
  const text = fc.oneof(attack, anyText(30));
  fc.assert(
    fc.property(fc.tuple(text, text, text), fc.boolean(), ([name, says, id], failed) => {
      const hostile = {
        registry: `ecr://${id}`,
        repository: name,
      };
      const gap = {
        fact: id,
        why: 'denied',
        operation: says,
        permission: name,
        detail: says,
        cure: null,
        input: null,
      } as const;
      const evidence = [{ fact: id, operation: says, field: name, value: { [name]: says } }];
      const suppression = {
        kind: 'waiver',
        reason: says,
        owner: name,
        until: id,
        ticket: says,
      } as const;
      const page = rendered(
        renderHtml,
        report({
          tool: { name: id, version: says },
          registries: [registry(`ecr://${id}`, { reachable: failed })],
          checks: [
            check('c', {
              title: says,
              why: name,
              references: [says],
              checklist: ['C1'],
              fix: { ecr: { command: says, terraform: name, console: id, instead: says } },
              controls: [{ framework: says, version: name, id, by: 'vendor' }],
            }),
          ],
          findings: [
            failed
              ? finding(hostile, { message: says, evidence, suppression })
              : finding(hostile, { verdict: 'unknown', message: says, blocked: [gap] }),
          ],
          reason: says,
        }),
      );
      wellFormed(page);
      expect(page.match(/<script>/g)).toHaveLength(1);
      expect(page).not.toMatch(/<img| on[a-z]+="/);
      expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
    tries(100),
  );
});

test.each([
  ['a failure', { fail: 1, pass: 3 }, {}, 'fail', '1 failing finding'],
  [
    'a failure and an unknown',
    { fail: 2, unknown: 1 },
    {},
    'fail',
    '2 failing findings, 1 unknown',
  ],
  ['only an unknown', { unknown: 1, pass: 3 }, {}, 'unknown', '1 unknown finding'],
  ['an accepted unknown', { unknown: 1, accepted: 1 }, {}, 'unknown', '1 unknown finding'],
  [
    'only a waived failure',
    { fail: 1, waived: 1 },
    {},
    'fail',
    'Nothing fails, besides 1 waived or in the baseline',
  ],
  ['nothing', {}, {}, 'unknown', 'Nothing was evaluated'],
  ['passes alone', { pass: 3 }, {}, 'pass', 'Everything that was evaluated passes'],
  [
    'passes of an incomplete scan',
    { pass: 3 },
    { complete: false },
    'unknown',
    'Not everything was read',
  ],
  [
    'passes before an interruption',
    { pass: 3 },
    { interrupted: true },
    'unknown',
    'Not everything was read',
  ],
  [
    'passes beside a registry not reached',
    { pass: 3 },
    { registries: [registry('a://b', { reachable: false })] },
    'unknown',
    'Not everything was read',
  ],
  [
    'passes of part of a registry',
    { pass: 3 },
    { registries: [registry('a://b', { repositories: { count: 1, complete: true, known: 2 } })] },
    'unknown',
    'Not everything was read',
  ],
])('the headline of %s does not promise more', (_, summary, changes, verdict, says) => {
  const headline = headlineOf({ summary: { ...nothing, ...summary }, ...changes });
  expect(headline).toContain(`headline ${verdict}"`);
  expect(headline).toMatch(new RegExp(`>${says}$`));
});

test('a checklist item that no check of the run answers is not shown as passed', () => {
  const text = wellFormed(
    rendered(renderHtml, report({ checks: [check('c', { checklist: ['C1'] })] })),
  );
  const words = text.replace(/\s+/g, ' ');
  expect(words).toContain('C2 Network access is restricted ? No check ran');
  expect(words).toContain('C1 Authentication is required for all operations high');
});

test('a failure shows its fix and evidence, an unknown what to grant', () => {
  const evidence = [
    {
      fact: 'tagLock',
      operation: 'describeRepositories',
      field: 'imageTagMutability',
      value: { mode: 'none' },
    },
  ];
  const findings = [
    finding(place, { evidence }),
    finding({ ...place, repository: 'other' }, denied),
  ];
  const checks = [check('c', { fix: { ecr: { command: 'aws ecr x' } } })];
  const text = wellFormed(rendered(renderHtml, report({ checks, findings }))).replace(/\s+/g, ' ');
  expect(text).toContain('describeRepositories (imageTagMutability)');
  expect(text).toContain('{&quot;mode&quot;:&quot;none&quot;}');
  expect(text).toContain('aws ecr x');
  expect(text).toContain('Grant ecr:GetLifecyclePolicy');
});

test('waivers and accepted unknowns are listed with their reason, owner and end', () => {
  const until = '2027-03-01';
  const why = { owner: 'platform', until, ticket: 'SEC-1' };
  const findings = [
    finding(place, { suppression: { kind: 'waiver', reason: 'moves soon', ...why } }),
    finding(
      { ...place, repository: 'b' },
      { suppression: { kind: 'waiver', reason: 'moves soon', ...why } },
    ),
    finding({ ...place, repository: 'c' }, { suppression: { kind: 'baseline' } }),
    finding(
      { ...place, repository: 'd' },
      {
        ...denied,
        suppression: { kind: 'accepted', reason: 'no auditor role', ...why, owner: null },
      },
    ),
  ];
  const text = wellFormed(rendered(renderHtml, report({ findings }))).replace(/\s+/g, ' ');
  expect(text).toContain(`Waived ${until} platform moves soon SEC-1 c (2) in ${ecr}`);
  expect(text).toContain(`Accepted ${until} no owner no auditor role SEC-1 c (1) in ${ecr}`);
  expect(text).toContain('getLifecyclePolicy access denied ecr:GetLifecyclePolicy');
  expect(text).toContain('The baseline holds 1 failing finding');
});

test('the page does not grow with the registry, and says what it leaves out', () => {
  const many = {
    *[Symbol.iterator](): Generator<Finding> {
      for (const id of ['a', 'b']) {
        for (let at = 0; at < (id === 'a' ? 20 : 20_000); at += 1) {
          const repository = `team/app-${at}`;
          yield finding({ registry: ecr, repository }, { check: id, fingerprint: `${id}${at}` });
        }
      }
    },
  };
  const checks = [check('a'), check('b')];
  const page = rendered(
    renderHtml,
    report({ checks, findings: many, registries: [registry(ecr)] }),
  );
  expect(page.match(/<li class="finding"/g)).toHaveLength(mostFindings);
  expect(page).toContain('18,020 more findings of <code>b</code>');
  expect(page).not.toMatch(/more findings of <code>a</);
});

test('the room is shared so that no group starves and no more is written than may be', () => {
  const sizes = fc.array(fc.nat({ max: 50 }), { maxLength: 20 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 20, max: 200 }), (all, most) => {
      const share = allowance(all, most);
      const written = all.reduce((sum, size) => sum + Math.min(size, share), 0);
      expect(written).toBeLessThanOrEqual(most);
      if (all.some((size) => size > share)) expect(share).toBeGreaterThan(0);
      else expect(written).toBe(all.reduce((sum, size) => sum + size, 0));
    }),
  );
});

test('what is odd about exceptions is listed, where it stands and as text', () => {
  const notice = {
    kind: 'expired',
    message: 'the waiver of <b>every check</b> expired on 2026-01-31',
    where: 'regaudit.yaml:7',
    check: null,
    registry: null,
    repository: null,
  } as const;
  const page = rendered(
    renderHtml,
    report({ policy: { profile: 'recommended', notices: [notice] } }),
  );
  const text = wellFormed(page);
  expect(text).toMatch(/Notices\s+regaudit\.yaml:7 : the waiver of &lt;b&gt;every check/);
});

test('failures come before unknowns, and each check once for either', () => {
  const findings = [
    finding(place, denied),
    finding({ ...place, repository: 'b' }),
    finding({ ...place, repository: 'c' }, denied),
    finding({ ...place, repository: 'd' }),
  ];
  const page = rendered(renderHtml, report({ findings }));
  const rows = [...page.matchAll(/<li class="finding"[^>]*data-verdict="([a-z]+)"/g)];
  expect(rows.map(([, verdict]) => verdict)).toEqual(['fail', 'fail', 'unknown', 'unknown']);
  expect(page.match(/<section class="check/g)).toHaveLength(2);
  expect(page).not.toContain('<details class="fix" open');
});

test('what to fix first stands above the registries, with the exposed ones before the severe ones', () => {
  const checks = [
    check('severe', { severity: 'critical', impact: 'other' }),
    check('exposed', { severity: 'medium', impact: 'exposure' }),
  ];
  const findings = [
    finding(place, { check: 'severe', severity: 'critical' }),
    finding(place, { check: 'exposed', severity: 'medium' }),
  ];
  const page = rendered(renderHtml, report({ checks, findings, registries: [registry(ecr)] }));
  const before = page.slice(page.indexOf('id="first"'), page.indexOf('id="registries"'));
  expect([...before.matchAll(/href="#check-([a-z]+)"/g)].map(([, id]) => id)).toEqual([
    'exposed',
    'severe',
  ]);
});

test('a registry shows the worst severity that fails in it', () => {
  const other = 'harbor://h';
  const summary = { ...nothing, pass: 1 };
  const page = rendered(
    renderHtml,
    report({
      registries: [registry(other, { summary }), registry(ecr)],
      findings: [finding(place, { severity: 'medium' })],
    }),
  );
  const table = page.slice(page.indexOf('id="registries"'), page.indexOf('id="findings"'));
  const rows = table.split('<tr>').slice(2);
  expect(rows[0]).toMatch(/ecr:.*severity medium/s);
  expect(rows[1]).toMatch(/harbor:.*badge pass/s);
});

test('a waiver that ends within a month says how many days are left', () => {
  const until = (day: string) => ({
    suppression: { kind: 'waiver', reason: 'soon', owner: null, until: day, ticket: null } as const,
  });
  const page = (day: string) =>
    rendered(
      renderHtml,
      report({ finishedAt: '2026-12-01T10:00:00.000Z', findings: [finding(place, until(day))] }),
    );
  expect(page('2026-12-13')).toContain('12 days left');
  expect(page('2026-12-01')).toContain('ends today');
  expect(page('2027-03-01')).not.toContain('days left');
});

test('the owner of a finding is named and can be filtered by', () => {
  const page = rendered(renderHtml, report({ findings: [finding(place, { owner: 'team <a>' })] }));
  expect(wellFormed(page)).toContain('owner: team &lt;a&gt;');
  expect(page).toContain('<option value="team &lt;a&gt;">');
});

test('with an earlier report it says what is new, fixed and unknown now', () => {
  const before = report({ findings: [finding(place), finding({ ...place, repository: 'b' })] });
  const passed = finding({ ...place, repository: 'b' }, { verdict: 'pass' });
  const now = report({ findings: [passed, finding({ ...place, repository: 'new' })] });
  const { summary, findings } = compareReports(seenIn(before), seenIn(now));
  const trend = { since: '2026-11-01T00:00:00.000Z', summary, findings, before: before.summary };
  const page = rendered(renderHtml, now, { ...plain, trend });
  const text = wellFormed(page).replace(/\s+/g, ' ');
  expect(text).toContain('Since 2026-11-01');
  expect(text).toMatch(/new failures 1/);
  expect(text).toMatch(/fixed 1/);
  expect(text).toContain(`${ecr}/new`);
  expect(wellFormed(rendered(renderHtml, now))).not.toContain('Since');
});

test('a page of part of the findings does not say that the rest is not there', () => {
  const page = rendered(renderHtml, report({ only: ['unknown'], findings: [] }));
  const text = wellFormed(page);
  expect(text).toContain('Listed are only findings that are unknown.');
  expect(text).not.toMatch(/No finding fails|Everything was read/);
});

test('a page about 5,000 registries stays below 5 MB', () => {
  const registries = Array.from({ length: 5000 }, (_, at) =>
    registry(`ecr://${String(at).padStart(12, '0')}/eu-west-1`, {
      repositories: { count: 1, complete: false, known: null },
    }),
  );
  const evidence = [
    { fact: 'tagLock', operation: 'a', field: 'b', value: { list: Array(40).fill('some text') } },
  ];
  const findings = registries.flatMap(({ id }, at) => [
    finding({ registry: id, repository: 'team/app' }, { check: `check-${at % 50}`, evidence }),
    finding(
      { registry: id, repository: null },
      {
        ...denied,
        check: `check-${at % 50}`,
        suppression: {
          kind: 'accepted',
          reason: `reason ${at}`,
          owner: 'a team',
          until: '2027-01-31',
          ticket: null,
        },
      },
    ),
  ]);
  const checks = Array.from({ length: 50 }, (_, at) => check(`check-${at}`));
  findings.sort((a, b) => (a.check < b.check ? -1 : 1));
  const page = rendered(renderHtml, report({ registries, checks, findings }));
  expect(page.length).toBeLessThan(5_000_000);
  expect(page).toContain('4,800 more registries not shown');
});
