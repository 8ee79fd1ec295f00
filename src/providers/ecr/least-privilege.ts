import { jsonDocument, permissionsOf } from '../permissions.ts';
import { type OperationName, operations } from './operations.ts';

/** Actions that IAM can limit to repositories (Service Authorization Reference, Amazon ECR). */
const ofRepositories: readonly OperationName[] = [
  'DescribeRepositories',
  'BatchGetRepositoryScanningConfiguration',
  'GetRepositoryPolicy',
  'GetLifecyclePolicy',
  'DescribeImages',
  'DescribeImageScanFindings',
];

/**
 * The IAM policy for exactly these operations: no wildcard action, nothing that pulls or writes. In
 * other partitions replace `arn:aws`. Out: JSON text, ready to paste.
 */
export function leastPrivilege(names: readonly OperationName[]): string {
  const statements = [
    {
      Sid: 'RegauditRepositories',
      Resource: 'arn:aws:ecr:*:*:repository/*',
      Action: permissionsOf(operations, names, (name) => ofRepositories.includes(name)),
    },
    {
      Sid: 'RegauditRegistry',
      Resource: '*',
      Action: permissionsOf(operations, names, (name) => !ofRepositories.includes(name)),
    },
  ];
  return jsonDocument({
    Version: '2012-10-17',
    Statement: statements
      .filter(({ Action }) => Action.length > 0)
      .map(({ Sid, Resource, Action }) => ({ Sid, Effect: 'Allow', Action, Resource })),
  });
}
