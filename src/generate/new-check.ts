import { registryFacts } from '../model/registry.ts';
import { repositoryFacts } from '../model/repository.ts';
import type { Subject } from '../model/subjects.ts';
import { type Entry, exportName, themes } from './catalogue.ts';
import type { Product } from './products.ts';
import { samplesOf } from './samples.ts';

const factsOf: Readonly<Record<Subject, Readonly<Record<string, object>>>> = {
  registry: registryFacts,
  repository: repositoryFacts,
};

/**
 * The two files of a new check. In: the catalogue, `<theme>/<id>`, and the facts it needs; without any,
 * those of the theme's first check. Out: the files, or why there are none. Until it is written its
 * judgment throws: a finding of it is unknown, never a pass.
 */
export function newCheck(
  entries: readonly Entry[],
  name: string,
  facts: readonly string[],
): readonly Product[] | string {
  const [theme = '', ...rest] = name.split('/');
  const id = rest.join('/');
  if (!themes.some((one) => one === theme)) return `"${theme}" is none of ${themes.join(', ')}`;
  if (!/^[a-z]+(?:-[a-z]+)+$/.test(id))
    return `"${id}" is not <thing>-<good state> in small letters`;
  if (entries.some(({ check }) => check.id === id)) return `there is a check ${id} already`;
  const needs = facts.length > 0 ? facts : entries.find((one) => one.theme === theme)?.check.needs;
  const subject = subjectOf(needs ?? []);
  if (needs === undefined || subject === null) {
    return `no subject has all of the facts ${facts.join(', ')}: src/model names those there are`;
  }
  return [
    { path: `checks/${theme}/${id}.ts`, text: checkSource(id, subject, needs) },
    { path: `checks/${theme}/${id}.cases.ts`, text: casesSource(id, subject, needs) },
  ];
}

function subjectOf(facts: readonly string[]): Subject | null {
  const subjects = ['repository', 'registry'] as const;
  const has = (subject: Subject) => facts.every((fact) => Object.hasOwn(factsOf[subject], fact));
  return subjects.find(has) ?? null;
}

function checkSource(id: string, subject: Subject, needs: readonly string[]): string {
  return `import { defineCheck } from '../../src/engine/check.ts';

export const ${exportName(id)} = defineCheck({
  id: '${id}',
  subject: '${subject}',
  severity: 'medium',
  title: 'One sentence that is true when the check passes',
  why: 'What goes wrong otherwise, and for whom: one or two sentences.',
  checklist: [],
  topics: [],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ${literal(needs)},

  judge() {
    throw new Error('${id} is not written yet');
  },
});
`;
}

function casesSource(id: string, subject: Subject, needs: readonly string[]): string {
  const samples = needs.map((name) => [name, samplesOf(factsOf[subject][name] ?? {})] as const);
  const row = (at: number) =>
    literal(Object.fromEntries(samples.map(([name, values]) => [name, values.at(at)])));
  return `import { cases } from '../../src/engine/cases.ts';
import { ${exportName(id)} } from './${id}.ts';

export default cases(${exportName(id)}, {
  'what is right, in one sentence': [${row(0)}, 'pass'],
  'what is wrong, in one sentence': [${row(-1)}, 'fail'],
});
`;
}

/** A value as the formatter writes it, if it fits in a line. */
function literal(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${key}: ${literal(one)}`)
    .join(', ')} }`;
}
