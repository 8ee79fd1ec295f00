import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderOpenMetrics } from '../../src/reporters/openmetrics.ts';
import { fc } from '../support/search.ts';
import {
  expectGolden,
  finding,
  hostile,
  hostileReport,
  labelled,
  registry,
  rendered,
  report,
  rich,
} from './reports.ts';

interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

const label = /([a-z_]+)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/y;

/** Reads OpenMetrics text as its grammar has it: HELP and TYPE before the samples, families together, EOF last. */
function familiesOf(text: string): Family[] {
  const lines = text.split('\n');
  expect(lines.splice(-2)).toEqual(['# EOF', '']);
  const families: Family[] = [];
  for (const line of lines) {
    const [, name = '', help] = /^# HELP ([a-z_]+) (.+)$/.exec(line) ?? [];
    if (help !== undefined) {
      expect(families.map((family) => family.name)).not.toContain(name);
      families.push({ name, help, type: '', samples: [] });
      continue;
    }
    const family = families.at(-1);
    const [, typed, type = ''] = /^# TYPE ([a-z_]+) ([a-z]+)$/.exec(line) ?? [];
    if (typed !== undefined) {
      expect({ typed, samples: family?.samples }).toEqual({ typed: family?.name, samples: [] });
      families.splice(-1, 1, { name: typed, help: family?.help ?? '', type, samples: [] });
      continue;
    }
    const [whole, sample, labels = '', value = ''] =
      /^([a-z_]+)(?:\{(.*)\})? (-?\d+(?:\.\d+)?)$/.exec(line) ?? [];
    expect([whole, sample], line).toEqual([line, family?.name]);
    family?.samples.push({ labels: labelsOf(labels), value: Number(value) });
  }
  return families;
}

function labelsOf(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (let at = 0; at < text.length; at = label.lastIndex) {
    label.lastIndex = at;
    const found = label.exec(text);
    if (found === null) throw new Error(`no label at ${at}: ${text}`);
    const [, name = '', value = ''] = found;
    expect(labels).not.toHaveProperty(name);
    labels[name] = value.replace(/\\(.)/g, (_, mark: string) => (mark === 'n' ? '\n' : mark));
  }
  return labels;
}

function samplesOf(text: string, name: string) {
  return familiesOf(text).find((family) => family.name === name)?.samples ?? [];
}

test('the rich report is written as its golden file', async () => {
  await expectGolden(rendered(renderOpenMetrics, rich), 'rich.prom');
});

test('every family has a help text and a type, and no series is written twice', () => {
  for (const { help, type, samples } of familiesOf(rendered(renderOpenMetrics, labelled))) {
    expect(help).toMatch(/\.$/);
    expect(type).toBe('gauge');
    const series = samples.map(({ labels }) => JSON.stringify(labels));
    expect(new Set(series).size).toBe(series.length);
  }
});

test('the samples of the findings add up to the findings of each verdict and suppression', () => {
  const samples = samplesOf(rendered(renderOpenMetrics, labelled), 'regaudit_findings');
  for (const verdict of ['fail', 'unknown', 'pass', 'not-applicable']) {
    for (const suppression of ['none', 'waiver', 'baseline', 'accepted']) {
      const own = samples.filter(
        ({ labels }) => labels['verdict'] === verdict && labels['suppression'] === suppression,
      );
      const counted = own.reduce((sum, { value }) => sum + value, 0);
      const there = [...labelled.findings].filter(
        (one) => one.verdict === verdict && (one.suppression?.kind ?? 'none') === suppression,
      );
      expect({ verdict, suppression, counted }).toEqual({
        verdict,
        suppression,
        counted: there.length,
      });
    }
  }
});

test('the series do not grow with the repositories', () => {
  const findings = Array.from({ length: 500 }, (_, at) =>
    finding({ registry: 'ecr://1/eu', repository: `app-${at}` }, { owner: `team-${at % 2}` }),
  );
  const samples = samplesOf(rendered(renderOpenMetrics, report({ findings })), 'regaudit_findings');
  expect(samples.map(({ labels, value }) => [labels['owner'], value])).toEqual([
    ['team-0', 250],
    ['team-1', 250],
  ]);
});

test('a registry that was not reached is neither reachable nor complete, and a snapshot made no calls', () => {
  const registries = [
    registry('ecr://1/eu', { reachable: false, calls: null }),
    registry('quay://q'),
  ];
  const text = rendered(renderOpenMetrics, report({ registries }));
  const values = (name: string) => samplesOf(text, name).map(({ value }) => value);
  expect(values('regaudit_registry_reachable')).toEqual([0, 1]);
  expect(values('regaudit_registry_complete')).toEqual([0, 1]);
  expect(values('regaudit_registry_api_calls')).toEqual([1]);
});

test('the example dashboard asks only for metrics and labels that the report has', () => {
  const dashboard = readFileSync('docs/examples/grafana/regaudit.json', 'utf8');
  const families = new Map(
    familiesOf(rendered(renderOpenMetrics, rich)).map((family) => [family.name, family]),
  );
  const panels: { targets: { expr: string }[] }[] = JSON.parse(dashboard).panels;
  const asked = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  expect(asked).toHaveLength(10);
  for (const expr of asked) {
    const [name = ''] = /regaudit_[a-z_]+/.exec(expr) ?? [];
    const labels = Object.keys(families.get(name)?.samples[0]?.labels ?? {});
    expect([...families.keys()]).toContain(name);
    const used = [...expr.matchAll(/([a-z]+)(?:=~|!=|=)"/g)].map(([, label]) => label ?? '');
    const grouped = /by \(([a-z, ]+)\)/.exec(expr)?.[1]?.split(', ') ?? [];
    for (const label of [...used, ...grouped]) expect(labels).toContain(label);
  }
});

test('no name of a stranger leaves its label', () => {
  fc.assert(
    fc.property(hostile, hostile, (name, says) => {
      const families = familiesOf(rendered(renderOpenMetrics, hostileReport(name, says)));
      const total = families
        .find((family) => family.name === 'regaudit_findings')
        ?.samples.reduce((sum, { value }) => sum + value, 0);
      expect(total).toBe(4);
    }),
  );
});

test('owners that are written alike are one series, so that no file is refused for one that stands twice', () => {
  const owned = ['team\u0001', 'team\u0002', `${'x'.repeat(600)}1`, `${'x'.repeat(600)}2`];
  const findings = owned.map((owner) => finding({ registry: 'x://y', repository: 'z' }, { owner }));
  const text = [...renderOpenMetrics(report({ findings }))].join('');
  const series = text.split('\n').filter((line) => line.startsWith('regaudit_findings{'));
  expect(series).toHaveLength(2);
  expect(series.every((line) => line.endsWith(' 2'))).toBe(true);
});
