import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { Identity } from '../../../model/identity.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { Inconclusive, join, known, unknown } from '../../facts.ts';
import { eachEntry, gapOf, joinLists, type LearntList, withRest } from '../../parts.ts';
import { auditEvents, auditStream } from '../decode/settings.ts';
import {
  enterpriseOwners,
  organizationRoles,
  othersSecondFactor,
  unlistedTokens,
} from '../provides.ts';
import type { GithubApi } from '../wire/api.ts';
import { ofApp, ownerIdentity } from './access.ts';
import type { Account } from './account.ts';
import { listed, type Pages, wholeList } from './listing.ts';

export interface RegistrySources {
  readonly api: GithubApi;
  readonly account: Account;
  readonly packages: Pages;
  readonly legacy: Pages;
  /** The short name of the enterprise; null: the configuration names none. */
  readonly enterprise: string | null;
  readonly isServer: boolean;
}

/** How each fact of an owner is learnt. */
export function registryCollectors(sources: RegistrySources): Collectors<'registry'> {
  const { account, packages, legacy } = sources;
  return {
    anonymousCatalog: () => catalog(packages, account),
    signIn: () => (account.owner.kind === 'user' ? userSignIn(account) : signIn(account)),
    credentials: async () =>
      withRest(
        eachKnown(await credentialsOf(account), ({ credential }) => [credential]),
        unlistedTokens,
      ),
    credentialUse: async () =>
      withRest(
        eachKnown(await credentialsOf(account), ({ use }) => [use]),
        unlistedTokens,
      ),
    administrators: () => administrators(account),
    auditLog: () => auditLog(sources),
    auditExport: () => auditExport(sources),
    auditRetention: async () => auditRetention(sources),
    legacyStorage: () => legacyStorage(legacy, account),
  };
}

/** Of a user no API lists the tokens. */
async function credentialsOf(account: Account): ReturnType<Account['credentials']> {
  return account.owner.kind === 'user' ? known('getOwner', '', () => []) : account.credentials();
}

function eachKnown<E, T>(list: LearntList<E>, decode: (entry: E) => readonly T[]): LearntList<T> {
  return joinLists([eachEntry(list, decode)]);
}

/**
 * Whatever is public is shown on the page of its owner to anybody, and nothing else is. Each person is listed
 * all that is public; the token of a workflow, what its repository may read.
 */
async function catalog(
  packages: Pages,
  account: Account,
): Promise<RegistryFacts['anonymousCatalog']> {
  for await (const page of packages()) {
    if (page.state !== 'known') return page;
    const shown = eachEntry(page, (one) => (one.visibility() === 'public' ? [one.name] : []));
    if (!('value' in shown)) return shown;
    const [first] = shown.value;
    if (first !== undefined) {
      return listed(() => ({
        mode: 'listed',
        how: `public packages are shown to everybody, ${first} among them`,
      }));
    }
    if (shown.state !== 'known') return gapOf(shown);
  }
  return join([listed(() => true), await account.caller()], () => ({ mode: 'hidden' }));
}

/** One person without a second factor is enough to fail; with one, the others with access are still untold. */
async function userSignIn(account: Account): Promise<RegistryFacts['signIn']> {
  const { name } = account.owner;
  const has = join([await account.caller()], ({ login, secondFactor }) => {
    if (login === name) return secondFactor();
    throw new Inconclusive(`only ${name} is told whether the account has a second factor`);
  });
  if (has.state !== 'known') return gapOf(has);
  return has.value
    ? othersSecondFactor
    : join([has], () => ({ mode: 'local', withoutMfa: [name] }));
}

async function signIn(account: Account): Promise<RegistryFacts['signIn']> {
  const required = join([await account.organization()], (found) => found.requiresSecondFactor());
  if (required.state !== 'known') return gapOf(required);
  if (required.value) {
    return join([required], () => ({
      mode: 'mfa-required',
      through: 'GitHub, where the organization requires it',
    }));
  }
  const facts = [
    required,
    await account.insecureMembers(),
    await account.singleSignOn(),
    await account.mayBeEnterprise(),
  ] as const;
  return join(facts, (_, insecure, provider, mayBeEnterprise) => {
    if (provider !== null) {
      throw new Inconclusive(
        'no second factor is required; single sign-on is configured, and no API tells whether it is enforced',
      );
    }
    if (insecure.length === 0) {
      throw new Inconclusive(
        'no second factor is required, though every member has one today; require it under Settings > Authentication security',
      );
    }
    if (mayBeEnterprise) {
      throw new Inconclusive(
        `no second factor is required and ${insecure.length} of the members have none; the enterprise may enforce single sign-on, which the organization is not told`,
      );
    }
    return { mode: 'local', withoutMfa: [...insecure] };
  });
}

/** Owners, and apps that administer the organization or can make somebody an owner. */
async function administrators(account: Account): Promise<LearntList<Identity>> {
  const owners = eachKnown(await account.owners(), (login) => [ownerIdentity(login, account)]);
  if (account.owner.kind === 'user') return owners;
  const apps = eachEntry(await account.installations(), ({ app, administers }) =>
    administers ? [ofApp(app, 'GitHub App that administers the organization')] : [],
  );
  const mayBeEnterprise = await account.mayBeEnterprise();
  const sure = joinLists<Identity>([owners, apps]);
  if (mayBeEnterprise.state !== 'known') return joinLists([sure, gapOf(mayBeEnterprise)]);
  return withRest(sure, mayBeEnterprise.value ? enterpriseOwners : organizationRoles);
}

const ofUser = 'the account is of a person and has no audit log; an organization has one';

/**
 * GitHub keeps an audit log of every organization, with the publication, deletion and restoration of package
 * versions in it, and no pulls (docs, Audit log events). Where the plan lets it be read it is looked at.
 */
async function auditLog({ api, account }: RegistrySources): Promise<RegistryFacts['auditLog']> {
  if (account.owner.kind === 'user')
    return known('getOwner', '', () => ({ mode: 'off', why: ofUser }));
  const readable = await account.mayBeEnterprise();
  if (readable.state !== 'known') return gapOf(readable);
  if (!readable.value) return join([readable], on);
  return api.one(
    'listAuditLog',
    (raw) => {
      auditEvents(raw);
      return on();
    },
    { params: { org: account.owner.name }, query: { per_page: 1, phrase: 'action:packages' } },
  );
}

function on(): AuditLog {
  return {
    mode: 'on',
    administration: true,
    push: true,
    pull: false,
    by: ['the audit log of the organization'],
    gaps: ['GitHub records no pull of an image'],
  };
}

type AuditLog = ValueOf<RegistryFacts['auditLog']>;

async function auditExport({
  api,
  account,
  enterprise,
}: RegistrySources): Promise<RegistryFacts['auditExport']> {
  if (account.owner.kind === 'user') return known('getOwner', '', () => []);
  const mayBeEnterprise = await account.mayBeEnterprise();
  if (mayBeEnterprise.state !== 'known') return gapOf(mayBeEnterprise);
  if (!mayBeEnterprise.value) return join([mayBeEnterprise], () => []);
  if (enterprise === null) {
    return unknown(
      'not-collected',
      'listAuditStreams',
      'streams belong to the enterprise: name it with enterprise: in the configuration',
    );
  }
  const streams = await api.all('listAuditStreams', (entries) => entries, {
    params: { enterprise },
  });
  return joinLists([
    eachEntry<unknown, ReturnType<typeof auditStream>>(streams, (entry) => [auditStream(entry)]),
  ]);
}

/** GitHub keeps events for 180 days (docs, Reviewing the audit log for your organization). */
function auditRetention({ account, isServer }: RegistrySources): RegistryFacts['auditRetention'] {
  return known('getOwner', '', () => {
    if (account.owner.kind === 'user') throw new Inconclusive(ofUser);
    if (isServer) {
      throw new Inconclusive('whoever runs GitHub Enterprise Server sets how long events are kept');
    }
    return { mode: 'days', days: 180, switchOff: 'prevented' };
  });
}

/** Images of docker.pkg.github.com, which a list of container packages leaves out. */
async function legacyStorage(
  legacy: Pages,
  account: Account,
): Promise<RegistryFacts['legacyStorage']> {
  const lists: Fact<readonly Storage[]>[] = [];
  for await (const page of legacy()) {
    lists.push(
      eachEntry(page, ({ name, visibility }) => [
        {
          name: `docker.pkg.github.com package ${name}`,
          access:
            visibility() === 'public'
              ? { mode: 'public', how: 'visibility public' }
              : { mode: 'private' },
        } as const,
      ]),
    );
  }
  const whole = await wholeList(account);
  return joinLists<Storage>([
    ...lists,
    whole.state === 'known' ? known('listLegacyPackages', '', () => []) : gapOf(whole),
  ]);
}

type Storage = ValueOf<RegistryFacts['legacyStorage']>[number];
