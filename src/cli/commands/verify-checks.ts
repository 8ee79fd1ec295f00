import { checks } from '../../../checks/index.ts';
import { faultsOf } from '../../declarative/verify.ts';
import type { CommandContext } from '../command-context.ts';
import { customChecks } from '../custom-checks.ts';

/** `regaudit verify-checks`: tests custom checks against their examples. 0: all do; 1: some do not. */
export async function verifyChecks(context: CommandContext, folder: string): Promise<number> {
  const { log, print } = context;
  const custom = await customChecks(
    context,
    { folders: [folder], modules: [], configured: [] },
    checks,
  );
  const faults = custom.cases.flatMap(faultsOf);
  const bare = custom.checks.filter(({ id }) => !custom.cases.some(({ check }) => check.id === id));
  for (const { id } of bare) log.say(`${id} has no examples`);
  for (const { check, example, why } of faults) {
    log.error(`${check}: ${example === '' ? why : `${example}: ${why}`}`);
  }
  const rows = custom.cases.reduce((sum, one) => sum + Object.keys(one.rows).length, 0);
  await print([`${custom.checks.length} checks, ${rows} examples, ${faults.length} faults\n`]);
  return faults.length === 0 ? 0 : 1;
}
