import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { renderJunit } from '../../src/reporters/junit.ts';
import { fc } from '../support/search.ts';
import {
  byHand,
  expectGolden,
  finding,
  hostile,
  hostileReport,
  labelled,
  rendered,
  report,
  rich,
} from './reports.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Parses strictly: anything that is not well-formed XML 1.0 throws. */
function parsed(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  const [suites] = root.children;
  if (suites === undefined) throw new Error('there is no element');
  return suites;
}

/** The subset that all readers share; its counts must be right. */
function wellFormed(suites: Element): Element[] {
  expect(suites.name).toBe('testsuites');
  for (const suite of suites.children) {
    expect(suite.name).toBe('testsuite');
    for (const one of casesOf(suite)) {
      expect(Object.keys(one.attributes)).toEqual(['classname', 'name', 'file', 'time']);
      expect(one.children.length).toBeLessThanOrEqual(1);
    }
    expect(suite.attributes).toMatchObject(counts(casesOf(suite)));
  }
  const cases = suites.children.flatMap(casesOf);
  expect(suites.attributes).toMatchObject(counts(cases));
  return cases;
}

function casesOf({ children }: Element): Element[] {
  return children.filter(({ name }) => name !== 'properties');
}

function counts(cases: readonly Element[]) {
  const of = (name: string) =>
    String(cases.filter(({ children }) => children[0]?.name === name).length);
  return {
    tests: String(cases.length),
    failures: of('failure'),
    errors: of('error'),
    skipped: of('skipped'),
  };
}

test('the rich report is written as its golden file', async () => {
  await expectGolden(rendered(renderJunit, rich), 'rich.junit.xml');
});

test('every finding is a test case: failed, unknown an error, not applicable skipped', () => {
  const cases = wellFormed(parsed(rendered(renderJunit, rich)));
  const expected = {
    fail: 'failure',
    unknown: 'error',
    pass: undefined,
    'not-applicable': 'skipped',
  };
  expect(cases.map(({ children }) => children[0]?.name)).toEqual(
    [...rich.findings].map(({ verdict, byHand }) =>
      byHand.length > 0 ? 'skipped' : expected[verdict],
    ),
  );
  const names = cases.map(({ attributes }) => `${attributes['classname']} ${attributes['name']}`);
  expect(new Set(names).size).toBe(names.length);
});

test('what is to be checked by hand is skipped with its step', () => {
  const place = { registry: 'ecr://1', repository: 'team/app' };
  const suites = parsed(rendered(renderJunit, report({ findings: [finding(place, byHand)] })));
  const [only] = wellFormed(suites);
  expect(only?.children[0]).toMatchObject({
    name: 'skipped',
    attributes: { message: expect.stringMatching(/^check by hand: look at the console\. /) },
  });
});

test('the first suite holds how many checks were evaluated', () => {
  const [first, second] = parsed(rendered(renderJunit, rich)).children;
  const properties = (suite: Element | undefined) =>
    suite?.children.filter(({ name }) => name === 'properties').flatMap(({ children }) => children);
  expect(properties(first)?.map(({ attributes }) => attributes)).toEqual([
    {
      name: 'coverage',
      value: expect.stringMatching(/^evaluated 25 of 55 checks in 5 registries; /),
    },
  ]);
  expect(properties(second)).toEqual([]);
});

test('what somebody answers for is skipped, and says its verdict and why', () => {
  const cases = wellFormed(parsed(rendered(renderJunit, labelled)));
  const said = (begin: string) =>
    cases.filter(({ children: [result] }) => result?.attributes['message']?.startsWith(begin));
  const findings = [...labelled.findings];
  for (const [begin, kind] of [
    ['fail, waived until 2027-01-31 by platform (OPS-7): moved', 'waiver'],
    ['fail, in the baseline. Message: ', 'baseline'],
    ['unknown, accepted until 2027-01-31', 'accepted'],
  ] as const) {
    const some = said(begin);
    expect(some.length).toBeGreaterThan(0);
    expect(some).toHaveLength(
      findings.filter(({ suppression }) => suppression?.kind === kind).length,
    );
    expect(new Set(some.map(({ children }) => children[0]?.name))).toEqual(new Set(['skipped']));
  }
});

test('a report without findings is a document, and one that was cut off has an error', () => {
  expect(parsed(rendered(renderJunit, report({}))).children).toEqual([]);
  const cut = report({ interrupted: true, reason: 'terminated' });
  const [only] = wellFormed(parsed(rendered(renderJunit, cut)));
  expect(only?.children[0]).toMatchObject({
    name: 'error',
    attributes: { message: 'terminated' },
  });
});

test('no text of a stranger breaks the document or is a command of a CI', () => {
  fc.assert(
    fc.property(hostile, hostile, (name, says) => {
      const xml = rendered(renderJunit, hostileReport(name, says));
      expect(wellFormed(parsed(xml))).toHaveLength(4);
      expect(xml).not.toMatch(/^\s*::|##[a-z]*\[/im);
    }),
  );
});
