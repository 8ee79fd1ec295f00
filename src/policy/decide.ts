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
  /** Why that code, one sentence without a full stop. */
  readonly reason: string;
  /** Whether everything asked for was answered. */
  readonly complete: boolean;
}

export interface DecideOptions {
  readonly failOn: Severity | 'none';
  /** The signal that ended the scan early; null: it ran to its end. */
  readonly interrupted: 'SIGINT' | 'SIGTERM' | 'timeout' | null;
  /** Whether what has to be checked by hand closes the gate too. */
  readonly strict?: boolean;
  /** Whether a fault of regaudit itself was met; what is known is reported all the same. */
  readonly faulty?: boolean;
}

/**
 * The exit code, from the counts alone, so that no format can change it.
 * 1 failed at or above the threshold, 3 incomplete (something unknown, or a registry of which nothing was
 * decided), 4 nothing to audit, 70 a fault, 130/143 interrupted,
 * else 0; an interruption outranks all, then a fault, then 1, then 3, then 4.
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
  const answer = (exitCode: number, reason: string): Decision => ({ exitCode, reason, complete });

  if (options.interrupted === 'SIGINT')
    return answer(130, 'interrupted; what was known is reported');
  if (options.interrupted === 'SIGTERM')
    return answer(143, 'terminated; what was known is reported');
  if (options.faulty === true) return answer(70, 'a fault in regaudit; what was known is reported');
  if (failed > 0) {
    return answer(1, `${plural(failed, 'finding')} of ${level}${also(unknown)}`);
  }
  if (options.interrupted === 'timeout')
    return answer(3, 'the time given was not enough to read everything');
  if (unread > 0)
    return answer(3, `${plural(unread, 'registry', 'registries')} could not be read at all`);
  if (unknown > 0) return answer(3, `${plural(unknown, 'answer')} of ${level} could not be had`);
  if (byHand > 0) return answer(3, `${plural(byHand, 'finding')} of ${level} to check by hand`);
  if (cut.some(({ listingAccepted }) => !listingAccepted) && options.failOn !== 'none')
    return answer(3, 'a list of repositories could not be read whole');
  if (summary.registries.every(({ judged, listing }) => judged === 0 && listing.state === 'known'))
    return answer(4, 'there was no repository to audit');
  const [undecided] = summary.registries.filter((registry) => !decidedAny(registry, gated));
  if (undecided !== undefined)
    return answer(3, `no check of ${level} could be decided for ${undecided.id}`);
  return answer(
    0,
    options.failOn === 'none'
      ? 'no threshold is set'
      : `nothing of ${level} failed, and everything of it was answered${exempt(summary)}`,
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

/** What is left unknown by these is nothing that could have been read. */
const settled: ReadonlySet<CheckOutcome> = new Set(['judged', 'by-hand', 'not-applicable']);

/** Whether anything of these severities was decided, if anything of them was asked for at all. */
function decidedAny({ ran, decided }: RegistryCounts, gated: readonly Severity[]): boolean {
  const none = gated.every((severity) => ran[severity] === 0);
  return none || gated.some((severity) => decided[severity] > 0);
}

/** What a good ending leaves aside, of any severity. */
function exempt({ checks }: ScanSummary): string {
  const sum = (kind: Exemption | 'byHand') =>
    [...checks.values()].reduce((total, counts) => total + counts[kind], 0);
  const words: Readonly<Record<Exemption | 'byHand', string>> = {
    waived: 'waived',
    baselined: 'in the baseline',
    accepted: 'unknown accepted',
    byHand: 'to check by hand',
  };
  const named = ([...exemptions, 'byHand'] as const).flatMap((suppression) =>
    sum(suppression) === 0 ? [] : [`${sum(suppression)} ${words[suppression]}`],
  );
  return named.length === 0 ? '' : `, not counting ${named.join(', ')}`;
}

function atOrAbove(severity: Severity, failOn: Severity | 'none'): boolean {
  if (failOn === 'none') return false;
  return severities.indexOf(severity) <= severities.indexOf(failOn);
}

function also(unknown: number): string {
  return unknown === 0 ? '' : `, and ${plural(unknown, 'answer')} that could not be had`;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
