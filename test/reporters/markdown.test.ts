import { marked } from 'marked';
import { expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { renderMarkdown } from '../../src/reporters/markdown/markdown.ts';
import { sentence } from '../../src/reporters/markdown/text.ts';
import { fc, tries } from '../support/search.ts';
import {
  check,
  expectGolden,
  finding,
  hostile,
  hostileReport,
  labelled,
  plain,
  registry,
  rendered,
  report,
  rich,
} from './reports.ts';

const ecr = 'ecr://123456789012/eu-west-1';
const bytes = (text: string) => new TextEncoder().encode(text).length;

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** As a reader of GitHub-flavoured Markdown sees it, after what must hold of any was checked. */
function htmlOf(markdown: string): string {
  const html = marked.parse(markdown, { gfm: true, async: false });
  expect(html).not.toMatch(/<(a|img|script|em|del|blockquote|ul|ol)\b/);
  const outside = html.replace(/<code\b[^>]*>[\s\S]*?<\/code>/g, '');
  expect(outside).not.toMatch(/[@`]|https?:|www\.|&lt;|(?<!&)#\d/);
  expect(count(outside, /<details>/g)).toBe(count(outside, /<\/details>/g));
  for (const table of html.match(/<table>[\s\S]*?<\/table>/g) ?? []) {
    const heads = count(table, /<th>/g);
    expect(table.match(/<td>/g)?.length ?? 0).toBe(
      heads * ((table.match(/<tr>/g)?.length ?? 1) - 1),
    );
  }
  return html;
}

function repositories(count: number, says: (at: number) => string): Report {
  const findings = Array.from({ length: count }, (_, at) =>
    finding({ registry: ecr, repository: `team/app-${at}` }, { message: says(at) }),
  );
  return report({ findings, registries: [registry(ecr)] });
}

test('the rich report is written as its golden file', async () => {
  const markdown = rendered(renderMarkdown, rich);
  await expectGolden(markdown, 'rich.md');
  const html = htmlOf(markdown);
  expect(html).toContain('<h3>Failing</h3>');
  expect(html).toContain('<h3>Unknown</h3>');
});

test('of many failures fifty sentences have a row and the rest are counted', () => {
  const markdown = rendered(
    renderMarkdown,
    repositories(250, (at) => `sentence${'x'.repeat(at)}`),
  );
  expect(markdown.match(/^\| high /gm)).toHaveLength(50);
  expect(markdown).toContain('**and 200 more failures**');
});

test('failures with the same sentence share a row that counts them', () => {
  const markdown = rendered(
    renderMarkdown,
    repositories(250, () => 'every tag is mutable'),
  );
  expect(markdown.match(/^\| high /gm)).toHaveLength(1);
  expect(markdown).toContain('`team/app-2` and 247 more');
  expect(markdown).not.toContain('more failures');
});

test('it stays within its bytes, leaves out whole parts and says how many', () => {
  const many = repositories(10_000, (at) => `${'漢'.repeat(200)} ${at}`);
  const checks = Array.from({ length: 200 }, (_, at) =>
    check(`c-${at}`, { title: '漢'.repeat(250) }),
  );
  for (const mostBytes of [2_000, 20_000, 60_000]) {
    const markdown = rendered(renderMarkdown, { ...many, checks }, { ...plain, mostBytes });
    expect(bytes(markdown)).toBeLessThanOrEqual(mostBytes);
    expect(markdown).toMatch(/\*\*\d more sections do not fit\*\*/);
    htmlOf(markdown);
  }
  expect(bytes(rendered(renderMarkdown, { ...many, checks }))).toBeLessThanOrEqual(60_000);
});

test('what somebody answers for is not among the failing, and stands with its reason', () => {
  const markdown = rendered(renderMarkdown, labelled);
  htmlOf(markdown);
  expect(markdown).toContain('(14 waived, 14 baselined, 21 accepted, 2 to check by hand)');
  const count = [...labelled.findings].filter(({ suppression }) => suppression !== null).length;
  expect(markdown).toContain(`<summary>${count} waived, in the baseline or accepted</summary>`);
  expect(markdown).toMatch(/^\| fail \| `.*waived until .*platform .*OPS-7/m);
  expect(markdown).toMatch(/^\| unknown \| `.*accepted until/m);
  const only = finding({ registry: ecr, repository: 'a' }, { suppression: { kind: 'baseline' } });
  expect(rendered(renderMarkdown, report({ findings: [only] }))).not.toContain('### Failing');
});

test('a registry that was not reached or not seen whole says so in bold', () => {
  const incomplete = { count: 3, complete: false, known: null };
  const markdown = rendered(
    renderMarkdown,
    report({
      complete: false,
      registries: [
        registry('acr://a', { reachable: false }),
        registry('ecr://b', { repositories: incomplete }),
        registry('ecr://c', { repositories: { count: 3, complete: true, known: 40 } }),
      ],
    }),
  );
  expect(markdown).toContain('**Incomplete**');
  expect(markdown).toContain('| `acr://a` | **not reached** |');
  expect(markdown).toContain('| `ecr://b` | **3 of an unknown number** |');
  expect(markdown).toContain('| `ecr://c` | 3 of 40 |');
});

test('no text of a stranger is a mention, a link, HTML, a cell of its own or a command', () => {
  fc.assert(
    fc.property(hostile, hostile, (name, says) => {
      const markdown = rendered(renderMarkdown, hostileReport(name, says));
      htmlOf(markdown);
      expect(markdown).not.toMatch(/^\s*::|##[a-z]*\[/im);
    }),
    tries(100),
  );
});

test('punctuation stands outside of code, and numbers and versions are plain', () => {
  expect(sentence('set it in harbor.yml, under expose.tls.enabled: TLS 1.0 and 1.1 are on')).toBe(
    'set it in `harbor.yml`, under `expose.tls.enabled`: TLS 1.0 and 1.1 are on',
  );
  expect(sentence('403: 2026.10 (sha256:ab…) calls f(x). "@team"')).toBe(
    '403: 2026.10 (`sha256:ab…`) calls `f(x).` "`@team`"',
  );
});

test('a fix without a command is the path in the console, as everywhere else, and not Terraform', () => {
  const fix = { terraform: 'a_resource: on = true', console: 'Settings > On', risk: '', undo: '' };
  const failed = report({
    registries: [registry(ecr)],
    checks: [check('c', { fix: { ecr: fix } })],
    findings: [finding({ registry: ecr, repository: 'a' })],
  });
  const markdown = rendered(renderMarkdown, failed);
  expect(markdown).toContain('Settings `>` On');
  expect(markdown).not.toContain('a_resource');
});
