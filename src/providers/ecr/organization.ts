import {
  DecodeError,
  type JsonObject,
  maybeString,
  stringAt,
  stringsAt,
} from '../../decode/fields.ts';
import type { Unknown } from '../../model/fact.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Expansion, ScanContext, Target } from '../contract.ts';
import { unknown } from '../facts.ts';
import { callerOf, firstRegion } from './caller.ts';
import { type EcrOptions, organizationalUnitPattern } from './options.ts';
import { type EcrApi, ecrApi } from './wire/api.ts';
import { awsClient } from './wire/client.ts';
import { credentialsFor } from './wire/credentials.ts';

interface Account {
  readonly id: string;
  /** `State`; null: AWS does not say. */
  readonly state: string | null;
  /** `o-…/r-…/ou-…/ID/`, one for each way to it. */
  readonly paths: readonly string[] | null;
}

/** Accounts that nobody can enter (Organizations user guide, account states). A new word is entered. */
const closed: ReadonlySet<string> = new Set(['SUSPENDED', 'CLOSED', 'PENDING_ACTIVATION']);

/** What the API takes at most. */
const pageSize = 20;

/**
 * `ecr://organization` and `ecr://organization/OU`: a target for each account of the caller's organisation, entered
 * by the role of that name; the caller's own account is read as the caller. Null: another address. Throws
 * `UsageError` before a call where the address, the role or the accounts cannot be meant.
 */
export async function expand(target: Target, context: ScanContext): Promise<Expansion | null> {
  const options = target.options as EcrOptions;
  const [organization, unit = ''] = /^organization(?:\/(.*?))?\/?$/.exec(target.address) ?? [];
  if (organization === undefined) {
    refuseOutside(options);
    return null;
  }
  const units = unitsOf(unit, options);
  const role = roleOf(options);
  const { role: _, externalId: __, accounts: ___, account: ____, ...base } = options;
  const entered: EcrOptions =
    base.region === undefined && base.regions === undefined ? { ...base, regions: 'all' } : base;
  const first = await firstRegion('', entered, context);
  const client = awsClient({
    registry: 'ecr://organization',
    endpoint: base.endpoint,
    credentials: credentialsFor(base, first, context),
    context,
  });
  try {
    const api = ecrApi(client);
    const caller = await api.one('GetCallerIdentity', first, {}, callerOf);
    if (caller.state !== 'known') return { targets: [], missing: caller, notes: [] };
    const { account: own, partition, arn } = caller.value;
    context.progress({ kind: 'signed-in', registry: 'ecr://organization', as: arn });
    const { all, missing } = await listed(api, first);
    const chosen = choose(all, units, options.accounts?.exclude ?? []);
    const { externalId } = options;
    const byRole = externalId === undefined ? {} : { externalId };
    const targets = chosen.entered.map((id): Target => {
      const enter = { role: `arn:${partition}:iam::${id}:role/${role}`, ...byRole };
      const asCaller = id === own;
      return {
        provider: target.provider,
        address: id,
        options: asCaller ? entered : { ...entered, ...enter },
      };
    });
    const none = unknown(
      'inconclusive',
      'ListAccounts',
      'no account of the organisation is chosen',
    );
    return {
      targets,
      missing: missing ?? chosen.missing ?? (targets.length === 0 ? none : null),
      notes: chosen.notes,
    };
  } finally {
    client.close();
  }
}

/** Keys that only an organisation has, and a role that is no ARN. */
function refuseOutside({ role, accounts }: EcrOptions): void {
  if (accounts !== undefined)
    throw new UsageError(
      'accounts belongs to ecr://organization',
      'write target: ecr://organization',
    );
  if (role !== undefined && !role.startsWith('arn:'))
    throw new UsageError(
      `role: "${role}" is no ARN`,
      'write arn:aws:iam::ACCOUNT:role/NAME; a name alone is for ecr://organization',
    );
}

function unitsOf(unit: string, { accounts }: EcrOptions): readonly string[] {
  const named = unit === '' ? [] : [unit];
  const wrong = named.find((one) => !new RegExp(organizationalUnitPattern).test(one));
  if (wrong !== undefined)
    throw new UsageError(
      `"${wrong}" is not an organizational unit`,
      'write ecr://organization, or ecr://organization/ou-ab12-cd34ef56',
    );
  return [...named, ...(accounts?.ou ?? [])];
}

function roleOf({ role, account }: EcrOptions): string {
  if (account !== undefined)
    throw new UsageError('account names one account, and ecr://organization many', 'leave it out');
  if (role === undefined)
    throw new UsageError(
      'ecr://organization needs the role that each account has',
      'name it in the configuration, such as role: regaudit',
    );
  if (role.startsWith('arn:'))
    throw new UsageError(
      `role: ${role} is the role of one account`,
      'write its name, such as role: regaudit: each account of the organisation has one',
    );
  return role.replace(/^\//, '');
}

interface Listed {
  readonly all: readonly Account[];
  readonly missing: Unknown | null;
}

async function listed(api: EcrApi, region: string): Promise<Listed> {
  const all = new Map<string, Account>();
  const listing = {
    name: 'ListAccounts',
    region,
    input: { MaxResults: pageSize },
    entries: 'Accounts',
    token: 'NextToken',
  } as const;
  for await (const page of api.pages(listing, (entries) => entries.map(accountOf))) {
    if (page.state !== 'known') return { all: [...all.values()], missing: page };
    for (const account of page.value) all.set(account.id, account);
  }
  return { all: [...all.values()], missing: null };
}

function accountOf(entry: JsonObject): Account {
  const id = stringAt(entry, 'Id');
  if (!/^\d{12}$/.test(id)) throw new DecodeError('Id of an account has not 12 digits');
  const paths = entry['Paths'] === undefined ? null : stringsAt(entry, 'Paths');
  return { id, state: maybeString(entry, 'State'), paths };
}

interface Choice {
  readonly entered: readonly string[];
  readonly missing: Unknown | null;
  readonly notes: readonly string[];
}

function choose(
  all: readonly Account[],
  units: readonly string[],
  excluded: readonly string[],
): Choice {
  // Without paths nothing tells which unit an account is in, and an account left out would go unseen.
  const placeless = units.length > 0 && all.some(({ paths }) => paths === null);
  const inside = ({ paths }: Account) =>
    units.length === 0 || paths?.some((path) => isBelow(path, units)) === true;
  const within = all.filter(inside);
  const open = within.filter(({ state }) => state === null || !closed.has(state));
  const left = within.filter(({ id }) => excluded.includes(id)).length;
  const strange = excluded.filter((id) => !within.some((account) => account.id === id));
  const states = [...closed].flatMap((word) => {
    const count = within.filter(({ state }) => state === word).length;
    return count === 0 ? [] : [`${count} ${word.toLowerCase().replace('_', ' ')}`];
  });
  return {
    entered: open.map(({ id }) => id).filter((id) => !excluded.includes(id)),
    missing: placeless
      ? unknown('inconclusive', 'ListAccounts', 'AWS does not say where each account stands')
      : null,
    notes: [
      ...(states.length > 0 ? [`accounts that cannot be entered: ${states.join(', ')}`] : []),
      ...(left > 0 ? [`accounts that are excluded: ${left}`] : []),
      ...(strange.length > 0 ? [`excluded, but not there: ${strange.join(', ')}`] : []),
    ],
  };
}

function isBelow(path: string, units: readonly string[]): boolean {
  return path.split('/').some((part) => units.includes(part));
}
