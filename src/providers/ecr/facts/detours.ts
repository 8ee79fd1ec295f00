import type { Grantee } from '../../../aws-policy/grantee.ts';
import { matches } from '../../../aws-policy/match.ts';
import { trustOf } from '../../../aws-policy/trust.ts';
import type { Identity } from '../../../model/identity.ts';
import type { IamIdentity } from '../decode/iam.ts';
import {
  administersIam,
  type Describe,
  isServiceLinked,
  writesRightsOf,
} from './administrators.ts';
import { groupTakeovers, launches, roleTakeovers, userTakeovers } from './detour-actions.ts';
import { mayDo } from './iam-access.ts';
import type { Place } from './settings.ts';

/** Who can act as one of these identities without being it. */
export type Detours = (capable: readonly IamIdentity[]) => readonly Identity[];

interface Takeover {
  readonly iam: IamIdentity;
  /** `sts:AssumeRole of ci-release` */
  readonly via: string;
}

/**
 * Detours to the rights of another identity: taking its role, running code with its role, making keys for
 * it, joining its group; and to any right, by writing the rights of an identity that one can act as.
 * Whoever administers IAM could do so with every identity; these are counted as administrators, and are not
 * repeated here, but whoever can act as one of them is listed. What a service holds (build projects, functions) is not read: that a role trusts
 * the service is enough.
 */
export function detoursAmong(
  all: readonly IamIdentity[],
  describe: Describe,
  place: Place,
): Detours {
  const masters = all.filter((iam) => administersIam(iam, place));
  const others = all.filter((iam) => !masters.includes(iam));
  const known = new Map<string, readonly Takeover[]>();
  const takeoversOf = (target: IamIdentity): readonly Takeover[] => {
    let found = known.get(target.arn);
    if (found === undefined) {
      found = others.flatMap((iam) => {
        const via = iam.arn === target.arn ? null : wayTo(target, iam, place);
        return via === null ? [] : [{ iam, via: `${via} ${target.name}` }];
      });
      known.set(target.arn, found);
    }
    return found;
  };
  let makers: readonly Takeover[] | undefined;
  return (capable) => {
    makers ??= makersAmong(others, all, place);
    const reached = new Set([...capable, ...masters].map(({ arn }) => arn));
    const queue = [...capable, ...masters];
    const identities: Identity[] = [];
    for (const { iam, via } of makers) {
      if (reached.has(iam.arn)) continue;
      reached.add(iam.arn);
      queue.push(iam);
      identities.push(describe(iam, via));
    }
    for (let target = queue.pop(); target !== undefined; target = queue.pop()) {
      for (const { iam, via } of takeoversOf(target)) {
        if (reached.has(iam.arn)) continue;
        reached.add(iam.arn);
        queue.push(iam);
        identities.push(describe(iam, via));
      }
    }
    return identities;
  };
}

/** Who can give any right to an identity that it can also act as: to a role that it takes, say. */
function makersAmong(
  others: readonly IamIdentity[],
  all: readonly IamIdentity[],
  place: Place,
): readonly Takeover[] {
  return others.flatMap((iam) => {
    const made = all.find(
      (target) =>
        target.arn !== iam.arn &&
        writesRightsOf(target, iam, place) &&
        wayTo(target, iam, place) !== null,
    );
    if (made === undefined) return [];
    return [{ iam, via: `${wayTo(made, iam, place)} ${made.name}, whose rights it writes` }];
  });
}

/** How `iam` can act as `target`; null: in no way that is visible here. */
function wayTo(target: IamIdentity, iam: IamIdentity, place: Place): string | null {
  if (target.trust === null) {
    if (mayDo(iam, userTakeovers, target.arn, place)) return 'iam:CreateAccessKey for';
    return target.groups.some((group) => mayDo(iam, groupTakeovers, group, place))
      ? 'iam:AddUserToGroup like'
      : null;
  }
  if (isServiceLinked(target)) return null;
  const trusted = trustOf(target.trust, { account: place.account, organization: undefined });
  if (trusted.some((grantee) => assumes(iam, target, grantee, place))) return 'sts:AssumeRole of';
  if (mayDo(iam, roleTakeovers, target.arn, place)) return 'iam:UpdateAssumeRolePolicy of';
  const services = trusted.flatMap((one) => (one.kind === 'service' ? [one.name] : []));
  for (const service of services) {
    const way = runsWith(iam, target, service, place);
    if (way !== null) return way;
  }
  return null;
}

/** A trust policy that names an identity is enough; one that names the account leaves it to IAM. */
function assumes(iam: IamIdentity, role: IamIdentity, grantee: Grantee, place: Place): boolean {
  const byIam = () => mayDo(iam, ['sts:AssumeRole'], role.arn, place);
  switch (grantee.kind) {
    case 'principal':
      return grantee.own && isIdentity(grantee.arn, iam);
    case 'account':
      return grantee.own && byIam();
    case 'any-account':
    case 'organization':
      return byIam();
    case 'service':
    case 'federated':
    case 'user-id':
    case 'canonical-user':
    case 'deleted-principal':
      return false;
  }
}

/** A session is of the role whose name it carries. */
function isIdentity(arn: string, { arn: own, name, kind }: IamIdentity): boolean {
  if (matches(arn, own)) return true;
  return kind === 'role' && arn.includes(`:assumed-role/${name}/`);
}

function runsWith(
  iam: IamIdentity,
  role: IamIdentity,
  service: string,
  place: Place,
): string | null {
  const launch = launches[service];
  if (launch === undefined) return null;
  const may = (action: string) => {
    const [prefix = ''] = action.split(':');
    const anywhere = `arn:${place.partition}:${prefix}:*:${place.account}:*`;
    return mayDo(iam, [action], anywhere, place);
  };
  const running = launch.running.find(may);
  if (running !== undefined) return `${running} with`;
  const passing = launch.passing.find(may);
  if (passing === undefined || !mayDo(iam, ['iam:PassRole'], role.arn, place)) return null;
  return `iam:PassRole and ${passing} with`;
}
