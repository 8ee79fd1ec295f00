import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { renderOcsf } from '../../src/reporters/ocsf.ts';
import { fc } from '../support/search.ts';
import {
  expectGolden,
  fixture,
  hostile,
  hostileReport,
  labelled,
  rendered,
  report,
  rich,
} from './reports.ts';

// Made from the definitions of OCSF 1.8.0 (Apache-2.0); of the profiles only that of clouds, and no unused object.
const schema = JSON.parse(
  readFileSync(new URL('../support/ocsf-schema.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
const valid = ajv.compile(schema);

/** In: a report. Out: its events, each checked against the schema. */
function eventsOf(source: Report) {
  const lines = rendered(renderOcsf, source).split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => {
    const event = JSON.parse(line);
    expect(valid(event), JSON.stringify(valid.errors)).toBe(true);
    return event;
  });
}

test('the rich report is written as its golden file', async () => {
  await expectGolden(rendered(renderOcsf, rich), 'rich.ocsf.jsonl');
});

test('every finding is an event, and could not look is a warning with its reason', () => {
  const results = { pass: 1, unknown: 2, fail: 3, 'not-applicable': 99 };
  const findings = [...rich.findings];
  const events = eventsOf(rich);
  expect(
    events.map(({ finding_info, compliance }) => [finding_info.uid, compliance.status_id]),
  ).toEqual(
    findings.map(({ fingerprint, verdict, byHand }) => [
      fingerprint,
      byHand.length > 0 ? 99 : results[verdict],
    ]),
  );
  for (const [at, { verdict, blocked, byHand }] of findings.entries()) {
    if (byHand.length > 0) expect(events[at].compliance.status).toBe('Manual');
    if (verdict !== 'unknown' || byHand.length > 0) continue;
    expect(events[at].compliance.status_details.slice(1)).toEqual(blocked.map(({ why }) => why));
  }
});

test('an event is dated by when its registry was read', () => {
  const read = new Map(rich.registries.map(({ id, takenAt }) => [id, Date.parse(takenAt)]));
  for (const { time, resources } of eventsOf(rich))
    expect(time).toBe(read.get(resources[0].namespace));
});

test('what somebody answers for is suppressed and keeps its result', () => {
  const kinds = [...labelled.findings].map(({ suppression }) => suppression?.kind);
  const events = eventsOf(labelled);
  expect(events.map(({ status_id }) => status_id)).toEqual(
    kinds.map((kind) => (kind === undefined ? 1 : 3)),
  );
  const waived = events[kinds.indexOf('waiver')];
  expect(waived.compliance.status).toBe('Fail');
  expect(waived.comment).toMatch(/^waived until 2027-01-31 by platform/);
  expect(events[kinds.indexOf('accepted')].compliance.status).toBe('Warning');
});

test('a control that is related by our own reading alone is no requirement', () => {
  const [first, ...others] = rich.checks;
  if (first === undefined) throw new Error('the rich report has no check');
  const control = { framework: 'F', version: '1', id: 'A-1', by: 'related' } as const;
  const checks = [
    { ...first, controls: [control, { ...control, id: 'A-2', by: 'vendor' as const }] },
  ];
  const [event] = eventsOf({ ...rich, checks: [...checks, ...others] });
  expect(event.compliance.requirements).toEqual(['F 1, A-2']);
});

test('a scan that was cut off has an event that says so', () => {
  const [event] = eventsOf(report({ interrupted: true, reason: 'terminated' }));
  expect(event.compliance).toMatchObject({ control: 'scan-finished', status: 'Warning' });
});

test('the schema refuses what is not OCSF', () => {
  const event = JSON.parse(fixture('rich.ocsf.jsonl').split('\n')[0] ?? '');
  expect(valid(event)).toBe(true);
  expect(valid({ ...event, severity_id: 7 })).toBe(false);
  expect(valid({ ...event, compliance: { ...event.compliance, status_id: 4 } })).toBe(false);
  expect(valid({ ...event, finding_info: { title: 'x' } })).toBe(false);
  expect(valid({ ...event, verdict: 'fail' })).toBe(false);
});

test('no text of a stranger leaves its line', () => {
  fc.assert(
    fc.property(hostile, hostile, (name, says) => {
      expect(eventsOf(hostileReport(name, says))).toHaveLength(4);
    }),
  );
});
