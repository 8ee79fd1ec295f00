import { devNull } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SnapshotLine } from '../../../src/model/snapshot.ts';
import { provider } from '../../../src/providers/oci/index.ts';
import { scanProvider } from '../../support/scan-provider.ts';
import { registryWithReferrers } from '../signing/tools.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { pusher } from './push.ts';
import { type Access, isInstalled, type Registry, startRegistry, tlsFile } from './start.ts';

if (!(await isInstalled())) {
  throw new Error('docker-registry is not installed (Debian: apt-get install docker-registry)');
}

const repository = 'team/app';
const right = 'test-only-password';
const basic = (clear: string) => `Basic ${Buffer.from(`auditor:${clear}`).toString('base64')}`;
// bcrypt of the password above.
const htpasswd = 'auditor:$2b$05$9c6tz0ZIZnU0I/sox1331Oh4Wddo46dqZ8./h2HPP09gVKV/ZK7x6\n';
const signedIn = { AUDIT_USER: 'auditor', AUDIT_PASSWORD: right };
const named = { usernameEnv: 'AUDIT_USER', passwordEnv: 'AUDIT_PASSWORD' };

/** Facts of the registry and of its repositories by name, as the adapter reads them. */
async function readFrom(
  { base }: Pick<Registry, 'base'>,
  environment: Readonly<Record<string, string>>,
  options: Readonly<Record<string, unknown>> = {},
) {
  const { readings } = await scanProvider(
    provider,
    {
      environment: { DOCKER_CONFIG: devNull, ...environment },
      asOf: new Date().toISOString(),
      calls: new Map(),
      close: async () => undefined,
    },
    {
      address: new URL(base).host,
      options,
      context: { caFile: tlsFile('ca.test-only.pem') },
    },
  );
  return { registry: factsOf(readings, 'registry'), repository: factsOf(readings, 'repository') };
}

/** What is known of the facts that evidence decides. */
function factsOf(lines: readonly SnapshotLine[], kind: 'registry' | 'repository') {
  const line = lines.find((one) => one.kind === kind);
  if (line === undefined || line.kind === 'end') return null;
  return Object.fromEntries(
    Object.entries(line.facts).flatMap(([name, fact]) =>
      'value' in fact ? [[name, fact.value]] : [],
    ),
  );
}

async function started(access: Access, authorization?: (of: string) => string): Promise<Registry> {
  const registry = await startRegistry(access);
  const push = pusher(registry.base, authorization);
  await push.image(repository, '1.0.0');
  await push.close();
  return registry;
}

describe('a real registry without authentication', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await started({ kind: 'open' });
  });
  afterAll(() => registry.stop());

  it('is open to everybody, over plain http, with nothing configured', async () => {
    const { registry: facts, repository: of } = await readFrom(registry, {});
    expect(facts).toMatchObject({
      anonymousPush: { mode: 'accepted' },
      anonymousCatalog: { mode: 'listed', how: 'the catalog names team/app' },
      transport: { mode: 'plain-http' },
      projectCreation: { mode: 'open' },
    });
    expect(of).toMatchObject({
      publicPull: { mode: 'anyone' },
      pushers: [{ kind: 'anyone' }],
    });
  });
});

describe("go-containerregistry's registry", () => {
  let registry: Awaited<ReturnType<typeof registryWithReferrers>>;
  beforeAll(async () => {
    registry = await registryWithReferrers();
    const push = pusher(`http://${registry.host}`);
    await push.image(repository, '1.0.0');
    await push.close();
  });
  afterAll(() => registry.stop());

  it('is open to everybody, as far as evidence goes, and passes nothing', async () => {
    const at = { base: `http://${registry.host}` };
    const { registry: facts, repository: of } = await readFrom(at, {});
    expect(facts).toMatchObject({
      anonymousCatalog: { mode: 'listed' },
      transport: { mode: 'plain-http' },
    });
    // Whether it takes a push cannot be seen without pushing.
    expect(facts).not.toHaveProperty('anonymousPush');
    expect(of).toMatchObject({ publicPull: { mode: 'anyone' } });
  });
});

describe('a real registry in read-only mode', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry({ kind: 'read-only' });
  });
  afterAll(() => registry.stop());

  it('takes no push from strangers, though it asks for no login', async () => {
    const { registry: facts } = await readFrom(registry, {});
    expect(facts).toMatchObject({ anonymousPush: { mode: 'refused' } });
    expect(facts).not.toHaveProperty('projectCreation');
  });
});

describe('a real registry with passwords, over TLS', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await started({ kind: 'basic', htpasswd }, () => basic(right));
  });
  afterAll(() => registry.stop());

  it('keeps strangers out, and gives each of its users all rights', async () => {
    const { registry: facts, repository: of } = await readFrom(registry, signedIn, named);
    expect(facts).toMatchObject({
      anonymousPush: { mode: 'refused' },
      anonymousCatalog: { mode: 'hidden' },
      transport: { mode: 'https-only', minimumVersion: '1.2' },
      signIn: { mode: 'local' },
    });
    expect(of).toMatchObject({
      publicPull: { mode: 'nobody' },
      pushers: [{ name: 'every user of the htpasswd file' }],
    });
  });

  it('is not read with a wrong password', async () => {
    const wrong = { ...signedIn, AUDIT_PASSWORD: 'wrong' };
    const { registry: facts } = await readFrom(registry, wrong, named);
    expect(facts).toEqual({});
  });
});

describe('a real registry with tokens, over TLS', () => {
  let registry: Registry;
  let issuer: Issuer;
  beforeAll(async () => {
    issuer = await startIssuer(basic(right));
    const token = (of: string) => `Bearer ${issuer.issue(of, ['pull', 'push'])}`;
    registry = await started({ kind: 'token', realm: issuer.realm }, token);
  });
  afterAll(async () => {
    await registry.stop();
    await issuer.stop();
  });

  it('keeps strangers out where its token service issues nothing to them', async () => {
    const { registry: facts, repository: of } = await readFrom(registry, signedIn, {
      ...named,
      repositories: [repository],
    });
    expect(facts).toMatchObject({
      anonymousPush: { mode: 'refused' },
      anonymousCatalog: { mode: 'hidden' },
      transport: { mode: 'https-only' },
    });
    expect(facts).not.toHaveProperty('signIn');
    expect(of).toMatchObject({ publicPull: { mode: 'nobody' } });
  });
});

describe('a real pull-through cache', () => {
  let upstream: Registry;
  let cache: Registry;
  beforeAll(async () => {
    upstream = await started({ kind: 'open' });
    cache = await startRegistry({ kind: 'cache', remote: upstream.base });
  });
  afterAll(async () => {
    await cache.stop();
    await upstream.stop();
  });

  it('has an empty catalog, which is no proof that it has no repositories', async () => {
    const { repository: of } = await readFrom(cache, {});
    expect(of).toBeNull();
    const found = await readFrom(cache, {}, { repositories: [repository] });
    expect(found.repository).toMatchObject({ publicPull: { mode: 'anyone' } });
  });
});

describe('a real registry with its test authentication', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry({ kind: 'silly' });
  });
  afterAll(() => registry.stop());

  it('is open, whatever its challenge says', async () => {
    const { registry: facts } = await readFrom(registry, {});
    expect(facts).toMatchObject({
      anonymousPush: { mode: 'accepted' },
      anonymousCatalog: { mode: 'listed' },
    });
  });
});
