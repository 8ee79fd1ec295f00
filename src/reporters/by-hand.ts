import type { Blocked, Finding } from '../model/finding.ts';

/** Whether a finding must be checked by hand: no API exposes the fact, or the vendor offers no better setting. */
export function isByHand({ byHand }: Pick<Finding, 'byHand'>): boolean {
  return byHand.length > 0;
}

/** `check by hand: look at the sign-in settings; delete old tags with a job of your own` */
export function stepsText({ byHand }: Pick<Finding, 'byHand'>): string {
  return `check by hand: ${[...new Set(byHand.map(({ step }) => step))].join('; ')}`;
}

/** The gaps of a finding that an API could close: the reasons of an unknown, or the missing facts of a fail. */
export function gapsIn(finding: Pick<Finding, 'blocked' | 'missing' | 'byHand'>): Blocked[] {
  if (isByHand(finding)) return [];
  return [...finding.blocked, ...finding.missing].filter(({ why }) => why !== 'not-exposed');
}

/** Whether granting its permission would close the gap. */
export function isGrantable({ why, permission, cure }: Blocked): boolean {
  const denied = why === 'denied' || why === 'denied-or-absent';
  return denied && permission !== null && cure === null;
}

/** One step by hand, and the checks that it covers. */
export interface HandStep {
  readonly note: string;
  readonly step: string;
  readonly page: string | null;
  readonly checks: Set<string>;
  readonly registries: Set<string>;
}

/** The steps by hand of unsuppressed findings, each once. */
export function handSteps(findings: Iterable<Finding>): readonly HandStep[] {
  const steps = new Map<string, HandStep>();
  for (const { byHand, check, registry, suppression } of findings) {
    if (suppression !== null) continue;
    for (const { note, step, page } of byHand) {
      const key = [note, step, page].join('\n');
      const one = steps.get(key) ?? {
        note,
        step,
        page,
        checks: new Set<string>(),
        registries: new Set<string>(),
      };
      steps.set(key, one);
      one.checks.add(check);
      one.registries.add(registry);
    }
  }
  return [...steps.values()];
}
