import type { Why } from '../model/fact.ts';
import type { Coverage } from '../model/report.ts';

const words: Readonly<Record<Why, string>> = {
  denied: 'denied',
  'denied-or-absent': 'denied or absent',
  'plan-gated': 'hidden by the plan',
  throttled: 'throttled',
  unreachable: 'not reached',
  undecodable: 'unexpected response',
  pending: 'pending',
  inconclusive: 'inconclusive',
  'not-exposed': 'not exposed',
  'not-collected': 'not collected',
  crashed: 'crashed',
};

/** Formats coverage as `evaluated 41 of 51 checks; 6 by hand, 4 denied`; checks count once per registry. */
export function coverageText(coverage: Coverage): string {
  const { registries, checks, judged, byHand, notApplicable, unknown } = coverage;
  const others = [
    ...(byHand > 0 ? [`${byHand} by hand`] : []),
    ...unknown.map((one) => `${one.checks} ${words[one.why]}`),
    ...(notApplicable > 0 ? [`${notApplicable} not applicable`] : []),
  ];
  const where = registries > 1 ? ` in ${registries} registries` : '';
  const counts = `evaluated ${judged} of ${checks} ${checks === 1 ? 'check' : 'checks'}${where}`;
  return others.length === 0 ? counts : `${counts}; ${others.join(', ')}`;
}
