import { checks } from '../../../checks/index.ts';
import type { Estate } from '../../../src/demo/gitlab/estate.ts';
import type { FindingWithoutFingerprint } from '../../../src/model/finding.ts';
import { scanEstate, scenario } from './scan.ts';

/** The good group on an instance of one's own, which an administrator's token reads. */
export async function ownInstance(): Promise<Estate> {
  const good = await scenario('all-good');
  return { ...good, host: 'gitlab.example.org', settings: {}, administrators: [] };
}

/** What one check finds first. Rejects where it finds nothing. */
export async function finding(estate: Estate, id: string): Promise<FindingWithoutFingerprint> {
  const { findings } = await scanEstate(estate, { checks: checks.filter((one) => one.id === id) });
  const [first] = findings;
  if (first === undefined) throw new Error(`${id} finds nothing`);
  return first;
}
