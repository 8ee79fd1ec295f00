import { type Severity, severities } from '../model/finding.ts';
import {
  type Active,
  type CheckOutcome,
  type Exemption,
  exemptions,
  type RegistryCounts,
  type ScanSummary,
} from '../model/scan-summary.ts';

export interface Decision {
  readonly exitCode: number;
  /** The reason for the code: one sentence without a full stop. */
  readonly reason: string;
  /** Whether everything that the scan needed was read. */
  readonly complete: boolean;
}

export interface DecideOptions {
  readonly failOn: Severity | 'none';
  /** The signal that ended the scan early; null: the scan finished. */
  readonly interrupted: 'SIGINT' | 'SIGTERM' | 'timeout' | null;
  /** Whether findings to check by hand fail the scan too. */
  readonly strict?: boolean;
  /** Whether a bug in regaudit was hit; results so far are reported nevertheless. */
  readonly faulty?: boolean;
}

/**
 * Computes the exit code from the counts alone, so that no format can change it. 1: failed at or above the
 * threshold. 3: incomplete (something unknown, or a registry without any decided check). 4: nothing to
 * audit. 70: a bug. 130/143: interrupted. Else 0. An interruption outranks all, then 70, 1, 3, 4.
 */
export function decide(summary: ScanSummary, options: DecideOptions): Decision {
  const gated = severities.filter((severity) => atOrAbove(severity, options.failOn));
  const count = (kind: keyof Active) =>
    gated.reduce((sum, severity) => sum + summary.active[severity][kind], 0);
  const failed = count('fail');
  const unknown = count('unknown');
  const byHand = options.strict === true ? count('byHand') : 0;
  const unread = summary.registries.filter(({ reachable }) => !reachable).length;
  const cut = summary.registries.filter(({ listing }) => listing.state === 'unknown');
  const anyUnknown = summary.registries.some(({ coverage }) =>
    [...coverage.values()].some((outcome) => !settled.has(outcome)),
  );
  const whole = options.interrupted === null && options.faulty !== true;
  const complete = whole && unread === 0 && cut.length === 0 && !anyUnknown;
  const level = options.failOn === 'none' ? 'any severity' : `severity ${options.failOn} or above`;
  const decision = (exitCode: number, reason: string): Decision => ({ exitCode, reason, complete });

  if (options.interrupted === 'SIGINT')
    return decision(130, 'interrupted; results so far are reported');
  if (options.interrupted === 'SIGTERM')
    return decision(143, 'terminated; results so far are reported');
  if (options.faulty === true)
    return decision(70, 'a fault in regaudit; results so far are reported');
  if (failed > 0) {
    return decision(1, `${plural(failed, 'finding')} of ${level}${also(unknown)}`);
  }
  if (options.interrupted === 'timeout')
    return decision(3, 'the time limit was reached before everything was read');
  if (unread > 0) return decision(3, `${plural(unread, 'registry', 'registries')} not reached`);
  if (unknown > 0) return decision(3, `${plural(unknown, 'unknown finding')} of ${level}`);
  if (byHand > 0) return decision(3, `${plural(byHand, 'finding')} of ${level} to check by hand`);
  if (cut.some(({ listingAccepted }) => !listingAccepted) && options.failOn !== 'none')
    return decision(3, 'a list of repositories is incomplete');
  if (summary.registries.every(({ judged, listing }) => judged === 0 && listing.state === 'known'))
    return decision(4, 'there was no repository to audit');
  const [undecided] = summary.registries.filter(
    (registry) => !decidedAny(registry, gated) && !isEmpty(registry),
  );
  if (undecided !== undefined)
    return decision(3, `no check of ${level} passes or fails for ${undecided.id}`);
  return decision(
    0,
    options.failOn === 'none'
      ? 'no threshold is set'
      : `no failing or unknown finding of ${level}${exempt(summary)}`,
  );
}

/**
 * Replaces the exit codes of findings by 0; the reason names the code and `otherwise`, the condition under which it
 * would stand. An interruption or a fault keeps its code.
 */
export function exitZeroed(decision: Decision, otherwise: string): Decision {
  const { exitCode, reason } = decision;
  if (![1, 3, 4].includes(exitCode)) return decision;
  return { ...decision, exitCode: 0, reason: `${reason}; exit code ${exitCode} ${otherwise}` };
}

/** Outcomes that leave nothing to read: an API cannot answer more. */
const settled: ReadonlySet<CheckOutcome> = new Set(['judged', 'by-hand', 'not-applicable']);

/** Whether a check of these severities passed or failed; true if none of them ran. */
function decidedAny({ ran, decided }: RegistryCounts, gated: readonly Severity[]): boolean {
  const none = gated.every((severity) => ran[severity] === 0);
  return none || gated.some((severity) => decided[severity] > 0);
}

/** Whether a registry certainly holds no repository and no check applies to it, such as an unused region. */
function isEmpty({ judged, listing, coverage }: RegistryCounts): boolean {
  const outcomes = [...coverage.values()];
  return (
    judged === 0 &&
    listing.state === 'known' &&
    outcomes.length > 0 &&
    outcomes.every((outcome) => outcome === 'not-applicable')
  );
}

/** The findings of any severity that exit code 0 does not count. */
function exempt({ checks }: ScanSummary): string {
  const sum = (kind: Exemption | 'byHand') =>
    [...checks.values()].reduce((total, counts) => total + counts[kind], 0);
  const words: Readonly<Record<Exemption | 'byHand', string>> = {
    waived: 'waived',
    baselined: 'in the baseline',
    accepted: 'unknown accepted',
    byHand: 'to check by hand',
  };
  const parts = ([...exemptions, 'byHand'] as const).flatMap((suppression) =>
    sum(suppression) === 0 ? [] : [`${sum(suppression)} ${words[suppression]}`],
  );
  return parts.length === 0 ? '' : `, not counting ${parts.join(', ')}`;
}

function atOrAbove(severity: Severity, failOn: Severity | 'none'): boolean {
  if (failOn === 'none') return false;
  return severities.indexOf(severity) <= severities.indexOf(failOn);
}

function also(unknown: number): string {
  return unknown === 0 ? '' : `, and ${unknown} unknown`;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
