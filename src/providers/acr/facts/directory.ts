import type { JsonObject } from '../../../decode/fields.ts';
import { oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { join } from '../../facts.ts';
import { type DirectoryObject, directoryObject } from '../decode/directory.ts';
import type { DirectoryApi } from '../wire/graph.ts';

type Objects = ReadonlyMap<string, DirectoryObject>;

/** What the directory of the tenant tells of principals; the members of a group are asked for once. */
export interface DirectoryFacts {
  readonly objects: (ids: readonly string[], tenant: string) => Promise<Fact<Objects>>;
  /** The members of those that are groups, by the id of the group. */
  readonly membersOf: (
    objects: Objects,
    tenant: string,
  ) => Promise<Fact<ReadonlyMap<string, readonly DirectoryObject[]>>>;
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
    membersOf: async (objects, tenant) => {
      const groups = [...objects.values()].filter(({ from }) => from.mode === 'group');
      const found = await Promise.all(groups.map(({ id }) => members(id)));
      return join(
        found,
        (...all) =>
          new Map(
            groups.map(({ id }, index) => [
              id,
              (all[index] ?? []).map((entry) => directoryObject(entry, tenant)),
            ]),
          ),
      );
    },
  };
}
