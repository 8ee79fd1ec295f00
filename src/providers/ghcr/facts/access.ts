import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { Identity } from '../../../model/identity.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { Collectors } from '../../collectors.ts';
import { join, known } from '../../facts.ts';
import { eachEntry, gapOf, joinLists, type LearntList, withRest } from '../../parts.ts';
import type { Package } from '../decode/package.ts';
import type { Collaborator, Level } from '../decode/people.ts';
import { packageRoles } from '../provides.ts';
import type { Account } from './account.ts';

type Grant = ValueOf<RepositoryFacts['outsideAccess']>[number];

/**
 * Who may do what with a package. Only owners hold it whatever is set; everybody else holds it through the
 * repository that the package is linked to, whose access it inherits unless somebody has changed that.
 */
export function accessCollectors(
  found: Package,
  account: Account,
  publicPull: () => Promise<RepositoryFacts['publicPull']>,
): Pick<Collectors<'repository'>, 'pushers' | 'deleters' | 'outsideAccess'> {
  return {
    pushers: () => holders(found, account, 'push'),
    deleters: () => holders(found, account, 'admin'),
    outsideAccess: async () => outside(found, account, await publicPull()),
  };
}

/** `level`: what of the repository lets somebody push to its packages, or delete them. */
async function holders(
  { repository }: Package,
  account: Account,
  level: 'push' | 'admin',
): Promise<LearntList<Identity>> {
  const ofOrganization = account.owner.kind === 'organization';
  const [owners, apps] = await Promise.all([
    account.owners(),
    ofOrganization ? account.installations() : null,
  ]);
  const lists: Fact<readonly Identity[]>[] = [
    eachEntry(owners, (login) => [ownerIdentity(login, account)]),
    ...(apps === null
      ? []
      : [
          eachEntry(apps, ({ app, pushesBy }) =>
            pushesBy === null ? [] : [ofApp(app, `GitHub App with ${pushesBy}: write`)],
          ),
        ]),
  ];
  if (repository !== null) {
    const { fullName } = repository;
    lists.push(await collaborators(fullName, account, level, owners));
    lists.push(await workflows(fullName, account));
    if (ofOrganization) lists.push(await everyMember(account, level));
  }
  return withRest(joinLists(lists), packageRoles);
}

export function ownerIdentity(name: string, { owner }: Pick<Account, 'owner'>): Identity {
  return {
    kind: 'person',
    name,
    via: owner.kind === 'user' ? 'the account itself' : `owner of ${owner.name}`,
    foreign: false,
    administrator: true,
    inherent: true,
  };
}

export function ofApp(app: string, via: string): Identity {
  return { kind: 'workload', name: app, via, foreign: false, administrator: false };
}

async function collaborators(
  repository: string,
  account: Account,
  level: Level,
  owners: LearntList<string>,
): Promise<LearntList<Identity>> {
  const ownerNames = 'value' in owners ? owners.value : [];
  // Whoever has the role admin may be an owner that is not known, from whom nothing can be taken.
  const mayBeOwner = (one: Collaborator) =>
    ownerNames.includes(one.login) || (owners.state !== 'known' && one.may('admin'));
  const [found, outsiders] = await Promise.all([
    account.collaborators(repository),
    outsidersOf(account),
  ]);
  const outsideNames = outsiders.state === 'known' ? outsiders.value : [];
  const people = eachEntry(found, (one): readonly Identity[] => {
    if (mayBeOwner(one) || !one.may(level)) return [];
    return [
      {
        kind: one.isMachine ? 'workload' : 'person',
        name: one.login,
        via: `role ${one.role} in ${repository}`,
        foreign: account.owner.kind === 'user' || outsideNames.includes(one.login),
        administrator: false,
      },
    ];
  });
  return outsiders.state === 'known' ? joinLists([people]) : joinLists([people, gapOf(outsiders)]);
}

/** Of a user everybody else is one. */
async function outsidersOf(account: Account): Promise<Fact<readonly string[]>> {
  return account.owner.kind === 'user' ? known('getOwner', '', () => []) : account.outsiders();
}

/**
 * `GITHUB_TOKEN`: any workflow of the repository may ask for `packages: write`, whatever the default is, and
 * the repository that published a package administers it (docs, About permissions for GitHub Packages).
 */
async function workflows(repository: string, account: Account): Promise<Fact<readonly Identity[]>> {
  const byDefault = await account.workflowDefault(repository);
  const policy =
    account.owner.kind === 'organization'
      ? await account.actions()
      : known('getOwner', '', () => ({ runs: true, actions: '' }));
  return join([byDefault, policy], (permission, { runs, actions }) => {
    if (!runs) return [];
    const asked =
      permission === 'write' ? 'write by default' : 'write where a workflow asks for it';
    const also = actions === '' ? '' : `; ${actions} may run`;
    return [
      {
        kind: 'workload',
        name: `workflows of ${repository}`,
        via: `GITHUB_TOKEN, ${asked}${also}`,
        foreign: false,
        administrator: false,
      } as const,
    ];
  });
}

/** The base permission, which every member has in every repository. */
async function everyMember(
  account: Account,
  level: 'push' | 'admin',
): Promise<Fact<readonly Identity[]>> {
  return join([await account.organization()], (organization) => {
    const base = organization.basePermission();
    if (base !== 'admin' && !(base === 'write' && level === 'push')) return [];
    return [
      {
        kind: 'group',
        name: `all members of ${account.owner.name}`,
        via: `base permission ${base}`,
        foreign: false,
        administrator: false,
      } as const,
    ];
  });
}

async function outside(
  found: Package,
  account: Account,
  publicPull: RepositoryFacts['publicPull'],
): Promise<LearntList<Grant>> {
  const lists: Fact<readonly Grant[]>[] = [
    join([publicPull], (pull) => [...toStrangers(pull), ...toEnterprise(found)]),
  ];
  if (found.repository !== null) {
    lists.push(await outsideCollaborators(found.repository.fullName, account));
  }
  return withRest(joinLists(lists), packageRoles);
}

function toStrangers(pull: ValueOf<RepositoryFacts['publicPull']>): Grant[] {
  if (pull.mode !== 'anyone') return [];
  return [{ kind: 'anyone', id: '*', account: '', own: false, can: ['pull'], via: pull.how }];
}

/** All members of the enterprise, or of the organization where there is none above it. */
function toEnterprise(found: Package): Grant[] {
  if (found.visibility() !== 'internal') return [];
  const via = 'visibility internal';
  return [
    { kind: 'organization', id: 'the enterprise', account: '', own: true, can: ['pull'], via },
  ];
}

async function outsideCollaborators(
  repository: string,
  account: Account,
): Promise<Fact<readonly Grant[]>> {
  const [people, outsiders] = await Promise.all([
    account.collaborators(repository),
    outsidersOf(account),
  ]);
  if (outsiders.state !== 'known') return gapOf(outsiders);
  const { kind, name } = account.owner;
  return eachEntry(people, (one): readonly Grant[] => {
    const isOutside = kind === 'user' ? one.login !== name : outsiders.value.includes(one.login);
    if (!isOutside || !one.may('pull')) return [];
    return [
      {
        kind: 'principal',
        id: one.login,
        account: '',
        own: false,
        can: rightsOf(one),
        via: `outside collaborator, role ${one.role} in ${repository}`,
      },
    ];
  });
}

function rightsOf({ may }: Collaborator): Grant['can'] {
  if (may('admin')) return ['pull', 'push', 'delete', 'administer'];
  return may('push') ? ['pull', 'push'] : ['pull'];
}
