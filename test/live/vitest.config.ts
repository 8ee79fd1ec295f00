import { defineConfig } from 'vitest/config';

/** Suites that need a real peer. They install what they need, and take minutes. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/live/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 420_000,
    fileParallelism: false,
  },
});
