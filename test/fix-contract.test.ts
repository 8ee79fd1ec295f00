import { expect, it } from 'vitest';
import type { Fix } from '../src/model/fix.ts';
import type { Failable } from '../src/providers/ecr/failable.ts';
import { tags } from '../src/providers/ecr/fixes/tags.ts';
import { fixes } from '../src/providers/ecr/fixes.ts';

/*
 * What the compiler refuses of the fixes of an adapter: an expected error that does not come fails
 * `tsc`, which is part of `npm run check`.
 */

const fix = tags['tags-immutable'];
const { 'tags-immutable': _, ...others } = fixes;

// @ts-expect-error a check that can fail there has no fix
const lacking = {} satisfies Record<Failable['tags'], Fix>;

const surplus = {
  'tags-immutable': fix,
  // @ts-expect-error ECR has no gate, so the check cannot fail there
  'scan-gate-on': fix,
} satisfies Record<Failable['tags'], Fix>;

// @ts-expect-error a theme was forgotten when its fixes were joined
const joined = { ...others } satisfies Record<Failable[keyof Failable], Fix>;

const { risk: __, ...riskless } = fix;

// @ts-expect-error a fix says what it may break
const silent = { 'tags-immutable': riskless } satisfies Record<Failable['tags'], Fix>;

it('the fixes that the compiler refuses differ from those it takes in what is said above alone', () => {
  expect(Object.keys({ ...lacking, ...surplus, ...silent })).toEqual([
    'tags-immutable',
    'scan-gate-on',
  ]);
  expect({ ...joined, ...tags }).toEqual(fixes);
});
