import type { GhcrEstate } from '../../../src/demo/ghcr/estate.ts';
import { secretOf } from '../../../src/demo/ghcr/replies.ts';
import { ghcrAnswers } from '../../../src/demo/ghcr/serve-estate.ts';
import { calls } from '../../../src/providers/ghcr/operations.ts';
import { readDescription } from '../../specs/read.ts';

interface Media {
  example?: unknown;
}
interface Description {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          { readonly responses?: Record<string, { readonly content?: Record<string, Media> }> }
        >
      >
    >
  >;
}

/** GitHub's description as text, with the demo's answer for an estate as the example of each list and object. */
export function descriptionWithExamples(estate: GhcrEstate): string {
  const description: Description = JSON.parse(readDescription('github/ghec.json'));
  const { answer } = ghcrAnswers(estate);
  const [repository = ''] = Object.keys(estate.repositories);
  const [name = ''] = Object.keys(estate.packages);
  const queries: Readonly<Record<string, string>> = {
    listPackages: 'package_type=container',
    listOwners: 'role=admin',
  };
  for (const [operation, { path, by }] of Object.entries(calls)) {
    const media =
      description.paths[path]?.['get']?.responses?.['200']?.content?.['application/json'];
    const token = by === 'packages' ? estate.tokens.packages : estate.tokens.settings;
    if (media === undefined || token === undefined || media.example !== undefined) continue;
    const { status, body } = answer({
      method: 'GET',
      path: path
        .replace(/\{org\}|\{username\}/, estate.owner.login.toLowerCase())
        .replace('{package_type}', 'container')
        .replace('{package_name}', name)
        .replace('{enterprise}', estate.enterprise ?? '')
        .replace('{owner}/{repo}', repository),
      query: new URLSearchParams(queries[operation]),
      headers: { authorization: `Bearer ${secretOf(by, token)}`, host: '127.0.0.1' },
      body: '',
    });
    if (status === 200) media.example = JSON.parse(String(body));
  }
  return JSON.stringify(description);
}
