import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { applicationToken } from '../../src/providers/quay/decode/credentials.ts';
import { calls } from '../../src/providers/quay/operations.ts';

interface Described {
  readonly operationId?: string;
  readonly security?: readonly { readonly oauth2_implicit?: readonly string[] }[];
}

const specs = new URL('../specs/quay/', import.meta.url);
const { paths } = JSON.parse(readFileSync(new URL('quay.json', specs), 'utf8')) as {
  readonly paths: Readonly<Record<string, { readonly get?: Described }>>;
};

/** A path by its fixed parts: a repository is one parameter there and two here. */
function shape(path: string): string {
  return path.replace('{namespace}/{repository+}', '{}').replace(/\{[^}]*\}/g, '{}');
}

const own = Object.entries(calls).filter(([name]) => name !== 'getConfig');

it.each(own)('%s is a route of Quay, with the scope that it takes', (_, { path, permission }) => {
  const [found] = Object.entries(paths).filter(([described]) => shape(described) === shape(path));
  expect(found).toBeDefined();
  const scopes = (found?.[1].get?.security ?? []).flatMap((one) => one.oauth2_implicit ?? []);
  if (scopes.length > 0 && permission !== '') expect(scopes).toContain(permission.split(',')[0]);
});

it('every scope that Quay has is one of which the decoder knows what it lets a token do', () => {
  const scopes = readFileSync(new URL('permissions.txt', specs), 'utf8').trim().split('\n');
  expect(scopes.length).toBeGreaterThan(4);
  const instants = { expires_at: '2026-12-01T16:12:58Z', created: '2026-11-30T16:12:59Z' };
  for (const scope of scopes) {
    const entry = { ...instants, name: 'n', created_by: 'o', last_accessed: null, scope };
    expect(() => applicationToken(entry, 'app')).not.toThrow();
  }
});
