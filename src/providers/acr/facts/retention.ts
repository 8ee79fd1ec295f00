import type { ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { RetentionRule } from '../../../model/retention.ts';
import { matches } from '../../../model/wildcard.ts';
import { Inconclusive, join, known } from '../../facts.ts';
import { onPremiumOnly } from '../decode/network.ts';
import { type Described, untaggedDays } from '../decode/registry.ts';
import type { Task } from '../decode/tasks.ts';
import type { imagesOf } from './images.ts';
import { type Purge, removalBy } from './purge.ts';
import { inRegistry, type Settings } from './settings.ts';

type Retention = ValueOf<RepositoryFacts['retention']>;

export interface RetentionSources {
  readonly registry: Described;
  readonly settings: Pick<Settings, 'tasks'>;
  readonly images: Pick<ReturnType<typeof imagesOf>, 'manifests'>;
}

/** The policy for untagged manifests, and what the registry's own tasks remove of a repository. */
export async function retentionOf(
  repository: string,
  { registry, settings, images }: RetentionSources,
): Promise<RepositoryFacts['retention']> {
  const days = registry.plan === 'Premium' ? inRegistry(registry, untaggedDays) : never;
  const manifests =
    days.state === 'known' && days.value !== null ? await images.manifests() : noManifests;
  return join([days, await settings.tasks(), manifests], (after, tasks, { oci }): Retention => {
    const runs = tasks.filter(({ enabled }) => enabled).flatMap(purgesOf);
    const removing = runs.filter(({ purge }) => !purge.dryRun);
    const rules = [
      ...(after === null ? [] : [untaggedRule(after, oci)]),
      ...removing.flatMap((run) => rulesOf(run, registry, repository)),
    ];
    if (rules.length > 0) return { mode: 'rules', rules };
    if (runs.length > removing.length) return { mode: 'dry-run' };
    return { mode: 'none', ...onPremiumOnly(registry, 'retention policy') };
  });
}

const never = known('Registries_Get', '', () => null);
const noManifests = known('Registries_Get', '', () => ({ oci: false }));

interface TaskPurge {
  readonly task: string;
  readonly purge: Purge;
}

/** What a task purges. Throws when it may remove images, and which is not told. */
function purgesOf({ name, starts, steps }: Task): TaskPurge[] {
  switch (steps.mode) {
    case 'none':
      return [];
    case 'elsewhere':
    case 'unreadable':
      if (!starts) return [];
      throw new Inconclusive(
        `task ${name} runs steps that cannot be read from here, which may remove images`,
      );
    case 'commands':
      return steps.commands.flatMap((words) => purgesBy(name, starts, words));
  }
}

function purgesBy(name: string, starts: boolean, words: readonly string[]): TaskPurge[] {
  const removal = removalBy(words);
  switch (removal.mode) {
    case 'none':
      return [];
    case 'unclear':
      if (!starts) return [];
      throw new Inconclusive(`task ${name} ${removal.why}`);
    case 'purge':
      if (starts || removal.purge.dryRun) return [{ task: name, purge: removal.purge }];
      throw new Inconclusive(`task ${name} runs acr purge, and what starts it is not told`);
  }
}

/** Each filter that reaches the repository as a rule. An age and a number to keep must both be passed. */
function rulesOf(
  { task, purge }: TaskPurge,
  registry: Described,
  repository: string,
): RetentionRule[] {
  if (!concerns(purge, registry)) {
    throw new Inconclusive(`task ${task} runs acr purge, and in which registry is not told`);
  }
  const here = purge.filters.filter(({ repositories }) =>
    matches(repositories.pattern, repository),
  );
  if (
    here.some(({ repositories, tags }) => !repositories.exact || !tells(tags.pattern, tags.exact))
  ) {
    throw new Inconclusive(`task ${task} runs acr purge with a filter that cannot be evaluated`);
  }
  const name = `acr purge of task ${task}`;
  // The number is one for all filters of a run together.
  const keeps =
    purge.keep > 0 && here.length === 1
      ? { mode: 'newest' as const, images: purge.keep }
      : { mode: 'days' as const, days: purge.days, since: 'push' as const };
  const tagged = here.map(({ tags }): RetentionRule => {
    return { name, selects: 'tagged', patterns: [tags.pattern], removes: true, keeps };
  });
  const age = { mode: 'days', days: purge.days, since: 'push' } as const;
  const untagged: RetentionRule = {
    name: `${name}, without a tag`,
    selects: 'untagged',
    patterns: [],
    removes: true,
    keeps: age,
  };
  return here.length > 0 && purge.untagged ? [...tagged, untagged] : tagged;
}

/** Whether a run purges the registry that its task belongs to; a name may be filled in when it runs. */
function concerns({ registry: said }: Purge, { name, loginServer }: Described): boolean {
  const own = ['', '$registry', '$registryname', '{{.run.registry}}', '{{.run.registryname}}'];
  const named = said.replaceAll(' ', '').toLowerCase();
  return [...own, name.toLowerCase(), loginServer.toLowerCase()].includes(named);
}

/** Whether a wildcard says enough of an expression that it widens: it must begin with more than a star. */
function tells(pattern: string, exact: boolean): boolean {
  return exact || !pattern.startsWith('*');
}

/** The policy passes over manifests of the OCI format, which most builders write by now (retention guide). */
function untaggedRule(days: number, oci: boolean): RetentionRule {
  return {
    name: oci
      ? 'the retention policy, which passes over OCI images such as those here'
      : 'the retention policy',
    selects: 'untagged',
    patterns: [],
    removes: !oci,
    keeps: { mode: 'days', days, since: 'untag' },
  };
}
