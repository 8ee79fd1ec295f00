/** The property of a request that a condition key restricts. */
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

/** Keys in every request (…_condition-keys, aws:SecureTransport and others, Availability). */
export const alwaysPresent: ReadonlySet<Aspect> = new Set(['is-service', 'via-service', 'tls']);

/** The syntax of the values of a key: which part is an identity and which a pattern. */
export type Shape = 'id' | 'path' | 'arn' | 'unique-id' | 'range' | 'flag' | 'subject';

/** The meaning of a condition key for who can use a statement, and from where. */
export type Role =
  | {
      readonly role: 'bound';
      readonly aspect: Aspect;
      readonly shape: Shape;
      /** The prefix of every value; a pattern of only this prefix matches everything. */
      readonly prefix: string;
      readonly many: boolean;
    }
  /** Any caller can meet it in its own account: no restriction for outsiders. */
  | { readonly role: 'chosen' }
  /** Every ordinary request meets it. */
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

/** Keys that an outsider controls: names, tags and MFA of its principals, addresses of its VPCs. */
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
 * The role of a condition key for the caller.
 * In: the key in lower case. Out: its role; 'unknown' for every unlisted key.
 * Vendor page: IAM User Guide, reference_policies_condition-keys.
 */
export function roleOf(key: string): Role {
  const known = bounds.get(key);
  if (known !== undefined) return known;
  if (chosen.has(key) || /^aws:(?:principal|request)tag\//.test(key)) return { role: 'chosen' };
  const claim = readClaim(key);
  if (claim === null) return { role: 'unknown' };
  // The requester of a token chooses the audience.
  if (claim.name === 'aud') return { role: 'free' };
  return claim.name === 'sub' ? bound('subject', 'subject') : { role: 'unknown' };
}

/** Splits a token claim key such as "token.actions.githubusercontent.com:sub"; null for other keys. */
export function readClaim(
  key: string,
): { readonly provider: string; readonly name: string } | null {
  const colon = key.lastIndexOf(':');
  const provider = key.slice(0, Math.max(colon, 0));
  return provider.includes('.') ? { provider, name: key.slice(colon + 1) } : null;
}
