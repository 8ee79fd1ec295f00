import type { Estate } from './estate.ts';

/** The access key of a session in another account: its owner stands in it. */
export function accessKeyOf(account: string): string {
  return `ASIA${account}`;
}

/** The estate as a session in one of its accounts sees it. */
export function estateSeenBy(accessKey: string, estate: Estate): Estate {
  const account = estate.organization?.accounts?.find(({ id }) => accessKeyOf(id) === accessKey);
  if (account === undefined || account.id === estate.account) return estate;
  const caller = `arn:${estate.partition ?? 'aws'}:sts::${account.id}:assumed-role/regaudit/regaudit`;
  return { ...estate, account: account.id, caller };
}
