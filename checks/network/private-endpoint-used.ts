import { because, defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const privateEndpointUsed = defineCheck({
  id: 'private-endpoint-used',
  subject: 'registry',
  severity: 'medium',
  title: 'The registry can be reached over a private endpoint',
  why: 'Without a private path every pull crosses public networks, and the public path can never be closed.',
  answers: ['C2'],
  topics: ['network-restricted-private-endpoint'],
  references: [
    'https://csrc.nist.gov/pubs/sp/800/190/final',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html',
  ],
  fix: {
    ecr: {
      risk: 'Endpoints cost by the hour; with private DNS all pulls from the VPC go through them, so a security group that does not let in port 443 stops them.',
      undo: 'aws ec2 delete-vpc-endpoints.',
      command: [
        'aws ec2 create-vpc-endpoint --vpc-id <vpc> --vpc-endpoint-type Interface --service-name com.amazonaws.<region>.ecr.dkr --subnet-ids <subnet> --security-group-ids <group> --private-dns-enabled',
        'aws ec2 create-vpc-endpoint --vpc-id <vpc> --vpc-endpoint-type Interface --service-name com.amazonaws.<region>.ecr.api --subnet-ids <subnet> --security-group-ids <group> --private-dns-enabled',
        'aws ec2 create-vpc-endpoint --vpc-id <vpc> --vpc-endpoint-type Gateway --service-name com.amazonaws.<region>.s3 --route-table-ids <route table>',
      ].join('\n'),
      terraform:
        'aws_vpc_endpoint: three, for service_name com.amazonaws.<region>.ecr.dkr and .ecr.api (vpc_endpoint_type = "Interface", private_dns_enabled = true) and .s3 (vpc_endpoint_type = "Gateway")',
      console: 'VPC > Endpoints > Create endpoint: ecr.dkr, ecr.api and s3',
    },
    acr: {
      command:
        'az network private-endpoint create --name <endpoint> --resource-group <group> --vnet-name <vnet> --subnet <subnet> --private-connection-resource-id <registry id> --group-id registry --connection-name <connection>',
      terraform:
        'azurerm_private_endpoint: private_service_connection { subresource_names = ["registry"] }',
      console:
        'Container registries > <registry> > Networking > Private access > Create a private endpoint connection',
      instead: 'the Premium plan is needed: az acr update --name <registry> --sku Premium',
    },
  },
  needs: ['privateEndpoints'],

  judge({ privateEndpoints }) {
    switch (privateEndpoints.mode) {
      case 'serving':
        return pass(
          `served privately by ${enumerate(privateEndpoints.endpoints)}; that the public path is closed is another check`,
        );
      case 'incomplete':
        return fail(
          `no client can live on ${enumerate(privateEndpoints.endpoints)} alone: ${enumerate(privateEndpoints.missing)} missing`,
        );
      case 'none':
        return fail(`there is no private endpoint${because(privateEndpoints)}`);
    }
  },
});
