/** What a condition key can bound a request by. */
export type Aspect =
  | 'account'
  | 'arn'
  | 'user-id'
  | 'organization'
  | 'service'
  | 'is-service'
  | 'via-service'
  | 'source-account'
  | 'source-arn'
  | 'source-organization'
  | 'vpce'
  | 'vpc'
  | 'ip'
  | 'vpce-account'
  | 'vpce-organization'
  | 'tls'
  | 'mfa'
  | 'subject';

/** Every request carries these (…_condition-keys, aws:SecureTransport and others, Availability). */
export const alwaysPresent: ReadonlySet<Aspect> = new Set(['is-service', 'via-service', 'tls']);

/** How the values of a key are written, hence what in them is an identity and what is a pattern. */
export type Shape = 'id' | 'path' | 'arn' | 'unique-id' | 'range' | 'flag' | 'subject';

/** What a condition key means for the question who may use a statement, and from where. */
export type Role =
  | {
      readonly role: 'bound';
      readonly aspect: Aspect;
      readonly shape: Shape;
      /** What every value begins with; a pattern of no more than this matches everything. */
      readonly prefix: string;
      readonly many: boolean;
    }
  /** Any caller can arrange to meet it in its own account, so it keeps no outsider away. */
  | { readonly role: 'chosen' }
  /** Met by every ordinary request. */
  | { readonly role: 'free' }
  | { readonly role: 'unknown' };

function bound(aspect: Aspect, shape: Shape, prefix = '', many = false): Role {
  return { role: 'bound', aspect, shape, prefix, many };
}

const bounds: ReadonlyMap<string, Role> = new Map([
  ['aws:principalaccount', bound('account', 'id')],
  ['aws:principalarn', bound('arn', 'arn')],
  ['aws:userid', bound('user-id', 'unique-id')],
  ['aws:principalorgid', bound('organization', 'id', 'o-')],
  ['aws:principalorgpaths', bound('organization', 'path', 'o-', true)],
  ['aws:principalisawsservice', bound('is-service', 'flag')],
  ['aws:principalservicename', bound('service', 'id')],
  ['aws:viaawsservice', bound('via-service', 'flag')],
  ['aws:securetransport', bound('tls', 'flag')],
  ['aws:multifactorauthpresent', bound('mfa', 'flag')],
  ['aws:sourceaccount', bound('source-account', 'id')],
  ['aws:sourcearn', bound('source-arn', 'arn')],
  ['aws:sourceorgid', bound('source-organization', 'id', 'o-')],
  ['aws:sourceorgpaths', bound('source-organization', 'path', 'o-', true)],
  ['aws:sourcevpce', bound('vpce', 'id', 'vpce-')],
  ['aws:sourcevpc', bound('vpc', 'id', 'vpc-')],
  ['aws:sourceip', bound('ip', 'range')],
  ['aws:vpceaccount', bound('vpce-account', 'id')],
  ['aws:vpceorgid', bound('vpce-organization', 'id', 'o-')],
  ['aws:vpceorgpaths', bound('vpce-organization', 'path', 'o-', true)],
]);

/** An outsider names, tags and MFA-protects its own principals, and numbers its own VPCs, as it likes. */
const chosen: ReadonlySet<string> = new Set([
  'aws:multifactorauthage',
  'aws:principaltype',
  'aws:referer',
  'aws:sourceidentity',
  'aws:tagkeys',
  'aws:tokenissuetime',
  'aws:useragent',
  'aws:username',
  'aws:vpcsourceip',
]);

/**
 * What a condition key says about the caller.
 * In: the key in lower case. Out: its role; 'unknown' for every key not listed here.
 * Vendor page: IAM User Guide, reference_policies_condition-keys.
 */
export function roleOf(key: string): Role {
  const known = bounds.get(key);
  if (known !== undefined) return known;
  if (chosen.has(key) || /^aws:(?:principal|request)tag\//.test(key)) return { role: 'chosen' };
  const claim = readClaim(key);
  if (claim === null) return { role: 'unknown' };
  // The audience is named by whoever asks the provider for the token.
  if (claim.name === 'aud') return { role: 'free' };
  return claim.name === 'sub' ? bound('subject', 'subject') : { role: 'unknown' };
}

/** Splits a token claim key such as "token.actions.githubusercontent.com:sub", or null for other keys. */
export function readClaim(
  key: string,
): { readonly provider: string; readonly name: string } | null {
  const colon = key.lastIndexOf(':');
  const provider = key.slice(0, Math.max(colon, 0));
  return provider.includes('.') ? { provider, name: key.slice(colon + 1) } : null;
}
