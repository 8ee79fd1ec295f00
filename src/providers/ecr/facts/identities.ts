import { accessGranted } from '../../../aws-policy/access.ts';
import type { PolicyDocument } from '../../../aws-policy/document.ts';
import type { Grantee } from '../../../aws-policy/grantee.ts';
import { identityAllows } from '../../../aws-policy/identity.ts';
import { parsePolicy } from '../../../aws-policy/parse.ts';
import { trustOf } from '../../../aws-policy/trust.ts';
import type { Identity } from '../../../model/identity.ts';
import type { IamIdentity } from '../decode/iam.ts';
import { registryAdministration } from './abilities.ts';
import type { World } from './policies.ts';
import type { Place } from './settings.ts';

/** An IAM identity that may do something to some repository. */
export interface Candidate {
  readonly iam: IamIdentity;
  readonly identity: Identity;
  /** Surely allowed for every repository, so that it need not be asked again for each. */
  readonly repositoryDefaults: boolean;
}

/** Who in the account may do any of these actions to some repository: an upper bound. */
export function candidates(
  all: readonly IamIdentity[],
  place: Place,
  actions: readonly string[],
): Candidate[] {
  const kinds = kindsOf(all, place);
  const every = repositoryArn(place, '*');
  return all.flatMap((iam) => {
    const answers = actions.map((action) => allows(iam, action, every));
    if (answers.every((answer) => answer.allows === 'no')) return [];
    const repositoryDefaults = answers.some(
      (answer) => answer.allows === 'yes' && answer.reach === 'every',
    );
    return [{ iam, identity: identityOf(iam, kinds(iam), place), repositoryDefaults }];
  });
}

export function allows(iam: IamIdentity, action: string, resource: string) {
  return identityAllows(iam.policies, {
    action,
    resource,
    boundary: iam.boundary,
    known: new Map([['aws:principalarn', iam.arn]]),
  });
}

export function repositoryArn({ partition, region, account }: Place, name: string): string {
  return `arn:${partition}:ecr:${region}:${account}:repository/${name}`;
}

function identityOf(iam: IamIdentity, kind: Identity['kind'], place: Place): Identity {
  return {
    kind,
    name: iam.arn,
    via: iam.granted.slice(0, 5).join(', '),
    foreign: false,
    administrator: allows(iam, registryAdministration, repositoryArn(place, '*')).allows !== 'no',
  };
}

/** Those of the candidates whom IAM lets at this repository; the same list if that is all of them. */
export function presentAt(
  list: readonly Candidate[],
  arn: string,
  actions: readonly string[],
): readonly Candidate[] {
  if (list.every(({ repositoryDefaults }) => repositoryDefaults)) return list;
  return list.filter(
    ({ iam, repositoryDefaults }) =>
      repositoryDefaults || actions.some((action) => allows(iam, action, arn).allows !== 'no'),
  );
}

/** Those of the present whom the policies of the repository do not refuse. */
export function allowedAt(
  here: readonly Candidate[],
  world: World,
  place: Place,
  arn: string,
  actions: readonly string[],
): Identity[] {
  const denies = world.policies.some(({ statements }) =>
    statements.some(({ effect }) => effect === 'Deny'),
  );
  if (!denies || here.length === 0) return here.map(({ identity }) => identity);
  const left = notRefused(here, world, place, arn, actions);
  return here.filter(({ iam }) => left.has(iam.arn)).map(({ identity }) => identity);
}

/** Asks the evaluator as if the policies granted each of them by name: who is left is not denied. */
function notRefused(
  list: readonly Candidate[],
  world: World,
  { account }: Place,
  resource: string,
  actions: readonly string[],
): ReadonlySet<string> {
  const statement = {
    Effect: 'Allow',
    Action: [...actions],
    Principal: { AWS: list.map(({ iam }) => iam.arn) },
  };
  const asked: PolicyDocument = parsePolicy(
    JSON.stringify({ Version: '2012-10-17', Statement: statement }),
  );
  const denials = world.policies.map((policy) => ({
    statements: policy.statements.filter(({ effect }) => effect === 'Deny'),
  }));
  const scene = {
    policies: [asked, ...denials],
    home: { account, organization: world.organization },
    resource,
  };
  const { grantees } = accessGranted(scene, actions);
  return new Set(
    grantees.flatMap((grantee) => (grantee.kind === 'principal' ? [grantee.arn] : [])),
  );
}

/** What stands behind each identity: people, groups of them, or machines. */
function kindsOf(
  all: readonly IamIdentity[],
  place: Place,
): (iam: IamIdentity) => Identity['kind'] {
  const byArn = new Map(all.map((iam) => [iam.arn, iam]));
  const kind = (iam: IamIdentity, depth: number): Identity['kind'] => {
    // A user of IAM has a lasting secret of its own; which person holds it, nothing here tells.
    if (iam.trust === null) return 'person';
    if (iam.arn.includes(':role/aws-service-role/')) return 'service';
    if (iam.name.startsWith('AWSReservedSSO_')) return 'group';
    const behind = trustOf(iam.trust, { account: place.account, organization: undefined }).map(
      (grantee) => kindBehind(grantee, depth),
    );
    return widest(behind);
  };
  const kindBehind = (grantee: Grantee, depth: number): Identity['kind'] => {
    switch (grantee.kind) {
      case 'any-account':
        return 'everyone-signed-in';
      case 'organization':
        return 'organization';
      case 'account':
        return grantee.own ? 'group' : 'account';
      case 'principal': {
        const known = byArn.get(grantee.arn);
        if (!grantee.own) return 'account';
        return known === undefined || depth > 3 ? 'group' : kind(known, depth + 1);
      }
      case 'federated':
        if (grantee.provider.includes(':saml-provider/')) return 'group';
        return grantee.subjects === null ? 'everyone-signed-in' : 'workload';
      case 'service':
        return 'workload';
      case 'user-id':
      case 'canonical-user':
        return 'group';
      case 'deleted-principal':
        return 'workload';
    }
  };
  return (iam) => kind(iam, 0);
}

const byWidth: readonly Identity['kind'][] = [
  'anyone',
  'everyone-signed-in',
  'organization',
  'account',
  'group',
  'person',
  'workload',
  'service',
];

/** A role is as open as the widest of those who can take it; one that nobody can take is the platform's. */
function widest(kinds: readonly Identity['kind'][]): Identity['kind'] {
  const found = byWidth.find((kind) => kinds.includes(kind));
  return found === undefined ? 'service' : found;
}
