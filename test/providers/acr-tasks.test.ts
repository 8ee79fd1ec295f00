import { describe, expect, test } from 'vitest';
import type { EstateRegistry } from '../../src/demo/acr/estate.ts';
import { stepsIn, wordsOf } from '../../src/providers/acr/decode/task-steps.ts';
import { task, taskOf } from '../../src/providers/acr/decode/tasks.ts';
import { removalBy } from '../../src/providers/acr/facts/purge.ts';
import { type Difference, findingOf } from '../support/acr/one-registry.ts';

const timer = { timerTriggers: [{ name: 't', schedule: '0 3 * * *', status: 'Enabled' }] };
const encode = (text: string) => Buffer.from(text).toString('base64');
const steps = (...commands: readonly string[]) =>
  `version: v1.1.0\nsteps:\n${commands.map((cmd) => `  - cmd: ${cmd}\n`).join('')}`;

type Tasks = NonNullable<EstateRegistry['tasks']>;

/** One task with these steps, which a timer starts, in a registry without a retention policy. */
function running(text: string, properties: Tasks[string] = {}): Difference {
  const step = { type: 'EncodedTask', encodedTaskContent: encode(text) };
  const one = { status: 'Enabled', isSystemTask: false, step, trigger: timer, ...properties };
  return { registry: { tasks: { nightly: one } } };
}

function withoutPolicy(difference: Difference): Difference {
  const policies = {
    quarantinePolicy: { status: 'disabled' },
    retentionPolicy: { status: 'disabled', days: 7 },
    exportPolicy: { status: 'disabled' },
  };
  return { ...difference, properties: { policies } };
}

const spares = (difference: Difference) =>
  findingOf('retention-spares-production', withoutPolicy(difference), 'web');
const purge = "acr purge --filter 'web:.*' --ago 30d";

test('a task of another registry is none of this one', () => {
  const of = (registry: string) => ({
    id: `/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/${registry}/tasks/t`,
  });
  expect(taskOf('shop', of('Shop'))).toEqual(of('Shop'));
  for (const wrong of [of('shop2'), of('other'), {}])
    expect(() => taskOf('shop', wrong)).toThrow(/another registry|id/);
});

describe('a purge is the same in every spelling', () => {
  test.each([
    ['by its short name', steps(purge)],
    [
      'by its image',
      steps("mcr.microsoft.com/acr/acr-cli:0.5 purge --filter 'web:.*' --ago 30d --untagged"),
    ],
    [
      'folded',
      `version: v1.1.0\nsteps:\n  - cmd: >\n      acr\n      purge --filter 'web:.*'\n      --ago 30d\n`,
    ],
    [
      'by an alias',
      `version: v1.1.0\nalias:\n  values:\n    clean: mcr.microsoft.com/acr/acr-cli:0.5 purge\nsteps:\n  - cmd: $clean --filter 'web:.*' --ago=30d\n`,
    ],
    ['as JSON', JSON.stringify({ version: 'v1.1.0', steps: [{ cmd: purge }] })],
    ['for its registry by name', steps(`${purge} -r {{.Run.Registry}}`)],
  ])('%s', async (_, text) => {
    const { verdict, message } = await spares(running(text));
    expect(verdict).toBe('fail');
    expect(message).toContain('acr purge of task nightly [images tagged *, 30 days');
  });
});

describe('what a purge removes', () => {
  test.each([
    ["acr purge --filter 'other:.*' --ago 30d", 'pass', /no image is removed/],
    ["acr purge --filter 'web:^pr-.*' --ago 30d", 'fail', /tagged pr-\*/],
    [`${purge} --keep 12`, 'pass', /all but the newest 12/],
    ["acr purge --filter 'web:.*' --ago 100d", 'pass', /100 days/],
    ["acr purge --filter '.*:.*' --ago 2d3h", 'fail', /2 days/],
    [`${purge} --dry-run`, 'pass', /dry-run mode/],
    [`${purge} --dry-run=false`, 'fail', /30 days/],
  ])('%s: %s', async (command, verdict, words) => {
    const found = await spares(running(steps(command)));
    expect(found.verdict).toBe(verdict);
    expect(found.message).toMatch(words);
  });

  test('manifests without a tag by --untagged', async () => {
    const said = async (command: string) =>
      (await findingOf('untagged-expire', withoutPolicy(running(steps(command))), 'web')).verdict;
    expect(await said(`${purge} --untagged`)).toBe('pass');
    expect(await said(purge)).toBe('fail');
    expect(await said("acr purge --filter 'other:.*' --ago 30d --untagged")).toBe('fail');
  });

  test.each([
    ['az acr repository delete -n shop --repository web --yes'],
    ['bash -c "acr purge"'],
    ['$Registry/cleaner:1'],
    [`${purge} --from-now-on`],
    ["acr purge --filter 'web:(a|b)+' --ago 30d"],
    ["acr purge --filter 'web:[0-9a-f]{7}' --ago 30d"],
    ['acr purge --filter "{{.Values.filter}}" --ago 30d'],
    ["acr purge --filter 'web:.*' --ago {{.Values.ago}}"],
    ["acr purge --filter 'web:.*'"],
    [`${purge} --registry another`],
    ['acr tag delete -r shop web:v1'],
  ])('%s cannot be ruled out', async (command) => {
    expect((await spares(running(steps(command)))).verdict).toBe('unknown');
  });

  test.each([
    ['a build and a push', 'version: v1.1.0\nsteps:\n  - build: -t web:1 .\n  - push: [web:1]\n'],
    ['a list', steps('acr tag list -r shop --repository web')],
  ])('%s removes nothing', async (_, text) => {
    expect((await spares(running(text))).verdict).toBe('pass');
  });

  test.each([
    ['in a file', { step: { type: 'FileTask', taskFilePath: 'purge.yaml' } }, 'unknown'],
    [
      'in a file that nothing starts',
      { step: { type: 'FileTask', taskFilePath: 'purge.yaml' }, trigger: null },
      'pass',
    ],
    ['of a task that is off', { status: 'Disabled' }, 'pass'],
    ['that nothing starts', { trigger: null }, 'unknown'],
    [
      'whose timer is off',
      { trigger: { timerTriggers: [{ name: 't', status: 'Disabled' }] } },
      'unknown',
    ],
  ])('steps %s', async (_, properties, verdict) => {
    expect((await spares(running(steps(purge), properties))).verdict).toBe(verdict);
  });

  test('steps that are no YAML cannot be ruled out', async () => {
    expect((await spares(running('steps: ['))).verdict).toBe('unknown');
  });
});

describe('the words of a command', () => {
  test.each([
    [`a 'b c' "d e" f\\ g`, ['a', 'b c', 'd e', 'f g']],
    [`--x='1 2'3`, ['--x=1 23']],
    [`a "b`, null],
    ['', []],
  ])('%s', (command, words) => {
    expect(wordsOf(command)).toEqual(words);
  });

  test('an alias in another file is not known', () => {
    expect(stepsIn('alias:\n  src: [x]\nsteps:\n  - cmd: acr version\n').mode).toBe('unreadable');
  });

  test.each([
    ['30d', 30],
    ['0d', 0],
    ['2d3h6m', 2],
    ['49h', 2],
    ['d', null],
    ['-3d', null],
    ['1w', null],
  ])('an age of %s is %s days', (ago, days) => {
    const removal = removalBy(['acr', 'purge', '--filter', 'a:b', '--ago', ago]);
    expect(removal.mode === 'purge' ? removal.purge.days : null).toBe(days);
  });

  test.each([
    ['app:v1', 'app', '*v1*'],
    ['app:^v1$', 'app', 'v1'],
    ['app:^v\\d+', 'app', 'v*'],
    ['a.*:.*', 'a*', '*'],
    ['a-b/c_d:x\\.y', 'a-b/c_d', '*x.y*'],
  ])('filter %s', (filter, repositories, tags) => {
    const removal = removalBy(['acr', 'purge', '-f', filter, '--ago', '1d']);
    const found = removal.mode === 'purge' ? removal.purge.filters : [];
    expect(found.map((one) => [one.repositories.pattern, one.tags.pattern])).toEqual([
      [repositories, tags],
    ]);
  });

  test.each(['app', 'a:b:c', ':b', 'a:', 'a:(b)', 'a:b{2}', 'a:b+', 'a:[^b]', 'a:\\bx'])(
    'filter %s cannot be evaluated',
    (filter) => {
      expect(removalBy(['acr', 'purge', '-f', filter, '--ago', '1d']).mode).toBe('unclear');
    },
  );
});

describe('the credentials of a task', () => {
  const read = (step: object, more: object = {}) =>
    task({ name: 'nightly', properties: { status: 'Enabled', step, ...more } });
  const docker = { type: 'Docker', isPushEnabled: true };

  test.each([
    ['https://github.com/acme/private.git#main', 1],
    ['https://dev.azure.com/acme/_git/app', 1],
    ['git@github.com:acme/private.git', 1],
    ['github.com/acme/private.git', 1],
    ['https://github.com/acme/private.git#main:context.tar.gz', 1],
    ['https://store.shop.example/context.tar.gz', 0],
    ['/dev/null', 0],
    ['oci://shop.azurecr.io/context:1', 0],
    [null, 0],
  ])('with the context %s: %i that the API never shows', (contextPath, hidden) => {
    const step = { ...docker, contextPath, contextAccessToken: null };
    expect(read(step).hidden).toHaveLength(hidden);
  });

  test('a context from Git leaves it open whether a token is stored', async () => {
    const contextPath = 'https://github.com/acme/private.git#main';
    const { verdict, message } = await findingOf(
      'build-credentials-safe',
      running('', { step: { ...docker, contextPath, contextAccessToken: null } }),
    );
    expect(verdict).toBe('unknown');
    expect(message).toContain('the API does not return every login that a task stores');
  });

  test.each([
    ['docker login', steps('docker login -u bot -p Hunter2Secret shop.azurecr.io')],
    ['a flag', steps('mirror sync --password=Hunter2Secret')],
    ['the environment', 'steps:\n  - cmd: mirror sync\n    env: ["GIT_PAT=Hunter2Secret"]\n'],
    ['a known form', steps(`mirror sync ghp_${'a1B2'.repeat(9)}`)],
    ['an address', steps('git clone https://bot:Hunter2Secret@git.shop.example/x')],
    ['a signed token', steps('call --bearer-eyJhbGciOiJIUzI1.eyJzdWIiOiJib3Qi.c2lnbmVk')],
  ])('steps show a secret in %s', (_, text) => {
    const { credentials } = read({ type: 'EncodedTask', encodedTaskContent: encode(text) });
    expect(credentials).toEqual([{ what: 'a secret in its steps', kept: 'plain' }]);
    expect(JSON.stringify(credentials)).not.toContain('Hunter2');
  });

  test.each([
    [steps('docker login -u bot -p $BOT_PASSWORD shop.azurecr.io')],
    [steps('docker login -u bot --password {{.Secrets.bot}} shop.azurecr.io')],
    [steps('web -p 8080:80')],
    [
      'secrets:\n  - id: bot\n    keyvault: https://v.vault.azure.net/secrets/bot\nsteps:\n  - cmd: web\n',
    ],
  ])('%s shows none', (text) => {
    const { credentials } = read({ type: 'EncodedTask', encodedTaskContent: encode(text) });
    expect(credentials).toEqual([]);
  });

  test('steps of a million characters are searched in linear time', () => {
    const text = steps(`web ${'eyJ'.repeat(330_000)}`);
    const { credentials } = read({ type: 'EncodedTask', encodedTaskContent: encode(text) });
    expect(credentials).toEqual([]);
  });

  test('values show theirs', () => {
    const encodedValuesContent = encode('gitPassword: Hunter2Secret\nregion: west\n');
    const step = { type: 'EncodedTask', encodedTaskContent: encode(steps('web')) };
    expect(read({ ...step, encodedValuesContent }).credentials).toEqual([
      { what: 'a secret in its values', kept: 'plain' },
    ]);
  });

  test.each([
    ['GIT_PAT', 'x1', 'plain'],
    ['DB_PWD', 'x1', 'plain'],
    ['STORAGE_KEY', 'x1', 'plain'],
    ['CONNECTION_STRING', 'x1', 'plain'],
    ['BLOB_SAS', 'x1', 'plain'],
    ['NOTE', `ghp_${'a1B2'.repeat(9)}`, 'plain'],
    ['TOKEN', '$TOKEN', null],
    ['TOKEN_URL', 'https://login.shop.example', null],
    ['CACHE_KEY', 'v3', null],
    ['PATH', '/usr/bin', null],
    ['CHANNEL', 'stable', null],
  ])('argument %s=%s: %s', (name, value, kept) => {
    const step = { ...docker, arguments: [{ name, value, isSecret: false }] };
    expect(read(step).credentials.map((one) => one.kept)).toEqual(kept === null ? [] : [kept]);
  });

  test('an argument that is marked as secret is stored', () => {
    const step = { ...docker, arguments: [{ name: 'X', isSecret: true }] };
    expect(read(step).credentials).toEqual([{ what: 'argument X', kept: 'stored' }]);
  });
});
