import { Ajv } from 'ajv';
import { marked } from 'marked';
import { expect, test } from 'vitest';
import { type Difference, differenceSchema } from '../../src/model/difference-schema.ts';
import { compareReports } from '../../src/policy/difference.ts';
import { seenIn } from '../../src/policy/seen.ts';
import { renderDifferenceMarkdown } from '../../src/reporters/difference/markdown.ts';
import { renderDifferenceTable } from '../../src/reporters/difference/table.ts';
import { fc } from '../support/search.ts';
import {
  expectGolden,
  finding,
  fixture,
  hostile,
  labelled,
  plain,
  registry,
  report,
  rich,
} from './reports.ts';

const validate = new Ajv({ allErrors: true, allowUnionTypes: true, discriminator: true }).compile(
  differenceSchema,
);

const place = { registry: 'ecr://123456789012/eu-west-1', repository: 'team/app' };
const [was, is] = ['a', 'b'].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string];
const moved: Difference['tags'] = {
  compared: 120,
  notCompared: 2,
  moved: [
    { kind: 'immutable', severity: 'high', ...place, tag: '1.2', was, is, suppression: null },
    { kind: 'mutable', severity: 'low', ...place, tag: 'latest', was, is, suppression: null },
  ],
};

function document(before: typeof rich, after: typeof rich): Difference {
  const side = { from: 'report', startedAt: before.startedAt, complete: false } as const;
  return {
    schemaVersion: '1.1',
    tool: before.tool,
    old: { ...side, registries: before.registries.length, findings: 0 },
    new: { ...side, registries: after.registries.length, findings: 0 },
    failOn: 'high',
    exitCode: 1,
    reason: before.reason,
    tags: moved,
    ...compareReports(seenIn(before), seenIn(after)),
  };
}

/** The rich report, some time later: of everything something. */
const later = {
  ...rich,
  registries: rich.registries.map((one) =>
    one.id.endsWith('eu-west-1') ? one : { ...one, reachable: one.provider !== 'docker-hub' },
  ),
  findings: [...labelled.findings].flatMap((one, at) => {
    if (one.provider === 'docker-hub') return [];
    if (one.verdict === 'pass' && at % 7 === 0) return [{ ...one, verdict: 'fail' as const }];
    if (one.verdict === 'pass' && at % 7 === 1) return [{ ...one, verdict: 'unknown' as const }];
    if (one.verdict === 'fail' && at % 5 === 0) return [{ ...one, verdict: 'pass' as const }];
    if (one.verdict === 'unknown' && at % 5 === 0) return [{ ...one, verdict: 'pass' as const }];
    return one.repository === 'payments/batch' ? [] : [one];
  }),
};
const difference = document(rich, later);

test('the rich report against a later one is a valid document and printed as its golden files', async () => {
  expect(validate(difference), JSON.stringify(validate.errors)).toBe(true);
  await expectGolden([...renderDifferenceTable(difference, plain)].join(''), 'diff.table.txt');
  await expectGolden([...renderDifferenceMarkdown(difference, plain)].join(''), 'diff.md');
});

test('every change there is has its heading, in the table and in Markdown', () => {
  const counts = Object.entries(difference.summary).filter(([, count]) => count > 0);
  expect(counts.length).toBeGreaterThanOrEqual(6);
  const table = fixture('diff.table.txt');
  for (const [change, count] of counts) {
    const heading =
      change === 'not-judged' ? 'NOT SCANNED AGAIN' : change.toUpperCase().replaceAll('-', ' ');
    expect(table).toContain(`${heading}  ${count}\n`);
  }
});

test('long lists are cut and counted, and -v lists all', () => {
  const findings = Array.from({ length: 250 }, (_, at) =>
    finding({ registry: 'ecr://1', repository: `r-${at}` }),
  );
  const many = document(report({}), report({ findings, registries: [registry('ecr://1')] }));
  const short = [...renderDifferenceTable(many, plain)].join('');
  expect(short).toContain('NEW  250\n');
  expect(short).toContain('and 230 more (-v lists all)');
  expect(short.split('\n').length).toBeLessThan(100);
  const long = [...renderDifferenceTable(many, { ...plain, verbose: 1 })].join('');
  expect(long).not.toContain('(-v lists all)');
  const markdown = [...renderDifferenceMarkdown(many, plain)].join('');
  expect(markdown).toContain('**and 200 more**');
});

test('no text of a stranger is a link, a mention, HTML or a command', () => {
  fc.assert(
    fc.property(hostile, hostile, (name, says) => {
      const place = { registry: `ecr://${name}`, repository: says };
      const registries = [registry(place.registry)];
      const some = document(
        report({ registries: [registry(says)], reason: says }),
        report({ registries, findings: [finding(place, { message: name })] }),
      );
      const markdown = [...renderDifferenceMarkdown(some, plain)].join('');
      const html = marked.parse(markdown, { gfm: true, async: false });
      expect(html).not.toMatch(/<(a|img|script|em|del|blockquote|ul|ol)\b/);
      expect(html.replace(/<code>[\s\S]*?<\/code>/g, '')).not.toMatch(/@|https?:|&lt;/);
      const table = [...renderDifferenceTable(some, plain)].join('');
      expect(table.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      for (const text of [markdown, table]) expect(text).not.toMatch(/^\s*::|##[a-z]*\[/im);
    }),
  );
});
