import type { Trust } from '../config/trust.ts';
import type { Derivation, DerivedFor } from '../model/derivation.ts';
import type { Provider } from '../providers/contract.ts';
import { buildersUndeclared, signersUndeclared } from '../signing/undeclared.ts';
import type { Providers } from './targets.ts';

/** The derivations of a run. Verification is loaded only if somebody is declared. */
export async function derivationsOf(
  trust: Trust | undefined,
  providers: Providers,
): Promise<readonly Derivation[]> {
  const { signers = [], builders = [] } = trust ?? {};
  if (signers.length + builders.length === 0) return [signersUndeclared, buildersUndeclared];
  const { builtBy, verifiedBy } = await import('../signing/derivations.ts');
  const fullName = await fullNames(providers);
  return [
    signers.length === 0 ? signersUndeclared : verifiedBy(signers, fullName),
    builders.length === 0 ? buildersUndeclared : builtBy(builders, fullName),
  ];
}

/** Names of repositories as clients write them, by the address that each adapter gives for strangers. */
async function fullNames(providers: Providers): Promise<(about: DerivedFor) => string | null> {
  const loaded = await Promise.all(
    Object.entries(providers).map(async ([id, load]) => [id, await load()] as const),
  );
  const byId = new Map<string, Provider>(loaded);
  return ({ provider, registry, repository }) => {
    // Its address is the one that clients write.
    const host = /^oci:\/\/([^/]+)/.exec(registry)?.[1];
    if (host !== undefined) return `${host}/${repository}`;
    const outside = byId.get(provider)?.outside;
    const base = outside?.base(registry, {});
    const image = outside?.image(registry, repository, 'latest (sha256:)');
    if (!base || !image) return null;
    return `${new URL(base).host}/${image.repository}`;
  };
}
