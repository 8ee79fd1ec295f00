import type { AllCommands } from '../model/commands.ts';
import { providers } from '../providers/index.ts';

/** What every adapter says of commands. */
export async function allCommands(): Promise<AllCommands> {
  const loaded = await Promise.all(Object.values(providers).map((load) => load()));
  return Object.fromEntries(
    loaded.flatMap(({ id, commands }) => (commands === undefined ? [] : [[id, commands]])),
  );
}
