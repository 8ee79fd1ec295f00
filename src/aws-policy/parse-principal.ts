import type { Principal } from './document.ts';
import { PolicyError, quoted } from './error.ts';
import { members } from './json.ts';
import { hasWildcard } from './match.ts';
import { text, texts } from './parse-text.ts';

/**
 * Parses a Principal or NotPrincipal element: "*", or a map of kinds to one or several names.
 * In: the element and its position for messages. Out: at least one principal.
 * Throws `PolicyError` for unsupported kinds and names, including wildcards inside a name, which AWS rejects
 * (IAM User Guide, reference_policies_elements_principal).
 */
export function readPrincipals(value: unknown, where: string): readonly Principal[] {
  if (value === '*') return [{ kind: 'any' }];
  const kinds = members(value);
  if (kinds === null) throw new PolicyError(`${where} is neither "*" nor an object`);
  if (kinds.size === 0) throw new PolicyError(`${where} names nobody`);
  return [...kinds].flatMap(([kind, names]) =>
    texts(names, `${where} ${quoted(kind)}`).map((name) => readPrincipal(kind, name, where)),
  );
}

function readPrincipal(kind: string, name: string, where: string): Principal {
  switch (kind) {
    case 'AWS':
      return readAwsPrincipal(name, where);
    case 'Service':
      return { kind: 'service', name };
    case 'Federated':
      return { kind: 'federated', provider: name, account: accountOfProvider(name) };
    case 'CanonicalUser':
      return { kind: 'canonical-user', id: text(name, where) };
    default:
      throw new PolicyError(`${where}: unknown kind ${quoted(kind)}`);
  }
}

const arnShape = /^arn:aws[a-z0-9-]*:(iam|sts)::(\d{12}):([^/]+)(\/.+)?$/;
const identityTypes: ReadonlySet<string> = new Set([
  'user',
  'role',
  'assumed-role',
  'federated-user',
]);

function readAwsPrincipal(name: string, where: string): Principal {
  if (name === '*') return { kind: 'any' };
  if (/^\d{12}$/.test(name)) return { kind: 'account', id: name };
  if (/^A[A-Z0-9]{15,127}$/.test(name)) return { kind: 'deleted-principal', id: name };
  const [, , account, type, rest] = arnShape.exec(name) ?? [];
  if (account !== undefined && type !== undefined && !hasWildcard(name)) {
    // The root ARN means the whole account, not only its root user.
    if (type === 'root' && rest === undefined) return { kind: 'account', id: account };
    if (identityTypes.has(type) && rest !== undefined)
      return { kind: 'principal', arn: name, account };
  }
  throw new PolicyError(`${where}: ${quoted(name)} is no principal`);
}

function accountOfProvider(name: string): string | null {
  return /^arn:aws[a-z0-9-]*:iam::(\d{12}):(?:oidc|saml)-provider\//.exec(name)?.[1] ?? null;
}
