import type { Unknown, ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Inconclusive } from '../../facts.ts';
import type { IamPolicy } from '../decode/iam-policy.ts';
import type { LeftBucket } from '../decode/storage.ts';
import { decoded, listed, valueOr } from './parts.ts';
import type { ProjectFacts } from './project.ts';

type LegacyStorage = ValueOf<RegistryFacts['legacyStorage']>[number];

/** Buckets of Container Registry, which was shut down in 2025; images in them can still be read. */
export async function legacyStorage(facts: ProjectFacts): Promise<RegistryFacts['legacyStorage']> {
  const missing: Unknown[] = [];
  const buckets = valueOr(await facts.leftBuckets(), missing) ?? [];
  const each = await Promise.all(
    buckets.map(async (bucket): Promise<readonly LegacyStorage[]> => {
      const policy = valueOr(await facts.bucketPolicy(bucket.name), missing);
      if (policy === null) return [];
      const input = { bucket, policy };
      const access = decoded('ListBuckets', input, () => accessOf(bucket, policy), missing);
      return access === null ? [] : [{ name: `bucket ${bucket.name}`, access }];
    }),
  );
  return listed(['ListBuckets', 'GetBucketIamPolicy'], each.flat(), missing);
}

/** Any role of a public principal counts: leftover storage is never public on purpose. */
function accessOf(bucket: LeftBucket, { bindings }: IamPolicy): LegacyStorage['access'] {
  if (bucket.publicPrevented) return { mode: 'private' };
  const grant = bindings.find(({ members }) => members.some(isPublicMember));
  if (grant !== undefined) {
    const who = grant.members.filter(isPublicMember).join(', ');
    return { mode: 'public', how: `${who} has ${grant.role}` };
  }
  const [entity] = bucket.open;
  if (entity !== undefined) return { mode: 'public', how: `${entity} is in an access list` };
  if (bucket.ownLists) {
    throw new Inconclusive(`objects of ${bucket.name} may have access lists of their own`);
  }
  return { mode: 'private' };
}

function isPublicMember(member: string): boolean {
  return member === 'allUsers' || member === 'allAuthenticatedUsers';
}
