import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checks } from '../../../checks/index.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { providers } from '../../../src/providers/index.ts';
import { reporters } from '../../../src/reporters/reporters.ts';
import { type Kind, outcomeOf } from '../kind.ts';
import { mutated } from '../mutate.ts';

const waiver = {
  ...{ check: 'tags-immutable', registry: 'ecr://123456789012/eu-west-1', repository: 'a' },
  ...{ reason: 'r', owner: 'o', expires: '2026-12-24' },
};
const samples = [
  JSON.stringify({
    registries: ['ecr', { target: 'harbor://h', url: 'https://h', passwordEnv: 'HARBOR_P' }],
    checks: { 'tags-immutable': { set: 'high', where: [{ repository: 's/*', set: 'off' }] } },
    waivers: [waiver],
    acceptUnknown: [{ ...waiver, check: 'replicated' }],
    reports: [{ format: 'sarif', file: 'a.sarif' }],
    expect: { productionTags: ['v*'], longestTokenDays: 90 },
  }),
  `# ours\nprofile: strict\nregistries:\n  - ecr\n  - target: docker-hub://acme\n    usernameEnv: DOCKER_USER\nfailOn: low\nwaivers:\n  - check: tags-immutable\n    reason: |\n      many\n      lines\n    owner: &me us\n    expires: 2026-12-24\ninclude: ['a/*', "b"]\n`,
];

/** Configurations in YAML and JSON, with the options of every adapter. */
export async function start(): Promise<Kind> {
  const cwd = mkdtempSync(join(tmpdir(), 'regaudit-fuzz-'));
  const catalogue = {
    checks: checks.map(({ id }) => id),
    providers,
    formats: Object.keys(reporters),
  };
  const surroundings = { environment: {}, now: new Date('2026-11-02T09:00:00Z'), cwd };
  return {
    attempt: async (random) => {
      writeFileSync(join(cwd, 'x.yaml'), mutated(random.of(samples), random));
      return [await outcomeOf(() => loadConfig('x.yaml', catalogue, surroundings))];
    },
    close: async () => rmSync(cwd, { recursive: true, force: true }),
  };
}
