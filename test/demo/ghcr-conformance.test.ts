import { describe, expect, it } from 'vitest';
import { digestOf, manifestOf } from '../../src/demo/ghcr/content.ts';
import type { GhcrEstate } from '../../src/demo/ghcr/estate.ts';
import { secretOf } from '../../src/demo/ghcr/replies.ts';
import { ghcrAnswers } from '../../src/demo/ghcr/serve-estate.ts';
import type { WireRequest } from '../../src/demo/wire-server.ts';
import { calls, pathsForUsers } from '../../src/providers/ghcr/operations.ts';
import { answerValidators } from '../support/ghcr/description.ts';
import { scenario, scenarios } from '../support/ghcr/scan.ts';

/** What else a call says, where its path alone does not tell it apart from another. */
const queries: Readonly<Record<string, string>> = {
  listPackages: 'package_type=container',
  listLegacyPackages: 'package_type=docker',
  listOwners: 'role=admin',
  listInsecureMembers: 'filter=2fa_disabled',
};

const forUsers: Readonly<Record<string, string>> = {
  listPackages: pathsForUsers.packages,
  listLegacyPackages: pathsForUsers.packages,
  listVersions: pathsForUsers.versions,
  listAttestations: pathsForUsers.attestations,
};

/** Every path below an operation that an estate has something for. */
function filled(path: string, estate: GhcrEstate): readonly string[] {
  const login = estate.owner.login.toLowerCase();
  const base = path
    .replace(/\{org\}|\{username\}/, login)
    .replace('{package_type}', 'container')
    .replace('{enterprise}', estate.enterprise ?? 'none')
    .replace('{subject_digest}', digests(estate)[0] ?? digestOf('none'));
  if (base.includes('{package_name}')) {
    return Object.keys(estate.packages).map((name) =>
      base.replace('{package_name}', encodeURIComponent(name)),
    );
  }
  if (!base.includes('{owner}')) return [base];
  return Object.keys(estate.repositories).map((name) => base.replace('{owner}/{repo}', name));
}

function digests({ packages }: GhcrEstate): readonly string[] {
  const images = Object.values(packages).flatMap(({ images: all = [] }) => all);
  return images.map((image) => digestOf(manifestOf(image)));
}

function request(estate: GhcrEstate, name: string, path: string): WireRequest {
  const { packages, settings } = estate.tokens;
  const isPackages = name in calls && calls[name as keyof typeof calls].by === 'packages';
  const secret =
    isPackages || settings === undefined
      ? secretOf('packages', packages)
      : secretOf('settings', settings);
  const isPost = path.endsWith('bulk-list');
  return {
    method: isPost ? 'POST' : 'GET',
    path,
    query: new URLSearchParams(`per_page=100&${queries[name] ?? ''}`),
    headers: { authorization: `Bearer ${secret}`, host: '127.0.0.1' },
    body: isPost ? JSON.stringify({ subject_digests: digests(estate) }) : '',
  };
}

describe('every answer is one that GitHub describes', () => {
  const validators = answerValidators();

  it.each(scenarios.filter((name) => name !== 'new-word'))(
    'of the estate %s, its faults aside',
    async (scene) => {
      const { faults: _, ...estate } = await scenario(scene);
      const { answer, strays } = ghcrAnswers(estate);
      const ofUser = estate.owner.type === 'User';
      let checked = 0;
      for (const [name, { path }] of Object.entries(calls)) {
        const described = ofUser ? (forUsers[name] ?? path) : path;
        const validate = validators.get(
          `${described.endsWith('bulk-list') ? 'POST' : 'GET'} ${described}`,
        );
        if (path === '/graphql') continue;
        expect(validate, described).toBeDefined();
        for (const one of filled(described, estate)) {
          const { status, body } = answer(request(estate, name, one));
          // What the token may not see, and what the owner does not have.
          if (status !== 200) {
            expect([403, 404, 422], one).toContain(status);
            continue;
          }
          validate?.(JSON.parse(String(body)));
          expect(validate?.errors ?? [], one).toEqual([]);
          checked += 1;
        }
      }
      expect(checked).toBeGreaterThan(2);
      expect(strays).toEqual([]);
    },
  );

  it('notices a word that is not GitHub’s, and a wrong type', () => {
    const list = validators.get('GET /orgs/{org}/packages');
    expect(list?.([{ visibility: 'internal' }])).toBe(true);
    expect(list?.([{ visibility: 'unlisted' }])).toBe(false);
    expect(list?.([{ version_count: 'many' }])).toBe(false);
    const policy = validators.get('GET /orgs/{org}/actions/permissions');
    expect(policy?.({ enabled_repositories: 'most' })).toBe(false);
  });
});
