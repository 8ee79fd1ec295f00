import { join } from 'node:path';
import { measured, root } from './run.ts';

type Show = (what: string, value: string, wanted?: string) => void;

/** What the tests take: those of judgment alone, and all but the live ones. */
export async function suite(show: Show): Promise<void> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const config = join(root, 'test/vitest.config.ts');
  const runs = [
    { name: 'unit', args: ['--project', 'unit'], wall: '8 s on 2 idle cores', cpu: '' },
    { name: 'all', args: [], wall: '', cpu: '90 s' },
  ];
  for (const { name, args, wall, cpu } of runs) {
    const figures = await measured([vitest, 'run', '--config', config, ...args]);
    if (figures.code !== 0) throw new Error(`the tests of ${name} do not pass`);
    const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
    show(`tests, ${name}: processor time, user and system`, seconds(figures.cpu), cpu);
    show(`tests, ${name}: wall time`, seconds(figures.wall), wall);
  }
}
