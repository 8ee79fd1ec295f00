import type { ValueOf } from '../../../model/fact.ts';
import { daysBetween } from '../../../model/instant.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Inconclusive } from '../../facts.ts';

/*
 * The project maintains the three most recent minor releases, each for about nine months, and makes one
 * about every three (goharbor/harbor, RELEASES.md). Its own table of supported releases is behind: in
 * August 2026 it named 2.11 to 2.13 while 2.15.2 was out. Hence releases before both are ended, those in
 * between are not known, and the others are supported for as long as no newer one can push them out.
 */
const known = '2026-08-21';
const ended = 10;
const supportedUntil: Readonly<Record<number, string>> = {
  13: '2026-11-21',
  14: '2027-02-21',
  15: '2027-05-21',
  16: '2027-08-21',
};

/** Whether Harbor 2.`minor` gets fixes at `now`. Throws `Inconclusive` when that cannot be told. */
export function supportOf(
  minor: number,
  now: string,
): ValueOf<RegistryFacts['version']>['support'] {
  if (minor <= ended) return { mode: 'ended', at: null };
  const until = supportedUntil[minor];
  if (until !== undefined && daysBetween(now, until) >= 0)
    return { mode: 'supported', until: null };
  throw new Inconclusive(
    `whether 2.${minor} is among the three maintained releases cannot be told from what was known on ${known}`,
  );
}
