import { accessGranted, type Scene } from '../../../aws-policy/access.ts';
import type { PolicyDocument } from '../../../aws-policy/document.ts';
import { parsePolicy } from '../../../aws-policy/parse.ts';
import { selectsAction } from '../../../aws-policy/selector.ts';
import type { Identity } from '../../../model/identity.ts';
import type { IamIdentity } from '../decode/iam.ts';
import type { Describe } from './administrators.ts';
import { allows, identityFacts, mayDo, repositoryArn } from './iam-access.ts';
import { homeOf } from './outsiders.ts';
import type { World } from './policies.ts';
import type { Place } from './settings.ts';

/** An IAM identity that may do something to some repository. */
export interface Candidate {
  readonly iam: IamIdentity;
  readonly identity: Identity;
  /** Surely allowed for every repository, so that it need not be asked again for each. */
  readonly reachesEvery: boolean;
}

/** Who in the account may do any of these actions to some repository: an upper bound. */
export function candidates(
  all: readonly IamIdentity[],
  describe: Describe,
  place: Place,
  actions: readonly string[],
): readonly Candidate[] {
  const every = repositoryArn(place, '*');
  return all.flatMap((iam) => {
    const answers = actions.map((action) => allows(iam, action, every, place));
    if (answers.every((answer) => answer.allows === 'no')) return [];
    const reachesEvery = answers.some(
      (answer) => answer.allows === 'yes' && answer.reach === 'every',
    );
    return [{ iam, identity: describe(iam), reachesEvery }];
  });
}

/** Those of the candidates whom IAM lets at this repository; the same list if that is all of them. */
export function presentAt(
  list: readonly Candidate[],
  arn: string,
  actions: readonly string[],
  place: Place,
): readonly Candidate[] {
  if (list.every(({ reachesEvery }) => reachesEvery)) return list;
  return list.filter(({ iam, reachesEvery }) => reachesEvery || mayDo(iam, actions, arn, place));
}

/** Those of the present whom the policies of the repository do not refuse. */
export function allowedAt(
  here: readonly Candidate[],
  world: World,
  place: Place,
  arn: string,
  actions: readonly string[],
): readonly Candidate[] {
  const denials = world.policies.map(({ statements }) => ({
    statements: statements.filter(
      (one) =>
        one.effect === 'Deny' && actions.some((action) => selectsAction(one.actions, action)),
    ),
  }));
  if (denials.every(({ statements }) => statements.length === 0)) return here;
  const scene = { home: homeOf(place, world), resource: arn, now: place.takenAt };
  const left = notDenied(here, denials, scene, actions);
  // Of the requests of one identity more is known, and so more conditions are decided.
  return here.filter((one) => {
    if (!left.has(one.iam.arn)) return false;
    const { organization } = world;
    const known = new Map([
      ...identityFacts(one.iam, place),
      ...(organization === undefined ? [] : [['aws:principalorgid', organization] as const]),
    ]);
    return notDenied([one], denials, { ...scene, known }, actions).size > 0;
  });
}

/** Asks the evaluator as if the policies granted each of them by name: who is left is not denied. */
function notDenied(
  list: readonly Candidate[],
  denials: readonly PolicyDocument[],
  scene: Omit<Scene, 'policies'>,
  actions: readonly string[],
): ReadonlySet<string> {
  if (list.length === 0) return new Set();
  const statement = {
    Effect: 'Allow',
    Action: [...actions],
    Principal: { AWS: list.map(({ iam }) => iam.arn) },
  };
  const asked = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statement }));
  const { grantees } = accessGranted({ ...scene, policies: [asked, ...denials] }, actions);
  return new Set(
    grantees.flatMap((grantee) => (grantee.kind === 'principal' ? [grantee.arn] : [])),
  );
}
