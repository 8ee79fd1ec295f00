import { expect, test } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { RegistrySummary, Report } from '../../src/model/report.ts';
import { decideDifference } from '../../src/policy/decide-difference.ts';
import { compareReports } from '../../src/policy/difference.ts';
import { seenIn } from '../../src/policy/seen.ts';
import { check, denied, finding, registry, report } from '../reporters/reports.ts';

const id = 'ecr://1/eu';
const app = { registry: id, repository: 'team/app' };
const other = { registry: id, repository: 'team/other' };
const fail = finding(app);
const pass = finding(app, { verdict: 'pass', message: 'it is' });
const unknown = finding(app, denied);
const notApplicable = finding(app, { verdict: 'not-applicable', message: 'it cannot be' });
const waived: Finding['suppression'] = {
  kind: 'waiver',
  reason: 'r',
  owner: null,
  until: '2027-01-01',
  ticket: null,
};
const passing = finding(other, { verdict: 'pass' });

/** A report on one registry whose list was read whole, unless told otherwise. */
function side(findings: readonly Finding[], changes: Partial<RegistrySummary> = {}): Report {
  const names = new Set(findings.flatMap(({ repository }) => repository ?? []));
  const repositories = { count: names.size, complete: true, known: names.size };
  return report({ findings, registries: [registry(id, { repositories, ...changes })] });
}

function between(before: Report, after: Report) {
  const changes = { ...compareReports(seenIn(before), seenIn(after)), tags: null };
  const decided = (failOn: 'high' | 'critical' | 'none') =>
    decideDifference(changes, { failOn, interrupted: after.interrupted }).exitCode;
  return {
    ...changes,
    told: changes.findings.map(({ change, before: was, after: is }) => [change, was, is]),
    code: decided('high'),
    decided,
  };
}

test.each([
  ['a pass that fails is new', [pass], [fail], 'new', 1],
  ['what was not there and fails is new', [passing], [passing, fail], 'new', 1],
  ['an unknown that fails is new', [unknown], [fail], 'new', 1],
  ['what did not apply and fails is new', [notApplicable], [fail], 'new', 1],
  ['a failure that passes is fixed', [fail], [pass], 'fixed', 0],
  [
    'a failure that does not apply any longer is changed, not fixed',
    [fail],
    [notApplicable],
    'changed',
    0,
  ],
  ['a failure that cannot be read is now unknown', [fail], [unknown], 'now-unknown', 3],
  ['a pass that cannot be read is now unknown', [pass], [unknown], 'now-unknown', 3],
  [
    'what was not there and cannot be read is now unknown',
    [passing],
    [passing, unknown],
    'now-unknown',
    3,
  ],
  ['an unknown that passes is now known', [unknown], [pass], 'now-known', 0],
  [
    'a failure that says something else is changed',
    [fail],
    [{ ...fail, message: 'worse' }],
    'changed',
    0,
  ],
  [
    'a failure that got a waiver is changed',
    [fail],
    [{ ...fail, suppression: waived }],
    'changed',
    0,
  ],
  [
    'a failure whose waiver is over counts as a new one',
    [{ ...fail, suppression: waived }],
    [fail],
    'changed',
    1,
  ],
  [
    'an unknown whose acceptance is over counts as a new one',
    [{ ...unknown, suppression: { ...waived, kind: 'accepted' } }],
    [unknown],
    'changed',
    3,
  ],
  [
    'a new failure that is waived fails nothing',
    [pass],
    [{ ...fail, suppression: waived }],
    'new',
    0,
  ],
  ['a failure of a repository that is gone is not fixed', [fail, passing], [passing], 'gone', 0],
] as const)('%s', (_, before, after, change, code) => {
  const found = between(side(before), side(after));
  expect(found.told.map(([word]) => word)).toEqual([change]);
  expect(found.code).toBe(code);
  expect(found.summary[change]).toBe(1);
});

test('nothing changed is nothing told', () => {
  const same = between(side([fail, passing]), side([fail, passing]));
  expect(same).toMatchObject({ findings: [], code: 0 });
});

test('an unknown for the same reason is the same, whatever the vendor says with it', () => {
  const again = finding(app, {
    ...denied,
    message: 'another request id',
    blocked: [
      {
        fact: 'retention',
        why: 'denied',
        operation: 'x',
        permission: 'y',
        detail: 'z',
        cure: null,
        input: null,
      },
    ],
  });
  expect(between(side([unknown]), side([again])).findings).toEqual([]);
  const throttled = finding(app, {
    ...denied,
    blocked: [
      {
        fact: 'retention',
        why: 'throttled',
        operation: 'x',
        permission: 'y',
        detail: 'z',
        cure: null,
        input: null,
      },
    ],
  });
  expect(between(side([unknown]), side([throttled])).told).toEqual([
    ['changed', 'unknown', 'unknown'],
  ]);
});

test('a failure is not known any longer when the list of repositories cannot be read', () => {
  const unread = { count: 0, complete: false, known: null };
  const stands = finding({ registry: id, repository: null }, denied);
  const found = between(side([fail, passing]), side([stands], { repositories: unread }));
  expect(found.told).toEqual([
    ['now-unknown', null, 'unknown'],
    ['now-unknown', 'fail', null],
  ]);
  expect(found.code).toBe(3);
  expect(found.repositories).toEqual({
    appeared: [],
    vanished: [],
    unseen: [
      { registry: id, name: 'team/app' },
      { registry: id, name: 'team/other' },
    ],
  });
});

test('what stood for an unread list is now known when the list is read', () => {
  const unread = { count: 0, complete: false, known: null };
  const stands = finding({ registry: id, repository: null }, denied);
  const found = between(side([stands], { repositories: unread }), side([pass, passing]));
  expect(found.told).toEqual([['now-known', 'unknown', null]]);
  expect(found.repositories.appeared).toHaveLength(2);
});

test('a registry that is not reached has nothing that is fixed, gone or vanished', () => {
  const repositories = { count: 0, complete: false, known: null };
  const found = between(side([fail]), side([], { reachable: false, repositories }));
  expect(found.told).toEqual([['now-unknown', 'fail', null]]);
  expect(found.repositories.unseen).toHaveLength(1);
  expect(found.code).toBe(3);
});

test('what was unknown and still is has not become so, however it is hidden now', () => {
  const repositories = { count: 0, complete: false, known: null };
  const unread = between(side([unknown]), side([], { repositories }));
  const unreached = between(side([unknown]), side([], { reachable: false, repositories }));
  for (const { told, code } of [unread, unreached])
    expect({ told, code }).toEqual({ told: [], code: 0 });
});

test('a registry that nobody looked at again has vanished, and its failures are not judged', () => {
  const gone = report({ registries: [] });
  const found = between(side([fail]), gone);
  expect(found.told).toEqual([['not-judged', 'fail', null]]);
  expect(found.registries).toEqual({ appeared: [], vanished: [id] });
  expect(between(gone, side([fail])).registries.appeared).toEqual([id]);
});

test('a repository that a filter left out is neither gone nor vanished', () => {
  const filtered = { count: 1, complete: true, known: 9 };
  const found = between(side([fail, passing]), side([passing], { repositories: filtered }));
  expect(found.told).toEqual([['not-judged', 'fail', null]]);
  expect(found.repositories).toMatchObject({ vanished: [], unseen: [{ name: 'team/app' }] });
});

test('a check that did not run again has fixed nothing', () => {
  const found = between(side([fail]), { ...side([]), checks: [check('another')] });
  expect(found.told).toEqual([['not-judged', 'fail', null]]);
  const reason = decideDifference(found, { failOn: 'high', interrupted: false }).reason;
  expect(reason).toContain('1 earlier finding not scanned again');
});

test('the threshold decides, and a scan that was cut off is incomplete', () => {
  expect(between(side([pass]), side([fail])).decided('critical')).toBe(0);
  expect(between(side([pass]), side([fail])).decided('none')).toBe(0);
  expect(between(side([pass]), side([unknown])).decided('critical')).toBe(0);
  const cut = { ...side([pass]), interrupted: true };
  expect(between(side([pass]), cut).code).toBe(3);
  const both = between(side([pass, passing]), side([fail, finding(other, denied)]));
  expect(both.code).toBe(1);
});

test('what is told comes by urgency, then severity, check and subject', () => {
  const each = (severity: Finding['severity'], name: string) =>
    finding({ registry: id, repository: name }, { severity });
  const before = [each('low', 'a'), { ...each('low', 'b'), verdict: 'pass' } as const];
  const after = [
    { ...each('low', 'a'), verdict: 'pass' } as const,
    each('low', 'b'),
    each('critical', 'd'),
    each('critical', 'c'),
  ];
  expect(
    between(side(before), side(after)).findings.map(({ change, repository }) => [
      change,
      repository,
    ]),
  ).toEqual([
    ['new', 'c'],
    ['new', 'd'],
    ['new', 'b'],
    ['fixed', 'a'],
  ]);
});
