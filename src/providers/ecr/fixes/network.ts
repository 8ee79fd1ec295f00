import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const network = {
  'private-endpoint-used': {
    command: [
      'aws ec2 create-vpc-endpoint --vpc-id <vpc> --vpc-endpoint-type Interface --service-name com.amazonaws.<region>.ecr.dkr --subnet-ids <subnet> --security-group-ids <group> --private-dns-enabled',
      'aws ec2 create-vpc-endpoint --vpc-id <vpc> --vpc-endpoint-type Interface --service-name com.amazonaws.<region>.ecr.api --subnet-ids <subnet> --security-group-ids <group> --private-dns-enabled',
      'aws ec2 create-vpc-endpoint --vpc-id <vpc> --vpc-endpoint-type Gateway --service-name com.amazonaws.<region>.s3 --route-table-ids <route table>',
    ].join('\n'),
    terraform:
      'aws_vpc_endpoint: three, for service_name com.amazonaws.<region>.ecr.dkr and .ecr.api (vpc_endpoint_type = "Interface", private_dns_enabled = true) and .s3 (vpc_endpoint_type = "Gateway")',
    console: 'VPC > Endpoints > Create endpoint: ecr.dkr, ecr.api and s3',
    risk: 'Endpoints are charged by the hour; with private DNS all pulls from the VPC use them, so a security group that does not allow port 443 blocks them.',
    undo: 'aws ec2 delete-vpc-endpoints.',
    references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html'],
  },
  'public-endpoint-closed': {
    command: [
      'aws ecr put-account-setting --name REGISTRY_POLICY_SCOPE --value V2',
      'aws ecr get-registry-policy --query policyText --output text > policy.json',
      '# add to Statement in policy.json: {"Sid":"OwnNetworksOnly","Effect":"Deny","Principal":"*","Action":"ecr:*","Resource":"arn:aws:ecr:<region>:<account>:repository/*","Condition":{"StringNotEquals":{"aws:SourceVpc":["<vpc>"]},"BoolIfExists":{"aws:PrincipalIsAWSService":"false","aws:ViaAWSService":"false"},"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::<account>:role/aws-service-role/*"}}}',
      'aws ecr put-registry-policy --policy-text file://policy.json',
    ].join('\n'),
    terraform:
      'aws_ecr_account_setting: name = "REGISTRY_POLICY_SCOPE", value = "V2"; aws_ecr_registry_policy: in policy, a Deny of ecr:* for principal "*" with StringNotEquals aws:SourceVpc',
    console: 'Amazon ECR > Private registry > Features & Settings > Permissions > Edit JSON',
    instead:
      'ECR has no network setting: use a Deny in the registry policy, or in a resource control policy of the organisation',
    risk: 'Clients outside the named networks are denied, including pipelines and administrators.',
    undo: 'Remove the statement OwnNetworksOnly from the policy, from inside a named network.',
    references: [
      'https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html',
    ],
  },
} satisfies Record<Failable['network'], Fix>;
