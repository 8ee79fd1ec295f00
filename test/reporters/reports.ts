import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { CheckSummary, RegistrySummary, Report } from '../../src/model/report.ts';
import type { Reporter, ReporterOptions } from '../../src/reporters/reporter.ts';
import { anyText, fc } from '../support/search.ts';

const fixtures = new URL('../../fixtures/reports/', import.meta.url);

/** A file of `fixtures/reports`. */
export function fixture(name: string): string {
  return readFileSync(new URL(name, fixtures), 'utf8');
}

/** Fails unless the text is that of the file; `npm run test:update` writes it. */
export async function expectGolden(text: string, name: string): Promise<void> {
  await expect(text).toMatchFileSnapshot(fileURLToPath(new URL(name, fixtures)));
}

/** Several registries, every verdict, severity and reason, hostile names, one registry unreachable. */
export const rich: Report = JSON.parse(fixture('rich.json'));

export const plain: ReporterOptions = { color: false, width: 80, verbose: 0 };

export function rendered(reporter: Reporter, report: Report, options = plain): string {
  return [...reporter(report, options)].join('');
}

export function check(id: string, changes: Partial<CheckSummary> = {}): CheckSummary {
  return {
    id,
    subject: 'repository',
    severity: 'high',
    impact: 'other',
    title: 'It is as it should be',
    why: 'Otherwise it is not.',
    checklist: [],
    references: [],
    controls: [],
    fix: {},
    verdicts: { fail: 1, unknown: 0, pass: 0, 'not-applicable': 0 },
    ...changes,
  };
}

export function registry(id: string, changes: Partial<RegistrySummary> = {}): RegistrySummary {
  return {
    id,
    provider: id.slice(0, id.indexOf(':')),
    reachable: true,
    repositories: { count: 1, complete: true, known: 1 },
    summary: {
      pass: 0,
      fail: 1,
      unknown: 0,
      notApplicable: 0,
      waived: 0,
      baselined: 0,
      accepted: 0,
      byHand: 0,
    },
    takenAt: '2026-01-01T00:00:00.000Z',
    calls: 1,
    ...changes,
  };
}

/** In: where and what. Out: a finding of the check `c`, failed unless told otherwise. */
export function finding(
  place: Pick<Finding, 'registry' | 'repository'>,
  changes: Partial<Finding> = {},
): Finding {
  const subject =
    place.repository === null ? place.registry : `${place.registry}/${place.repository}`;
  return {
    check: 'c',
    provider: place.registry.slice(0, place.registry.indexOf(':')),
    ...place,
    subject,
    owner: null,
    verdict: 'fail',
    severity: 'high',
    message: 'it is not',
    evidence: [],
    blocked: [],
    missing: [],
    byHand: [],
    suppression: null,
    fingerprint: Buffer.from(subject).toString('hex').padEnd(64, '0'),
    ...changes,
  };
}

export const denied: Partial<Finding> = {
  verdict: 'unknown',
  message: 'retention is unknown',
  blocked: [
    {
      fact: 'retention',
      why: 'denied',
      operation: 'getLifecyclePolicy',
      permission: 'ecr:GetLifecyclePolicy',
      detail: null,
      cure: null,
      input: null,
    },
  ],
};

export const byHand: Partial<Finding> = {
  verdict: 'unknown',
  message: 'signIn is unknown: no API tells',
  blocked: [
    {
      fact: 'signIn',
      why: 'not-exposed',
      operation: 'platform',
      permission: null,
      detail: 'no API tells',
      cure: null,
      input: null,
    },
  ],
  byHand: [
    {
      fact: 'signIn',
      note: 'no API tells',
      step: 'look at the console',
      page: 'https://a.example/',
    },
  ],
};

export function report(changes: Partial<Report>): Report {
  return { ...rich, registries: [], checks: [check('c')], findings: [], ...changes };
}

const answeredFor = {
  reason: 'moved @next week | "soon"',
  owner: 'platform',
  until: '2027-01-31',
  ticket: 'OPS-7',
};

/** The rich report with every suppression there is: of its failures and unknowns, some are answered for. */
export const labelled: Report = {
  ...rich,
  summary: { ...rich.summary, waived: 14, baselined: 14, accepted: 21 },
  findings: [...rich.findings].map((finding, at) => ({
    ...finding,
    suppression: suppressionOf(finding, at),
  })),
};

function suppressionOf({ verdict }: Finding, at: number): Finding['suppression'] {
  if (verdict === 'fail' && at % 3 === 0) return { kind: 'waiver', ...answeredFor };
  if (verdict === 'fail' && at % 3 === 1) return { kind: 'baseline' };
  if (verdict === 'unknown' && at % 2 === 0) return { kind: 'accepted', ...answeredFor };
  return null;
}

/** Text that attacks terminals, CI logs, Markdown, HTML, XML and spreadsheets at once. */
export const hostile = fc.oneof(
  anyText(20),
  fc
    .array(
      fc.constantFrom(
        '@everyone',
        ' @octocat ',
        '`',
        '``',
        '|',
        '\\|',
        '\\',
        '[a](https://evil.example)',
        'https://evil.example',
        'www.evil.example',
        'a@evil.example',
        '<img src=x>',
        '</details>',
        '-->',
        ']]>',
        '&lt;',
        '\r\n',
        '\n::error::x',
        '##vso[task.complete]',
        '\u001b[2J',
        '\u202e',
        '\ufffe',
        '\u0000',
        '\ud800',
        '=1+1',
        '"',
        "'",
        ',',
        ';',
        'word',
        ' ',
        '#12',
        'deadbeef',
        '**',
        '%0A',
        '1. ',
        '- ',
        '# ',
      ),
      { maxLength: 10 },
    )
    .map((pieces) => pieces.join('')),
);

/** A report whose every text is a stranger's. */
export function hostileReport(name: string, says: string): Report {
  const place = { registry: `ecr://${name}`, repository: says };
  const gap = {
    fact: says,
    why: 'denied',
    operation: name,
    permission: says,
    detail: name,
    cure: null,
    input: null,
  } as const;
  const suppression = {
    kind: 'waiver',
    reason: says,
    owner: name,
    until: '2027-01-31',
    ticket: says,
  } as const;
  const evidence = [{ fact: name, operation: says, field: name, value: says }];
  return report({
    registries: [registry(`ecr://${name}`)],
    checks: [check('c', { title: says, why: name, fix: { ecr: { command: says } } })],
    summary: { ...rich.summary, fail: 2, unknown: 2 },
    findings: [
      finding(place, { message: says, evidence }),
      finding(place, { message: name, suppression }),
      finding(place, { verdict: 'unknown', message: name, blocked: [gap] }),
      finding({ ...place, repository: null }, { verdict: 'pass', message: says, evidence }),
    ],
    reason: says,
  });
}
