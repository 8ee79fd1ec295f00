import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accessGranted } from '../../src/aws-policy/access.ts';
import { parsePolicy } from '../../src/aws-policy/parse.ts';
import { isAllowed } from './support/concrete.ts';
import { type Json, scene } from './support/policy.ts';
import {
  anyReadings,
  anyRequest,
  anyStatements,
  isCovered,
  networks,
  outsiders,
  request,
  sessions,
} from './support/world.ts';

const runs = { numRuns: Number(process.env.RUNS ?? 4000) };
const version = fc.constantFrom('2012-10-17', '2008-10-17');

function granted(statements: readonly Json[], action: string, Version = '2012-10-17') {
  const document = parsePolicy(JSON.stringify({ Version, Statement: statements }));
  return accessGranted(scene(document), [action]);
}

describe('soundness', () => {
  test('whoever is let in is among the grantees', () => {
    let allowed = 0;
    fc.assert(
      fc.property(anyStatements, fc.array(anyRequest, { minLength: 60, maxLength: 60 }), anyReadings, version, (statements, requests, readings, Version) => {
        for (const one of requests) {
          if (!isAllowed(statements, one, readings, Version === '2012-10-17')) continue;
          allowed += 1;
          const { grantees } = granted(statements, one.action, Version);
          expect(grantees.some((grantee) => isCovered(grantee, one)), JSON.stringify({one, context: [...one.context]})).toBe(true);
        }
      }),
      runs,
    );
    expect(allowed).toBeGreaterThan(1_000);
  });

  test('what is called open to any account lets a stranger in', () => {
    const action = 'ecr:PutImage';
    const strangers = outsiders.flatMap((caller) =>
      networks.flatMap((network) =>
        sessions.map((session) => request(caller, action, network, session)),
      ),
    );
    let open = 0;
    fc.assert(
      fc.property(anyStatements, anyReadings, (statements, readings) => {
        fc.pre(statements.length < 3 && !statements.some(isOdd));
        if (granted(statements, action).anyAccount !== 'yes') return;
        open += 1;
        const inside = strangers.some((one) => isAllowed(statements, one, readings, true));
        expect(inside).toBe(true);
      }),
      runs,
    );
    expect(open).toBeGreaterThan(100);
  });
});

/** Readings wider than the letter on purpose, and keys no stranger of our small world carries. */
function isOdd(one: Json): boolean {
  return /Equals[^}]*[*?]|Arn(?:Not)?Like[^}]*"\*|::|aws:Source(?:A|O)|ServiceName/.test(JSON.stringify(one['Condition'] ?? {}).replaceAll(':iam::', ''));
}
