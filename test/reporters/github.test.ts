import { expect, test } from 'vitest';
import { severities } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';
import { renderGithub } from '../../src/reporters/github.ts';
import { fc } from '../support/search.ts';
import {
  byHand,
  check,
  denied,
  expectGolden,
  finding,
  hostile,
  hostileReport,
  labelled,
  rendered,
  report,
  rich,
} from './reports.ts';

interface Command {
  readonly level: string;
  readonly title: string;
  readonly message: string;
}

/** Reads the commands as the runner does; every line must be one. */
function commandsOf(source: Report): Command[] {
  const text = rendered(renderGithub, source);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, level = '', title = '', message = ''] =
        /^::(error|warning|notice) title=([^:,]*)::(.*)$/.exec(line) ?? [];
      expect(level, line).not.toBe('');
      return { level, title: unescaped(title), message: unescaped(message) };
    });
}

function unescaped(text: string): string {
  return text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0A', '\n')
    .replaceAll('%0D', '\r')
    .replaceAll('%25', '%');
}

/** A failure and an unknown of each of so many checks of each severity. */
function many(count: number): Report {
  const place = { registry: 'ecr://1', repository: 'team/app' };
  const findings = severities.flatMap((severity) =>
    Array.from({ length: count }, (_, at) => `${severity}-${String(at).padStart(3, '0')}`).flatMap(
      (id) => [
        finding(place, { check: id, severity }),
        finding(place, { ...denied, check: id, severity }),
      ],
    ),
  );
  const ids = [...new Set(findings.map((one) => one.check))];
  return report({ findings, checks: ids.map((id) => check(id)) });
}

test('the rich report is written as its golden file', async () => {
  await expectGolden(rendered(renderGithub, rich), 'rich.github.txt');
});

test('no more than ten of a level, the most severe, and the last notice counts the rest', () => {
  const commands = commandsOf(many(30));
  for (const level of ['error', 'warning', 'notice']) {
    expect(commands.filter((one) => one.level === level)).toHaveLength(10);
  }
  expect(commands[0]?.title).toBe('critical: critical-000');
  expect(commands.at(-1)).toMatchObject({ level: 'notice', title: 'regaudit' });
  // 8 groups of 30, less 10 errors, 10 warnings and 9 notices.
  expect(commands.at(-1)?.message).toContain('211 annotations above');
});

test('an unknown is a warning of any severity and says that it is unknown', () => {
  const place = { registry: 'ecr://1', repository: 'team/app' };
  const [unknown] = commandsOf(report({ findings: [finding(place, denied)] }));
  expect(unknown).toMatchObject({ level: 'warning', title: 'unknown: c' });
  expect(unknown?.message).toContain('retention is unknown');
});

test('what somebody answers for is counted and not annotated', () => {
  const commands = commandsOf(labelled);
  expect(commands.at(-1)?.message).toContain(
    '(14 waived, 14 baselined, 21 accepted, 2 to check by hand); evaluated 25 of 55 checks in 5 registries',
  );
  const place = { registry: 'ecr://1', repository: 'team/app' };
  const waived = finding(place, { suppression: { kind: 'baseline' } });
  expect(commandsOf(report({ findings: [waived] }))).toHaveLength(1);
});

test('what is to be checked by hand is counted and not annotated', () => {
  const place = { registry: 'ecr://1', repository: 'team/app' };
  expect(commandsOf(report({ findings: [finding(place, byHand)] }))).toHaveLength(1);
});

test('no text of a stranger is a command of its own', () => {
  fc.assert(
    fc.property(hostile, hostile, (name, says) => {
      const source = hostileReport(name, says);
      expect(commandsOf(source)).toHaveLength(3);
      expect(rendered(renderGithub, source)).not.toMatch(/##[a-z]*\[/i);
    }),
  );
});

test('a message that ends with the full stop of a vendor has one', () => {
  const place = { registry: 'artifact-registry://p/europe', repository: 'app' };
  const said = { ...denied, message: "retention is unknown: Permission denied on 'x'.." };
  const [annotation] = commandsOf(
    report({ findings: [finding(place, said), finding({ ...place, repository: 'b' }, said)] }),
  );
  expect(annotation?.message).toMatch(/ Permission denied on 'x'\. And 1 more\./);
});
