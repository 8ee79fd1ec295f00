import { expect, test } from 'vitest';
import { harborDemo } from '../../src/demo/harbor/demo.ts';
import { type Aim, type Attack, scanned } from './support/in-front.ts';

/* Patterns of a registry are compared with each other: many long ones would keep the process busy for minutes. */

const rewritten =
  (rulesOf: (rule: { tag_selectors: object[] }) => object[]): Attack =>
  (response, { body }) => {
    const answer = JSON.parse(body.toString('utf8'));
    const list = Array.isArray(answer);
    const [first] = list ? answer : answer.rules;
    const rules = rulesOf(first);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(list ? rules : { ...answer, rules }));
  };

const stars = (length: number) => 'a*'.repeat(length / 2);
const selecting = (rule: object, pattern: string) => ({
  ...rule,
  disabled: false,
  tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern }],
});

test.each([
  ['retention', /\/retentions\/\d+$/, 'retention-spares-production'],
  ['immutability', /\/immutabletagrules/, 'tags-immutable'],
] as const)('rules of %s that are too many or too long are unknown', async (_, path, check) => {
  for (const [count, length] of [
    [2000, 4000],
    [40, 4000],
    [2000, 4],
  ] as const) {
    let met = 0;
    const attack = rewritten((rule) =>
      Array.from({ length: count }, (_unused, at) => selecting(rule, `${stars(length)}${at}`)),
    );
    const aim: Aim = ({ url = '' }) => {
      if (!path.test(url)) return undefined;
      return (response, honest, request) => {
        if (!/"tag_selectors"/.test(honest.body.toString('utf8')))
          return response.writeHead(honest.status, { ...honest.headers }).end(honest.body);
        met += 1;
        return attack(response, honest, request);
      };
    };
    const { findings, crashes } = await scanned(await harborDemo(), aim);
    expect(met).toBeGreaterThan(0);
    expect(crashes).toEqual([]);
    const of = findings.filter((one) => one.check === check && one.verdict === 'unknown');
    expect(of.length).toBeGreaterThan(0);
  }
});
