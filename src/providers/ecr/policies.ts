import { createHash } from 'node:crypto';
import type { PolicyDocument } from '../../aws-policy/document.ts';
import { parsePolicy } from '../../aws-policy/parse.ts';
import { objectOf, textAt } from '../../http/answer.ts';
import type { Fact } from '../../model/fact.ts';
import { join } from '../provider.ts';
import { governedByScopeV1 } from './abilities.ts';
import type { AccountFacts } from './account.ts';
import { type Asking, once } from './asking.ts';
import { policyScope } from './decode/registry.ts';
import type { Place } from './settings.ts';

/** The policies that apply together, and the organisation that counts as own. */
export interface World {
  readonly policies: readonly PolicyDocument[];
  /** Undefined: no policy speaks of organisations, so it was not asked for. */
  readonly organization: string | null | undefined;
}

export interface Policies {
  readonly registry: () => Promise<Fact<PolicyDocument | null>>;
  readonly scope: () => Promise<Fact<'V1' | 'V2'>>;
  readonly ofRepository: (repository: string) => Promise<Fact<PolicyDocument | null>>;
  /** Judges a repository's policies together with the registry's, as far as that one is in force. */
  readonly together: <T>(
    repository: Fact<PolicyDocument | null>,
    judge: (world: World) => T,
  ) => Promise<Fact<T>>;
}

/** Most texts whose parsed form is kept: repositories mostly share a few policies. */
const mostTexts = 500;

export function policiesOf(asking: Asking, { region }: Place, account: AccountFacts): Policies {
  const parsed = new Map<string, PolicyDocument>();
  const parse = (text: string): PolicyDocument => {
    const key = createHash('sha256').update(text).digest('base64');
    const known = parsed.get(key);
    if (known !== undefined) return known;
    const document = parsePolicy(text);
    if (parsed.size < mostTexts) parsed.set(key, document);
    return document;
  };
  const decode = (raw: unknown) =>
    raw === null ? null : parse(textAt(objectOf(raw, 'the answer'), 'policyText'));
  const registry = once(() => asking.one('GetRegistryPolicy', region, {}, decode));
  const scope = once(() =>
    asking.one('GetAccountSetting', region, { name: 'REGISTRY_POLICY_SCOPE' }, policyScope),
  );

  return {
    registry,
    scope,
    ofRepository: (repositoryName) =>
      asking.one('GetRepositoryPolicy', region, { repositoryName }, decode),
    together: async (repository, judge) => {
      const stored = await registry();
      if (repository.state !== 'known') return repository;
      if (stored.state !== 'known') return stored;
      const own = repository.value === null ? [] : [repository.value];
      const without = () => judged([repository, stored], own, account, judge);
      if (stored.value === null) return without();
      const all = [...own, stored.value];
      const force = await scope();
      const withRegistry = () =>
        judged(
          [repository, stored, ...(force.state === 'known' ? [force] : [])],
          all,
          account,
          judge,
        );
      if (force.state === 'known') return force.value === 'V2' ? withRegistry() : without();
      // Whether the registry policy is in force is not known; it may not matter.
      const [inForce, ignored] = await Promise.all([withRegistry(), without()]);
      return same(inForce, ignored) ? inForce : force;
    },
  };
}

function same(a: Fact<unknown>, b: Fact<unknown>): boolean {
  return (
    a.state === 'known' &&
    b.state === 'known' &&
    JSON.stringify(a.value) === JSON.stringify(b.value)
  );
}

async function judged<T>(
  rests: readonly Fact<unknown>[],
  policies: readonly PolicyDocument[],
  account: AccountFacts,
  judge: (world: World) => T,
): Promise<Fact<T>> {
  if (!policies.some(mentionsOrganization))
    return join(rests, () => judge({ policies, organization: undefined }));
  const organization = await account.organization();
  return join([organization, ...rests], (id) =>
    judge({ policies, organization: id as string | null }),
  );
}

/** Every condition key that names an organisation has `org` in it (aws:PrincipalOrgID, aws:SourceOrgPaths …). */
export function mentionsOrganization({ statements }: PolicyDocument): boolean {
  return statements.some(({ conditions }) => conditions.some(({ key }) => key.includes('org')));
}

/** Whether a policy of scope V1 holds anything that such a scope leaves without effect. */
export function exceedsScopeV1({ statements }: PolicyDocument): boolean {
  return statements.some(
    ({ actions }) =>
      actions.negated || actions.patterns.some((pattern) => !governedByScopeV1.includes(pattern)),
  );
}
