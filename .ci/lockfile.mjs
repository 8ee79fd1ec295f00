// Holds package.json and package-lock.json to what may be installed: exact versions, a strong checksum for each
// package, https from known hosts alone, no code from git or elsewhere, and no new install script. Runs before
// anything is installed, so it needs nothing but Node. In: the folder, else this one.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Hosts that a lockfile may name; without an address npm takes its own registry, held to the checksum. */
const hosts = ['registry.npmjs.org'];
/** Packages with an install script; the image and the action run none of them. */
const scripts = ['esbuild', 'protobufjs'];

const folder = process.argv[2] ?? '.';
const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const faults = [];

const { packages = {}, lockfileVersion } = read('package-lock.json');
if (lockfileVersion !== 3) faults.push(`lockfileVersion is ${lockfileVersion}, not 3`);
const locked = Object.entries(packages).filter(([path]) => path !== '');
if (locked.length === 0) faults.push('the lockfile names no package');

for (const [path, { resolved, integrity, link, hasInstallScript, inBundle }] of locked) {
  const name = path.replace(/^.*node_modules\//, '');
  const fault = (what) => faults.push(`${path}: ${what}`);
  if (!path.startsWith('node_modules/')) fault('is outside of node_modules');
  if (link === true) fault('is a link');
  if (inBundle !== true && !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''))
    fault('has no SHA-512');
  if (hasInstallScript === true && !scripts.includes(name)) fault('has an install script');
  if (resolved === undefined) continue;
  const url = URL.canParse(resolved) ? new URL(resolved) : null;
  if (url?.protocol !== 'https:') fault('does not come by https');
  else if (url.username !== '' || !hosts.includes(url.host)) fault(`comes from ${url.host}`);
}

const manifest = read('package.json');
for (const key of ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides']) {
  for (const [name, version] of Object.entries(manifest[key] ?? {})) {
    if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(String(version)))
      faults.push(`package.json: ${key}.${name} is no exact version`);
    const root = packages['']?.[key]?.[name];
    if (key !== 'overrides' && root !== version)
      faults.push(`package.json: ${key}.${name} is not what the lockfile has`);
  }
}
if (existsSync(join(folder, '.npmrc'))) faults.push('.npmrc would change where packages come from');

for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length === 0) process.stdout.write(`${locked.length} packages, each with a checksum\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
