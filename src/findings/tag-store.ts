import type { AnyFact } from '../model/fact.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import type { RecordedTags, TagRecord } from '../model/tag-digests.ts';
import type { TagLock } from '../model/tag-lock.ts';
import { type Scratch, type ScratchFile, scratchFile } from './scratch-file.ts';

/** The tags of a snapshot, in a temporary file: memory holds the names of repositories alone. */
export interface TagStore extends TagRecord {
  readonly add: (line: SnapshotLine) => void;
  /** Deletes the temporary file. Idempotent. */
  readonly remove: () => void;
}

type Facts = Readonly<Record<string, AnyFact>>;

export function tagStore(scratch: Scratch): TagStore {
  let file: ScratchFile | undefined;
  const defaults = new Map<string, Facts>();
  /** By registry and name; null: the tags were not read. */
  const numbers = new Map<string, Map<string, number | null>>();
  const keep = (tags: RecordedTags) => {
    file ??= scratchFile(scratch);
    return file.append(JSON.stringify(tags));
  };
  return {
    add(line) {
      if (line.kind === 'registry') {
        defaults.set(line.registry, line.repositoryDefaults);
        numbers.set(line.registry, new Map());
      }
      if (line.kind !== 'repository') return;
      const tags = recordedIn({ ...defaults.get(line.registry), ...line.facts });
      numbers.get(line.registry)?.set(line.name, tags === null ? null : keep(tags));
    },
    *repositories() {
      for (const [registry, names] of numbers) {
        for (const name of names.keys()) yield { registry, name };
      }
    },
    has: ({ registry, name }) => numbers.get(registry)?.has(name) === true,
    tagsOf({ registry, name }) {
      const number = numbers.get(registry)?.get(name);
      if (file === undefined || number === undefined || number === null) return null;
      return JSON.parse(file.read(number)) as RecordedTags;
    },
    remove() {
      file?.remove();
      file = undefined;
    },
  };
}

function recordedIn({ tagDigests, tagLock, contentOrigin }: Facts): RecordedTags | null {
  if (tagDigests === undefined || !('value' in tagDigests)) return null;
  const lock = knownValue<TagLock>(tagLock);
  const origin = knownValue<{ readonly mode: string }>(contentOrigin);
  return {
    tags: tagDigests.value as RecordedTags['tags'],
    lock,
    isCache: origin !== null && origin.mode === 'cache',
  };
}

function knownValue<T>(fact: AnyFact | undefined): T | null {
  return fact?.state === 'known' ? (fact.value as T) : null;
}
