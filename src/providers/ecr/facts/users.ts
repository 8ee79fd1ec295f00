import type { ValueOf } from '../../../model/fact.ts';
import type { Credential, CredentialUse } from '../../../model/identity.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { ReportRow } from '../decode/credential-report.ts';
import type { IamIdentity } from '../decode/iam.ts';
import { ownAbilities, registryAdministration } from './abilities.ts';
import { allows, repositoryArn } from './iam-access.ts';
import type { Place } from './settings.ts';

/** How people sign in to the account: IAM users with a password, or only through roles. */
export function signInOf(report: readonly ReportRow[]): ValueOf<RegistryFacts['signIn']> {
  const withPassword = report.filter(({ password }) => password);
  const withoutMfa = withPassword.filter(({ mfa }) => !mfa).map(({ user }) => user);
  if (withoutMfa.length > 0) return { mode: 'local', withoutMfa };
  const users = withPassword.filter(({ root }) => !root);
  if (users.length > 0)
    return { mode: 'mfa-required', through: `IAM users with MFA (${users.length})` };
  return { mode: 'central', through: 'IAM roles; no IAM user has a password' };
}

/** An IAM user of the report with its permissions; undefined: it is not among the users listed. */
interface User {
  readonly row: ReportRow;
  readonly iam: IamIdentity | undefined;
}

/** The users with access keys, the root user left out. */
export function usersOf(
  report: readonly ReportRow[],
  identities: readonly IamIdentity[],
): readonly User[] {
  const byArn = new Map(identities.map((iam) => [iam.arn, iam]));
  return report
    .filter(({ root, keys }) => !root && keys.length > 0)
    .map((row) => ({ row, iam: byArn.get(row.arn) }));
}

/** The access keys of the root user, which open everything whatever IAM says. */
export function rootCredentials(row: ReportRow): readonly Credential[] {
  return row.root ? keysOf(row, { can: 'administer', reach: 'every-repository' }) : [];
}

/** The access keys of an IAM user, if they open this registry. */
export function credentialsOf({ row, iam }: User, place: Place): readonly Credential[] {
  const most = mostOf(row.user, iam, place);
  return most === null ? [] : keysOf(row, most);
}

/** A key has no end of its own. */
function keysOf({ user, keys }: ReportRow, most: Pick<Credential, 'can' | 'reach'>): Credential[] {
  return keys.map((key) => ({
    kind: 'access-key' as const,
    name: `${user} ${key.name}`,
    expiresAt: null,
    createdAt: key.rotatedAt,
    ...most,
  }));
}

/** When the access keys of all IAM users were last used. */
export function usesOf(report: readonly ReportRow[]): CredentialUse[] {
  return report.flatMap(({ user, keys }) =>
    keys.map(({ name, usedAt }) => ({ name: `${user} ${name}`, lastUsedAt: usedAt })),
  );
}

const ladder = [
  ['administer', [registryAdministration, ...ownAbilities.administer]],
  ['push', ownAbilities.push],
  ['pull', ownAbilities.pull],
] as const;

/** The most an identity can do here and how far it reaches; null: nothing. */
function mostOf(
  user: string,
  iam: IamIdentity | undefined,
  place: Place,
): Pick<Credential, 'can' | 'reach'> | null {
  if (iam === undefined) throw new Error(`${user} has keys, but is not among the users listed`);
  for (const [can, actions] of ladder) {
    const answers = actions
      .map((action) => allows(iam, action, repositoryArn(place, '*'), place))
      .filter((answer) => answer.allows !== 'no');
    if (answers.length === 0) continue;
    const every = answers.some(({ reach }) => reach === 'every');
    return { can, reach: every ? 'every-repository' : 'some-repositories' };
  }
  return null;
}
