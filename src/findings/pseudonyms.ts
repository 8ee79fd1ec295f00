import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import { nameSearch } from './name-search.ts';

/** Puts pseudonyms in the place of identities, hosts and addresses, for sharing. */
export interface Pseudonyms {
  /** Learns who and what a line names. Out: the line without them. */
  readonly line: (line: SnapshotLine) => SnapshotLine;
  /** A report on lines that were learnt, without what they name. */
  readonly report: (report: Report) => Report;
}

/** Stands for nobody in particular, and decides. */
const everybody: ReadonlySet<string> = new Set(['', '*', '0.0.0.0/0', '0.0.0.0', '::/0', '::']);

type Kind = 'identity' | 'host' | 'address' | 'mail' | 'account' | 'credential';

/**
 * `mark`: the pseudonym's digits for a text; the same text has to give the same digits, and nobody should
 * be able to try texts until one gives them.
 */
export function pseudonyms(mark: (text: string) => string): Pseudonyms {
  const names = nameSearch();
  const learn = (kind: Kind, text: string) => {
    if (!everybody.has(text)) names.add(text, () => `${kind}-${mark(text)}`);
  };
  const redacted = (text: string): string => withoutAddresses(names.replaced(text));
  const withoutHosts = (text: string): string =>
    redacted(text).replace(bareHost, (found, host: string, rest: string = '') =>
      isPseudonym.test(host) ? found : `host-${mark(host)}${rest}`,
    );
  const withoutAddresses = (text: string): string =>
    text
      .replace(mail, (found) => `mail-${mark(found)}`)
      .replace(authority, (_, scheme: string, host: string) =>
        isPseudonym.test(host) ? `${scheme}${host}` : `${scheme}host-${mark(host)}`,
      )
      .replace(ipv4, (found, address: string, rest: string) =>
        address === '0.0.0.0' ? found : `address-${mark(address)}${rest}`,
      )
      .replace(ipv6, (found) =>
        !everybody.has(found) && (found.includes('::') || found.split(':').length > 7)
          ? `address-${mark(found)}`
          : found,
      )
      .replace(accountNumber, (found) => `account-${mark(found)}`);
  const owner = (text: string) => `identity-${mark(text)}`;
  const walked = <T>(value: T): T =>
    replaced(value, { text: withoutHosts, name: redacted, owner }) as T;
  return {
    line: (line) => {
      learnFrom(line, learn);
      const walkedLine = walked(line);
      // Policies match it by pattern.
      return line.kind === 'repository' ? { ...walkedLine, name: redacted(line.name) } : walkedLine;
    },
    report: (report) => ({
      ...report,
      reason: withoutHosts(report.reason),
      policy: walked(report.policy),
      registries: walked(report.registries),
      findings: lazily(report.findings, (finding) => ({
        ...walked(finding),
        check: finding.check,
        provider: finding.provider,
        // It is a hash of the subject, which can be guessed.
        fingerprint: mark(finding.fingerprint),
      })),
    }),
  };
}

/** A list that can be gone through more than once, and is never held as a whole. */
function lazily(findings: Iterable<Finding>, change: (finding: Finding) => Finding) {
  return {
    *[Symbol.iterator]() {
      for (const finding of findings) yield change(finding);
    },
  };
}

// Looked for from the beginning of a word alone, or a long one would take quadratic time.
const mail = /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
/** What stands between a scheme and the path, as in `harbor://registry.example.org/team`. */
const authority = /(?<![a-z0-9+.-])([a-z0-9+.-]+:\/\/)([^\s/"'<>)\],;]+)/gi;
/**
 * A host without a scheme, such as a log server. Its last label has to be a country's or a common one:
 * permissions, media types and fields of APIs have dots as well.
 */
const bareHost =
  /(?<![\w@./+-])((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}(?!(?:rb|md|py|js|ts|sh|go|gz)\b)(?:[a-z]{2}|com|org|net|edu|gov|mil|int|info|biz|dev|app|cloud|tech|online|systems|internal|intranet|local|localdomain|lan|corp|home|example|test|invalid))((?::\d{1,5})?)(?![\w-]|\.\w)/g;
const isPseudonym = /^(?:identity|host|address|mail|account|credential)-[0-9a-f]+/;
const ipv4 = /\b((?:\d{1,3}\.){3}\d{1,3})((?:\/\d{1,2})?)(?![\w.])/g;
const ipv6 = /(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi;
/** Of AWS. */
const accountNumber = /(?<![\w-])\d{12}(?![\w-])/g;

/** Fields of facts that hold a host, an address or an account. */
const byField: Readonly<Record<string, Kind>> = {
  host: 'host',
  url: 'host',
  endpoint: 'host',
  endpoints: 'host',
  account: 'account',
  accounts: 'account',
  networks: 'address',
  addresses: 'address',
  identities: 'identity',
  withoutMfa: 'identity',
  members: 'identity',
};

function learnFrom(line: SnapshotLine, learn: (kind: Kind, text: string) => void): void {
  const [, place = ''] = /^[a-z-]+:\/\/([^/]*)/.exec(line.registry) ?? [];
  learn('host', place);
  learnIn(line, learn);
}

function learnIn(value: unknown, learn: (kind: Kind, text: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) learnIn(item, learn);
    return;
  }
  const entry = value as Readonly<Record<string, unknown>>;
  const { name, id } = entry;
  if ('via' in entry && typeof name === 'string' && named.has(entry['kind']))
    learn('identity', name);
  if ('via' in entry && typeof id === 'string') learn('identity', id);
  if ('reach' in entry && typeof name === 'string') learn('credential', name);
  for (const [field, inner] of Object.entries(entry)) {
    const kind = Object.hasOwn(byField, field) ? byField[field] : undefined;
    const texts = Array.isArray(inner) ? inner : [inner];
    if (kind !== undefined) {
      for (const text of texts) if (typeof text === 'string') learn(kind, text);
    }
    learnIn(inner, learn);
  }
}

/** Kinds of identities that have a name of their own. */
const named: ReadonlySet<unknown> = new Set([
  'person',
  'group',
  'workload',
  'account',
  'organization',
]);

/** Texts that say what something is, and not who. */
const words: ReadonlySet<string> = new Set([
  'kind',
  'state',
  'why',
  'mode',
  'provider',
  'operation',
]);

/** Names of repositories, which decide; and where to read on. */
const decisive: ReadonlySet<string> = new Set(['repository', 'prefix', 'patterns', 'page']);

interface Redaction {
  /** Of names of repositories, which may look like a host. */
  readonly name: (text: string) => string;
  readonly text: (text: string) => string;
  /** Of the owner of a subject or an exception: a team or a person. */
  readonly owner: (name: string) => string;
}

function replaced(value: unknown, redaction: Redaction): unknown {
  if (typeof value === 'string') return redaction.text(value);
  if (Array.isArray(value)) return value.map((item) => replaced(item, redaction));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([field, inner]) => {
    if (words.has(field)) return [field, inner];
    if (decisive.has(field))
      return [field, replaced(inner, { ...redaction, text: redaction.name })];
    if (field === 'owner' && typeof inner === 'string') return [field, redaction.owner(inner)];
    return [field, replaced(inner, redaction)];
  });
  return Object.fromEntries(fields);
}
