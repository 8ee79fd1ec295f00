import type { ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { Inconclusive, join, known } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import type { CleanupPolicy } from '../decode/cleanup.ts';
import { cleanupPolicies, type ImageRepository } from '../decode/repository.ts';
import type { Task } from '../decode/server.ts';
import { operations } from '../operations.ts';
import { listed } from './listed.ts';
import type { Settings } from './settings.ts';

type Retention = ValueOf<RepositoryFacts['retention']>;
type Rule = Extract<Retention, { mode: 'rules' }>['rules'][number];

/** What cleanup policies remove: those that are attached, and a task must run them. */
export async function retention(
  repository: ImageRepository,
  settings: Settings,
): Promise<RepositoryFacts['retention']> {
  const attached = listed(() => cleanupPolicies(repository));
  if (attached.state !== 'known') return attached;
  if (attached.value.length === 0) {
    return join(
      [attached],
      (): Retention => ({
        mode: 'none',
        because: 'no cleanup policy is attached',
      }),
    );
  }
  const tasks = await settings.tasks();
  const runs = 'value' in tasks ? tasks.value.filter(isCleanup) : [];
  if (!runs.some(({ scheduled }) => scheduled)) {
    if (tasks.state !== 'known') return gapOf(tasks);
    return join(
      [tasks],
      (): Retention => ({
        mode: 'none',
        because: 'no task that runs cleanup policies is scheduled',
      }),
    );
  }
  const policies = await settings.cleanupPolicies();
  const all = 'value' in policies ? policies.value : [];
  const found = attached.value.every((name) => all.some((one) => one.name === name));
  if (!found && policies.state !== 'known') return gapOf(policies);
  return join(
    [attached],
    (names): Retention => ({
      mode: 'rules',
      rules: names.map((name) => ruleOf(name, all, repository.format)),
    }),
  );
}

function isCleanup({ type }: Task): boolean {
  return type === 'repository.cleanup';
}

function ruleOf(name: string, policies: readonly CleanupPolicy[], format: string): Rule {
  const policy = policies.find((one) => one.name === name);
  if (policy === undefined) throw new Error(`the cleanup policy ${name} is not in the list`);
  if (![format, '*', 'all_formats'].includes(policy.format.toLowerCase())) {
    throw new Error(`the cleanup policy ${name} is for ${policy.format}`);
  }
  if (policy.narrowedBy !== null) {
    throw new Inconclusive(`which tags ${name} removes is unknown: it is for ${policy.narrowedBy}`);
  }
  return { name, selects: 'any', patterns: [], removes: true, keeps: keepsOf(policy) };
}

/** Criteria hold together: what was pulled lately stays, however old it is. */
function keepsOf({ name, pushedDays, pulledDays, retain }: CleanupPolicy): Rule['keeps'] {
  if (pulledDays !== null) return { mode: 'days', days: pulledDays, since: 'pull' };
  if (pushedDays !== null) return { mode: 'days', days: pushedDays, since: 'push' };
  if (retain !== null) return { mode: 'newest', images: retain };
  throw new Error(`the cleanup policy ${name} has no criterion`);
}

/** Whether a task deletes manifests that no tag leads to. */
export async function garbageCollection(
  repository: ImageRepository,
  settings: Settings,
): Promise<RepositoryFacts['garbageCollection']> {
  const tasks = await settings.tasks();
  const collectors = ('value' in tasks ? tasks.value : []).filter(
    ({ type, scheduled }) => /^repository\.\w+\.gc$/.test(type) && scheduled,
  );
  const scheduled = collectors.filter(({ type }) => type === `repository.${repository.format}.gc`);
  const here = scheduled.find(
    (task) => task.repository === '*' || task.repository === repository.name,
  );
  if (here !== undefined) {
    const { permission } = operations.listTasks;
    return known('listTasks', permission, () => ({
      mode: 'untagged',
      by: `the task ${here.name}`,
    }));
  }
  if (tasks.state !== 'known') return gapOf(tasks);
  return join([tasks], () => {
    const [unclear] = scheduled.filter((task) => task.repository === null);
    if (unclear !== undefined) {
      throw new Inconclusive(
        `for which repositories ${unclear.name} runs this release does not tell`,
      );
    }
    if (scheduled.length === 0 && repository.format === 'oci' && collectors.length > 0) {
      throw new Inconclusive(
        'whether the task for the docker format is for the oci format too is not documented',
      );
    }
    return { mode: 'none' };
  });
}
