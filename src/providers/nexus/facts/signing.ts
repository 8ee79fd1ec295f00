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
  if (!isNarrow(issuer, 'issuer') || !isNarrow(identity, 'identity'))
    return { mode: 'existence-only' };
  return { mode: 'verifies', identity: `${identity} of ${issuer}` };
}

/** Regular expressions come from the server and are not run. */
const mostRead = 1000;
const unclear = 'what a regular expression of the cosign configuration lets in is unclear';

/**
 * Whether a regular expression certainly asks for words beyond a scheme: in each alternative at its top a run of
 * letters or digits that is not optional, and for `identity`, where it is a URL, one in its path: on a host of
 * many, everybody has the same host. Throws `Inconclusive` where it is too intricate to tell, or may match within
 * a longer text.
 */
export function isNarrow(regex: string, of: 'issuer' | 'identity'): boolean {
  if (regex.length > mostRead || /\(\?|\\[^.\-/:@+_]/.test(regex)) throw new Inconclusive(unclear);
  const plain = regex.replace(/\[[^\]]*\]/g, '#').replace(/\\([.\-/:@+_])/g, '$1');
  if (/^\^?\(?\.[*+]\)?\$?$/.test(plain)) return false;
  if (/[()]/.test(plain)) throw new Inconclusive(unclear);
  const branches = plain.split('|');
  if (!branches.every((branch) => asksForWords(branch, of))) return false;
  if (branches.every((branch) => branch.startsWith('^'))) return true;
  throw new Inconclusive(`${unclear}: it does not say where it begins`);
}

const word = /[a-z0-9]{3,}(?![a-z0-9]*[?*{])/i;

function asksForWords(branch: string, of: 'issuer' | 'identity'): boolean {
  const [, scheme, rest = ''] = /^\^?(https?\??:\/\/)?(.*)$/.exec(branch) ?? [];
  if (scheme === undefined || of === 'issuer') return word.test(rest);
  const [host = '', ...path] = rest.split('/');
  return word.test(host) && word.test(path.join('/'));
}
