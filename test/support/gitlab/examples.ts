import type { Estate } from '../../../src/demo/gitlab/estate.ts';
import { demoToken } from '../../../src/demo/gitlab/replies.ts';
import { gitlabAnswers } from '../../../src/demo/gitlab/serve-estate.ts';
import { calls } from '../../../src/providers/gitlab/operations.ts';
import { readDescription } from '../../specs/read.ts';

interface Media {
  schema?: unknown;
  example?: unknown;
}
type Answers = Record<string, { readonly content?: Record<string, Media> }>;
interface Description {
  readonly paths: Record<
    string,
    { get?: { responses?: Answers; readonly [key: string]: unknown } }
  >;
}

/** Not described, and called before anything else. */
const ownToken = '/api/v4/personal_access_tokens/self';

/** GitLab's description as text, with the demo's answer for an estate as the example of each list and object. */
export function descriptionWithExamples(estate: Estate): string {
  const description: Description = JSON.parse(readDescription('gitlab/gitlab.json'));
  const content = { 'application/json': {} };
  description.paths[ownToken] = { get: { responses: { '200': { content } } } };
  const { answer } = gitlabAnswers(estate);
  const [group = ''] = Object.keys(estate.groups);
  const [project = ''] = Object.keys(estate.projects);
  for (const { path } of Object.values(calls)) {
    const described = path.replace(/\{(?:group|project)\}/, '{id}');
    const media =
      description.paths[described]?.get?.responses?.['200']?.content?.['application/json'];
    if (media === undefined) continue;
    const { status, body } = answer({
      method: 'GET',
      path: path
        .replace('{group}', encodeURIComponent(group))
        .replace('{project}', encodeURIComponent(project)),
      query: new URLSearchParams(),
      headers: { authorization: `Bearer ${demoToken}`, host: '127.0.0.1' },
      body: '',
    });
    if (status === 200) media.example = JSON.parse(String(body));
  }
  return JSON.stringify(description);
}
