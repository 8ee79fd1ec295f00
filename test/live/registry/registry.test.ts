import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpClient } from '../../../src/http/client.ts';
import type { RegistryCredentials } from '../../../src/http/docker-credentials.ts';
import type { HttpClient, HttpSettings } from '../../../src/http/http.ts';
import { secret } from '../../../src/http/secret.ts';
import { attachmentsOf } from '../../../src/oci/attachments.ts';
import { bearerAuthorizer } from '../../../src/oci/bearer.ts';
import type { OciRegistry } from '../../../src/oci/registry.ts';
import {
  dsse,
  signed,
  sigstoreBundle,
  simpleSigning,
  statement,
} from '../../oci/support/signed.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { emptyType, imageType, indexType, type Pusher, pusher } from './push.ts';
import { isInstalled, type Registry, startRegistry, tlsFile } from './start.ts';

if (!(await isInstalled())) {
  throw new Error('docker-registry is not installed (Debian: apt-get install docker-registry)');
}

const repository = 'team/app';
const bundle = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const none = {
  signatures: [],
  attestations: [],
  doubts: { signature: [], attestation: [] },
};
const operations = {
  referrers: 'listReferrers',
  tag: 'headManifest',
  manifest: 'getManifest',
  blob: 'getBlob',
};
const payload = 'application/vnd.dev.cosign.simplesigning.v1+json';

/** Files a signature as the older cosign does: under a tag that is named after the digest. */
async function sign(push: Pusher, digest: string, names = digest): Promise<void> {
  const layer = await push.layer(repository, payload, simpleSigning(names), signed);
  await push.image(repository, `${tagOf(digest)}.sig`, { layers: [layer] });
}

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

  const attached = async (digest: string, more: Partial<OciRegistry> = {}) => {
    const { candidates: _, ...found } = await attachmentsOf(
      { client, operations, referrers: 'api', mayGetManifest: true, ...more },
      repository,
      { digest, mayBeIndex: true },
    );
    return found;
  };

  /** Hangs a bundle on an image as cosign 3 does where there is no referrers API. */
  const hang = async (digest: string, predicate: string, about = digest) => {
    const content = sigstoreBundle({
      dsseEnvelope: dsse(statement(predicate, about.slice('sha256:'.length))),
    });
    const hanging = await push.image(repository, `${digest.slice(7, 17)}-${predicate.length}`, {
      artifactType: bundle,
      subject: { mediaType: imageType, digest, size: 1 },
      layers: [await push.layer(repository, bundle, content)],
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
    await sign(push, digest);
    const sbom = await push.layer(repository, 'text/spdx+json', {});
    await push.image(repository, `${tagOf(digest)}.sbom`, { layers: [sbom] });
    const found = { ...none, signatures: ['cosign tag .sig'], attestations: ['cosign tag .sbom'] };
    expect(await attached(digest)).toEqual(found);
  });

  it('with plain images under such tags, or a copied signature, are neither', async () => {
    const digest = await push.image(repository, 'named');
    await push.image(repository, `${tagOf(digest)}.sig`);
    await push.image(repository, `${tagOf(digest)}.sbom`);
    expect(await attached(digest)).toEqual(none);
    const neighbour = await push.image(repository, 'neighbour');
    await sign(push, neighbour, digest);
    expect(await attached(neighbour)).toEqual(none);
  });

  it('with an attestation tag say what was attested', async () => {
    const digest = await push.image(repository, 'attested2');
    const of = statement('https://slsa.dev/provenance/v0.2', digest.slice('sha256:'.length));
    const type = 'application/vnd.dsse.envelope.v1+json';
    const layer = await push.layer(repository, type, dsse(of));
    await push.image(repository, `${tagOf(digest)}.att`, { layers: [layer] });
    expect(await attached(digest)).toEqual({ ...none, attestations: ['cosign tag .att'] });
  });

  it.each([
    ['https://sigstore.dev/cosign/sign/v1', { ...none, signatures: [bundle] }],
    ['https://spdx.dev/Document', { ...none, attestations: [bundle] }],
  ])('with a bundle of %s in the fallback index', async (predicate, found) => {
    const digest = await push.image(repository, `bundle-${predicate.length}`);
    await hang(digest, predicate);
    expect(await attached(digest)).toEqual(found);
    const unseen = await attached(digest, { mayGetManifest: false });
    expect(unseen.doubts.signature).toEqual(['an OCI referrers fallback tag']);
  });

  it('with an index that holds attestations of BuildKit are attested', async () => {
    const platform = await push.image(repository, 'amd64');
    const type = 'application/vnd.in-toto+json';
    const provenance = { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v1' };
    const layer = await push.layer(repository, type, {}, provenance);
    const stated = await push.image(repository, 'statement', { layers: [layer] });
    const digest = await push.manifest(
      repository,
      {
        schemaVersion: 2,
        mediaType: indexType,
        manifests: [
          { mediaType: imageType, digest: platform, size: 1 },
          {
            mediaType: imageType,
            digest: stated,
            size: 1,
            annotations: {
              'vnd.docker.reference.type': 'attestation-manifest',
              'vnd.docker.reference.digest': platform,
            },
          },
        ],
      },
      'multi',
    );
    expect(await attached(digest)).toEqual({ ...none, attestations: ['BuildKit attestation'] });
  });

  it('are asked for by GET and HEAD alone, so that nothing changes', async () => {
    const before = await client.json({ operation: 'tags', path: `/v2/${repository}/tags/list` });
    await attached(await push.image(repository, 'bare'));
    expect(await client.json({ operation: 'tags', path: `/v2/${repository}/tags/list` })).toEqual(
      before,
    );
  });
});

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
    const image = { digest, mayBeIndex: true };
    const { candidates: _, ...found } = await attachmentsOf(registry, repository, image);
    return found;
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
    await sign(push, digest);
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
    await sign(push, digest);
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
