import { createHash } from 'node:crypto';
import type { PolicyDocument } from '../../../aws-policy/document.ts';
import { parsePolicy } from '../../../aws-policy/parse.ts';
import { relate, selectsAction } from '../../../aws-policy/selector.ts';
import { objectOf, stringAt } from '../../../decode/fields.ts';
import { once } from '../../../http/once.ts';
import type { AnyFact, Fact } from '../../../model/fact.ts';
import { join } from '../../facts.ts';
import { policyScope } from '../decode/registry.ts';
import type { EcrApi } from '../wire/api.ts';
import { governedByScopeV1 } from './abilities.ts';
import type { AccountFacts } from './account.ts';
import type { Place } from './settings.ts';

/** The policies that apply together, and the organisation that counts as own. */
export interface World {
  /** The policy of the repository, without statements where there is none; then the registry's, if any. */
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
    question: Question,
    judge: (world: World) => T,
  ) => Promise<Fact<T>>;
}

/** What is asked, and about which resource; two questions of one name must be judged the same way. */
export interface Question {
  readonly name: string;
  readonly resource: Resource;
}

/** A resource, and how each policy's statements stand to it, worked out once. */
export interface Resource {
  readonly arn: string;
  readonly standing: Map<PolicyDocument, string>;
}

export function resourceAt(arn: string): Resource {
  return { arn, standing: new Map() };
}

/** Most texts whose parsed form is kept: repositories mostly share a few policies. */
const mostTexts = 500;

export function policiesOf(api: EcrApi, { region }: Place, account: AccountFacts): Policies {
  const memory = remembering();
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
    raw === null ? null : parse(stringAt(objectOf(raw, 'the answer'), 'policyText'));
  const registry = once(() => api.one('GetRegistryPolicy', region, {}, decode));
  const scope = once(() =>
    api.one('GetAccountSetting', region, { name: 'REGISTRY_POLICY_SCOPE' }, policyScope),
  );

  return {
    registry,
    scope,
    ofRepository: (repositoryName) =>
      api.one('GetRepositoryPolicy', region, { repositoryName }, decode),
    together: async (repository, question, judge) => {
      const stored = await registry();
      if (repository.state !== 'known') return repository;
      if (stored.state !== 'known') return stored;
      const answer = (evidence: readonly Fact<unknown>[], policies: readonly PolicyDocument[]) =>
        inWorld(evidence, policies, account, (facts, world) =>
          memory(question, world, () => join(facts, () => judge(world))),
        );
      const own = repository.value === null ? nothing : repository.value;
      if (stored.value === null) return answer([repository, stored], [own]);
      const all = [own, stored.value];
      const limited = [own, inScopeV1(stored.value)];
      const force = await scope();
      if (force.state === 'known') {
        return answer([repository, stored, force], force.value === 'V2' ? all : limited);
      }
      // Whether the registry policy is in force is not known; it may not matter.
      const [inForce, partly] = await Promise.all([
        answer([repository, stored], all),
        answer([repository, stored], limited),
      ]);
      return same(inForce, partly) ? inForce : force;
    },
  };
}

const nothing: PolicyDocument = { statements: [] };

const limitedToV1 = new WeakMap<PolicyDocument, PolicyDocument>();

/** What of a registry policy is in force in scope V1: the three actions that it governs there. */
function inScopeV1(policy: PolicyDocument): PolicyDocument {
  let limited = limitedToV1.get(policy);
  if (limited === undefined) {
    const statements = policy.statements.flatMap((statement) => {
      const patterns = governedByScopeV1.filter((action) =>
        selectsAction(statement.actions, action),
      );
      if (patterns.length === 0) return [];
      return [{ ...statement, actions: { negated: false, patterns, variable: [] } }];
    });
    limited = { statements };
    limitedToV1.set(policy, limited);
  }
  return limited;
}

function same(a: AnyFact, b: AnyFact): boolean {
  return (
    a.state === 'known' &&
    b.state === 'known' &&
    JSON.stringify(a.value) === JSON.stringify(b.value)
  );
}

/** Asks for the organisation only where a policy speaks of one. */
async function inWorld<T>(
  evidence: readonly Fact<unknown>[],
  policies: readonly PolicyDocument[],
  account: AccountFacts,
  answer: (evidence: readonly Fact<unknown>[], world: World) => Fact<T>,
): Promise<Fact<T>> {
  if (!policies.some(mentionsOrganization))
    return answer(evidence, { policies, organization: undefined });
  const organization = await account.organization();
  if (organization.state !== 'known') return organization;
  return answer([...evidence, organization], { policies, organization: organization.value });
}

/** Most answers that are kept: repositories mostly share a few policies, and so their answers. */
const mostAnswers = 5_000;

type Memory = <T>(question: Question, world: World, judge: () => Fact<T>) => Fact<T>;

/**
 * Judges each set of policies once. What a policy says of a repository depends on the repository's
 * name only through `Resource`, so two repositories to which every statement stands alike get one answer.
 */
function remembering(): Memory {
  const answers = new Map<string, AnyFact>();
  return <T>(
    { name, resource }: Question,
    { policies, organization }: World,
    judge: () => Fact<T>,
  ): Fact<T> => {
    const key = [name, organization, ...policies.map((policy) => stand(policy, resource))].join(
      '|',
    );
    const known = answers.get(key);
    if (known !== undefined) return known as Fact<T>;
    const answer = judge();
    if (answers.size < mostAnswers) answers.set(key, answer);
    return answer;
  };
}

function stand(policy: PolicyDocument, { arn, standing }: Resource): string {
  let text = standing.get(policy);
  if (text === undefined) {
    const relations = policy.statements.map((statement) => {
      if (statement.resources === null) return '';
      const { touches, covers } = relate(statement, arn);
      return `${touches}${covers}`;
    });
    text = `${numberOf(policy)}:${relations.join()}`;
    standing.set(policy, text);
  }
  return text;
}

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/** A number that stands for an object as long as it lives. */
export function numberOf(one: object): number {
  let number = numbers.get(one);
  if (number === undefined) {
    lastNumber += 1;
    number = lastNumber;
    numbers.set(one, number);
  }
  return number;
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
