import type { Grantee, Home } from '../../../aws-policy/grantee.ts';
import type { Outsider } from './outsider.ts';

/**
 * A service that a policy lets in, by whom it acts for: each of the three lists must be met, so the
 * narrowest decides. Null: for the own account alone. A service that acts for anybody is an outsider: a
 * confused deputy (IAM User Guide, confused-deputy).
 */
export function serviceOutside(
  { name, sources }: Extract<Grantee, { kind: 'service' }>,
  { account, organization }: Home,
  via: string,
): Outsider | null {
  const service = (id: string, owner: string, own: boolean): Outsider => ({
    kind: 'service',
    id,
    account: owner,
    own,
    via,
  });
  if (sources === null) return service(name, '', false);
  const arnAccounts = sources.arns.map(accountOf);
  const isOwn = (one: string | null) => one === account;
  if ([sources.accounts, arnAccounts].some((list) => list.length > 0 && list.every(isOwn)))
    return null;
  const [member] = sources.organizations;
  if (member !== undefined && sources.organizations.every((one) => one === organization))
    return service(`${name} for ${member}`, member, true);
  const foreign = [...sources.accounts, ...arnAccounts].find((one) => one !== null && !isOwn(one));
  if (foreign !== undefined && foreign !== null)
    return service(`${name} for ${foreign}`, foreign, false);
  // An ARN without account, such as that of a bucket, does not tell whose the resource is.
  const unnamed = sources.arns.find((arn) => accountOf(arn) === null);
  if (unnamed !== undefined) return service(`${name} for ${unnamed}`, '', false);
  const other = sources.organizations.find((one) => one !== organization);
  return service(`${name} for ${other ?? 'anybody'}`, other ?? '', false);
}

function accountOf(arn: string): string | null {
  const [, , , , account = ''] = arn.split(':');
  return account === '' ? null : account;
}
