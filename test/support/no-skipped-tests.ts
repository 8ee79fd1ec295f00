import type { Reporter, TestModule, Vitest } from 'vitest/node';

/**
 * Makes a run fail in which a test was left out, by `skip`, `todo` or the `only` of another: what is not
 * run proves nothing. Tests that a name was asked for on the command line (`-t`) leave out are not meant.
 */
export class NoSkippedTests implements Reporter {
  #chosenByName = false;

  onInit({ config }: Vitest): void {
    this.#chosenByName = config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.#chosenByName) return;
    const skipped = modules.flatMap((module) =>
      [...module.children.allTests('skipped')].map(
        ({ fullName }) => `${module.relativeModuleId}: ${fullName}`,
      ),
    );
    if (skipped.length === 0) return;
    process.stderr.write(`skipped, which counts as failed:\n${skipped.join('\n')}\n`);
    process.exitCode = 1;
  }
}
