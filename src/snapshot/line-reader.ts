import { LineError } from '../files/lines.ts';
import { checked, compiled, shown } from '../files/schema-check.ts';
import type { RegistryEnd, RegistryLine, SnapshotLine } from '../model/snapshot.ts';
import { type Believe, type FactReader, factReader } from './fact-reader.ts';
import { type CloseLine, type HeaderLine, lineSchemas, snapshotVersion } from './schema.ts';

/** A snapshot of a version that this regaudit does not read. */
export class OtherVersion extends LineError {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

export interface SnapshotLineReader {
  /** Parses a line; null for header and shared facts. */
  readonly read: (line: string) => SnapshotLine | null;
  /** The first line, once it was read. */
  readonly header: () => HeaderLine | null;
  /** Throws if the file ends too early. */
  readonly close: () => void;
}

/** Parses the lines of one snapshot in order. Throws `LineError` for an invalid line. */
export function snapshotLineReader(believe: Believe): SnapshotLineReader {
  const facts = factReader(believe);
  const open = new Map<string, 'open' | 'ended'>();
  const providers = new Map<string, string>();
  let first: HeaderLine | null = null;
  let closed = false;
  let repositories = 0;
  const names = new Map<string, Set<string>>();
  const belongs = (registry: unknown) => {
    if (open.get(String(registry)) !== 'open') {
      throw new LineError(`the registry ${shown(registry)} has not begun or has ended before`);
    }
  };
  const reading = (line: Line): SnapshotLine | null => {
    switch (line['kind']) {
      case 'fact':
        facts.share(line);
        return null;
      case 'registry': {
        const begun = registryReading(line, facts);
        if (open.has(begun.registry)) throw new LineError(`${begun.registry} stands here twice`);
        open.set(begun.registry, 'open');
        providers.set(begun.registry, begun.provider);
        names.set(begun.registry, new Set());
        return begun;
      }
      case 'repository': {
        belongs(line['registry']);
        const name = words(line, 'name');
        const registry = words(line, 'registry');
        const own = names.get(String(line['registry']));
        if (own?.has(name)) throw new LineError(`the repository ${shown(name)} stands here twice`);
        own?.add(name);
        repositories += 1;
        return {
          kind: 'repository',
          registry,
          name,
          facts: facts.of('repository', line['facts'], {
            name,
            provider: providers.get(registry) ?? '',
          }),
        };
      }
      case 'end': {
        belongs(line['registry']);
        const end = checked<RegistryEnd>(checks.end, line, 'the end of a registry');
        open.set(end.registry, 'ended');
        if (first?.filtered === false) refuseMissing(end, names.get(end.registry)?.size ?? 0);
        names.delete(end.registry);
        return end;
      }
      case 'close': {
        const close = checked<CloseLine>(checks.close, line, 'the last line');
        if (close.registries !== open.size || close.repositories !== repositories) {
          throw new LineError(
            `the file should hold ${close.registries} registries and ${close.repositories} repositories, but holds ${open.size} and ${repositories}`,
          );
        }
        closed = true;
        return null;
      }
      default:
        throw new LineError(`unknown kind of line ${shown(line['kind'])}`);
    }
  };
  return {
    read(text) {
      if (closed) throw new LineError('nothing may follow the last line');
      if (first !== null) return reading(parsed(text, 'the file is damaged or was cut short here'));
      first = header(parsed(text, 'this is not a regaudit snapshot'));
      return null;
    },
    header: () => first,
    close() {
      if (!closed) throw new LineError('the file was cut short: its last line is missing');
    },
  };
}

type Line = Readonly<Record<string, unknown>>;

function parsed(text: string, otherwise: string): Line {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Line;
  } catch {
    throw new LineError(otherwise);
  }
  throw new LineError(otherwise);
}

/** A list that was read whole and not filtered names as many repositories as the file holds. */
function refuseMissing({ registry, listing }: RegistryEnd, held: number): void {
  if (listing.state !== 'known' || listing.value.repositories === held) return;
  throw new LineError(
    `${registry} has ${listing.value.repositories} repositories, but the file holds ${held} of them`,
  );
}

function header(line: Line): HeaderLine {
  if (line['kind'] !== 'snapshot') throw new LineError('this is not a regaudit snapshot');
  const version = line['schemaVersion'];
  const [major, minor] = typeof version === 'string' ? version.split('.').map(Number) : [];
  const [ownMajor = 0, ownMinor = 0] = snapshotVersion.split('.').map(Number);
  if (major === undefined || minor === undefined || Number.isNaN(major + minor)) {
    throw new LineError(`${shown(version)} is not a version of a snapshot`);
  }
  if (major > ownMajor || (major === ownMajor && minor > ownMinor)) {
    throw new OtherVersion(
      `the snapshot has version ${version}, newer than this regaudit reads (${snapshotVersion})`,
      'update regaudit to read it',
    );
  }
  if (major < ownMajor) {
    throw new OtherVersion(
      `the snapshot has version ${version}, made by an older regaudit`,
      'collect it again with this regaudit',
    );
  }
  return checked<HeaderLine>(checks.header, line, 'the first line');
}

const checks = {
  header: compiled(lineSchemas.header),
  unknown: compiled(lineSchemas.unknown),
  end: compiled(lineSchemas.end),
  close: compiled(lineSchemas.close),
};

function registryReading(line: Line, facts: FactReader): RegistryLine {
  const registry = words(line, 'registry');
  const provider = words(line, 'provider');
  const takenAt = words(line, 'takenAt');
  if (!registry.startsWith(`${provider}://`)) {
    throw new LineError(`${shown(registry)} is not a registry of ${shown(provider)}`);
  }
  if (Number.isNaN(Date.parse(takenAt))) throw new LineError(`${shown(takenAt)} is not a time`);
  const unreachable = line['unreachable'];
  return {
    kind: 'registry',
    registry,
    provider,
    unreachable: unreachable === null ? null : checked(checks.unknown, unreachable, 'unreachable'),
    takenAt,
    facts: facts.of('registry', line['facts'], { name: registry, provider }),
    repositoryDefaults: facts.of('repository', line['repositoryDefaults'], {
      name: registry,
      provider,
    }),
  };
}

function words(line: Line, key: string): string {
  const value = line[key];
  if (typeof value === 'string' && value !== '') return value;
  throw new LineError(`${key} is missing`);
}
