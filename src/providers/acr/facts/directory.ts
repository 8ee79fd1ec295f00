import type { JsonObject } from '../../../decode/fields.ts';
import { oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { eachEntry } from '../../parts.ts';
import { type DirectoryObject, directoryObject } from '../decode/directory.ts';
import type { DirectoryApi } from '../wire/graph.ts';

type Objects = ReadonlyMap<string, DirectoryObject>;

/** What the directory of the tenant tells of principals; the members of a group are asked for once. */
export interface DirectoryFacts {
  readonly objects: (ids: readonly string[], tenant: string) => Promise<Fact<Objects>>;
  /** Everybody in a group, by its id. */
  readonly members: (group: string, tenant: string) => Promise<Fact<readonly DirectoryObject[]>>;
}

export function directoryFacts(api: DirectoryApi): DirectoryFacts {
  const members = oncePer((group: string) =>
    api.members(group, (entries): readonly JsonObject[] => entries),
  );
  return {
    objects: (ids, tenant) =>
      api.objects(
        ids,
        (entries) =>
          new Map(
            entries.map((entry) => directoryObject(entry, tenant)).map((one) => [one.id, one]),
          ),
      ),
    members: async (group, tenant) =>
      eachEntry(await members(group), (entry) => [directoryObject(entry, tenant)]),
  };
}
