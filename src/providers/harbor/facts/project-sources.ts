import type { Fact } from '../../../model/fact.ts';
import type { OciRegistry } from '../../../oci/registry.ts';
import type { ScanContext } from '../../contract.ts';
import { known } from '../../facts.ts';
import { operations } from '../operations.ts';
import type { HarborApi } from '../wire/api.ts';
import type { Settings } from './settings.ts';

/** What the facts of a project are learnt from, besides its entry in the list. */
export interface ProjectSources {
  readonly api: HarborApi;
  /** The distribution API. */
  readonly content: OciRegistry['client'];
  readonly settings: Settings;
  readonly context: Pick<ScanContext, 'images'>;
  /** ISO 8601 */
  readonly now: string;
}

/** A fact that stands in the list of projects. */
export function listed<T>(decode: () => T): Fact<T> {
  return known('listProjects', operations.listProjects.permission, decode);
}
