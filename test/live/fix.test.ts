import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { commands } from '../../src/providers/ecr/commands.ts';
import { fixes } from '../../src/providers/ecr/fixes.ts';
import { fixScript } from '../../src/reporters/fix/script.ts';
import { check, finding, registry, rendered, report, rich } from '../reporters/reports.ts';

if (spawnSync('shellcheck', ['--version']).error !== undefined) {
  throw new Error('ShellCheck is not installed (Debian: apt-get install shellcheck)');
}
const ecr = 'ecr://123456789012/eu-west-1';

/** In: a script, and what it takes for worth telling. Out: what ShellCheck says of it. */
function complaints(script: string, severity: 'style' | 'warning'): string {
  const { stdout, status } = spawnSync('shellcheck', ['--severity', severity, '-'], {
    input: script,
    encoding: 'utf8',
  });
  return status === 0 ? '' : stdout;
}

/** Every command of the catalogue, with its comments taken away so that all of it is looked at. */
function everyCommand(repository: string): string {
  const about = Object.entries(fixes).map(([id, fix]) => check(id, { fix: { ecr: fix } }));
  const registryChecks = checks.filter(({ subject }) => subject === 'registry').map(({ id }) => id);
  const findings = about.map(({ id }) =>
    finding(
      { registry: ecr, repository: registryChecks.includes(id) ? null : repository },
      { check: id },
    ),
  );
  const script = rendered(
    fixScript({ ecr: commands }),
    report({ checks: about, findings, registries: [registry(ecr)] }),
  );
  return script.replace(/^# (?=aws |cosign |export |only_in )/gm, '');
}

test('ShellCheck has nothing to say of the script of the rich report', () => {
  expect(complaints(rendered(fixScript({ ecr: commands }), rich), 'style')).toBe('');
});

test('nor of all commands of the catalogue', () => {
  expect(complaints(everyCommand('team/app'), 'style')).toBe('');
});

test.each(["a'b", '$(id)', '`id`', '"', "'; rm -rf ~; '", '\\', '* ~ ?', '# x'])(
  'nor, from a warning on, with a repository named %s',
  (name) => {
    expect(complaints(everyCommand(name), 'warning')).toBe('');
  },
);

test('but it would of a name that is not quoted', () => {
  expect(complaints("#!/bin/sh\nset -eu\naws ecr x '; rm -rf ~; '' y\n", 'style')).not.toBe('');
});
