import { type JsonObject, numberAt, objectAt } from '../../../decode/fields.ts';
import { Denied } from '../../facts.ts';

/** Open findings of container scanning in a project. */
export interface Findings {
  readonly critical: number;
  readonly high: number;
}

/** Null is no zero: the plan lacks vulnerability management, or the caller may not see it. */
export function findings(project: JsonObject): Findings {
  const key = 'vulnerabilitySeveritiesCount';
  if (project[key] === null) {
    throw new Denied(`GitLab answers null for ${key}`, 'Ultimate, and the role developer');
  }
  const counts = objectAt(project, key);
  return { critical: numberAt(counts, 'critical'), high: numberAt(counts, 'high') };
}
