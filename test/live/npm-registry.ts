import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * A package registry on the loopback interface that has one package, the packed release, and sends on
 * to the registry that npm is set up with whoever asks for any other. So nothing that is installed with
 * it can ask anybody else for a package of our name, which is anybody's to take.
 */

export interface NpmRegistry {
  /** For `npm_config_registry`. */
  readonly url: string;
  /** The address of the release's tarball, and its SHA-256 in hexadecimal digits. */
  readonly tarball: string;
  readonly sha256: string;
  /** The paths asked for that are ours; `/regaudit` is asking by name. */
  readonly asked: readonly string[];
  readonly stop: () => Promise<void>;
}

const ours = /^\/regaudit(?:[/?]|$)/;

/** In: the packed release. Rejects when it is no package. */
export async function startRegistry(file: string): Promise<NpmRegistry> {
  const upstream = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  const bytes = readFileSync(file);
  const manifest = JSON.parse(
    execFileSync('tar', ['-xzOf', file, 'package/package.json'], { encoding: 'utf8' }),
  );
  const asked: string[] = [];
  const path = `/regaudit/-/regaudit-${manifest.version}.tgz`;
  let url = '';
  const server = createServer(({ url: wanted = '/' }, response) => {
    if (!ours.test(wanted)) {
      response.writeHead(307, { location: new URL(wanted.slice(1), upstream).href }).end();
      return;
    }
    asked.push(wanted);
    if (wanted === path) {
      response.end(bytes);
      return;
    }
    if (wanted !== '/regaudit') {
      response.writeHead(404).end();
      return;
    }
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    const dist = { tarball: `${url}${path.slice(1)}`, integrity };
    const packument = {
      name: 'regaudit',
      'dist-tags': { latest: manifest.version },
      versions: { [manifest.version]: { ...manifest, dist } },
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(packument));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    tarball: `${url}${path.slice(1)}`,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
