import { execFile, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env['SIGNING_TOOLS'] ?? '';

/** Whether the real tools are there: the folder of SIGNING_TOOLS, which `.ci/signing-tools` fills. */
export const hasTools = folder !== '';

export type Tool = 'cosign' | 'notation' | 'oras' | 'crane';

/** Runs a tool with a home of its own and no address but loopback's. Out: its exit code and what it wrote. */
export function tool(
  name: Tool,
  args: readonly string[],
  { home, env = {} }: { readonly home: string; readonly env?: Readonly<Record<string, string>> },
): Promise<{ readonly code: number; readonly text: string }> {
  return new Promise((resolve) => {
    const environment = {
      PATH: process.env['PATH'],
      HOME: home,
      XDG_CONFIG_HOME: join(home, 'config'),
      COSIGN_PASSWORD: '',
      COSIGN_YES: 'true',
      ...env,
    };
    execFile(
      join(folder, name),
      args,
      { cwd: home, env: environment, timeout: 60_000 },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : 1, text: `${stdout}${stderr}` }),
    );
  });
}

/** As `tool`, but rejects if it fails. */
export async function done(...args: Parameters<typeof tool>): Promise<string> {
  const { code, text } = await tool(...args);
  if (code !== 0) throw new Error(`${args[0]} ${args[1].join(' ')}\n${text}`);
  return text;
}

/** A registry in memory with the referrers API. */
export async function registryWithReferrers(): Promise<{
  readonly host: string;
  readonly stop: () => void;
}> {
  const server = spawn(join(folder, 'crane'), ['registry', 'serve', '--address', '127.0.0.1:0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'] },
  });
  const port = await new Promise<string>((resolve, reject) => {
    let text = '';
    server.stderr.on('data', (chunk) => {
      text += String(chunk);
      const found = /port (\d+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    server.on('exit', () => reject(new Error(`the registry ended: ${text}`)));
  });
  return { host: `127.0.0.1:${port}`, stop: () => server.kill() };
}

/** Where notation keeps its certificates and its policy. */
export function notationFiles(home: string, root: string, policy: object): void {
  const base = join(home, 'config/notation');
  mkdirSync(join(base, 'truststore/x509/ca/acme'), { recursive: true });
  writeFileSync(join(base, 'truststore/x509/ca/acme/root.pem'), root);
  writeFileSync(join(base, 'trustpolicy.json'), JSON.stringify(policy));
}

/** A signing key of notation. */
export function notationKey(home: string, name: string, key: string, chain: string): void {
  const base = join(home, 'config/notation');
  mkdirSync(join(base, 'localkeys'), { recursive: true });
  const keyPath = join(base, 'localkeys', `${name}.key`);
  const certPath = join(base, 'localkeys', `${name}.crt`);
  writeFileSync(keyPath, key);
  writeFileSync(certPath, chain);
  const keys = [{ name, keyPath, certPath }];
  writeFileSync(join(base, 'signingkeys.json'), JSON.stringify({ default: name, keys }));
}
