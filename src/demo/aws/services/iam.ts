import { AwsError } from '../aws-error.ts';
import type { Document } from '../estate-iam.ts';
import { documentText, type Handlers, type Place } from '../handler.ts';
import { span } from '../page.ts';
import type { Input } from '../request.ts';

const paging = {
  size: 'MaxItems',
  token: 'Marker',
  most: 1000,
  usual: 100,
  refusal: 'ValidationError',
};
const createDate = '2025-01-15T09:00:00Z';

/** AWS IAM API reference: all identities with their policies, and the credentials of users. */
export const iam: Handlers = {
  'iam:GetAccountAuthorizationDetails': (input, place) => {
    const wanted = details(place).filter(({ kind }) => asksFor(input, kind));
    const { from, to, next } = span(input, wanted.length, paging, place.estate);
    const shown = wanted.slice(from, to);
    const of = (...kinds: readonly Kind[]) =>
      shown.filter(({ kind }) => kinds.includes(kind)).map(({ entry }) => entry);
    return {
      IsTruncated: next !== undefined,
      UserDetailList: of('User'),
      GroupDetailList: of('Group'),
      RoleDetailList: of('Role'),
      Policies: of('LocalManagedPolicy', 'AWSManagedPolicy'),
      Marker: next,
    };
  },
  'iam:GetCredentialReport': (_, { estate }) => {
    const report = estate.iam?.credentialReport;
    if (report === undefined) throw new AwsError('ReportNotPresent', 'No report is available', 410);
    return {
      Content: Buffer.from(report.lines.join('\n')).toString('base64'),
      ReportFormat: 'text/csv',
      GeneratedTime: report.generatedAt,
    };
  },
};

type Kind = 'User' | 'Group' | 'Role' | 'LocalManagedPolicy' | 'AWSManagedPolicy';
interface Detail {
  readonly kind: Kind;
  readonly entry: object;
}

/** Whether the filter of a request includes a kind; without a filter, every kind. */
function asksFor(input: Input, kind: Kind): boolean {
  const filters = Object.entries(input).filter(([key]) => key.startsWith('Filter.member.'));
  return filters.length === 0 || filters.some(([, value]) => value === kind);
}

function details(place: Place): Detail[] {
  const { users = {}, groups = {}, roles = {}, policies = {} } = place.estate.iam ?? {};
  return [
    ...Object.entries(users).map(([name, user]) => ({
      kind: 'User' as const,
      entry: {
        ...entity('User', name, user, place),
        GroupList: user.groups ?? [],
        UserPolicyList: inlinePolicies(user.inline),
        ...limited(user.boundary, place),
      },
    })),
    ...Object.entries(groups).map(([name, group]) => ({
      kind: 'Group' as const,
      entry: {
        ...entity('Group', name, group, place),
        GroupPolicyList: inlinePolicies(group.inline),
      },
    })),
    ...Object.entries(roles).map(([name, role]) => ({
      kind: 'Role' as const,
      entry: {
        ...entity('Role', name, role, place),
        AssumeRolePolicyDocument: encoded(role.trust),
        RolePolicyList: inlinePolicies(role.inline),
        ...limited(role.boundary, place),
      },
    })),
    ...Object.entries(policies).map(([key, document]) => managedPolicy(key, document, place)),
  ];
}

interface Grants {
  readonly path?: string;
  readonly attached?: readonly string[];
}

function entity(kind: string, name: string, { path = '/', attached = [] }: Grants, place: Place) {
  return {
    Path: path,
    [`${kind}Name`]: name,
    [`${kind}Id`]: `EXAMPLE${kind}${name}`,
    Arn: iamArn(place, `${kind.toLowerCase()}${path}${name}`),
    CreateDate: createDate,
    AttachedManagedPolicies: attached.map((key) => ({
      PolicyName: key.split('/').at(-1),
      PolicyArn: policyArn(key, place),
    })),
  };
}

function limited(boundary: string | undefined, place: Place): object {
  if (boundary === undefined) return {};
  const PermissionsBoundaryArn = policyArn(boundary, place);
  return { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn } };
}

function managedPolicy(key: string, document: Document, place: Place): Detail {
  const version = { VersionId: 'v1', IsDefaultVersion: true, CreateDate: createDate };
  return {
    kind: key.startsWith('arn:') ? 'AWSManagedPolicy' : 'LocalManagedPolicy',
    entry: {
      PolicyName: key.split('/').at(-1),
      Arn: policyArn(key, place),
      Path: '/',
      DefaultVersionId: 'v1',
      PolicyVersionList: [{ Document: encoded(document), ...version }],
    },
  };
}

function inlinePolicies(inline: Readonly<Record<string, Document>> = {}) {
  return Object.entries(inline).map(([PolicyName, document]) => ({
    PolicyName,
    PolicyDocument: encoded(document),
  }));
}

function policyArn(key: string, place: Place): string {
  return key.startsWith('arn:') ? key : iamArn(place, `policy/${key}`);
}

function iamArn({ estate, partition }: Place, rest: string): string {
  return `arn:${partition}:iam::${estate.account}:${rest}`;
}

/** IAM sends policies URL-encoded. */
function encoded(document: Document): string {
  return encodeURIComponent(documentText(document));
}
