import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Inconclusive, join } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import type { IamPolicy } from '../decode/iam-policy.ts';
import type { LeftBucket } from '../decode/storage.ts';
import type { ProjectFacts } from './project.ts';

type LegacyStorage = ValueOf<RegistryFacts['legacyStorage']>[number];

/** Buckets of Container Registry, which was shut down in 2025; images in them can still be read. */
export async function legacyStorage(facts: ProjectFacts): Promise<RegistryFacts['legacyStorage']> {
  const buckets = await facts.leftBuckets();
  if (buckets.state !== 'known') return gapOf(buckets);
  const policies = await Promise.all(buckets.value.map(({ name }) => facts.bucketPolicy(name)));
  return join([buckets, ...policies], (all, ...found) =>
    all.map((bucket, index): LegacyStorage => {
      const policy = found[index];
      if (policy === undefined) throw new Error('a policy is missing');
      return { name: `bucket ${bucket.name}`, access: accessOf(bucket, policy) };
    }),
  );
}

/** Any role of a stranger counts: what is left of a registry has no public by design. */
function accessOf(bucket: LeftBucket, { bindings }: IamPolicy): LegacyStorage['access'] {
  if (bucket.publicPrevented) return { mode: 'private' };
  const grant = bindings.find(({ members }) => members.some(isStranger));
  if (grant !== undefined) {
    const who = grant.members.filter(isStranger).join(', ');
    return { mode: 'public', how: `${who} has ${grant.role}` };
  }
  const [listed] = bucket.open;
  if (listed !== undefined) return { mode: 'public', how: `${listed} is in an access list` };
  if (bucket.ownLists) {
    throw new Inconclusive(`objects of ${bucket.name} may have access lists of their own`);
  }
  return { mode: 'private' };
}

function isStranger(member: string): boolean {
  return member === 'allUsers' || member === 'allAuthenticatedUsers';
}
