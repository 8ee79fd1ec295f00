import { notExposed } from '../../contract.ts';

const docs = 'https://docs.gitlab.com';

export const personalTokens = notExposed(
  'no API lists the personal access tokens of other members',
  `${docs}/user/profile/personal_access_tokens/`,
  'ask the members which personal access tokens they hold and when these end, or limit their lifetime in the settings',
);

export const deployTokenUse = notExposed(
  'GitLab does not record when a deploy token was last used',
  `${docs}/user/project/deploy_tokens/`,
  'ask who uses each deploy token, and revoke those that nobody does',
);

export const hiddenShares = notExposed(
  'GitLab leaves out groups that the owner of the token may not see, also where something is shared with them',
  `${docs}/user/project/members/sharing_projects_groups/`,
  'look as an owner under Manage > Members of the project and of each group above it which groups are invited',
);

export const unscanned = notExposed(
  'GitLab counts findings for each project, and no API tells which images were scanned',
  `${docs}/user/application_security/container_scanning/`,
  'look under Secure > Vulnerability report, Container Registry, which images have been scanned',
);

export const servedCopies = notExposed(
  'no API tells how the secondary sites of Geo serve their copies of the registry, which take pushes that no other site gets',
  `${docs}/administration/geo/replication/container_registry/`,
  'look at each secondary site whether its registry can be reached by others than the disaster recovery, over TLS and for reading alone',
);
