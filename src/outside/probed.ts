import { isLoopback } from '../http/target.ts';
import type { AnyFact } from '../model/fact.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import type {
  OutsideAddress,
  OutsideImage,
  Registry,
  ScanContext,
  Target,
} from '../providers/contract.ts';
import { registrySeen, repositorySeen } from './contradict.ts';
import { type Look, lookFrom } from './look.ts';

export interface ProbeTarget {
  readonly outside: OutsideAddress;
  readonly target: Target;
  /** Look at registries on this machine alone. */
  readonly thisMachineOnly: boolean;
}

/**
 * The registries of a target, each looked at from outside while it is read. One whose address is not known, or
 * that was not reached, passes as it is.
 */
export async function* probedRegistries(
  registries: AsyncIterable<Registry>,
  { outside, target, thisMachineOnly }: ProbeTarget,
  context: ScanContext,
): AsyncGenerator<Registry> {
  for await (const registry of registries) {
    const { id } = registry;
    const base =
      registry.unreachable === undefined
        ? (registry.endpoint ?? outside.base(id, target.options))
        : null;
    if (base === null || (thisMachineOnly && !isLoopback(new URL(base)))) yield registry;
    else {
      const realms = outside.realms(id);
      const prefix = outside.prefix === undefined ? '' : outside.prefix(id);
      const look = (signal: AbortSignal) =>
        lookFrom({ registry: id, base, realms, prefix, context: { ...context, signal } });
      const read = (signal: AbortSignal) => probed(registry.read(signal), look(signal), outside);
      yield { ...registry, read };
    }
  }
}

async function* probed(
  lines: AsyncIterable<SnapshotLine>,
  look: Look,
  outside: OutsideAddress,
): AsyncGenerator<SnapshotLine> {
  try {
    for await (const line of lines) yield await seen(line, look, outside);
  } finally {
    await look.close();
  }
}

async function seen(
  line: SnapshotLine,
  look: Look,
  outside: OutsideAddress,
): Promise<SnapshotLine> {
  switch (line.kind) {
    case 'registry': {
      if (line.unreachable !== null) return line;
      const wanted = (name: string) => line.facts[name]?.state === 'known';
      const [push, names, weakness] = await Promise.all([
        wanted('anonymousPush') ? look.push() : null,
        wanted('anonymousCatalog') ? look.names() : [],
        wanted('transport') && !isStandIn(line.facts, look) ? look.weakness() : null,
      ]);
      return { ...line, facts: registrySeen(line.facts, { push, names, weakness }) };
    }
    case 'repository': {
      if (line.facts['publicPull']?.state !== 'known') return line;
      const image = imageIn(line.facts, (text) => outside.image(line.registry, line.name, text));
      if (image === null || !(await look.pulls(image))) return line;
      return { ...line, facts: repositorySeen(line.facts, image) };
    }
    case 'end':
      return { ...line, calls: line.calls + look.calls() };
  }
}

/** A vendor's own host serves no tests: the connection to a server on this machine in its place says nothing. */
function isStandIn({ transport }: Readonly<Record<string, AnyFact>>, { isLocal }: Look): boolean {
  return isLocal && transport?.state === 'known' && transport.from.operation === 'platform';
}

/** The facts that name images. */
const imageFacts = ['recentScans', 'recentSignatures', 'recentAttestations', 'recentCandidates'];

/** One image of a repository: one that the facts name, else what most repositories have; null: cannot be told. */
function imageIn(
  facts: Readonly<Record<string, AnyFact>>,
  locate: (image: string) => OutsideImage | null,
): OutsideImage | null {
  for (const name of imageFacts) {
    const fact = facts[name];
    if (fact === undefined || !('value' in fact) || !Array.isArray(fact.value)) continue;
    for (const { image } of fact.value as readonly { readonly image: string }[]) {
      const found = locate(image);
      if (found !== null) return found;
    }
  }
  return locate('latest (sha256:)');
}
