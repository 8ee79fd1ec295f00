import type { AnyFact, Known, ValueOf } from '../model/fact.ts';
import type { RegistryFacts } from '../model/registry.ts';
import type { RepositoryFacts } from '../model/repository.ts';
import type { OutsideImage } from '../providers/contract.ts';
import type { Weakness } from './look.ts';

type Facts = Readonly<Record<string, AnyFact>>;

/** What a stranger got from a registry. */
export interface RegistrySeen {
  readonly push: string | null;
  readonly names: readonly string[];
  readonly weakness: Weakness | null;
}

/**
 * The facts of a registry, held against what a stranger got: where a setting was read and the stranger got more
 * than it allows, the fact says what the stranger got and names both sources. What was not read stays so.
 */
export function registrySeen(facts: Facts, { push, names, weakness }: RegistrySeen): Facts {
  const seen = { ...facts };
  if (push !== null) {
    weigh<ValueOf<RegistryFacts['anonymousPush']>>(seen, 'anonymousPush', 'probe:token', {
      agrees: ({ mode }) => mode === 'accepted',
      instead: (although) => ({ mode: 'accepted', how: `${push}, ${although}` }),
    });
  }
  if (names.length > 0) {
    weigh<ValueOf<RegistryFacts['anonymousCatalog']>>(seen, 'anonymousCatalog', 'probe:catalog', {
      agrees: ({ mode }) => mode === 'listed',
      instead: (although) => ({
        mode: 'listed',
        how: `the catalog names ${names.join(', ')}, ${although}`,
      }),
    });
  }
  if (weakness !== null) {
    weigh<ValueOf<RegistryFacts['transport']>>(seen, 'transport', 'probe:tls', {
      agrees: ({ mode }) => mode !== 'https-only',
      instead: (although) =>
        weakness.mode === 'weak'
          ? { mode: 'weak', why: `${weakness.why}, ${although}` }
          : { mode: 'plain-http', where: `${weakness.where}, ${although}` },
    });
  }
  return seen;
}

/** The facts of a repository of which a stranger got an image. */
export function repositorySeen(facts: Facts, { repository, tag }: OutsideImage): Facts {
  const seen = { ...facts };
  weigh<ValueOf<RepositoryFacts['publicPull']>>(seen, 'publicPull', 'probe:pull', {
    agrees: ({ mode }) => mode === 'anyone',
    instead: (although) => ({
      mode: 'anyone',
      how: `${repository}:${tag} can be pulled without login, ${although}`,
    }),
  });
  return seen;
}

interface Weighing<T> {
  readonly agrees: (value: T) => boolean;
  /** The value instead; `although`: what was read, as a clause. */
  readonly instead: (although: string) => T;
}

function weigh<T>(
  facts: Record<string, AnyFact>,
  name: string,
  operation: string,
  { agrees, instead }: Weighing<T>,
): void {
  const fact = facts[name];
  if (fact === undefined || fact.state !== 'known') return;
  const { value, from } = fact as Known<T>;
  const both = { ...from, operation: `${from.operation} + ${operation}` };
  const although = `although by ${from.operation} it is ${modeOf(value)}`;
  facts[name] = {
    state: 'known',
    from: both,
    value: agrees(value) ? value : instead(although),
  };
}

function modeOf(value: unknown): string {
  const { mode } = value as { readonly mode: string };
  return mode;
}
