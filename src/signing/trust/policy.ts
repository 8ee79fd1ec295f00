import type { Signer } from '../signer.ts';
import { clusterPolicy } from './cluster-policy.ts';
import { containersPolicy } from './containers-policy.ts';
import { type Surroundings, TrustError, under } from './files.ts';
import { notationPolicy } from './notation-policy.ts';
import type { Common } from './policy-file.ts';

/** The signers of a policy file of another tool. Rejects with `TrustError`, which names file and line. */
export async function signersOfPolicy(
  path: string,
  common: Common,
  surroundings: Surroundings,
): Promise<readonly Signer[]> {
  const document = await under('policy', () => surroundings.files.document(path));
  const { value } = document;
  const has = (key: string) => typeof value === 'object' && value !== null && key in value;
  const file = { path, document };
  if (has('trustPolicies')) return notationPolicy(file, common, surroundings);
  if (has('kind')) return clusterPolicy(file, common, surroundings);
  if (has('default') || has('transports')) return containersPolicy(file, common, surroundings);
  throw new TrustError(
    'policy',
    `${path}: expected a trust policy of Notation (trustPolicies), a ClusterImagePolicy or a policy.json of containers (default)`,
  );
}
