import { expect, test } from 'vitest';
import { renderHtml } from '../../src/reporters/html/html.ts';
import { renderOcsf } from '../../src/reporters/ocsf.ts';
import { referencesOf } from '../../src/reporters/references.ts';
import { renderSarif } from '../../src/reporters/sarif/sarif.ts';
import { check, finding, registry, rendered, report } from './reports.ts';

const pages = {
  any: 'https://standard.example/page',
  ecr: 'https://ecr.example/page',
  harbor: 'https://harbor.example/page',
};
const about = check('c', {
  references: [pages.any],
  fix: {
    ecr: { command: 'x', references: [pages.ecr, pages.any] },
    harbor: { console: 'y', references: [pages.harbor] },
  },
});
const places = ['ecr://1/eu', 'harbor://h', 'quay://q'];
const source = report({
  checks: [about],
  registries: places.map((id) => registry(id)),
  findings: places.map((place) => finding({ registry: place, repository: 'app' })),
});

test('pages are those of the vendor and then those for any registry, each once', () => {
  expect(referencesOf(about, ['ecr'])).toEqual([pages.ecr, pages.any]);
  expect(referencesOf(about, ['harbor', 'ecr'])).toEqual([pages.harbor, pages.ecr, pages.any]);
  expect(referencesOf(about, ['quay'])).toEqual([pages.any]);
});

test('no finding of one vendor refers to the pages of another', () => {
  const events = rendered(renderOcsf, source).trim().split('\n');
  expect(events.map((event) => JSON.parse(event).remediation?.references)).toEqual([
    [pages.ecr, pages.any],
    [pages.harbor],
    undefined,
  ]);
  const { runs } = JSON.parse(rendered(renderSarif, source));
  const rules: { helpUri: string; help: { text: string } }[] = runs.map(
    (run: { tool: { driver: { rules: unknown[] } } }) => run.tool.driver.rules[0],
  );
  expect(rules.map(({ helpUri }) => helpUri)).toEqual([pages.ecr, pages.harbor, pages.any]);
  expect(rules[0]?.help.text).not.toContain(pages.harbor);
});

test('where findings of several vendors stand together, so do their pages', () => {
  const page = rendered(renderHtml, source);
  for (const address of Object.values(pages)) expect(page).toContain(`href="${address}"`);
});
