import { objectOf, stringAt } from '../../../decode/fields.ts';
import { once } from '../../../http/once.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { Collectors } from '../../collectors.ts';
import { ask, join } from '../../facts.ts';
import { eachEntry, joinLists, withRest } from '../../parts.ts';
import type { Package } from '../decode/package.ts';
import { webhook } from '../decode/settings.ts';
import { operations } from '../operations.ts';
import { otherWebhooks } from '../provides.ts';
import { githubErrors } from '../wire/errors.ts';
import { accessCollectors } from './access.ts';
import type { Account } from './account.ts';
import { imagesOf } from './images.ts';
import { listed } from './listing.ts';
import type { RepositorySources } from './sources.ts';

/** How each fact of a package is learnt. */
export function repositoryCollectors(
  found: Package,
  sources: RepositorySources,
): Collectors<'repository'> {
  const { account } = sources;
  const publicPull = once(async () =>
    join([listed(() => found.visibility()), await asStranger(found, sources)], pullOf),
  );
  return {
    ...accessCollectors(found, account, publicPull),
    ...imagesOf(found, sources),
    publicPull,
    webhooks: () => webhooks(found, account),
  };
}

/** What a stranger really gets outranks the word of the API. */
function pullOf(visibility: string, open: boolean) {
  if (open) {
    return {
      mode: 'anyone',
      how:
        visibility === 'public'
          ? 'visibility public'
          : `a stranger is given a token to pull, although its visibility is ${visibility}`,
    } as const;
  }
  if (visibility !== 'public') return { mode: 'nobody' } as const;
  return {
    mode: 'anyone',
    how: 'visibility public, although a stranger was refused a token to pull just now',
  } as const;
}

/** Whether the token service gives a stranger a token to pull; 401 is its answer for what is not public. */
function asStranger(found: Package, { account, clients, place }: RepositorySources) {
  const operation = 'issueAnonymousToken';
  const { owner } = account;
  const image = `${owner.name}/${found.name}`;
  return ask(
    operation,
    operations[operation],
    githubErrors,
    async () => {
      const response = await clients.stranger.send({
        operation,
        path: '/token',
        query: { service: new URL(place.registry).host, scope: `repository:${image}:pull` },
        expected: [401],
      });
      return response.status === 401 ? refused : response.json();
    },
    (raw) => raw !== refused && stringAt(objectOf(raw, 'the response'), 'token') !== '',
  );
}

const refused = Symbol('refused');

async function webhooks(
  { repository }: Package,
  account: Account,
): Promise<RepositoryFacts['webhooks']> {
  const lists = [
    ...(account.owner.kind === 'organization' ? [await account.organizationHooks()] : []),
    ...(repository === null ? [] : [await account.repositoryHooks(repository.fullName)]),
  ];
  return withRest(joinLists(lists.map((list) => eachEntry(list, webhook))), otherWebhooks);
}
