import { execFileSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { emptyFolder, runCli } from '../../support/run-cli.ts';
import { certificate, codeSigning, type Party } from '../../support/signing/pki.ts';
import { startRegistry } from '../registry/start.ts';
import {
  done,
  hasTools,
  notationFiles,
  notationKey,
  registryWithReferrers,
  tool,
} from './tools.ts';

if (!hasTools)
  throw new Error('SIGNING_TOOLS names no folder with cosign, notation, oras and crane');

const home = emptyFolder();
const at = { home };
const v2 = ['--new-bundle-format=false', '--tlog-upload=false', '--use-signing-config=false'];
const http = ['--allow-insecure-registry', '--allow-http-registry'];
const config = ['--signing-config', 'none.json'];

const root = certificate({ name: 'C=DE,ST=BE,O=acme,CN=root', ca: true });
const leaf = (name: string) => certificate({ name, issuer: root, usage: [codeSigning] });
const policy = {
  version: '1.0',
  trustPolicies: [
    {
      name: 'all',
      registryScopes: ['*'],
      signatureVerification: { level: 'strict' },
      trustStores: ['ca:acme'],
      trustedIdentities: ['x509.subject: C=DE, ST=BE, O=acme, CN=nleaf'],
    },
  ],
};

const signers = {
  release: { name: 'key', key: 'release.pub' },
  other: { name: 'key', key: 'other.pub' },
  ed: { name: 'key', key: 'ed.pub' },
  p384: { name: 'key', key: 'p384.pub' },
  slsa: { name: 'key', key: 'release.pub', statements: ['https://slsa.dev/provenance/v1'] },
  notation: { name: 'notation', policy: 'config/notation/trustpolicy.json' },
  elsewhere: { name: 'key', key: 'release.pub', signaturesIn: 'team/signatures' },
};
type Signer = keyof typeof signers;

const useKey = (name: string) => {
  const party = leaf(`C=DE,ST=BE,O=acme,CN=${name}`);
  notationKey(home, name, keyPem(party), `${party.pem}${root.pem}`);
};
const keyPem = ({ key }: Party) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

beforeAll(async () => {
  for (const name of ['release', 'other'])
    await done('cosign', ['generate-key-pair', '--output-key-prefix', name], at);
  for (const [name, args] of [
    ['p384', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp384r1']],
    ['ed', ['-algorithm', 'ED25519']],
  ] as const) {
    execFileSync('openssl', ['genpkey', ...args, '-out', `${name}.pem`], { cwd: home });
    await done(
      'cosign',
      ['import-key-pair', '--key', `${name}.pem`, '--output-key-prefix', name],
      at,
    );
  }
  const no = ['fulcio', 'rekor', 'oidc', 'tsa'].map((one) => `--no-default-${one}`);
  await done('cosign', ['signing-config', 'create', ...no, '--out', 'none.json'], at);
  notationFiles(home, root.pem, policy);
  for (const [name, entry] of Object.entries(signers))
    writeFileSync(join(home, `${name}.yaml`), stringify({ expect: { signers: [entry] } }));
  writeFileSync(join(home, 'scan.json'), JSON.stringify({}));
});

describe.each(['without', 'with'] as const)('%s the referrers API', (referrers) => {
  let host = '';
  let stop: () => void = () => undefined;
  let images = 0;

  beforeAll(async () => {
    if (referrers === 'with') ({ host, stop } = await registryWithReferrers());
    else {
      const registry = await startRegistry({ kind: 'open' });
      host = new URL(registry.base).host;
      stop = () => void registry.stop();
    }
  });
  afterAll(() => stop());

  /** Pushes an image of one layer. Out: its name by tag, and by digest. */
  async function push(repository = 'team/app', index = false) {
    images += 1;
    const name = `${host}/${repository}:v${images}`;
    writeFileSync(join(home, 'file'), `image ${images}`);
    execFileSync('tar', ['-cf', 'layer.tar', 'file'], { cwd: home });
    const append = (tag: string) =>
      done('crane', ['append', '--insecure', '--oci-empty-base', '-f', 'layer.tar', '-t', tag], at);
    if (index) {
      const child = `${host}/${repository}:c${images}`;
      await append(child);
      await done('crane', ['index', 'append', '--insecure', '-m', child, '-t', name], at);
    } else await append(name);
    const digest = (await done('crane', ['digest', '--insecure', name], at)).trim();
    return { name, digest, full: `${host}/${repository}@${digest}` };
  }
  type Image = Awaited<ReturnType<typeof push>>;
  const sign = (
    key: string,
    args: readonly string[],
    { full }: Image,
    env: Readonly<Record<string, string>> = {},
  ) => done('cosign', ['sign', '--key', `${key}.key`, ...args, ...http, full], { home, env });
  const attest = (type: string, { full }: Image) =>
    done(
      'cosign',
      [
        'attest',
        '--type',
        type,
        '--predicate',
        'scan.json',
        '--key',
        'release.key',
        ...config,
        ...http,
        full,
      ],
      at,
    );
  const notation = async (name: string, form: string, { full }: Image) => {
    useKey(name);
    const args = ['sign', '--insecure-registry', '--signature-format', form, '--key', name, full];
    await done('notation', referrers === 'with' ? args : [...args, '--force-referrers-tag'], at);
  };

  /** What regaudit and the tool say of an image: exit code 0, 1 or 3, and whether the tool verifies it. */
  async function verdicts(image: Image, signer: Signer, args: readonly string[] = []) {
    const { code, stdout } = await runCli(
      ['verify', image.name, '-c', `${signer}.yaml`, '-f', 'json'],
      { cwd: home },
    );
    const said = JSON.parse(stdout).findings.map((one: { message: string }) => one.message);
    const key = signers[signer];
    const verified =
      'policy' in key
        ? await tool('notation', ['verify', '--insecure-registry', image.full], at)
        : await tool(
            'cosign',
            ['verify', '--key', key.key, '--insecure-ignore-tlog', ...args, ...http, image.full],
            at,
          );
    return {
      ours: ({ 0: 'pass', 1: 'fail', 3: 'unknown' } as const)[code ?? 2],
      tool: verified.code === 0,
      said,
    };
  }

  const old = ['--new-bundle-format=false'];

  test('a key signs a tag, a bundle or both, and nobody else does', async () => {
    const [tagged, bundled, both] = [await push(), await push(), await push()];
    await sign('release', v2, tagged);
    await sign('release', config, bundled);
    await sign('release', v2, both);
    await sign('other', config, both);
    expect(await verdicts(tagged, 'release', old)).toMatchObject({ ours: 'pass', tool: true });
    expect(await verdicts(tagged, 'other', old)).toMatchObject({ ours: 'fail', tool: false });
    expect(await verdicts(bundled, 'release')).toMatchObject({ ours: 'pass', tool: true });
    expect(await verdicts(bundled, 'other')).toMatchObject({ ours: 'fail', tool: false });
    expect(await verdicts(both, 'other')).toMatchObject({ ours: 'pass', tool: true });
    expect(await verdicts(await push(), 'release')).toMatchObject({ ours: 'fail', tool: false });
  });

  test('a tag of signatures that was copied to another image fails', async () => {
    const [signed, copied] = [await push(), await push()];
    await sign('release', v2, signed);
    const tag = ({ digest }: Image) => `${host}/team/app:${digest.replace(':', '-')}.sig`;
    await done('crane', ['copy', '--insecure', tag(signed), tag(copied)], at);
    const { ours, said, tool: verified } = await verdicts(copied, 'release', old);
    expect([ours, verified]).toEqual(['fail', false]);
    expect(said[0]).toContain(`the signature filed here is of ${signed.digest}`);
  });

  test('a signature that cosign files as a referrer of its own type passes, though cosign does not look there', async () => {
    const image = await push();
    const env = { COSIGN_EXPERIMENTAL: '1' };
    await sign('release', [...v2, '--registry-referrers-mode', 'oci-1-1'], image, env);
    expect(await verdicts(image, 'release', old)).toMatchObject({ ours: 'pass', tool: false });
  });

  test('an image that is tagged like a signature, or like its own, is not signed by that', async () => {
    const [image, plain] = [await push(), await push()];
    const tag = (repository: string, { digest }: Image) =>
      `${host}/${repository}:${digest.replace(':', '-')}.sig`;
    await done('crane', ['copy', '--insecure', plain.name, tag('team/app', image)], at);
    await done('crane', ['copy', '--insecure', plain.name, tag('team/app', plain)], at);
    expect((await verdicts(image, 'release', old)).ours).not.toBe('pass');
    expect((await verdicts(plain, 'release', old)).ours).not.toBe('pass');
  });

  test('signatures in a repository of their own count where the signer names it', async () => {
    const env = { COSIGN_REPOSITORY: `${host}/team/signatures` };
    for (const form of [v2, config]) {
      const image = await push();
      await sign('release', form, image, env);
      expect((await verdicts(image, 'release')).ours).toBe('fail');
      expect((await verdicts(image, 'elsewhere')).ours).toBe('pass');
    }
  });

  test('a bogus signature fails', async () => {
    const image = await push();
    writeFileSync(join(home, 'payload'), '{}');
    writeFileSync(join(home, 'sig'), 'Ym9ndXM=');
    const args = ['attach', 'signature', '--signature', 'sig', '--payload', 'payload', ...http];
    await done('cosign', [...args, image.full], at);
    expect(await verdicts(image, 'release', old)).toMatchObject({ ours: 'fail', tool: false });
  });

  test('a scan is no signature here, though cosign verifies it; provenance counts if declared', async () => {
    const [scanned, built] = [await push(), await push()];
    await attest('vuln', scanned);
    await attest('slsaprovenance1', built);
    expect(await verdicts(scanned, 'release')).toMatchObject({ ours: 'fail', tool: true });
    expect(await verdicts(built, 'release')).toMatchObject({ ours: 'fail', tool: true });
    expect(await verdicts(built, 'slsa')).toMatchObject({ ours: 'pass', tool: true });
  });

  test('P-384 passes here, though cosign needs to be told its hash; Ed25519 of cosign is unknown', async () => {
    for (const form of [v2, config]) {
      const [large, edwards] = [await push(), await push()];
      await sign('p384', form, large);
      await sign('ed', form, edwards);
      const args = form === v2 ? old : [];
      expect(await verdicts(large, 'p384', args)).toMatchObject({ ours: 'pass' });
      expect(await verdicts(edwards, 'ed', args)).toMatchObject({ ours: 'unknown', tool: false });
    }
  });

  test('a signed index passes, one of which only the platform is signed fails', async () => {
    const [signed, child] = [await push('team/index', true), await push('team/index', true)];
    await sign('release', v2, signed);
    const digest = (
      await done('crane', ['digest', '--insecure', child.name.replace(':v', ':c')], at)
    ).trim();
    await sign('release', v2, { ...child, full: `${host}/team/index@${digest}` });
    expect(await verdicts(signed, 'release', old)).toMatchObject({ ours: 'pass', tool: true });
    expect(await verdicts(child, 'release', old)).toMatchObject({ ours: 'fail', tool: false });
  });

  test('notation and regaudit agree on JWS and COSE, by subject', async () => {
    for (const form of ['jws', 'cose']) {
      const [good, other] = [await push(), await push()];
      await notation('nleaf', form, good);
      await notation('nother', form, other);
      expect(await verdicts(good, 'notation')).toMatchObject({ ours: 'pass', tool: true });
      expect(await verdicts(other, 'notation')).toMatchObject({ ours: 'fail', tool: false });
    }
    expect(await verdicts(await push(), 'notation')).toMatchObject({ ours: 'fail', tool: false });
  });

  test('what is no Notation signature but is filed as one fails', async () => {
    const image = await push();
    copyFileSync(join(home, 'scan.json'), join(home, 'f.json'));
    const type = 'application/vnd.cncf.notary.signature';
    const layer = 'f.json:application/jose+json';
    await done('oras', ['attach', '--plain-http', '--artifact-type', type, image.full, layer], at);
    expect(await verdicts(image, 'notation')).toMatchObject({ ours: 'fail', tool: false });
  });
});
