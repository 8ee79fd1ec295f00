import { expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { renderGitlabCodeQuality } from '../../src/reporters/gitlab-codequality.ts';
import { fc } from '../support/search.ts';
import {
  denied,
  expectGolden,
  finding,
  hostile,
  hostileReport,
  labelled,
  rendered,
  report,
  rich,
} from './reports.ts';

/** In: a report. Out: its issues, after what GitLab asks of each was checked. */
function issuesOf(source: Report) {
  const issues = JSON.parse(rendered(renderGitlabCodeQuality, source));
  for (const { description, check_name, fingerprint, severity, location, ...more } of issues) {
    expect(more).toEqual({});
    for (const text of [description, check_name, fingerprint]) expect(text).toMatch(/\S/);
    expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(severity);
    expect(location).toEqual({
      path: expect.stringMatching(/^registries(\/[\w.~%-]+)+$/),
      lines: { begin: 1 },
    });
  }
  return issues;
}

test('the rich report is written as its golden file', async () => {
  await expectGolden(rendered(renderGitlabCodeQuality, rich), 'rich.codequality.json');
});

test('every failure and unknown is one issue with a fingerprint of its own', () => {
  const told = [...rich.findings].filter(
    ({ verdict, byHand }) => ['fail', 'unknown'].includes(verdict) && byHand.length === 0,
  );
  const prints = issuesOf(rich).map(({ fingerprint }: { fingerprint: string }) => fingerprint);
  expect(prints).toEqual(told.map(({ fingerprint }) => fingerprint));
  expect(new Set(prints).size).toBe(prints.length);
});

test('an unknown keeps the place and fingerprint of its failure, so that it does not count as repaired', () => {
  const place = { registry: 'ecr://1', repository: 'team/app' };
  const [failed] = issuesOf(report({ findings: [finding(place)] }));
  const [unknown] = issuesOf(report({ findings: [finding(place, denied)] }));
  expect(failed.severity).toBe('critical');
  expect(unknown).toMatchObject({
    severity: 'info',
    description: expect.stringContaining('unknown'),
    fingerprint: failed.fingerprint,
    location: failed.location,
  });
});

test('what somebody answers for stays in the list, as info', () => {
  const [...findings] = labelled.findings;
  const issues = issuesOf(labelled);
  for (const [kind, word] of [
    ['waiver', 'waived'],
    ['baseline', ''],
    ['accepted', 'accepted'],
  ] as const) {
    const own = findings.filter(({ suppression }) => suppression?.kind === kind);
    const label = kind === 'baseline' ? '(in the baseline)' : `(${word} until 2027-01-31`;
    const issue = issues.filter(({ description }: { description: string }) =>
      description.includes(label),
    );
    expect(own.length).toBeGreaterThan(0);
    expect(issue).toHaveLength(own.length);
    for (const { severity } of issue) expect(severity).toBe('info');
  }
});

test('a report without findings is an empty list, and one that was cut off says so', () => {
  expect(issuesOf(report({}))).toEqual([]);
  expect(issuesOf(report({ interrupted: true, reason: 'terminated' }))).toMatchObject([
    { check_name: 'scan-finished', description: expect.stringContaining('terminated') },
  ]);
});

test('any text of a stranger keeps to the format', () => {
  fc.assert(
    fc.property(hostile, hostile, (name, says) => {
      const source = hostileReport(`${name}x`, says);
      const issues = issuesOf({
        ...source,
        findings: [...source.findings].map((one) => ({ ...one, provider: 'ecr' })),
      });
      expect(issues).toHaveLength(3);
    }),
  );
});
