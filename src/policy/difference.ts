import {
  type Change,
  type ChangedFinding,
  changes,
  type Difference,
  type RepositoryName,
} from '../model/difference-schema.ts';
import type { Blocked, Finding } from '../model/finding.ts';
import { severities } from '../model/finding.ts';
import type { Seen } from './seen.ts';

type Compared = Pick<Difference, 'summary' | 'registries' | 'repositories' | 'findings'>;

/**
 * Compares the failures and unknowns of two reports. A repository that is missing from the new report is
 * `gone` only if the whole list was read; otherwise its findings are `now-unknown`. A missing repository
 * never counts as `fixed`.
 */
export function compareReports(before: Seen, after: Seen): Compared {
  const found = [
    ...after.notable.flatMap((finding) => ofNow(finding, before)),
    ...before.notable.flatMap((finding) => ofBefore(finding, after)),
  ];
  const findings = found.sort(inOrder);
  const summary = Object.fromEntries(changes.map((change) => [change, 0])) as Record<
    Change,
    number
  >;
  for (const { change } of findings) summary[change] += 1;
  return {
    summary,
    registries: {
      appeared: missingFrom(before.registries, after.registries),
      vanished: missingFrom(after.registries, before.registries),
    },
    repositories: repositoriesOf(before, after),
    findings,
  };
}

/** A failure or unknown of the new side. */
function ofNow(finding: Finding, before: Seen): ChangedFinding[] {
  const { check, subject, verdict } = finding;
  const was = before.find(check, subject);
  const verdictBefore = before.verdictOf(check, subject);
  const change = (word: Change) => [
    {
      ...entry(word, finding),
      before: verdictBefore,
      after: verdict,
      says: finding.message,
      said: was?.message ?? null,
      suppressedBefore: was?.suppression?.kind ?? null,
    },
  ];
  if (was?.verdict !== verdict) return change(verdict === 'fail' ? 'new' : 'now-unknown');
  return sameAs(was, finding) ? [] : change('changed');
}

/** A failure or unknown of the old side that passes, is not applicable or is missing on the new side. */
function ofBefore(finding: Finding, after: Seen): ChangedFinding[] {
  const { check, subject, verdict, message } = finding;
  if (after.find(check, subject) !== undefined) return [];
  const now = after.verdictOf(check, subject);
  const suppressedBefore = finding.suppression?.kind ?? null;
  const then = { before: verdict, after: now, said: message, suppressedBefore };
  if (now !== null) {
    const change = verdict === 'unknown' ? 'now-known' : now === 'pass' ? 'fixed' : 'changed';
    return [{ ...entry(change, finding), ...then, says: null }];
  }
  const { change, why } = missing(finding, after);
  if (verdict === 'unknown' && change === 'now-unknown') return [];
  return [{ ...entry(change, finding), ...then, says: why }];
}

/** Why the new side has no verdict for a finding of the old side. */
function missing(finding: Finding, after: Seen): { change: Change; why: string } {
  const { check, registry: id, repository } = finding;
  const registry = after.registries.get(id);
  if (registry === undefined) return { change: 'not-judged', why: 'its registry was not scanned' };
  if (!after.checks.has(check)) return { change: 'not-judged', why: 'the check did not run' };
  if (!registry.reachable) return { change: 'now-unknown', why: 'its registry was not reached' };
  // One unknown represented all repositories while their list could not be read.
  const representsAll = repository === null && after.checks.get(check)?.subject === 'repository';
  const { complete, known, count } = registry.repositories;
  if (!complete) return { change: 'now-unknown', why: 'the list of repositories is incomplete' };
  if (representsAll)
    return { change: 'now-known', why: 'its repositories are evaluated one by one' };
  if (repository === null) return { change: 'not-judged', why: 'there is no verdict for it' };
  if (known !== count) return { change: 'not-judged', why: 'not all repositories were scanned' };
  if (after.repositories.get(id)?.has(repository) === true)
    return { change: 'not-judged', why: 'there is no verdict for it' };
  return { change: 'gone', why: 'the repository no longer exists' };
}

function entry(change: Change, finding: Finding) {
  const { check, severity, provider, registry, repository, subject, fingerprint, suppression } =
    finding;
  return {
    change,
    check,
    severity,
    provider,
    registry,
    repository,
    subject,
    fingerprint,
    suppression,
  };
}

/** Compares unknowns by fact and reason only: the vendor's message may differ each time. */
function sameAs(was: Finding, is: Finding): boolean {
  const reasons = (blocked: readonly Blocked[]) =>
    blocked.map(({ fact, why }) => `${fact} ${why}`).join('\n');
  const same =
    is.verdict === 'unknown'
      ? reasons(was.blocked) === reasons(is.blocked)
      : was.message === is.message;
  return same && was.severity === is.severity && was.suppression?.kind === is.suppression?.kind;
}

function missingFrom(
  some: ReadonlyMap<string, unknown>,
  all: ReadonlyMap<string, unknown>,
): string[] {
  return [...all.keys()].filter((id) => !some.has(id)).sort();
}

function repositoriesOf(before: Seen, after: Seen): Difference['repositories'] {
  const vanished: RepositoryName[] = [];
  const unseen: RepositoryName[] = [];
  for (const one of namesOnlyIn(before, after)) {
    const registry = after.registries.get(one.registry);
    const { complete, known, count } = registry?.repositories ?? { complete: false };
    const whole = registry?.reachable === true && complete && known === count;
    (whole ? vanished : unseen).push(one);
  }
  return { appeared: namesOnlyIn(after, before), vanished, unseen };
}

function namesOnlyIn(one: Seen, other: Seen): RepositoryName[] {
  const names = [...one.repositories].flatMap(([registry, own]) =>
    [...own]
      .filter((name) => other.repositories.get(registry)?.has(name) !== true)
      .map((name) => ({ registry, name })),
  );
  return names.sort((a, b) => order(a.registry, b.registry) || order(a.name, b.name));
}

function inOrder(a: ChangedFinding, b: ChangedFinding): number {
  return (
    changes.indexOf(a.change) - changes.indexOf(b.change) ||
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    order(a.check, b.check) ||
    order(a.subject, b.subject)
  );
}

/** By code unit, so that the order is the same everywhere. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
