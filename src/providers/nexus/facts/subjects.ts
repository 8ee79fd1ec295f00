import { type Fact, type Unknown, unknownFor } from '../../../model/fact.ts';
import type { Identity } from '../../../model/identity.ts';
import { matchesAny } from '../../../model/wildcard.ts';
import { join, unknown } from '../../facts.ts';
import { joinLists, type LearntList, partial, withRest } from '../../parts.ts';
import { isLive } from '../decode/security.ts';
import { mappedGroups } from '../provides.ts';
import type { Held } from './directory.ts';
import { externalDirectories } from './realms.ts';
import { administers, holdsEverything, type Right, unfamiliar } from './rights.ts';
import type { Settings } from './settings.ts';

/** Somebody whose roles are known: a user, whoever does not sign in, or everybody who does. */
export interface Subject {
  readonly who: Pick<Identity, 'kind' | 'name'>;
  readonly held: Held;
}

/**
 * Whom requests without credentials run as; null: such requests are refused. The server does not look at
 * the status of that user.
 */
export async function anonymousSubject(settings: Settings): Promise<Fact<Subject | null>> {
  const access = await settings.anonymous();
  if (access.state !== 'known') return access;
  const { enabled, userId, realmName } = access.value;
  if (!enabled) return join([access], () => null);
  const doubt = (detail: string) => unknown('inconclusive', 'getAnonymous', detail);
  if (realmName !== 'NexusAuthorizingRealm') {
    return doubt(`anonymous users get their rights from the realm ${realmName}, which tells none`);
  }
  const { users, held } = await settings.directory();
  // Sources may hold users of the same name; the server does not tell which of them is meant.
  const found = 'value' in users ? users.value.filter((one) => one.userId === userId) : [];
  if (found.length === 0) {
    if (users.state === 'known') return doubt(`the anonymous user ${userId} is not in the list`);
    return gapIn(users);
  }
  const who = { kind: 'anyone' as const, name: userId };
  return join([access], () => ({ who, held: held(found.flatMap(({ roles }) => roles)) }));
}

function gapIn(list: Fact<readonly unknown[]>): Unknown {
  const missing = list.state === 'partial' ? list.missing : list.state === 'unknown' ? [list] : [];
  return unknownFor(missing) ?? unknown('inconclusive', 'listUsers', 'the list is not whole');
}

/** The role of everybody who signs in; null: there is none. */
export async function defaultRole(settings: Settings): Promise<Fact<Subject | null>> {
  const realms = await settings.realms();
  if (realms.state !== 'known') return realms;
  // The API lists it as DefaultRole; the status check calls it DefaultRoleRealm.
  const isActive = realms.value.some((realm) => realm.startsWith('DefaultRole'));
  if (!isActive) return join([realms], () => null);
  const capabilities = await settings.capabilities();
  if (capabilities.state !== 'known') return gapIn(capabilities);
  const configured = capabilities.value.find(
    ({ type, enabled }) => type === 'defaultrole' && enabled,
  );
  if (configured === undefined) return join([realms], () => null);
  const role = configured.properties['role'];
  if (typeof role !== 'string' || role === '') {
    return unknown('undecodable', 'listCapabilities', 'the default role has no name');
  }
  const { held } = await settings.directory();
  const who = {
    kind: 'everyone-signed-in' as const,
    name: `every user, by the default role ${role}`,
  };
  return join([capabilities], () => ({ who, held: held([role]) }));
}

/** Everybody who can have a right, and what no API tells of groups of a directory. */
export async function subjects(settings: Settings): Promise<LearntList<Subject>> {
  const { users, held } = await settings.directory();
  const { serviceAccounts = [] } = settings.options;
  const people: LearntList<Subject> =
    'value' in users
      ? partial(
          users.value.filter(isLive).map((user) => ({
            who: {
              kind: matchesAny(serviceAccounts, user.userId)
                ? ('workload' as const)
                : ('person' as const),
              name: user.userId,
            },
            held: held(user.roles),
          })),
          users.from,
          users.state === 'partial' ? users.missing : [],
        )
      : (users as LearntList<Subject>);
  return joinLists([
    people,
    asList(await anonymousSubject(settings)),
    asList(await defaultRole(settings)),
  ]);
}

function asList(fact: Fact<Subject | null>): Fact<Subject[]> {
  return join([fact], (subject) => (subject === null ? [] : [subject]));
}

/** Those of the subjects who have a right, as identities. Who administers has every right. */
export async function holders(
  settings: Settings,
  rightOf: (held: Held) => Right,
): Promise<Fact<Identity[]>> {
  const all = await subjects(settings);
  const lists = ('value' in all ? all.value : []).map((subject) => holder(subject, rightOf));
  const missing = all.state === 'partial' ? all.missing : all.state === 'unknown' ? [all] : [];
  const from = 'from' in all ? all.from : { operation: 'listUsers' };
  const list = partial(
    lists.flatMap(({ identities }) => identities),
    from,
    [...new Set([...missing, ...lists.flatMap(({ why }) => why)])],
  );
  const outside = await externalDirectories(settings);
  if (outside.state !== 'known') return joinLists<Identity>([list, gapIn(outside)]);
  return outside.value.length === 0 ? list : withRest(list, mappedGroups);
}

function holder(
  { who, held }: Subject,
  rightOf: (held: Held) => Right,
): { readonly identities: readonly Identity[]; readonly why: readonly Unknown[] } {
  const power = administers(held.held);
  const right: Right = power === null ? rightOf(held) : { state: 'held', privilege: power };
  if (right.state === 'held') {
    const identity: Identity = {
      ...who,
      via: `the privilege ${right.privilege}`,
      foreign: false,
      administrator: power !== null,
      ...(holdsEverything(held.held) ? { inherent: true } : {}),
    };
    return { identities: [identity], why: [] };
  }
  const odd = unfamiliar(held.held);
  const doubts =
    odd.length === 0
      ? []
      : [
          unknown(
            'inconclusive',
            'listPrivileges',
            `what ${odd.join(', ')} lets ${who.name} do is not known here`,
          ),
        ];
  return { identities: [], why: [...(right.state === 'doubtful' ? right.why : []), ...doubts] };
}
