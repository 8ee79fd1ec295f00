import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, type BuildResult, build, type Plugin } from 'esbuild';
import { sdks } from './bundled-sdks.ts';

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
  minify: true,
  legalComments: 'none',
  define: { REGAUDIT_COMMIT: JSON.stringify(commit()) },
  // Bundled CommonJS packages call `require` for what Node brings along, and ask where they are.
  banner: {
    js: [
      "import{createRequire as requireFrom}from'node:module';",
      "import{fileURLToPath as pathFrom}from'node:url';import{dirname as folderOf}from'node:path';",
      'const require=requireFrom(import.meta.url),__filename=pathFrom(import.meta.url),__dirname=folderOf(__filename);',
    ].join(''),
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
      const text = await readFile(path, 'utf8');
      return { contents: `${withoutUse(path, text)}\n//# sourceMappingURL=${url}` };
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
  plugins: [packages, sdks],
});
// A map of nothing but packages tells nobody anything.
for (const [file, { inputs }] of Object.entries(second.metafile?.outputs ?? {})) {
  const own = Object.keys(inputs).some((input) => /^(src|checks|fixtures)\//.test(input));
  if (!own) rmSync(join(root, `${file}.map`), { force: true });
}
// The public contract, for those who write checks of their own.
const { outdir: _, ...single } = options;
await build({
  ...single,
  banner: {},
  entryPoints: [join(root, 'src/declarative/contract.ts')],
  outfile: join(folder, 'check.js'),
});
writeFileSync(join(folder, 'THIRD_PARTY_NOTICES'), notices([first, second]));

/**
 * The AWS clients describe every message in one file, by arrays with computed keys, which esbuild keeps
 * whether they are used or not: of EC2 alone they are a tenth of the build.
 */
function withoutUse(path: string, text: string): string {
  if (!/@aws-sdk[\\/].*[\\/]dist-es[\\/].*[\\/]schemas_\d+\.js$/.test(path)) return text;
  const marked = text.replaceAll(
    /^((?:export )?var \S+ = )(\[[\s\S]*?\]);$/gm,
    '$1/* @__PURE__ */ (() => $2)();',
  );
  if (marked === text) throw new Error(`${path} is written in another way than it was`);
  return marked;
}

/** The licences of the packages whose code went into the build; each text once, after the packages it is for. */
function notices(results: readonly BuildResult[]): string {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  const folders = inputs.flatMap(
    (path) =>
      /^(?:.*:)?(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
  );
  const texts = new Map<string, string[]>();
  for (const folder of [...new Set(folders)].sort()) {
    const { name, text } = notice(join(root, folder));
    texts.set(text, [...(texts.get(text) ?? []), name]);
  }
  return [...texts]
    .map(([text, names]) => `${names.join('\n')}\n\n${text}\n`)
    .join(`\n${'='.repeat(80)}\n`);
}

function notice(folder: string): { readonly name: string; readonly text: string } {
  const about: { name: string; version: string; license?: string } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const files = readdirSync(folder).filter((one) =>
    /^(licen[cs]e|copying|notice)(\.|$)/i.test(one),
  );
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const name = `${about.name} ${about.version}`;
  return { name, text: texts.length > 0 ? texts.join('\n\n') : `Licence: ${about.license}` };
}
