import { describe, expect, test } from 'vitest';
import { type Access, accessGranted } from '../../src/aws-policy/access.ts';
import { identityAllows } from '../../src/aws-policy/identity.ts';
import { parsePolicy } from '../../src/aws-policy/parse.ts';
import { deniedExcept, denies, networkBound } from '../../src/aws-policy/perimeter.ts';
import { fc, tries } from '../support/search.ts';
import { glob, isAllowed, type Request } from './support/concrete.ts';
import { allow, type Json, policy, REPOSITORY, scene } from './support/policy.ts';
import {
  anyAllow,
  anyDeny,
  anyReadings,
  anyRequests,
  anyStatements,
  comesFrom,
  isCovered,
  networks,
  outsiders,
  request,
  sessions,
  singleValued,
} from './support/world.ts';

const runs = tries(100);
const version = fc.constantFrom('2012-10-17', '2008-10-17');
const push = 'ecr:PutImage';

function granted(statements: readonly Json[], action: string, Version = '2012-10-17'): Access {
  const document = parsePolicy(JSON.stringify({ Version, Statement: statements }));
  return accessGranted(scene(document), [action]);
}

/** The requests that are covered before and not after. */
function lost(before: Access, after: Access, all: readonly Request[]): readonly Request[] {
  return all.filter((one) => covers(before, one) && !covers(after, one));
}

/** The same, reckoned once for each input. */
function once<T>(reckon: (input: string) => T): (input: string) => T {
  const known = new Map<string, T>();
  return (input) => {
    if (!known.has(input)) known.set(input, reckon(input));
    return known.get(input) as T;
  };
}

const covers = ({ grantees }: Access, one: Request) => grantees.some((who) => isCovered(who, one));

describe('against a concrete evaluator', () => {
  test('whoever is let in is among the grantees', () => {
    let allowed = 0;
    fc.assert(
      fc.property(
        anyStatements,
        anyRequests,
        anyReadings,
        version,
        (statements, all, readings, v) => {
          const access = once((action) => granted(statements, action, v));
          const letIn = all.filter((one) =>
            isAllowed(statements, one, readings, v === '2012-10-17'),
          );
          allowed += letIn.length;
          expect(letIn.filter((one) => !covers(access(one.action), one))).toEqual([]);
        },
      ),
      runs,
    );
    expect(allowed).toBeGreaterThan(runs.numRuns);
  });

  test('what is called open to any account lets a stranger in', () => {
    const strangers = outsiders.flatMap((caller) =>
      networks.flatMap((network) =>
        sessions.map((session) => request(caller, push, network, session)),
      ),
    );
    let open = 0;
    fc.assert(
      fc.property(anyStatements, anyReadings, (statements, readings) => {
        fc.pre(!isOdd(statements));
        if (granted(statements, push).anyAccount !== 'yes') return;
        open += 1;
        expect(strangers.some((one) => isAllowed(statements, one, readings, true))).toBe(true);
      }),
      runs,
    );
    expect(open).toBeGreaterThan(runs.numRuns / 20);
  });

  test('whoever a proven perimeter shuts out is denied', () => {
    let proven = 0;
    fc.assert(
      fc.property(
        fc.array(anyDeny, { minLength: 1, maxLength: 2 }),
        anyRequests,
        anyReadings,
        (all, list, readings) => {
          const place = scene(policy(...all));
          const exempt = deniedExcept(place, push);
          const bound = networkBound(place, [push]);
          const never = denies(place, [push]);
          proven += Number(exempt !== null || bound !== null);
          const open = [allow({ Action: '*' }), ...all];
          for (const one of list.filter(({ action }) => action === push)) {
            if (!isAllowed(open, one, readings, true)) continue;
            expect(never).toBe(false);
            if (exempt !== null) expect(exempt.some(({ arn }) => isSpared(arn, one))).toBe(true);
            if (bound === null) continue;
            const network = networkOrder.some(
              (from) =>
                comesFrom({ ...nowhere, [from]: bound[from] }, one.context) &&
                bound[from].length > 0,
            );
            const excused =
              (bound.exempt.services && one.service !== null) ||
              (bound.exempt.viaServices && one.context.get('aws:viaawsservice')?.[0] === 'true') ||
              bound.exempt.principals.some(({ arn }) => isSpared(arn, one));
            expect(network || excused).toBe(true);
          }
        },
      ),
      runs,
    );
    expect(proven).toBeGreaterThan(runs.numRuns / 50);
  });

  test('what an identity policy lets its identity do is never called no', () => {
    const repositoryDefaults = REPOSITORY.replace('/app', '/*');
    fc.assert(
      fc.property(anyStatements, anyRequests, anyReadings, (statements, all, readings) => {
        const own = statements.map(({ Principal: _, NotPrincipal: __, ...rest }) => rest);
        const named = own.map((statement) => ({ ...statement, Principal: '*' }));
        const document = policy(...own);
        const refused = once((action) =>
          [REPOSITORY, repositoryDefaults].some((resource) => {
            const { allows, reach } = identityAllows([document], { action, resource });
            return allows === 'no' || reach === 'none';
          }),
        );
        const wrong = all.filter(
          (one) =>
            one.service === null && isAllowed(named, one, readings, true) && refused(one.action),
        );
        expect(wrong).toEqual([]);
      }),
      runs,
    );
  });
});

const nowhere = {
  vpces: [],
  vpcs: [],
  ranges: [],
  endpointAccounts: [],
  endpointOrganizations: [],
};
const networkOrder = [
  'vpces',
  'vpcs',
  'ranges',
  'endpointAccounts',
  'endpointOrganizations',
] as const;

function isSpared(arn: string, { arns, account }: Request): boolean {
  return arns.some((name) => glob(arn, name)) || arn === `arn:aws:iam::${account}:root`;
}

/** Readings wider than the letter on purpose, and keys no stranger of our small world carries. */
function isOdd(statements: readonly Json[]): boolean {
  const conditions = JSON.stringify(statements.map((one) => one['Condition'])).replaceAll(
    ':iam::',
    '',
  );
  // Each stranger has one way into the network; which keys come together is not what is tested here.
  const ways = new Set(
    conditions.match(/aws:(?:SourceVpce?|SourceIp|VpceAccount|VpceOrgID|VpcSourceIp)"/g),
  );
  const odd = /Equals[^}]*[*?]|Arn(?:Not)?Like[^}]*"\*|::|aws:Source(?:A|O)|ServiceName/;
  return ways.size > 1 || odd.test(conditions);
}

const rank = { no: 0, maybe: 1, yes: 2 } as const;

describe('laws', () => {
  test('adding a Deny never widens access', () => {
    fc.assert(
      fc.property(anyStatements, anyDeny, fc.nat(), anyRequests, (statements, more, at, all) => {
        const place = at % (statements.length + 1);
        const before = granted(statements, push);
        const after = granted(statements.toSpliced(place, 0, more), push);
        expect(rank[after.anyAccount]).toBeLessThanOrEqual(rank[before.anyAccount]);
        expect(lost(after, before, all)).toEqual([]);
      }),
      runs,
    );
  });

  test('adding an Allow never narrows access', () => {
    fc.assert(
      fc.property(anyStatements, anyAllow, anyRequests, (statements, more, all) => {
        const before = granted(statements, push);
        const after = granted([more, ...statements], push);
        expect(rank[after.anyAccount]).toBeGreaterThanOrEqual(rank[before.anyAccount]);
        expect(lost(before, after, all)).toEqual([]);
      }),
      runs,
    );
  });

  test('dropping the conditions of an Allow never narrows access', () => {
    fc.assert(
      fc.property(anyAllow, anyDeny, anyRequests, ({ Condition: _, ...bare }, more, all) => {
        const before = granted(
          [{ ...bare, ...(_ === undefined ? {} : { Condition: _ }) }, more],
          push,
        );
        const after = granted([bare, more], push);
        expect(lost(before, after, all)).toEqual([]);
      }),
      runs,
    );
  });

  test('adding one condition to an Allow never widens access', () => {
    fc.assert(
      fc.property(anyAllow, anyAllow, anyRequests, (first, second, all) => {
        const blocks = Object.entries(Object(second['Condition'] ?? {}));
        const extra = Object.fromEntries(blocks.map(([name, block]) => [name, block]));
        const held = Object(first['Condition'] ?? {});
        fc.pre(Object.keys(extra).every((name) => !(name in held)));
        const before = granted([first], push);
        const after = granted([{ ...first, Condition: { ...held, ...extra } }], push);
        expect(rank[after.anyAccount]).toBeLessThanOrEqual(rank[before.anyAccount]);
        expect(lost(after, before, all)).toEqual([]);
      }),
      runs,
    );
  });

  test('IfExists and ForAllValues bound nothing on a key with one value', () => {
    fc.assert(
      fc.property(singleValued, fc.boolean(), ([operator, key, values], exists) => {
        const name = exists ? `${operator}IfExists` : `ForAllValues:${operator}`;
        const { grantees } = granted([allow({ Condition: { [name]: { [key]: values } } })], push);
        expect(grantees.some((one) => one.kind === 'any-account' && one.from === null)).toBe(true);
      }),
      runs,
    );
  });

  test('the order of statements does not matter', () => {
    fc.assert(
      fc.property(anyStatements, anyRequests, (statements, all) => {
        const first = granted(statements, push);
        const turned = granted(statements.toReversed(), push);
        expect(turned.anyAccount === 'no').toBe(first.anyAccount === 'no');
        expect([...lost(first, turned, all), ...lost(turned, first, all)]).toEqual([]);
      }),
      runs,
    );
  });

  test('the case of keys and operators does not matter', () => {
    fc.assert(
      fc.property(anyStatements, (statements) => {
        const shouted = statements.map((one) => ({ ...one, ...shout(one) }));
        expect(granted(shouted, push)).toEqual(granted(statements, push));
      }),
      runs,
    );
  });

  test('one thing and a list of one thing are the same', () => {
    fc.assert(
      fc.property(anyAllow, (statement) => {
        const listed = Object.fromEntries(
          Object.entries(statement).map(([key, value]) => [
            key,
            /Action|Resource/.test(key) ? [value].flat() : value,
          ]),
        );
        const single = parsePolicy(JSON.stringify({ Statement: statement }));
        const list = parsePolicy(JSON.stringify({ Statement: [listed] }));
        expect(accessGranted(scene(single), [push])).toEqual(accessGranted(scene(list), [push]));
      }),
      runs,
    );
  });
});

function shout({ Condition }: Json): Json {
  if (Condition === undefined) return {};
  const blocks = Object.entries(Object(Condition)).map(([name, block]) => [
    name.toUpperCase(),
    Object.fromEntries(
      Object.entries(Object(block)).map(([key, values]) => [key.toUpperCase(), values]),
    ),
  ]);
  return { Condition: Object.fromEntries(blocks) };
}
