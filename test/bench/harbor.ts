import { allowed, largeEstate } from '../support/harbor/large.ts';
import { scanEstate } from '../support/harbor/scan.ts';

async function callsOf(projects: number): Promise<number> {
  const { calls } = await scanEstate(await largeEstate(projects));
  return [...calls.values()].reduce((sum, count) => sum + count, 0);
}

/** What an instance of Harbor costs of itself, and what each project adds, all checks asked. */
export async function harborCalls(
  show: (what: string, value: string, wanted?: string) => void,
): Promise<void> {
  const [few, many] = [await callsOf(10), await callsOf(60)];
  const each = (many - few) / 50;
  const wanted = allowed.project + allowed.page;
  show('Harbor: calls a project, a page of its images included', each.toFixed(2), String(wanted));
  show('Harbor: calls of the instance itself', (few - 10 * each).toFixed(0), `${allowed.instance}`);
}
