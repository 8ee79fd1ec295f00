import type { Grantee } from '../../../aws-policy/grantee.ts';
import { trustOf } from '../../../aws-policy/trust.ts';
import type { Identity } from '../../../model/identity.ts';
import type { IamIdentity } from '../decode/iam.ts';
import type { Place } from './settings.ts';

/** What stands behind each identity: people, groups of them, or machines. */
export function kindsOf(
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
