import { checks } from '../../checks/index.ts';
import { scenario as nexusScenario, scanEstate as scanNexus } from '../support/nexus/scan.ts';
import { ociScenario, scanOci } from '../support/oci/scan-oci.ts';
import { scenario as quayScenario, scanEstate as scanQuay } from '../support/quay/scan.ts';

type Show = (what: string, value: string, wanted: string) => void;

const repositories = 100;
const withoutImages = {
  checks: checks.filter(({ id }) => !id.startsWith('recent-images')),
};

/** The same thing under so many names. */
function named<T>(thing: T): Record<string, T> {
  return Object.fromEntries(
    Array.from({ length: repositories }, (_, index) => [`app-${index}`, thing]),
  );
}

function sum(calls: ReadonlyMap<string, number>): number {
  return [...calls.values()].reduce((all, count) => all + count, 0);
}

/** Prints the calls of a scan of a namespace of 100 repositories without image checks. */
export async function quayCalls(show: Show): Promise<void> {
  const good = await quayScenario('all-good');
  const [[name, namespace] = []] = Object.entries(good.namespaces);
  const [repository] = Object.values(namespace?.repositories ?? {});
  if (name === undefined || namespace === undefined || repository === undefined)
    throw new Error('all-good has changed');
  const estate = {
    ...good,
    namespaces: { [name]: { ...namespace, repositories: named(repository) } },
  };
  const { calls } = await scanQuay(estate, withoutImages);
  show('Quay, 100 repositories: calls', String(sum(calls)), `at most ${25 + 6 * repositories}`);
}

/** Prints the calls of a scan of a server of 100 repositories without image checks. */
export async function nexusCalls(show: Show): Promise<void> {
  const good = await nexusScenario('all-good');
  const [repository] = good.repositories.filter(({ type }) => type === 'hosted');
  if (repository === undefined) throw new Error('all-good has changed');
  const estate = {
    ...good,
    repositories: Object.keys(named(0)).map((name) => ({ ...repository, name })),
  };
  const { calls } = await scanNexus(estate, withoutImages);
  show('Nexus, 100 repositories: calls', String(sum(calls)), 'at most 30');
}

/** Prints the calls of a scan of a registry of 100 repositories without image checks. */
export async function ociCalls(show: Show): Promise<void> {
  const good = await ociScenario('all-good');
  const [repository] = Object.values(good.repositories);
  if (repository === undefined) throw new Error('all-good has changed');
  const { calls } = await scanOci({ ...good, repositories: named(repository) }, withoutImages);
  show('OCI, 100 repositories: calls', String(sum(calls)), `at most ${15 + 5 * repositories}`);
}
