import { documentText, type Handlers } from '../handler.ts';
import { ecrPaging, page } from '../page.ts';
import type { Input } from '../request.ts';

const paging = { ...ecrPaging, size: 'MaxResults', token: 'NextToken', usual: 1000 };
const openPolicy = {
  Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }],
};

/** Amazon EC2 API reference: enabled regions, and VPC endpoints filtered by service name. */
export const ec2: Handlers = {
  'ec2:DescribeRegions': (_, { estate }) => ({
    regionInfo: Object.keys(estate.regions).map((regionName) => ({
      regionName,
      regionEndpoint: `ec2.${regionName}.amazonaws.com`,
      optInStatus: 'opt-in-not-required',
    })),
  }),
  'ec2:DescribeVpcEndpoints': (input, { estate, here, region }) => {
    const services = filterValues(input, 'service-name');
    const all = Object.entries(here.vpcEndpoints ?? {}).map(([vpcEndpointId, endpoint]) => ({
      vpcEndpointId,
      vpcEndpointType: endpoint.service === 's3' ? 'Gateway' : 'Interface',
      vpcId: endpoint.vpc,
      serviceName: `com.amazonaws.${region}.${endpoint.service}`,
      state: endpoint.state,
      policyDocument: documentText(endpoint.policy ?? openPolicy),
      privateDnsEnabled: endpoint.privateDns,
    }));
    const wanted = all.filter(
      ({ serviceName }) => services.length === 0 || services.includes(serviceName),
    );
    const { entries, next } = page(input, wanted, paging, estate);
    return { vpcEndpointSet: entries, nextToken: next };
  },
};

/** The values of a filter, in the parameters `Filter.1.Name`, `Filter.1.Value.1` … */
function filterValues(input: Input, name: string): unknown[] {
  const key = Object.keys(input).find(
    (candidate) => /^Filter\.\d+\.Name$/.test(candidate) && input[candidate] === name,
  );
  if (key === undefined) return [];
  const prefix = key.replace(/Name$/, 'Value.');
  return Object.entries(input).flatMap(([candidate, value]) =>
    candidate.startsWith(prefix) ? [value] : [],
  );
}
