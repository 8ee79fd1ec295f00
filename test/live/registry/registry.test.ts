import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpClient } from '../../../src/http/client.ts';
import type { RegistryCredentials } from '../../../src/http/docker-credentials.ts';
import type { HttpClient, HttpSettings } from '../../../src/http/http.ts';
import { secret } from '../../../src/http/secret.ts';
import { attachmentsOf, type OciRegistry } from '../../../src/oci/attachments.ts';
import { bearerAuthorizer } from '../../../src/oci/bearer.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { emptyType, imageType, indexType, type Pusher, pusher } from './push.ts';
import { isInstalled, type Registry, startRegistry, tlsFile } from './start.ts';

if (!(await isInstalled())) {
  throw new Error('docker-registry is not installed (Debian: apt-get install docker-registry)');
}

const repository = 'team/app';
const bundle = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const none = { signatures: [], attestations: [], unclear: [], hidden: [] };
const operations = { referrers: 'listReferrers', tag: 'getManifest' };
/** As the layer of a signature of old cosign; its content is read nowhere. */
const signed = {
  layers: [
    {
      mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
      digest: `sha256:${createHash('sha256').update('{}').digest('hex')}`,
      size: 2,
    },
  ],
};
const tagOf = (digest: string) => digest.replace(':', '-');

function settingsFor(base: string): HttpSettings {
  return {
    base,
    concurrency: 4,
    signal: new AbortController().signal,
    retryPolicy: { maxAttempts: 3, baseDelay: 50, waits: true },
    environment: {},
    caFile: tlsFile('ca.test-only.pem'),
  };
}

describe('images in a real registry without the referrers API', () => {
  let registry: Registry;
  let push: Pusher;
  let client: HttpClient;
  beforeAll(async () => {
    registry = await startRegistry({ kind: 'open' });
    push = pusher(registry.base);
    client = httpClient(settingsFor(registry.base));
  });
  afterAll(async () => {
    await client.close();
    await push.close();
    await registry.stop();
  });

  const attached = (digest: string, more: Partial<OciRegistry> = {}) =>
    attachmentsOf(
      { client, operations, referrers: 'api', mayGetManifest: true, ...more },
      repository,
      digest,
    );

  /** Hangs a manifest on an image as clients do where there is no referrers API. */
  const hang = async (digest: string, artifactType: string, annotations: object) => {
    const subject = { mediaType: imageType, digest, size: 1 };
    const hanging = await push.image(repository, `${digest.slice(7, 17)}-${artifactType.length}`, {
      artifactType,
      subject,
      annotations,
    });
    const entry = { mediaType: imageType, digest: hanging, size: 1, artifactType: emptyType };
    await push.manifest(
      repository,
      { schemaVersion: 2, mediaType: indexType, manifests: [entry] },
      tagOf(digest),
    );
  };

  it('with nothing attached have nothing attached', async () => {
    expect(await attached(await push.image(repository, 'bare'))).toEqual(none);
  });

  it('with tags of old cosign are signed and attested', async () => {
    const digest = await push.image(repository, 'cosign2');
    await push.image(repository, `${tagOf(digest)}.sig`, signed);
    await push.image(repository, `${tagOf(digest)}.sbom`);
    const found = { ...none, signatures: ['cosign tag .sig'], attestations: ['cosign tag .sbom'] };
    expect(await attached(digest)).toEqual(found);
  });

  it('with an attestation tag say what was attested', async () => {
    const digest = await push.image(repository, 'attested2');
    const predicateType = 'https://slsa.dev/provenance/v0.2';
    const body = {
      schemaVersion: 2,
      mediaType: imageType,
      config: { mediaType: emptyType, digest: configDigest, size: 2 },
      layers: [
        {
          mediaType: 'application/vnd.dsse.envelope.v1+json',
          digest: configDigest,
          size: 2,
          annotations: { predicateType },
        },
      ],
    };
    await push.manifest(repository, body, `${tagOf(digest)}.att`);
    expect(await attached(digest)).toEqual({ ...none, attestations: ['cosign tag .att'] });
  });

  it.each([
    ['https://sigstore.dev/cosign/sign/v1', { ...none, signatures: [bundle] }],
    ['https://spdx.dev/Document', { ...none, attestations: [bundle] }],
  ])('with a bundle of %s in the fallback index', async (predicate, found) => {
    const digest = await push.image(repository, `bundle-${predicate.length}`);
    await hang(digest, bundle, { 'dev.sigstore.bundle.predicateType': predicate });
    expect(await attached(digest)).toEqual(found);
    const unseen = await attached(digest, { mayGetManifest: false });
    expect(unseen.unclear).toEqual(['an OCI referrers fallback tag']);
  });

  it('with an index that holds attestations of BuildKit are attested', async () => {
    const platform = await push.image(repository, 'amd64');
    const statement = await push.image(repository, 'statement');
    const digest = await push.manifest(
      repository,
      {
        schemaVersion: 2,
        mediaType: indexType,
        manifests: [
          { mediaType: imageType, digest: platform, size: 1 },
          {
            mediaType: imageType,
            digest: statement,
            size: 1,
            annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
          },
        ],
      },
      'multi',
    );
    const found = { ...none, attestations: ['BuildKit attestation manifest'] };
    expect(await attached(digest)).toEqual(found);
  });

  it('are asked for by GET and HEAD alone, so that nothing changes', async () => {
    const before = await client.json({ operation: 'tags', path: `/v2/${repository}/tags/list` });
    await attached(await push.image(repository, 'bare'));
    expect(await client.json({ operation: 'tags', path: `/v2/${repository}/tags/list` })).toEqual(
      before,
    );
  });
});

/** The blob `{}` that every image of `push.image` has. */
const configDigest = 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';

const password = (clear: string): RegistryCredentials => ({
  kind: 'password',
  username: secret('auditor'),
  password: secret(clear),
});
const basic = (clear: string) => `Basic ${Buffer.from(`auditor:${clear}`).toString('base64')}`;
const right = 'test-only-password';
// bcrypt of the password above.
const htpasswd = 'auditor:$2b$05$9c6tz0ZIZnU0I/sox1331Oh4Wddo46dqZ8./h2HPP09gVKV/ZK7x6\n';

/** Reads what is attached, signing in as the registry asks. */
async function signedIn(base: string, credentials: RegistryCredentials | null, digest: string) {
  const settings = settingsFor(base);
  const authorize = bearerAuthorizer({
    settings,
    credentials: async () => credentials,
    realms: [],
    operation: 'getToken',
  });
  const client = httpClient({ ...settings, authorize });
  try {
    const registry = { client, operations, referrers: 'api', mayGetManifest: true } as const;
    return await attachmentsOf(registry, repository, digest);
  } finally {
    await client.close();
  }
}

describe('a real registry with passwords, over TLS', () => {
  let registry: Registry;
  let digest: string;
  beforeAll(async () => {
    registry = await startRegistry({ kind: 'basic', htpasswd });
    const push = pusher(registry.base, () => basic(right));
    digest = await push.image(repository, 'v1');
    await push.image(repository, `${tagOf(digest)}.sig`, signed);
    await push.close();
  });
  afterAll(() => registry.stop());

  it('answers whoever has the password', async () => {
    const found = { ...none, signatures: ['cosign tag .sig'] };
    expect(await signedIn(registry.base, password(right), digest)).toEqual(found);
  });

  it.each([
    ['the wrong password', password('wrong')],
    ['none', null],
  ])('with %s is a refusal, not "unsigned"', async (_title, credentials) => {
    const asked = signedIn(registry.base, credentials, digest);
    await expect(asked).rejects.toMatchObject({ code: '401' });
  });
});

describe('a real registry with tokens, over TLS', () => {
  let registry: Registry;
  let issuer: Issuer;
  let digest: string;
  beforeAll(async () => {
    issuer = await startIssuer(basic(right));
    registry = await startRegistry({ kind: 'token', realm: issuer.realm });
    const push = pusher(registry.base, (of) => `Bearer ${issuer.issue(of, ['pull', 'push'])}`);
    digest = await push.image(repository, 'v1');
    await push.image(repository, `${tagOf(digest)}.sig`, signed);
    await push.close();
  });
  afterAll(async () => {
    await registry.stop();
    await issuer.stop();
  });

  it('answers with one token that can pull and nothing else', async () => {
    const found = { ...none, signatures: ['cosign tag .sig'] };
    expect(await signedIn(registry.base, password(right), digest)).toEqual(found);
    expect(issuer.asked).toEqual([
      { scope: `repository:${repository}:pull`, credential: basic(right) },
    ]);
  });

  it('with the wrong password is a refusal, not "unsigned"', async () => {
    const asked = signedIn(registry.base, password('wrong'), digest);
    await expect(asked).rejects.toMatchObject({ code: '401' });
  });
});
