import { collectPlan } from '../engine/collect-plan.ts';
import type { Plan } from '../model/plan.ts';
import type { Settings } from './settings.ts';

/**
 * What a run collects. Provenance is judged by what is signed, once builders are declared. While nobody is
 * declared no signature is pulled: none would be judged.
 */
export function planOf({
  checks,
  expected: { signers, builders },
  ownerTag,
  mayPull,
}: Pick<Settings, 'checks' | 'expected' | 'ownerTag' | 'mayPull'>): Plan {
  const plan = collectPlan(checks, ownerTag !== undefined);
  const repository = new Set(plan.repository);
  if (builders.length > 0 && repository.has('recentAttestations'))
    repository.add('recentCandidates');
  const asked = checks.some(({ needs }) => needs.includes('recentCandidates'));
  if (mayPull && signers.length + builders.length === 0 && !asked)
    repository.delete('recentCandidates');
  return { ...plan, repository };
}
