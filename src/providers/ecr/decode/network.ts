import {
  enumAt,
  groupsOf,
  type JsonObject,
  maybeBoolean,
  stringAt,
} from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';

type PrivateEndpoints = ValueOf<RegistryFacts['privateEndpoints']>;

interface Endpoint {
  readonly id: string;
  readonly vpc: string;
  readonly service: 'api' | 'dkr';
  readonly usable: boolean;
}

/** States in which an endpoint carries traffic (EC2 API reference, VpcEndpoint). */
const states = [
  'available',
  'Available',
  'pendingAcceptance',
  'PendingAcceptance',
  'pending',
  'Pending',
  'deleting',
  'Deleting',
  'deleted',
  'Deleted',
  'rejected',
  'Rejected',
  'failed',
  'Failed',
  'expired',
  'Expired',
  'partial',
  'Partial',
] as const;

/**
 * DescribeVpcEndpoints of this region. A client needs both ECR endpoints in its VPC, the one for the
 * registry with private DNS (ECR user guide, vpc-endpoints). Layers come from S3: its endpoint is not
 * ECR's and not looked for here.
 */
export function privateEndpoints(endpoints: readonly JsonObject[]): PrivateEndpoints {
  const known = endpoints.flatMap(endpoint);
  const ids = known.map(({ id, service, vpc }) => `${id} (ecr.${service} in ${vpc})`);
  const usable = known.filter((candidate) => candidate.usable);
  const vpcs = [...new Set(usable.map(({ vpc }) => vpc))];
  const served = vpcs.filter((vpc) =>
    ['api', 'dkr'].every((service) =>
      usable.some((one) => one.vpc === vpc && one.service === service),
    ),
  );
  if (served.length > 0) return { mode: 'serving', endpoints: ids };
  if (known.length === 0) return { mode: 'none' };
  const missing = (['api', 'dkr'] as const).filter(
    (service) => !usable.some((one) => one.service === service),
  );
  const names = missing.map((service) => `a usable ecr.${service} endpoint`);
  return {
    mode: 'incomplete',
    endpoints: ids,
    missing: names.length > 0 ? names : ['both endpoints in one VPC'],
  };
}

function endpoint(raw: JsonObject): Endpoint[] {
  const name = stringAt(raw, 'ServiceName');
  const [service] = groupsOf(/\.ecr\.(api|dkr)$/, name);
  if (service !== 'api' && service !== 'dkr') return [];
  const available = enumAt(raw, 'State', states).toLowerCase() === 'available';
  const privateNames = maybeBoolean(raw, 'PrivateDnsEnabled') === true;
  return [
    {
      id: stringAt(raw, 'VpcEndpointId'),
      vpc: stringAt(raw, 'VpcId'),
      service,
      usable: available && (service === 'api' || privateNames),
    },
  ];
}
