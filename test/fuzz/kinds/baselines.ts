import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baselineText, readBaseline } from '../../../src/findings/baseline-file.ts';
import { type Kind, outcomeOf } from '../kind.ts';
import { mutated } from '../mutate.ts';

/** Baselines. */
export async function start(): Promise<Kind> {
  const cwd = mkdtempSync(join(tmpdir(), 'regaudit-fuzz-'));
  const entry = {
    registry: 'ecr://1/eu-west-1',
    check: 'tags-immutable',
    evidence: 'ab'.repeat(16),
  };
  const entries = [
    { ...entry, repository: 'a/b', verdict: 'fail' as const },
    { ...entry, repository: null, verdict: 'unknown' as const },
  ];
  const text = [...baselineText(entries, new Date('2026-11-02T09:00:00Z'))].join('');
  return {
    attempt: async (random) => {
      writeFileSync(join(cwd, 'x.json'), mutated(text, random));
      return [await outcomeOf(() => readBaseline('x.json', cwd))];
    },
    close: async () => rmSync(cwd, { recursive: true, force: true }),
  };
}
