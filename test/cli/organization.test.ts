import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Estate } from '../../src/demo/aws/estate.ts';
import { type ServedEstate, serveEstate } from '../../src/demo/aws/serve-estate.ts';
import type { Fault } from '../../src/demo/fault.ts';
import { scenario } from '../support/aws/scenario.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';

type Account = NonNullable<NonNullable<Estate['organization']>['accounts']>[number];

const own = '123456789012';
const workloads = 'ou-ab12-cd34ef56';
const accounts: readonly Account[] = [
  { id: own, state: 'ACTIVE', paths: ['o-a1b2c3d4e5/r-ab12/123456789012/'] },
  {
    id: '222222222222',
    state: 'ACTIVE',
    paths: [`o-a1b2c3d4e5/r-ab12/${workloads}/222222222222/`],
  },
  { id: '333333333333', state: 'PENDING_CLOSURE', paths: ['o-a1b2c3d4e5/r-ab12/333333333333/'] },
  { id: '444444444444', state: 'SUSPENDED', paths: ['o-a1b2c3d4e5/r-ab12/444444444444/'] },
  { id: '555555555555', state: 'CLOSED', paths: ['o-a1b2c3d4e5/r-ab12/555555555555/'] },
  { id: '666666666666', state: 'ON_HOLIDAY', paths: ['o-a1b2c3d4e5/r-ab12/666666666666/'] },
];

let served: ServedEstate | undefined;
afterEach(async () => {
  await served?.close();
  served = undefined;
});

type Entry = Readonly<Record<string, unknown>>;

interface Ran {
  readonly code: number | null;
  readonly stderr: string;
  /** Of each registry whether it was read. */
  readonly registries: Readonly<Record<string, boolean>>;
  readonly messages: readonly string[];
  readonly calls: ReadonlyMap<string, number>;
}

/** Scans the made-up organisation: these accounts, all with the same region. */
async function scan(
  list: readonly Account[],
  entry: Entry = {},
  { faults = [], ...more }: Partial<Estate> & { readonly faults?: readonly Fault[] } = {},
): Promise<Ran> {
  const good = await scenario('all-good');
  const organization = { id: 'o-a1b2c3d4e5', managementAccount: own, accounts: list };
  const regions = { 'eu-west-1': good.regions['eu-west-1'] ?? {} };
  served = await serveEstate({ ...good, regions, organization, faults, ...more });
  const cwd = emptyFolder();
  const target = { target: 'ecr://organization', role: 'audit/regaudit', public: false };
  const registries = [{ ...target, endpoint: served.endpoint, ...entry }];
  writeFileSync(join(cwd, 'regaudit.yaml'), JSON.stringify({ registries }));
  const args = ['scan', '-c', 'regaudit.yaml', '-f', 'json', '--check', 'tags-immutable'];
  const { code, stdout, stderr } = await runCli(args, { cwd });
  const report = stdout === '' ? { registries: [], findings: [] } : JSON.parse(stdout);
  return {
    code,
    stderr,
    registries: Object.fromEntries(
      report.registries.map(({ id, reachable }: { id: string; reachable: boolean }) => [
        id,
        reachable,
      ]),
    ),
    messages: report.findings.map(({ message }: { message: string }) => message),
    calls: served.calls,
  };
}

describe('every account of an organisation', () => {
  test('is entered by its own role, once, and what cannot be entered is counted', async () => {
    const { code, registries, calls, stderr } = await scan(accounts);
    expect(registries).toEqual({
      [`ecr://${own}/eu-west-1`]: true,
      'ecr://222222222222/eu-west-1': true,
      'ecr://333333333333/eu-west-1': true,
      'ecr://666666666666/eu-west-1': true,
    });
    expect(code).toBe(0);
    expect(calls.get('sts:AssumeRole')).toBe(3);
    expect(stderr).toContain('accounts that cannot be entered: 1 suspended, 1 closed');
  });

  test('is found over short and empty pages', async () => {
    const { registries } = await scan(accounts, {}, { pageSize: 1 });
    expect(Object.keys(registries)).toHaveLength(4);
  });

  test('whose role is refused is one registry that was not reached, with what to see to', async () => {
    const refusing = accounts.map((one) =>
      one.id === '222222222222' ? { ...one, refuses: true as const } : one,
    );
    const { code, registries, messages } = await scan(refusing);
    expect(registries['ecr://222222222222/all']).toBe(false);
    expect(Object.keys(registries)).toHaveLength(4);
    expect(code).toBe(3);
    expect(messages.join('\n')).toMatch(/see that the role audit\/regaudit exists in the account/);
  });

  test('may be excluded, or chosen by its organizational unit', async () => {
    const exclude = ['333333333333', '666666666666', '999999999999'];
    const less = await scan(accounts, { accounts: { exclude } });
    expect(Object.keys(less.registries)).toHaveLength(2);
    expect(less.stderr).toContain('accounts that are excluded: 2');
    expect(less.stderr).toContain('excluded, but not there: 999999999999');
    await served?.close();
    for (const entry of [
      { target: `ecr://organization/${workloads}` },
      { accounts: { ou: [workloads] } },
    ]) {
      const { registries, code } = await scan(accounts, entry);
      expect(registries).toEqual({ 'ecr://222222222222/eu-west-1': true });
      expect(code).toBe(0);
      await served?.close();
    }
  });
});

describe('an organisation that is not known whole', () => {
  const list: Fault = { kind: 'denied', operation: 'organizations:ListAccounts' };
  test.each<[string, readonly Account[], Entry, Partial<Estate>, number]>([
    ['a refused list', accounts, {}, { faults: [list] }, 0],
    [
      'a list that is cut at its second page',
      accounts,
      {},
      { pageSize: 2, faults: [{ ...list, match: { NextToken: 'from-2' } }] },
      2,
    ],
    ['no account in the unit', accounts, { target: 'ecr://organization/ou-ab12-00000000' }, {}, 0],
    [
      'an account without a place',
      accounts.map(({ paths: _, ...one }) => one),
      { accounts: { ou: [workloads] } },
      {},
      0,
    ],
    ['no accounts', [], {}, {}, 0],
  ])(
    'is not reached, and never fewer registries in silence: %s',
    async (_, all, entry, more, read) => {
      const { code, registries } = await scan(all, entry, more);
      const organisations = Object.keys(registries).filter((id) =>
        id.startsWith('ecr://organization'),
      );
      expect(organisations).toHaveLength(1);
      expect(Object.values(registries).filter(Boolean)).toHaveLength(read);
      expect(code).toBe(3);
    },
  );

  test.each<[Entry, RegExp]>([
    [{ role: undefined }, /needs the role that each account has/],
    [{ role: 'arn:aws:iam::123456789012:role/regaudit' }, /is the role of one account/],
    [{ account: own }, /account names one account/],
    [{ target: 'ecr://organization/sales' }, /is not an organizational unit/],
    [{ target: 'ecr', region: 'eu-west-1' }, /role: "audit\/regaudit" is no ARN/],
    [
      { target: 'ecr', region: 'eu-west-1', role: undefined, accounts: { exclude: [own] } },
      /accounts belongs to/,
    ],
  ])('is a mistake before the first call: %j', async (entry, message) => {
    const { code, stderr, calls } = await scan(accounts, entry);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(calls.size).toBe(0);
  });
});
