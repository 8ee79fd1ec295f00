import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { operations } from '../providers/ecr/operations.ts';
import { clients } from '../providers/ecr/wire/client.ts';

/**
 * The vendors' SDKs in the bundle. What our sources require where it is needed becomes a file that is
 * imported there; of an AWS client no more than its class and the commands of the declared operations.
 */
export const sdks: Plugin = {
  name: 'sdks',
  setup({ onLoad, onResolve, resolve }) {
    onLoad({ filter: /[\\/]providers[\\/][a-z-]+[\\/]wire[\\/][a-z-]+\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { loader: 'ts', contents: source.replaceAll(/\brequire\((?=\s*')/g, 'import(') };
    });
    onResolve({ filter: loaded }, ({ path, kind, namespace, resolveDir }) =>
      kind === 'dynamic-import' && namespace === 'file' && !resolveDir.includes('node_modules')
        ? { path, namespace: 'sdk', pluginData: resolveDir }
        : null,
    );
    // Their ES modules, of which what is not used falls away; esbuild prefers `main`, as Node does.
    onResolve({ filter: /^@(aws-sdk|smithy)\/[^/]+$/ }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === asNode) return null;
      const found = await resolve(path, { ...rest, pluginData: asNode });
      if (rest.kind === 'require-call' || found.errors.length > 0) return found;
      return { ...found, path: found.path.replace(/([\\/])dist-cjs([\\/])/, '$1dist-es$2') };
    });
    onLoad({ filter: /.*/, namespace: 'sdk' }, ({ path, pluginData }) => ({
      contents: `export { ${namesUsed(path).join(', ')} } from '${path}';`,
      resolveDir: pluginData,
    }));
  },
};

/** Marks what is to be resolved as Node would. */
const asNode = Symbol('as Node resolves it');

/** What our sources load by `require`. Of CommonJS `import()` would have no names, of a file that exports them it has. */
const loaded = /^(@aws-sdk\/client-|@google-cloud\/|google-gax$)/;

function namesUsed(path: string): readonly string[] {
  if (path === 'google-gax') return ['grpc'];
  if (path.startsWith('@google-cloud/')) return ['ArtifactRegistryClient'];
  const service = path.slice('@aws-sdk/client-'.length);
  const [, client] = Object.entries(clients).find(([name]) => name === service)?.[1] ?? [];
  const commands = Object.values(operations)
    .filter((operation) => operation.service === service)
    .map(({ command }) => `${command}Command`);
  if (client === undefined || commands.length === 0) throw new Error(`nothing is used of ${path}`);
  return [client, ...new Set(commands)];
}
