import {
  type Answer,
  flagAt,
  objectAt,
  objectOf,
  objectsAt,
  textAt,
} from '../../../http/answer.ts';
import { once } from '../../../http/once.ts';
import { allPages } from '../../../http/pages.ts';
import type { Fact } from '../../../model/fact.ts';
import { ask } from '../../facts.ts';
import { credentialReport, type ReportRow } from '../decode/credential-report.ts';
import { type AccountDetails, type IamIdentity, identitiesOf } from '../decode/iam.ts';
import { operations } from '../operations.ts';
import type { EcrApi } from '../wire/api.ts';
import type { AwsClient } from '../wire/client.ts';
import { awsErrors } from '../wire/errors.ts';

/** What holds for the account as a whole, whatever the region; each is read once. */
export interface AccountFacts {
  /** The organisation's id; null: the account is in none. */
  readonly organization: () => Promise<Fact<string | null>>;
  readonly identities: () => Promise<Fact<readonly IamIdentity[]>>;
  readonly credentialReport: () => Promise<Fact<readonly ReportRow[]>>;
}

export function accountFacts(api: EcrApi, client: AwsClient, region: string): AccountFacts {
  return {
    organization: once(() => api.one('DescribeOrganization', region, {}, organizationId)),
    credentialReport: once(() => api.one('GetCredentialReport', region, {}, credentialReport)),
    identities: once(() => {
      const name = 'GetAccountAuthorizationDetails';
      const call = () => allPages((marker) => detailsPage(client, region, marker));
      return ask(name, operations[name], awsErrors, call, (raw) => identitiesOf(together(raw)));
    }),
  };
}

function organizationId(raw: unknown): string | null {
  return raw === null ? null : textAt(objectAt(objectOf(raw, 'the answer'), 'Organization'), 'Id');
}

const kinds = ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'];

async function detailsPage(client: AwsClient, region: string, marker: string | undefined) {
  const input = {
    Filter: kinds,
    MaxItems: 1000,
    ...(marker === undefined ? {} : { Marker: marker }),
  };
  const answer = objectOf(
    await client.call('GetAccountAuthorizationDetails', region, input),
    'the answer',
  );
  const more = flagAt(answer, 'IsTruncated');
  const next = more ? textAt(answer, 'Marker') : undefined;
  return { items: [answer], next };
}

function together(raw: unknown): AccountDetails {
  const pages = raw as readonly Answer[];
  const all = (key: string) => pages.flatMap((page) => objectsAt(page, key));
  return {
    users: all('UserDetailList'),
    groups: all('GroupDetailList'),
    roles: all('RoleDetailList'),
    policies: all('Policies'),
  };
}
