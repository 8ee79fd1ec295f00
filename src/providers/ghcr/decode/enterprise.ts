import {
  arrayAt,
  booleanAt,
  DecodeError,
  maybeString,
  numberAt,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import { Denied } from '../../facts.ts';
import { loginOf } from './people.ts';

export const enterpriseQuery =
  'query ($slug: String!, $after: String) { enterprise(slug: $slug) { slug organizations(first: 100, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { login } } } }';

/** A page of the organizations of an enterprise. */
export interface OrganizationsPage {
  readonly logins: readonly string[];
  /** How many there are in all, those that the token may not see included. */
  readonly total: number;
  /** Where the next page begins; null: this is the last. */
  readonly next: string | null;
}

/** The answer to `enterpriseQuery`. Throws `Denied` where GitHub says null, of an enterprise that is not there too. */
export function organizationsIn(raw: unknown, slug: string): OrganizationsPage {
  const answer = objectOf(raw, 'the response');
  const data = objectAt(answer, 'data');
  if (data['enterprise'] === null)
    throw new Denied(
      `GitHub knows no enterprise ${slug}, or does not show it to the token`,
      'read:enterprise',
    );
  const enterprise = objectAt(data, 'enterprise');
  const named = stringAt(enterprise, 'slug');
  if (named.toLowerCase() !== slug.toLowerCase())
    throw new DecodeError(`the response is about ${named.slice(0, 60)}`);
  const organizations = objectAt(enterprise, 'organizations');
  const pages = objectAt(organizations, 'pageInfo');
  const more = booleanAt(pages, 'hasNextPage');
  const next = more ? maybeString(pages, 'endCursor') : null;
  if (more && next === null) throw new DecodeError('there is a next page, and no way to it');
  return {
    logins: arrayAt(organizations, 'nodes').map(loginOf),
    total: numberAt(organizations, 'totalCount'),
    next,
  };
}
