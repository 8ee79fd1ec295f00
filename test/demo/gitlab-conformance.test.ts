import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Estate } from '../../src/demo/gitlab/estate.ts';
import { demoToken } from '../../src/demo/gitlab/replies.ts';
import { gitlabAnswers } from '../../src/demo/gitlab/serve-estate.ts';
import { calls } from '../../src/providers/gitlab/operations.ts';
import * as queries from '../../src/providers/gitlab/wire/queries.ts';
import { answerValidators } from '../support/gitlab/description.ts';
import { scenario, scenarios } from '../support/gitlab/scan.ts';

/** Every path below an operation that an estate has something for. */
function filled(path: string, estate: Estate): readonly string[] {
  const groups = Object.keys(estate.groups).map(encodeURIComponent);
  const projects = Object.keys(estate.projects).map(encodeURIComponent);
  if (path.includes('{group}')) return groups.map((one) => path.replace('{group}', one));
  if (path.includes('{project}')) return projects.map((one) => path.replace('{project}', one));
  return [path];
}

describe('every answer is one that GitLab describes', () => {
  const validators = answerValidators();

  it.each(scenarios.filter((name) => name !== 'new-word'))(
    'of the estate %s, its faults aside',
    async (name) => {
      const { faults: _, ...estate } = await scenario(name);
      const { answer, strays } = gitlabAnswers(estate);
      let checked = 0;
      for (const { path } of Object.values(calls)) {
        const validate = validators.get(path.replace(/\{(?:group|project)\}/, '{id}'));
        if (validate === undefined) continue;
        for (const one of filled(path, estate)) {
          const { status, body } = answer({
            method: 'GET',
            path: one,
            query: new URLSearchParams('per_page=100'),
            headers: { authorization: `Bearer ${estate.token ?? demoToken}`, host: '127.0.0.1' },
            body: '',
          });
          // What the plan lacks, and what the token may not see.
          if (status !== 200) {
            expect([403, 404], one).toContain(status);
            continue;
          }
          validate(JSON.parse(String(body)));
          expect(validate.errors ?? [], one).toEqual([]);
          checked += 1;
        }
      }
      expect(checked).toBeGreaterThan(2);
      expect(strays).toEqual([]);
    },
  );

  it('notices a wrong type', () => {
    const rules = validators.get('/api/v4/projects/{id}/registry/protection/repository/rules');
    expect(rules?.([{ repository_path_pattern: 'a/b' }])).toBe(true);
    expect(rules?.([{ repository_path_pattern: 7 }])).toBe(false);
    expect(validators.get('/api/v4/projects/{id}/job_token_scope')?.([])).toBe(false);
  });
});

describe('a query of GraphQL', () => {
  const texts = Object.entries(queries).flatMap(([name, text]) =>
    typeof text === 'string' ? [[name, text] as const] : [],
  );

  it.each(texts)('%s is one, and chooses no secret', (_, text) => {
    expect(parse(text).definitions).toHaveLength(1);
    expect(text).not.toMatch(/token|secret/i);
  });

  it('is each of those that the adapter sends', () => {
    expect(texts.length).toBeGreaterThanOrEqual(
      Object.keys(calls).filter((name) => name.startsWith('query')).length,
    );
  });
});
