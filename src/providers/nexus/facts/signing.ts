import type { ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { Inconclusive } from '../../facts.ts';
import { enforcement, type ImageRepository } from '../decode/repository.ts';

const only = 'the docker format asks for no signatures; the oci format can';

export function signing(repository: ImageRepository): ValueOf<RepositoryFacts['signing']> {
  if (repository.format === 'docker') return { mode: 'off', why: only };
  return enforcement(repository).mode === 'NONE'
    ? { mode: 'off', why: 'cosign signatures are not asked for' }
    : { mode: 'on', by: 'cosign without keys (required at pull)' };
}

export function signatureGate(
  repository: ImageRepository,
): ValueOf<RepositoryFacts['signatureGate']> {
  if (repository.format === 'docker') return { mode: 'none' };
  const asked = enforcement(repository);
  if (asked.mode === 'NONE') return { mode: 'none' };
  const { issuer, identity } = asked;
  // Both together name the signer: an identity means nothing without the issuer that vouches for it.
  if (!isNarrow(issuer) || !isNarrow(identity)) return { mode: 'existence-only' };
  return { mode: 'verifies', identity: `${identity} of ${issuer}` };
}

/** Regular expressions come from the server and are not run. */
const mostRead = 1000;

/**
 * Whether a regular expression certainly asks for words: each alternative at its top has a run of letters
 * or digits that is not optional. Throws `Inconclusive` where it is too intricate to tell.
 */
export function isNarrow(regex: string): boolean {
  if (regex.length > mostRead || /\(\?|\\[^.\-/:@+_]/.test(regex)) {
    throw new Inconclusive(
      'what a regular expression of the cosign configuration lets in is unclear',
    );
  }
  const plain = regex.replace(/\[[^\]]*\]/g, '#').replace(/\\([.\-/:@+_])/g, '$1');
  if (/[()]/.test(plain)) {
    if (/^\^?\(?\.[*+]\)?\$?$/.test(plain)) return false;
    throw new Inconclusive(
      'what a regular expression of the cosign configuration lets in is unclear',
    );
  }
  return plain.split('|').every((branch) => /[a-z0-9]{3,}(?![a-z0-9]*[?*{])/i.test(branch));
}
