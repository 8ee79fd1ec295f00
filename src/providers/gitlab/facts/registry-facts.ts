import type { Identity } from '../../../model/identity.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { unsupported } from '../../contract.ts';
import { join } from '../../facts.ts';
import { eachEntry, joinLists, withRest } from '../../parts.ts';
import { lineOf, projectCreators, sharesOf, topOf } from '../decode/group.ts';
import { type InstanceSettings, supportOf } from '../decode/instance.ts';
import { owner, roleName } from '../decode/levels.ts';
import { openTo } from '../decode/project.ts';
import { eachOnce, instanceAdministrators } from './access.ts';
import { auditExport, auditLog } from './audit.ts';
import { credentials, credentialUse } from './credentials.ts';
import { edgeRegistries } from './geo.ts';
import { networkAccess, networkBypass } from './network.ts';
import { hiddenShares } from './not-exposed.ts';
import { ofPerson, type Settings } from './settings.ts';
import { signIn } from './sign-in.ts';
import type { Transport } from './transport.ts';
import { upstreams } from './upstreams.ts';

/** How each fact of a group or project is learnt. */
export function registryCollectors(
  settings: Settings,
  transport: () => Promise<Transport>,
  now: string,
): Collectors<'registry'> {
  const { hosted } = settings;
  return {
    anonymousCatalog: () => anonymousCatalog(settings),
    sharedLogin: () => sharedLogin(settings),
    signIn: () => signIn(settings),
    selfRegistration: async () =>
      hosted ? accountsOpenNothing : join([await settings.instance()], selfRegistration),
    credentials: () => credentials(settings),
    credentialUse: () => credentialUse(settings),
    administrators: () => administrators(settings),
    projectCreation: () => projectCreation(settings),
    networkAccess: () => networkAccess(settings),
    networkBypass: () => networkBypass(settings),
    transport: async () => (hosted ? httpsAlone : transport()),
    auditLog: () => auditLog(settings),
    auditExport: () => auditExport(settings),
    upstreams: () => upstreams(settings),
    edgeRegistries: async () => edgeRegistries(await settings.copies()),
    version: async () =>
      hosted
        ? runByGitlab
        : join([await settings.metadata()], ({ version, of }) => ({
            product: 'GitLab',
            version,
            support: supportOf(of, now),
          })),
  };
}

const accountsOpenNothing = unsupported(
  'an account of GitLab.com, which anybody can have, opens nothing here; members are invited',
);
const httpsAlone = unsupported(
  'GitLab.com is served over HTTPS alone, and nothing about it can be set',
);
const runByGitlab = unsupported('GitLab.com is run by GitLab: there is no version to choose');

/** The registry page of a public project lists its repositories, unless it is for members alone. */
async function anonymousCatalog(settings: Settings): Promise<RegistryFacts['anonymousCatalog']> {
  return join([await settings.projects()], (all) => {
    const open = all.filter((one) => openTo(one) === 'anyone').map(({ path }) => path);
    if (open.length === 0) return { mode: 'hidden' };
    const more = open.length > 3 ? ` and ${open.length - 3} more` : '';
    return {
      mode: 'listed',
      how: `those of public projects: ${open.slice(0, 3).join(', ')}${more}`,
    };
  });
}

/** The account that every instance is born with. */
async function sharedLogin(settings: Settings): Promise<RegistryFacts['sharedLogin']> {
  if (settings.hosted) return join([await settings.projects()], () => ({ mode: 'none' }));
  const found = await settings.instanceAdministrators();
  if (found.state === 'partial') return found.missing[0];
  return join([found], (all) =>
    all.some(({ username }) => username === 'root')
      ? { mode: 'active', account: 'root', kind: 'vendor-default' }
      : { mode: 'none' },
  );
}

function selfRegistration({ signUp, approvesSignUp }: InstanceSettings) {
  return signUp && !approvesSignUp
    ? ({ mode: 'on', how: 'whoever asks gets an account, and nobody has to approve it' } as const)
    : ({ mode: 'off' } as const);
}

/** Owners, as members, as groups that are invited, and as tokens. */
async function administrators(settings: Settings): Promise<RegistryFacts['administrators']> {
  const home = settings.home();
  const above = home === null ? [] : lineOf(home);
  const tokens = joinLists(
    await Promise.all(above.map(async (path) => settings.groupAccessTokens(path))),
  );
  const bots = 'value' in tokens ? tokens.value : [];
  const members =
    settings.scope.kind === 'project'
      ? await settings.members(String(settings.scope.project.id))
      : await settings.groupMembers(settings.scope.path);
  const people = eachEntry(members, ({ id, username, role, level }): Identity[] =>
    level < owner || bots.some(({ user }) => user === id)
      ? []
      : [
          {
            kind: 'person',
            name: username,
            via: `the role ${role}`,
            foreign: false,
            administrator: true,
            inherent: true,
          },
        ],
  );
  const ofTokens = eachEntry(tokens, ({ name, level, scopes }): Identity[] =>
    level < owner || !scopes.includes('api')
      ? []
      : [
          {
            kind: 'workload',
            name,
            via: `an access token with the role ${roleName(level)}`,
            foreign: false,
            administrator: true,
          },
        ],
  );
  const invited = await Promise.all(
    settings.groupsAbove(home).map(async (group) =>
      eachEntry(
        join([await group], ({ raw }) => [...sharesOf(raw)]),
        ({ group: name, level }): Identity[] =>
          level < owner
            ? []
            : [
                {
                  kind: 'group',
                  name,
                  via: `an invitation with the role ${roleName(level)}`,
                  foreign: home !== null && topOf(name) !== topOf(home),
                  administrator: true,
                },
              ],
      ),
    ),
  );
  const all = joinLists([people, ofTokens, ...invited, await instanceAdministrators(settings)]);
  return eachOnce(withRest(all, hiddenShares));
}

async function projectCreation(settings: Settings): Promise<RegistryFacts['projectCreation']> {
  const home = settings.home();
  if (home === null) return ofPerson;
  return join([await settings.group(home)], (group) => ({
    mode: 'limited',
    to: projectCreators(group),
  }));
}
