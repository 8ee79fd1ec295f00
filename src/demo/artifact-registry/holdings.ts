import { createHash } from 'node:crypto';
import type { RestCall } from '../rest.ts';
import type { Estate, EstateImage, EstateProject, EstateRepository } from './estate.ts';
import { notFound, serviceDisabled } from './google-error.ts';

/** Looks up objects in an estate; throws Google's errors for missing ones. */
export interface Holdings {
  readonly estate: Estate;
  readonly project: (call: RestCall) => EstateProject;
  readonly repository: (call: RestCall) => EstateRepository;
  /** The project; throws if the API is disabled there. */
  readonly using: (service: string, call: RestCall) => EstateProject;
  /** A page of a list with the requested number of entries and the token of the next page. */
  readonly page: (call: RestCall, entries: readonly unknown[], key: string) => object;
}

export function holdings(estate: Estate): Holdings {
  const project = ({ params }: RestCall): EstateProject => {
    const id = params['project'] ?? '';
    const found = estate.projects[id];
    if (found === undefined) throw notFound(`Project ${id}`);
    return found;
  };
  return {
    estate,
    project,
    using: (service, call) => {
      const found = project(call);
      if (found.off?.includes(service)) throw serviceDisabled(service, found.number);
      return found;
    },
    repository: (call) => {
      const { location = '', repository = '' } = call.params;
      const found = project(call).locations[location]?.[repository];
      if (found === undefined) throw notFound(`Repository ${repository}`);
      return found;
    },
    page: ({ query }, entries, key) => {
      const asked = Number(query.get('pageSize') ?? query.get('maxResults') ?? '100');
      const size = Math.min(asked, estate.pageSize ?? asked);
      const start = Number(query.get('pageToken') ?? '0');
      const items = entries.slice(start, start + size);
      const more = start + size < entries.length;
      // Google omits an empty list.
      return {
        ...(items.length > 0 ? { [key]: items } : {}),
        ...(more ? { nextPageToken: String(start + size) } : {}),
      };
    },
  };
}

/** `sha256:…` of an image of the estate. */
export function digestOf(name: string): string {
  return `sha256:${createHash('sha256').update(name).digest('hex')}`;
}

/** An IAM policy in Google's format. */
export function policyOf(policy: Readonly<Record<string, unknown>> = {}): object {
  const conditional = JSON.stringify(policy).includes('"condition"');
  return { version: conditional ? 3 : 1, etag: 'BwYqZ5mVr0k=', ...policy };
}

export function imageUri(
  { project, location, repository }: Readonly<Record<string, string>>,
  { image, name }: EstateImage,
): string {
  return `${location}-docker.pkg.dev/${project}/${repository}/${image}@${digestOf(name)}`;
}
