import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';
import { commands } from '../../src/providers/ecr/commands.ts';
import { fixes } from '../../src/providers/ecr/fixes.ts';
import { fill } from '../../src/reporters/fix/command.ts';
import { fixScript, fixTerraform } from '../../src/reporters/fix/script.ts';
import { anyText, fc, tries } from '../support/search.ts';
import { check, denied, finding, registry, rendered, report, rich } from './reports.ts';

const ecr = 'ecr://123456789012/eu-west-1';
const aboutRegistry = new Set(
  checks.filter(({ subject }) => subject === 'registry').map(({ id }) => id),
);

/** In: a command of the catalogue and repositories it fails for. Out: the report. */
function failing(command: string, repositories: readonly string[], changes: Partial<Finding> = {}) {
  return report({
    registries: [registry(ecr)],
    checks: [
      check('c', { fix: { ecr: { command, risk: 'It may break.', undo: 'Put it back.' } } }),
    ],
    findings: repositories.map((repository) => finding({ registry: ecr, repository }, changes)),
  });
}

function script(source: Report): string {
  return rendered(fixScript({ ecr: commands }), source);
}

/** The lines that a shell runs. */
function live(text: string): string[] {
  return text.split('\n').filter((line) => line.startsWith('aws '));
}

test('a step names the findings it answers, the risk, the way back and the command', () => {
  const text = script(failing('aws ecr x --repository-name <name>', ['a', 'b']));
  expect(text).toContain('# Nothing was run');
  expect(text).toContain(`# ==== HIGH c (ecr), 2 findings
# Expected: It is as it should be.
# Risk: It may break.
# Undo: Put it back.
#
# ${ecr}/a: it is not [finding ${Buffer.from(`${ecr}/a`).toString('hex').slice(0, 12)}]
only_in 123456789012
export AWS_REGION=eu-west-1
aws ecr x --repository-name 'a'
#
`);
  expect(live(text)).toEqual([
    "aws ecr x --repository-name 'a'",
    "aws ecr x --repository-name 'b'",
  ]);
});

test('one command that answers many findings is printed once, with the findings counted', () => {
  const names = Array.from({ length: 30 }, (_, at) => `app-${at}`);
  const text = script(failing('aws ecr put-registry-scanning-configuration', names));
  expect(live(text)).toHaveLength(1);
  expect(text).toContain('30 findings');
  expect(text).toContain('# and 10 more findings that the same command fixes');
});

test.each([
  ['a value nobody knows', 'aws iam delete-access-key --user-name <user>', "'<user>'"],
  ['a step for people', 'aws a\n# edit it\naws b', '# # edit it'],
  [
    'a file to be written first',
    'aws ecr x --policy-text file://policy.json',
    'file://policy.json',
  ],
])('a command with %s is a comment', (_, command, says) => {
  const text = script(failing(command, ['a']));
  expect(live(text)).toEqual([]);
  expect(text).toContain(says);
  expect(text).not.toMatch(/^only_in \d/m);
});

test('what is waived, in the baseline or unknown is counted and has no step', () => {
  const source = failing('aws ecr x --repository-name <name>', ['a']);
  const place = { registry: ecr, repository: 'b' };
  const until = { reason: 'later', owner: null, until: '2027-01-01', ticket: null };
  const text = script({
    ...source,
    findings: [
      ...source.findings,
      finding(place, { suppression: { kind: 'waiver', ...until } }),
      finding(place, { suppression: { kind: 'baseline' } }),
      finding(place, denied),
      finding(place, { verdict: 'pass' }),
    ],
  });
  expect(live(text)).toEqual(["aws ecr x --repository-name 'a'"]);
  expect(text).toContain('# 1 failing finding; 2 waived or in the baseline are not included.');
  expect(text).toContain('# 1 unknown finding: not included.');
});

test('without a description the risk and the way back are said to be unknown', () => {
  const text = script(report({ findings: [finding({ registry: 'x://y', repository: 'a' })] }));
  expect(text).toContain('# Risk: not described;');
  expect(text).toContain('# Undo: not described;');
  expect(text).toContain('# No fix is described.');
});

test('each registry brings its region, and a public one gets no command for private ones', () => {
  const places = [
    { registry: ecr, repository: 'a' },
    { registry: 'ecr://123456789012/public', repository: 'p' },
    { registry: 'ecr://123456789012/us-east-1', repository: 'a' },
  ];
  const checks = [check('c', { fix: { ecr: { command: 'aws ecr x', console: 'Click' } } })];
  const text = script(report({ checks, findings: places.map((place) => finding(place)) }));
  expect(text.match(/^export .*|^aws .*|^# No command.*/gm)).toEqual([
    'export AWS_REGION=eu-west-1',
    'aws ecr x',
    '# No command: the commands are for private registries.',
    'export AWS_REGION=us-east-1',
    'aws ecr x',
  ]);
});

test('as Terraform everything is a comment', () => {
  const terraform = 'aws_ecr_repository: image_tag_mutability = "IMMUTABLE"';
  const source = report({
    checks: [check('c', { fix: { ecr: { terraform } } })],
    findings: [finding({ registry: ecr, repository: 'a\nresource "x" "y" {}' })],
  });
  const text = rendered(fixTerraform, source);
  expect(text).toContain(`# ${terraform}`);
  expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
});

test('a report that lies about everything ends no comment', () => {
  const text = fc.oneof(
    fc.constantFrom('\naws evil', '\r\naws evil', '\u2028aws evil', '##[group]', '`aws evil`'),
    anyText(30),
  );
  fc.assert(
    fc.property(text, text, text, (name, says, id) => {
      const source = report({
        tool: { name: id, version: says },
        finishedAt: name,
        checks: [check('c', { title: says, fix: { ecr: { console: id, risk: says, undo: id } } })],
        findings: [
          finding(
            { registry: `ecr://${id}/${says}`, repository: name },
            { message: says, fingerprint: id },
          ),
        ],
      });
      const lines = script(source).split('\n').slice(1);
      const running = lines.filter((line) => line !== '' && !line.startsWith('#'));
      expect(running).toEqual(['set -eu']);
      expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|##[a-z]*\[/iu);
    }),
  );
});

describe('quoting', () => {
  test.each([
    ['x <name>', "x 'a b'", []],
    ['x --n=<name>', "x --n='<name>'", ['name']],
    ["x '<name>'", "x '<name>'", ['name']],
    [`x '{"a":"<name>"}'`, `x '{"a":"a b"}'`, []],
    ['x "<name>"', 'x "<name>"', ['name']],
    ['x # <name> and <other>', 'x # a b and <other>', []],
    ['x <other> <other>', "x '<other>' '<other>'", ['other']],
    ['x < file \\<name>', 'x < file \\<name>', []],
    ['x <constructor>', "x '<constructor>'", ['constructor']],
    ['x --repo=<tame>/y', 'x --repo=team/app/y', []],
  ])('%s becomes %s', (command, text, missing) => {
    expect(fill(command, { name: 'a b', tame: 'team/app' })).toEqual({ text, missing });
  });

  test.each([
    '',
    '-rf',
    '--endpoint-url=x',
    '@file',
    'file:///etc/passwd',
    'a\nb',
    'a\u202eb',
    '##[x]',
    // Quotes of sh, and those that end a word in PowerShell and fish as well.
    "it's",
    "'; touch owned; '",
    'a\u2019; touch owned; \u2018b',
    'a\u201a',
    'a\u201b',
    'a\\',
    "\\'",
  ])('the value %j is put into no command', (name) => {
    expect(fill('x <name>', { name })).toEqual({ text: "x '<name>'", missing: ['name'] });
  });
});

describe('the script in a shell', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regaudit-fix-'));
  const log = join(folder, 'log');
  const bin = join(folder, 'bin');
  beforeAll(() => {
    mkdirSync(bin);
    // Says which account it is, and notes everything else it is called with.
    writeFileSync(
      join(bin, 'aws'),
      '#!/bin/sh\nif [ "$1" = sts ]; then echo "$ACCOUNT"; exit; fi\n{ printf "%s\\0" "$AWS_REGION" "$@"; printf "\\1"; } >>"$LOG"\n',
    );
    chmodSync(join(bin, 'aws'), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs a script with a stand-in for `aws`. Out: the arguments of each call, its region first. */
  function calls(text: string, account = '123456789012'): string[][] {
    writeFileSync(log, '');
    writeFileSync(join(folder, 'fix.sh'), text);
    const env = { PATH: [bin, process.env['PATH']].join(delimiter), LOG: log, ACCOUNT: account };
    execFileSync('sh', [join(folder, 'fix.sh')], { env, cwd: folder, stdio: 'pipe' });
    const said = readFileSync(log, 'utf8').split('\u0001').slice(0, -1);
    return said.map((call) => call.split('\u0000').slice(0, -1));
  }

  const ours = [
    'aws ecr x --repository-name <name>',
    `aws ecr x --rules '[{"filter":"<name>"}]' # about <name>`,
  ];
  const attack = fc.constantFrom(
    "'; touch owned; '",
    '$(touch owned)',
    '`touch owned`',
    '"; touch owned; "',
    'a && touch owned',
    "\\'",
    '*',
    '~',
    '$HOME',
    "it's",
    '# no comment',
    '<name>',
    'a  b ',
    ' a',
  );
  const name = fc.oneof(
    attack,
    fc.string({ maxLength: 20 }),
    fc.string({ unit: 'grapheme', maxLength: 10 }),
  );

  test('any name reaches the command as one argument, or the command is not run', () => {
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...ours),
        (names, command) => {
          const distinct = [...new Set(names)];
          const made = calls(script(failing(command, distinct)));
          const run = distinct.filter((one) => fill(command, { name: one }).missing.length === 0);
          expect(made).toEqual(
            run.map((one) =>
              command === ours[0]
                ? ['eu-west-1', 'ecr', 'x', '--repository-name', one]
                : ['eu-west-1', 'ecr', 'x', '--rules', JSON.stringify([{ filter: one }])],
            ),
          );
        },
      ),
      tries(25),
    );
    expect(() => readFileSync(join(folder, 'owned'))).toThrow();
  });

  test('every visible name that is no option, without quotes and operators of any shell, is put into a command', () => {
    fc.assert(
      fc.property(attack, (one) => {
        const unfit = /['"`\\&|<>]/.test(one);
        expect(fill('x <name>', { name: one }).missing).toEqual(unfit ? ['name'] : []);
      }),
    );
  });

  test.each(['a" --force "b', 'a & calc', 'a | b', 'a > b', 'a^b', 'a\u201cb', 'a`b'])(
    'a name that PowerShell or cmd.exe could take apart is put into no command: %s',
    (one) => {
      for (const command of ours) expect(fill(command, { name: one }).missing).toEqual(['name']);
    },
  );

  test('with the credentials of another account nothing is run', () => {
    const text = script(failing('aws ecr x --repository-name <name>', ['a']));
    expect(() => calls(text, '999999999999')).toThrow(/not credentials of the account/);
    expect(readFileSync(log, 'utf8')).toBe('');
  });

  test('what the catalogue says for ECR runs as it is or waits for people', () => {
    const about = Object.entries(fixes).map(([id, fix]) => check(id, { fix: { ecr: fix } }));
    const findings = about.map(({ id }) =>
      finding(
        { registry: ecr, repository: aboutRegistry.has(id) ? null : 'team/app' },
        { check: id },
      ),
    );
    const text = script(report({ checks: about, findings, registries: [registry(ecr)] }));
    expect(calls(text).map(([region, ...args]) => [region, args[1]])).toEqual(
      expect.arrayContaining([['eu-west-1', 'put-image-tag-mutability']]),
    );
    expect(calls(text).flat().join(' ')).not.toMatch(/delete|<|team\/app\//);
    expect(findings.length).toBeGreaterThan(30);
  });

  test('the script of the rich report is one that a shell understands', () => {
    expect(calls(script(rich)).map((args) => args[2])).toEqual(
      expect.arrayContaining(['put-image-tag-mutability']),
    );
  });
});
