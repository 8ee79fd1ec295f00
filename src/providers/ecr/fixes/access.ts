import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const access = {
  'admins-few': {
    command: 'aws iam detach-role-policy --role-name <role> --policy-arn <policy>',
    terraform:
      'remove aws_iam_role_policy_attachment of AdministratorAccess, AmazonEC2ContainerRegistryFullAccess and the like',
    console: 'IAM > Roles > (role) > Permissions > (policy) > Remove',
    risk: 'Users and workloads with the role lose these permissions immediately.',
    undo: 'aws iam attach-role-policy with the same role and policy.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  },
  'anonymous-pull-off': {
    command: [
      'aws ecr get-repository-policy --repository-name <repository> --query policyText --output text > policy.json',
      '# in policy.json, replace the principal "*" by the accounts or roles that need the images',
      'aws ecr set-repository-policy --repository-name <repository> --policy-text file://policy.json',
    ].join('\n'),
    terraform:
      'aws_ecr_repository_policy: in policy, name accounts or roles as principals instead of "*"',
    console:
      'Amazon ECR > Private registry > Repositories > (repository) > Permissions > Edit policy JSON',
    risk: 'Principals that are not named in the policy can no longer pull.',
    undo: 'Restore the previous policy: keep a copy of policy.json before you edit it.',
    references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html'],
  },
  'broad-tokens-off': {
    command:
      'aws iam put-user-policy --user-name <user> --policy-name <policy> --policy-document file://policy.json',
    terraform:
      'aws_iam_policy_document: resources = ["arn:aws:ecr:<region>:<account>:repository/<prefix>/*"] instead of ["*"]',
    console:
      'IAM > Users > (user) > Permissions > (policy) > Edit: name repositories under Resource; only ecr:GetAuthorizationToken needs *',
    risk: 'The user loses access to every repository that the new policy does not name.',
    undo: 'Restore the previous policy: save it with aws iam get-user-policy before the change.',
    references: [
      'https://docs.aws.amazon.com/AmazonECR/latest/userguide/security_iam_id-based-policy-examples.html',
    ],
  },
  'central-identity-on': {
    command: 'aws iam delete-login-profile --user-name <user>',
    terraform:
      'remove aws_iam_user_login_profile; give people access with aws_ssoadmin_account_assignment',
    console:
      'IAM > Users > (user) > Security credentials > Console sign-in > Manage console access > Disable; then IAM Identity Center > Multi-account permissions > AWS accounts > Assign users or groups',
    risk: 'The user can no longer sign in to the console with a password.',
    undo: 'aws iam create-login-profile sets a new password; the old one cannot be restored.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  },
  'cross-account-limited': {
    command: [
      'aws ecr get-repository-policy --repository-name <repository> --query policyText --output text > policy.json',
      '# in policy.json, remove the foreign principals, or add the condition {"StringEquals":{"aws:PrincipalOrgID":"<organisation>"}}',
      'aws ecr set-repository-policy --repository-name <repository> --policy-text file://policy.json',
    ].join('\n'),
    terraform:
      'aws_ecr_repository_policy: in policy, name only trusted principals, or require aws:PrincipalOrgID with StringEquals',
    console:
      'Amazon ECR > Private registry > Repositories > (repository) > Permissions > Edit policy JSON',
    risk: 'Accounts that are no longer named can no longer pull or push.',
    undo: 'Restore the previous policy: keep a copy of policy.json before you edit it.',
    references: [
      'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
    ],
  },
  'delete-limited': {
    command: [
      'aws ecr get-repository-policy --repository-name <repository> --query policyText --output text > policy.json',
      '# add to Statement in policy.json: {"Sid":"DeleteByFew","Effect":"Deny","Principal":"*","Action":["ecr:BatchDeleteImage","ecr:DeleteRepository"],"Condition":{"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::<account>:role/<role>"]}}}',
      'aws ecr set-repository-policy --repository-name <repository> --policy-text file://policy.json',
    ].join('\n'),
    terraform:
      'aws_ecr_repository_policy: in policy, a Deny of ecr:BatchDeleteImage and ecr:DeleteRepository for principal "*" with ArnNotLike aws:PrincipalArn = the roles that may',
    console:
      'Amazon ECR > Private registry > Repositories > (repository) > Permissions > Edit policy JSON',
    risk: 'Clean-up jobs under other roles can no longer delete images.',
    undo: 'Remove the statement DeleteByFew from the policy.',
    references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html'],
  },
  'project-creation-limited': {
    command: [
      'aws ecr get-registry-policy --query policyText --output text > policy.json',
      '# add to Statement in policy.json: {"Sid":"CreateByFew","Effect":"Deny","Principal":"*","Action":"ecr:CreateRepository","Resource":"arn:aws:ecr:<region>:<account>:repository/*","Condition":{"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::<account>:role/<role>"]}}}',
      'aws ecr put-registry-policy --policy-text file://policy.json',
    ].join('\n'),
    terraform:
      'aws_ecr_registry_policy: in policy, a Deny of ecr:CreateRepository for principal "*" with ArnNotLike aws:PrincipalArn = the roles that may',
    console: 'Amazon ECR > Private registry > Features & Settings > Permissions > Edit JSON',
    risk: 'Pipelines that create their repository on first use fail unless their role is named.',
    undo: 'Remove the statement CreateByFew from the policy.',
    references: [
      'https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html',
    ],
  },
  'push-limited-to-ci': {
    command: [
      'aws ecr get-repository-policy --repository-name <repository> --query policyText --output text > policy.json',
      '# add to Statement in policy.json: {"Sid":"PushByCiOnly","Effect":"Deny","Principal":"*","Action":["ecr:PutImage","ecr:InitiateLayerUpload","ecr:UploadLayerPart","ecr:CompleteLayerUpload"],"Condition":{"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::<account>:role/<pipeline role>"]}}}',
      'aws ecr set-repository-policy --repository-name <repository> --policy-text file://policy.json',
    ].join('\n'),
    terraform:
      'aws_ecr_repository_policy: in policy, a Deny of ecr:PutImage and the layer uploads for principal "*" with ArnNotLike aws:PrincipalArn = the pipeline roles',
    console:
      'Amazon ECR > Private registry > Repositories > (repository) > Permissions > Edit policy JSON',
    risk: 'Principals with other roles can no longer push, including administrators.',
    undo: 'Remove the statement PushByCiOnly from the policy.',
    references: [
      'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
    ],
  },
  'tokens-expire': {
    command: 'aws iam delete-access-key --user-name <user> --access-key-id <key>',
    terraform:
      'replace aws_iam_access_key by aws_iam_role with assume_role_policy for the OIDC provider of the pipeline',
    console: 'IAM > Users > (user) > Security credentials > Access keys > Actions > Delete',
    instead:
      'access keys cannot have an expiry date: let pipelines assume a role through OIDC and users sign in through IAM Identity Center, whose credentials expire within hours',
    risk: 'Clients that still use the key stop working immediately.',
    undo: 'A deleted key cannot be restored: first deactivate it with aws iam update-access-key --status Inactive, which can be undone.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  },
  'tokens-in-use': {
    command: 'aws iam delete-access-key --user-name <user> --access-key-id <key>',
    terraform: 'remove the aws_iam_access_key of the unused key',
    console: 'IAM > Users > (user) > Security credentials > Access keys > Actions > Delete',
    risk: 'Clients that still use the key stop working immediately.',
    undo: 'A deleted key cannot be restored: first deactivate it with aws iam update-access-key --status Inactive, which can be undone.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html',
    ],
  },
} satisfies Record<Failable['access'], Fix>;
