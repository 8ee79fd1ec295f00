import {
  booleanAt,
  type JsonObject,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import { once, oncePer } from '../../../http/once.ts';
import type { Page } from '../../../http/pages.ts';
import type { Fact } from '../../../model/fact.ts';
import { join } from '../../facts.ts';
import { credentialReport, type ReportRow } from '../decode/credential-report.ts';
import { type AccountDetails, type IamIdentity, identitiesOf } from '../decode/iam.ts';
import {
  type Recorder,
  selectedEvents,
  type Trail,
  type TrailStatus,
  trailStatus,
} from '../decode/trails.ts';
import type { EcrApi } from '../wire/api.ts';

/** What holds for the account as a whole, whatever the region; each is read once. */
export interface AccountFacts {
  /** The organisation's id; null: the account is in none. */
  readonly organization: () => Promise<Fact<string | null>>;
  readonly identities: () => Promise<Fact<readonly IamIdentity[]>>;
  readonly credentialReport: () => Promise<Fact<readonly ReportRow[]>>;
  /** What a trail does, wherever it is seen from: a multi-region trail is listed in every region. */
  readonly trailState: (trail: Pick<Trail, 'arn' | 'home'>) => Promise<Fact<TrailState>>;
}

type TrailState = TrailStatus & Pick<Recorder, 'records'>;

export function accountFacts(api: EcrApi, region: string): AccountFacts {
  const stateAt = oncePer(async (key) => {
    const [home = '', arn = ''] = key.split(' ');
    const [status, events] = await Promise.all([
      api.one('GetTrailStatus', home, { Name: arn }, trailStatus),
      api.one('GetEventSelectors', home, { TrailName: arn }, selectedEvents),
    ]);
    return join([status, events], (state, records): TrailState => ({ ...state, records }));
  });
  return {
    // Status and selectors of a trail are answered in its home region, by ARN.
    trailState: ({ home, arn }) => stateAt(`${home} ${arn}`),
    organization: once(() => api.one('DescribeOrganization', region, {}, organizationId)),
    credentialReport: once(() => api.one('GetCredentialReport', region, {}, credentialReport)),
    identities: once(() =>
      api.all(
        {
          name: 'GetAccountAuthorizationDetails',
          region,
          input: { Filter: kinds, MaxItems: 1000 },
          entries: detailsPage,
          token: 'Marker',
        },
        (pages) => identitiesOf(together(pages)),
      ),
    ),
  };
}

function organizationId(raw: unknown): string | null {
  return raw === null
    ? null
    : stringAt(objectAt(objectOf(raw, 'the answer'), 'Organization'), 'Id');
}

const kinds = ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'];

/** A page is kept whole: its lists belong together. */
function detailsPage(answer: JsonObject): Page<JsonObject> {
  const more = booleanAt(answer, 'IsTruncated');
  return { items: [answer], next: more ? stringAt(answer, 'Marker') : undefined };
}

function together(pages: readonly JsonObject[]): AccountDetails {
  const all = (key: string) => pages.flatMap((page) => objectsAt(page, key));
  return {
    users: all('UserDetailList'),
    groups: all('GroupDetailList'),
    roles: all('RoleDetailList'),
    policies: all('Policies'),
  };
}
