import type { Challenge } from '../../../oci/challenge.ts';
import type { Ping } from '../../../oci/ping.ts';

/** What answers: evidence means different things at different products. */
export type Product =
  | { readonly kind: 'distribution' }
  /** A product that has an adapter of its own; `target`: how to scan it there. */
  | { readonly kind: 'other-adapter'; readonly title: string; readonly target: string }
  | { readonly kind: 'unrecognized' };

interface Mark {
  readonly title: string;
  readonly target: (host: string) => string;
  readonly recognizes: (seen: Seen) => boolean;
}

interface Seen {
  readonly host: string;
  readonly headers: Ping['headers'];
  /** Of the bearer challenge, else of the basic one; empty: it names none. */
  readonly realm: string;
  readonly service: string;
}

/** By host, or by the challenge that only this product sends. */
const marks: readonly Mark[] = [
  {
    title: 'Harbor',
    target: (host) => `harbor://${host}`,
    recognizes: ({ service }) => service === 'harbor-registry',
  },
  {
    title: 'Quay',
    target: (host) => `quay://${host}`,
    recognizes: ({ host, realm }) => host === 'quay.io' || realm.endsWith('/v2/auth'),
  },
  {
    title: 'GitLab',
    target: () => 'gitlab://HOST/GROUP',
    recognizes: ({ realm }) => realm.endsWith('/jwt/auth'),
  },
  {
    title: 'Nexus Repository',
    target: (host) => `nexus://${host}`,
    recognizes: ({ headers, realm }) =>
      /^nexus\//i.test(String(headers['server'])) || /nexus/i.test(realm),
  },
  {
    title: 'Docker Hub',
    target: () => 'docker-hub://NAMESPACE',
    recognizes: ({ host, service }) =>
      /(?:^|\.)docker\.(?:io|com)$/.test(host) || service === 'registry.docker.io',
  },
  {
    title: 'GitHub Container Registry',
    target: () => 'ghcr://OWNER',
    recognizes: ({ host, service }) => host === 'ghcr.io' || service === 'ghcr.io',
  },
  {
    title: 'Amazon ECR',
    target: () => 'ecr://ACCOUNT/REGION',
    recognizes: ({ host, realm }) =>
      /(?:\.amazonaws\.(?:com|com\.cn|eu)|\.on\.aws|^public\.ecr\.aws)$/.test(host) ||
      /\.amazonaws\.com(?:\.cn)?\//.test(realm),
  },
  {
    title: 'Azure Container Registry',
    target: (host) => `acr://${host}`,
    recognizes: ({ host, service }) => /\.azurecr\.(?:io|cn|us|de)$/.test(`${host} ${service}`),
  },
  {
    title: 'Artifact Registry',
    target: () => 'artifact-registry://PROJECT/LOCATION',
    recognizes: ({ host }) => /(?:\.pkg\.dev|(?:^|\.)gcr\.io)$/.test(host),
  },
];

/** In: where the registry was reached, its ping, and whether it has no extensions as CNCF Distribution has none. */
export function productOf(host: string, ping: Ping, withoutExtensions: boolean): Product {
  const { realm, service } = realmOf(ping.challenges);
  const bare = host.replace(/:\d+$/, '');
  const seen = { host: bare, headers: ping.headers, realm, service };
  const mark = marks.find(({ recognizes }) => recognizes(seen));
  if (mark !== undefined) {
    return { kind: 'other-adapter', title: mark.title, target: mark.target(host) };
  }
  return ping.likeDistribution && withoutExtensions
    ? { kind: 'distribution' }
    : { kind: 'unrecognized' };
}

/**
 * Distribution's authentication `silly` names a realm that is no address and takes any `authorization`
 * header (distribution, registry/auth/silly: "not for production use").
 */
export function isTestAuthentication({ likeDistribution, challenges }: Ping): boolean {
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
  const realm = bearer === undefined ? undefined : bearer.parameters.get('realm');
  return likeDistribution && realm !== undefined && realm !== '' && !realm.includes('/');
}

/** Why everybody passes it. */
export const anyHeader = 'its authentication is "silly", which takes any Authorization header';

/** Whether a password is all it takes: no token service is offered. */
export function isBasicAlone({ challenges }: Ping): boolean {
  return challenges.length > 0 && challenges.every(({ scheme }) => scheme === 'basic');
}

function realmOf(challenges: readonly Challenge[]): { realm: string; service: string } {
  const order = ['bearer', 'basic'];
  const [first] = order.flatMap((scheme) => challenges.filter((one) => one.scheme === scheme));
  const of = (name: string) => {
    const value = first === undefined ? undefined : first.parameters.get(name);
    return value === undefined ? '' : value;
  };
  return { realm: of('realm'), service: of('service') };
}
