import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveEstate } from '../../src/demo/artifact-registry/serve-estate.ts';
import { serveGrpc } from '../support/google/grpc-server.ts';
import { scenario } from '../support/google/scenario.ts';
import { installing } from './install.ts';

/*
 * The packed release by itself: unpacked into an empty folder, nothing installed. Each chain of
 * credentials that needs no vendor runs in it to the first signed call, which a server on loopback sees.
 */

let folder = '';
let server: Awaited<ReturnType<typeof vendor>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'regaudit-bundle-'));
  const here = await installing();
  await here.end();
  execFileSync('tar', ['-xzf', String(process.env['REGAUDIT_TARBALL']), '-C', folder]);
  server = await vendor();
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Answers what chains of credentials ask for, refuses everything else, and keeps who asked. */
async function vendor() {
  const seen: string[] = [];
  const expires = '2999-01-01T00:00:00Z';
  const aws = {
    AccessKeyId: 'AKIDHANDED',
    SecretAccessKey: 'made-up',
    Token: 't',
    SessionToken: 't',
  };
  const http = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      const { url = '', headers } = request;
      seen.push(`${headers.authorization ?? ''} ${body.slice(0, 80)}`);
      const answer = (value: object | string) =>
        response.end(typeof value === 'string' ? value : JSON.stringify(value));
      if (url === '/latest/api/token') {
        response.setHeader('x-aws-ec2-metadata-token-ttl-seconds', '60');
        return answer('metadata-token');
      }
      if (url === '/latest/meta-data/iam/security-credentials/') return answer('role');
      if (url === '/latest/meta-data/iam/security-credentials/role') {
        return answer({ ...aws, Code: 'Success', Expiration: expires });
      }
      if (url === '/container') return answer({ ...aws, Expiration: expires });
      if (url.startsWith('/federation/credentials')) {
        const { AccessKeyId, SecretAccessKey, SessionToken } = aws;
        const roleCredentials = {
          accessKeyId: AccessKeyId,
          secretAccessKey: SecretAccessKey,
          sessionToken: SessionToken,
          expiration: Date.parse(expires),
        };
        return answer({ roleCredentials });
      }
      if (/Action=AssumeRole/.test(body)) {
        const action = body.includes('WithWebIdentity')
          ? 'AssumeRoleWithWebIdentity'
          : 'AssumeRole';
        response.setHeader('content-type', 'text/xml');
        return answer(
          `<${action}Response><${action}Result><Credentials><AccessKeyId>AKIDHANDED</AccessKeyId><SecretAccessKey>made-up</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${expires}</Expiration></Credentials></${action}Result></${action}Response>`,
        );
      }
      if (url.startsWith('/computeMetadata/v1/instance/service-accounts/')) {
        response.setHeader('metadata-flavor', 'Google');
        const token = { access_token: 'handed-by-google', expires_in: 3600, token_type: 'Bearer' };
        return answer(url.includes('/token') ? token : 'someone@shop-prod.example');
      }
      if (url.startsWith('/computeMetadata/')) {
        response.setHeader('metadata-flavor', 'Google');
        return answer('shop-prod');
      }
      if (url.startsWith('/msi')) {
        return answer({
          access_token: 'handed-by-azure',
          expires_on: '32472144000',
          token_type: 'Bearer',
        });
      }
      response.statusCode = 403;
      return answer({});
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    seen,
    stop: () =>
      new Promise<void>((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the unpacked release with nothing in its environment but what is given. */
function regaudit(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const env = { PATH: String(process.env['PATH']), HOME: home, NO_COLOR: '1', ...environment };
  return new Promise<Run>((resolve) => {
    const program = join(folder, 'package/bin/regaudit.js');
    const options = { cwd: home, env, maxBuffer: 50_000_000, timeout: 100_000 };
    const child = execFile(process.execPath, [program, ...args], options, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function sizeOf(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path)
    .map((name) => sizeOf(join(path, name)))
    .reduce((sum, size) => sum + size, 0);
}

test('the release is under 10 MB, and names no package to be installed', () => {
  const root = join(folder, 'package');
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(manifest).not.toHaveProperty('dependencies');
  expect(existsSync(join(root, 'dist/THIRD_PARTY_NOTICES'))).toBe(true);
  expect(sizeOf(root)).toBeLessThan(10_000_000);
});

test('it finds in the demo what the build in the checkout finds', async () => {
  const fixed = { REGAUDIT_NOW: '2026-01-01T00:00:00Z' };
  const { code, stdout } = await regaudit(['demo', '--format', 'csv'], fixed);
  const built = execFileSync(process.execPath, ['bin/regaudit.js', 'demo', '--format', 'csv'], {
    env: { ...process.env, ...fixed },
    encoding: 'utf8',
    maxBuffer: 50_000_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ports = /(127\.0\.0\.1|localhost):\d+/g;
  expect(code).toBe(0);
  expect(stdout.replaceAll(ports, 'HOST')).toBe(built.replaceAll(ports, 'HOST'));
});

describe('AWS', () => {
  const here = (more: Readonly<Record<string, string>>) => ({
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: server.url,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
    ...more,
  });
  const config = (text: string) => ({ AWS_CONFIG_FILE: file('aws-config', text) });
  const chains: Readonly<Record<string, () => Readonly<Record<string, string>>>> = {
    environment: () => ({ AWS_ACCESS_KEY_ID: 'AKIDHANDED', AWS_SECRET_ACCESS_KEY: 'made-up' }),
    credential_process: () => {
      const keys = { Version: 1, AccessKeyId: 'AKIDHANDED', SecretAccessKey: 'made-up' };
      const answer = file('process.json', JSON.stringify(keys));
      return config(`[default]\ncredential_process = cat ${answer}\n`);
    },
    'container endpoint': () => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${server.url}/container` }),
    'instance metadata': () => ({
      AWS_EC2_METADATA_DISABLED: 'false',
      AWS_EC2_METADATA_SERVICE_ENDPOINT: server.url,
    }),
    'web identity': () => ({
      AWS_WEB_IDENTITY_TOKEN_FILE: file('token', 'made-up'),
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/ci',
    }),
    'role of a profile': () => ({
      AWS_PROFILE: 'audit',
      ...config(
        '[profile audit]\nrole_arn = arn:aws:iam::123456789012:role/audit\nsource_profile = base\n[profile base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = made-up\n',
      ),
    }),
    'Identity Center': () => {
      const cache = join(folder, 'home/.aws/sso/cache');
      mkdirSync(cache, { recursive: true });
      // The file is named after the SHA-1 of the session's name, "shop".
      writeFileSync(
        join(cache, '5042d146667518a1a5017644946b8650aafca44c.json'),
        JSON.stringify({ accessToken: 'made-up', expiresAt: '2999-01-01T00:00:00Z' }),
      );
      return config(
        '[default]\nsso_session = shop\nsso_account_id = 123456789012\nsso_role_name = audit\n[sso-session shop]\nsso_region = eu-west-1\nsso_start_url = https://shop.example/start\n',
      );
    },
  };
  test.each(Object.keys(chains))('%s', async (name) => {
    const before = server.seen.length;
    const chain = chains[name]?.() ?? {};
    const { code, stderr } = await regaudit(['scan', 'ecr'], here(chain));
    expect(server.seen.slice(before).join('\n'), stderr).toContain('Credential=AKIDHANDED/');
    expect(code).toBe(3);
  });
});

describe('Azure', () => {
  const scan = (more: Readonly<Record<string, string>>) => {
    const entry = `registries:\n  - target: acr\n    endpoint: ${server.url}\n`;
    return regaudit(['scan', '-c', file('azure.yaml', entry)], more);
  };
  test('managed identity', async () => {
    const before = server.seen.length;
    const { code, stderr } = await scan({
      IDENTITY_ENDPOINT: `${server.url}/msi`,
      IDENTITY_HEADER: 'made-up',
    });
    expect(server.seen.slice(before).join('\n'), stderr).toContain('Bearer handed-by-azure');
    expect(code).toBe(3);
  });
  test('Azure CLI', async () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin, { recursive: true });
    const token = {
      accessToken: 'handed-by-az',
      expiresOn: '2999-01-01 00:00:00.000000',
      expires_on: 32472144000,
    };
    writeFileSync(join(bin, 'az'), `#!/bin/sh\necho '${JSON.stringify(token)}'\n`);
    chmodSync(join(bin, 'az'), 0o755);
    const before = server.seen.length;
    const { code, stderr } = await scan({ PATH: `${bin}:${process.env['PATH']}` });
    expect(server.seen.slice(before).join('\n'), stderr).toContain('Bearer handed-by-az');
    expect(code).toBe(3);
  });
});

describe('Google', () => {
  test('metadata server', async () => {
    const entry = `registries:\n  - target: artifact-registry://shop-prod/europe\n    endpoint: ${server.url}\n`;
    const before = server.seen.length;
    const { code, stderr } = await regaudit(['scan', '-c', file('google.yaml', entry)], {
      GCE_METADATA_HOST: server.host,
    });
    expect(server.seen.slice(before).join('\n'), stderr).toContain('Bearer handed-by-google');
    expect(code).toBe(3);
  });

  test('gRPC', async () => {
    const estate = await scenario('all-good');
    const served = await serveGrpc(estate);
    const rest = await serveEstate(estate);
    const entry = [
      'registries:',
      '  - target: artifact-registry',
      `    endpoint: ${rest.endpoint}`,
      '    transport: grpc',
      `    grpcEndpoint: ${served.address}`,
    ];
    try {
      await regaudit(['scan', '-c', file('grpc.yaml', entry.join('\n'))], rest.environment);
      expect([...served.calls.keys()].toSorted()).toEqual([
        'GetRepositoryIamPolicy',
        'GetVpcscConfig',
        'ListAttachments',
        'ListDockerImages',
      ]);
    } finally {
      served.close();
      await rest.close();
    }
  });
});
