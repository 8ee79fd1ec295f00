import type { Unknown } from '../../model/fact.ts';
import { unknown } from '../facts.ts';
import { enterpriseQuery, organizationsIn } from './decode/enterprise.ts';
import type { GithubApi } from './wire/api.ts';
import type { Place } from './wire/place.ts';

/** The organizations of an enterprise, and why there may be more. */
export interface Found {
  readonly logins: readonly string[];
  readonly missing: Unknown | null;
}

/** An enterprise has some thousand organizations at most. */
const mostPages = 200;

/** Every organization that an enterprise shows to the token. It counts those that it does not show as well. */
export async function organizationsOf(
  slug: string,
  api: GithubApi,
  { graphql }: Pick<Place, 'graphql'>,
): Promise<Found> {
  const logins = new Set<string>();
  let after: string | null = null;
  let total = 0;
  for (let number = 0; number < mostPages; number += 1) {
    const variables: object = { slug, after };
    const page = await api.one('queryEnterprise', (raw) => organizationsIn(raw, slug), {
      path: graphql,
      json: { query: enterpriseQuery, variables },
    });
    if (page.state !== 'known') return { logins: [...logins], missing: page };
    for (const login of page.value.logins) logins.add(login);
    total = Math.max(total, page.value.total);
    if (page.value.next === null) return { logins: [...logins], missing: hidden(logins, total) };
    if (page.value.next === after) break;
    after = page.value.next;
  }
  return { logins: [...logins], missing: endless };
}

function hidden({ size }: ReadonlySet<string>, total: number): Unknown | null {
  if (size >= total && size > 0) return null;
  const shown = size === 0 ? 'no organization is' : `${size} of ${total} organizations are`;
  return unknown('inconclusive', 'queryEnterprise', `${shown} shown to the token`);
}

const endless = unknown('undecodable', 'queryEnterprise', 'the pages have no end');
