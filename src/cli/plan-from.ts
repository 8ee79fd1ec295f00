import { chunksOf } from '../files/chunks.ts';
import type { FleetPlan } from '../fleet/plan-file.ts';
import type { CommandContext } from './command-context.ts';

/** The plan in a file. Throws `UsageError` for a file that is none. */
export async function planFrom(context: CommandContext, file: string): Promise<FleetPlan> {
  const { readPlan } = await import('../fleet/plan-file.ts');
  const pieces: Uint8Array[] = [];
  for await (const piece of chunksOf(file, context)) pieces.push(piece);
  return readPlan(file, Buffer.concat(pieces).toString('utf8'));
}
