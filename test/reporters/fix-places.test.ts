import { expect, test } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { fill } from '../../src/reporters/fix/command.ts';
import { fixScript } from '../../src/reporters/fix/script.ts';
import { check, finding, registry, rendered, report } from './reports.ts';

/** A registry and a repository as findings name them, and the placeholders that they answer. */
const places: Readonly<Record<string, readonly [string, string, readonly string[]]>> = {
  ecr: ['ecr://123456789012/eu-west-1', 'team/app', ['account', 'region', 'name', 'repository']],
  acr: [
    'acr://0b1f6471-1bf0-4dda-aec3-111122223333/shop-rg/shopimages',
    'team/app',
    ['registry', 'repository'],
  ],
  'artifact-registry': [
    'artifact-registry://shop-prod/europe-west4',
    'shop',
    ['project', 'location', 'repository'],
  ],
  harbor: ['harbor://harbor.example.org:8443', 'shop', ['host', 'project', 'administrator']],
  'docker-hub': ['docker-hub://acme', 'web', ['namespace', 'name', 'repository']],
  ghcr: ['ghcr://acme', 'web', ['owner', 'repository']],
  gitlab: ['gitlab://gitlab.com/acme/team', 'acme/team/web', ['group', 'project', 'repository']],
  nexus: [
    'nexus://nexus.example.org/nexus',
    'docker-hosted',
    ['host', 'repository', 'administrator'],
  ],
  quay: ['quay://quay.example.org/acme', 'web', ['host', 'organization', 'repository', 'token']],
  oci: ['oci://registry.example.org:5000', 'web', ['host', 'repository']],
};

const loaded = await Promise.all(Object.values(providers).map((load) => load()));

test('every adapter fills in what its registry and repository are called', () => {
  expect(loaded.map(({ id }) => id).sort()).toEqual(Object.keys(places).sort());
});

test.each(loaded)(
  'the commands of $id keep no placeholder whose value is known',
  ({ id, commands }) => {
    const [place = '', repository = '', known = []] = places[id] ?? [];
    const { values, variables, unfit } = commands?.place(place, repository) ?? {};
    expect(unfit).toBe(null);
    const all = { ...values, ...variables };
    for (const name of known) {
      expect(all[name], name).toBeTruthy();
      expect(fill(`x <${name}>`, values ?? {}, variables).missing).toEqual([]);
    }
  },
);

test.each(loaded)('a registry of $id that cannot be one gets no command', ({ id, commands }) => {
  for (const place of [
    `${id}://$(id)`,
    `${id}://a b`,
    `${id}://x;y/z`,
    `${id}://a/'b'`,
    `${id}://`,
  ])
    expect(commands?.place(place, null).unfit, place).toBeTruthy();
});

test('a variable stands as one word of the shell, and nowhere where a shell would not expand it', () => {
  const variables = { token: 'THE_TOKEN' };
  expect(fill('x <token>', {}, variables)).toEqual({ text: 'x "$THE_TOKEN"', missing: [] });
  expect(fill('x "Bearer <token>"', {}, variables).text).toMatch(/^x "Bearer \$\{THE_TOKEN\}"$/);
  expect(fill("x '<token>'", {}, variables).missing).toEqual(['token']);
});

test('the path of a project is one segment of an address', () => {
  const place = loaded.find(({ id }) => id === 'gitlab')?.commands?.place;
  const { values = {} } = place?.('gitlab://gitlab.com/acme', 'acme/a b/web') ?? {};
  expect(fill('glab api projects/<project>', values).text).toBe(
    'glab api projects/acme%2Fa%20b%2Fweb',
  );
});

test('the script ends with how many steps are ready, need a value and are by hand', () => {
  const host = 'harbor://harbor.example.org';
  const fix = (command?: string) => ({
    harbor: { ...(command === undefined ? {} : { command }), risk: 'r', undo: 'u' },
  });
  const text = rendered(
    fixScript(
      Object.fromEntries(loaded.flatMap(({ id, commands }) => (commands ? [[id, commands]] : []))),
    ),
    report({
      registries: [registry(host)],
      checks: [
        check('a', { fix: fix('curl -u <administrator> https://<host>/<project>') }),
        check('b', { fix: fix('curl https://<host>/<member id>') }),
        check('c', { fix: fix() }),
        check('d', { fix: fix('# look at it\ncurl https://<host>/') }),
      ],
      findings: ['a', 'b', 'c', 'd'].map((id) =>
        finding({ registry: host, repository: 'shop' }, { check: id }),
      ),
    }),
  );
  expect(text).toMatch(/# 4 steps: 1 ready, 1 needs a value, 2 by hand\.\n$/);
  expect(text).toContain('curl -u "$HARBOR_ADMINISTRATOR" https://harbor.example.org/shop\n');
  expect(text).toContain(': "$HARBOR_ADMINISTRATOR" #');
});

test('a finding of ECR Public is fixed in the public registry, and not on a page of the private one', () => {
  const place = 'ecr://123456789012/public';
  const console = 'Amazon ECR > Private registry > Repositories';
  const own = loaded.find(({ id }) => id === 'ecr')?.commands;
  const text = rendered(
    fixScript(own === undefined ? {} : { ecr: own }),
    report({
      registries: [registry(place)],
      checks: [
        check('c', { fix: { ecr: { command: 'aws x <name>', console, risk: '', undo: '' } } }),
      ],
      findings: [finding({ registry: place, repository: 'tool' })],
    }),
  );
  expect(text).toContain('# In the console: Amazon ECR > Public registry > Repositories');
  expect(text).not.toContain('Private registry');
});
