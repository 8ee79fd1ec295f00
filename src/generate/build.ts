import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, type BuildResult, build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'src/cli');
const folder = join(root, 'dist');

/** What was committed last; null outside a repository. */
function commit(): string | null {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}

const options: BuildOptions = {
  outdir: folder,
  outbase: cli,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  // The vendor's own packages stay dependencies: they are updated without us.
  external: [
    '@aws-sdk/*',
    '@smithy/*',
    '@azure/*',
    '@google-cloud/*',
    'google-auth-library',
    'undici',
  ],
  define: { REGAUDIT_COMMIT: JSON.stringify(commit()) },
  // Bundled CommonJS packages call `require` for what node brings along.
  banner: {
    js: "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);",
  },
  logLevel: 'warning',
  metafile: true,
  // They tell where in our sources a fault happened; the sources themselves are not needed for that.
  sourcemap: true,
  sourcesContent: false,
  absWorkingDir: root,
};

/** Leaves what is loaded lazily to files of its own, and collects which files those are. */
function apart(files: Set<string>): Plugin {
  return {
    name: 'apart',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\// }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return null;
        files.add(join(resolveDir, path));
        return { path: path.replace(/\.ts$/, '.js'), external: true };
      });
    },
  };
}

/** Of packages only the file is kept in the maps, with its first line: theirs are half of all positions. */
const packages: Plugin = {
  name: 'packages',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => {
      const map = { version: 3, sources: [basename(path)], names: [], mappings: 'AAAA' };
      const url = `data:application/json;base64,${btoa(JSON.stringify(map))}`;
      return { contents: `${await readFile(path, 'utf8')}\n//# sourceMappingURL=${url}` };
    });
  },
};

rmSync(folder, { recursive: true, force: true });
// Two builds, because `splitting` would spread what starts up over several files, and each of them
// costs a millisecond of every start. They share no code: what runs first only describes the commands.
const lazy = new Set<string>();
const first = await build({
  ...options,
  entryPoints: [join(cli, 'main.ts')],
  // The last statement, by which `bin/regaudit.js` sees that nothing is missing.
  footer: { js: 'export const whole=true;' },
  plugins: [apart(lazy), packages],
});
const second = await build({
  ...options,
  entryPoints: [...lazy],
  splitting: true,
  plugins: [packages],
});
// The public contract, for those who write checks of their own.
const { outdir: _, ...single } = options;
await build({
  ...single,
  banner: {},
  entryPoints: [join(root, 'src/declarative/contract.ts')],
  outfile: join(folder, 'check.js'),
});
writeFileSync(join(folder, 'THIRD_PARTY_NOTICES'), notices([first, second]));

/** The licences of the packages whose code went into the build, each package once. */
function notices(results: readonly BuildResult[]): string {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  const packages = inputs.flatMap(
    (path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
  );
  return [...new Set(packages)].sort().map(notice).join('\n');
}

function notice(name: string): string {
  const at = join(root, 'node_modules', name);
  const about: { version: string; license?: string } = JSON.parse(
    readFileSync(join(at, 'package.json'), 'utf8'),
  );
  const file = readdirSync(at).find((one) => /^(licen[cs]e|copying)(\.|$)/i.test(one));
  const text =
    file !== undefined ? readFileSync(join(at, file), 'utf8').trim() : `Licence: ${about.license}`;
  return `${name} ${about.version}\n${'='.repeat(name.length + about.version.length + 1)}\n${text}\n`;
}
