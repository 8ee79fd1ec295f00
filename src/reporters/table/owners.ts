import type { RegistrySummary, Report } from '../../model/report.ts';
import { order, type Row, worstOf } from './grid.ts';
import { plural } from './page.ts';
import { registryRows } from './registry-rows.ts';

/** From here on owners are listed, and no single registries. */
const manyRegistries = 20;

/** What one account, subscription, project or group has. */
interface Owner {
  readonly name: string;
  readonly registries: RegistrySummary[];
}

/**
 * The rows of a large estate by owner, the worst first, and what there is in all; null: there are few registries, or
 * hardly any owner has several.
 */
export function ownerRows(
  report: Report,
): { readonly rows: readonly Row[]; readonly fleet: string } | null {
  const { registries } = report;
  const owners = ownersOf(registries);
  if (registries.length <= manyRegistries || owners.size * 2 > registries.length) return null;
  const worst = new Map(registryRows(report).map((row) => [row.name, row.worst]));
  const rows = [...owners.values()].map(({ name, registries: own }) => {
    const sum = (key: keyof RegistrySummary['summary']) =>
      own.reduce((total, { summary }) => total + summary[key], 0);
    const counts = {
      pass: sum('pass'),
      fail: sum('fail'),
      unknown: sum('unknown'),
      'not-applicable': sum('notApplicable'),
    };
    const unread = own.some(({ id }) => worst.get(id) === 'unknown');
    return {
      name,
      about: `${own.filter(isUsed).length} of ${own.length}`,
      counts,
      worst: counts.fail === 0 && unread ? ('unknown' as const) : worstOf(counts),
    };
  });
  return { rows: rows.sort(worstFirst), fleet: fleetOf(registries, owners.size) };
}

function ownersOf(registries: readonly RegistrySummary[]): Map<string, Owner> {
  const owners = new Map<string, Owner>();
  for (const registry of registries) {
    const { account, id, provider } = registry;
    const name = account === undefined ? id : `${provider}://${account}`;
    const owner = owners.get(name) ?? { name, registries: [] };
    owners.set(name, owner);
    owner.registries.push(registry);
  }
  return owners;
}

/** Whether there is anything in it, as far as is known. */
function isUsed({ repositories }: RegistrySummary): boolean {
  return repositories.count > 0 || (repositories.known ?? 0) > 0;
}

/** Every registry is in one of these. */
function fleetOf(registries: readonly RegistrySummary[], owners: number): string {
  const used = registries.filter(isUsed).length;
  const unread = registries.filter((one) => !isUsed(one) && !isRead(one)).length;
  const parts = [
    `${used} with repositories`,
    `${registries.length - used - unread} empty`,
    ...(unread > 0 ? [`${unread} not read`] : []),
  ];
  return `${plural(registries.length, 'registry', 'registries')} of ${plural(owners, 'owner')}: ${parts.join(', ')}`;
}

function isRead({ reachable, repositories }: RegistrySummary): boolean {
  return reachable && repositories.complete;
}

function worstFirst(a: Row, b: Row): number {
  return (
    order.indexOf(a.worst) - order.indexOf(b.worst) ||
    b.counts.fail - a.counts.fail ||
    b.counts.unknown - a.counts.unknown ||
    (a.name < b.name ? -1 : 1)
  );
}
