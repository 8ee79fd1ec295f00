import type { Report } from '../../model/report.ts';
import {
  type ControlEvidence,
  caveat,
  evidenceTowards,
  evidenceTowardsNone,
  grounds,
} from '../compliance.ts';
import { code, sentence, table } from './text.ts';

const mostChecks = 12;

/** The checks that ran, grouped by the controls of one framework. */
export function complianceBlock(framework: string, { checks }: Report): string {
  const controls = evidenceTowards(framework, checks);
  const head = ['Control', 'Evidence from', 'Fail', 'Unknown', 'Pass', 'Not applicable'];
  const body =
    controls.length === 0
      ? 'No check that ran is evidence towards a control of this framework.'
      : table(head, controls.map(cells));
  const others = evidenceTowardsNone(framework, checks).map(({ id }) => code(id));
  const rest = others.length === 0 ? [] : [`Checks without a control: ${others.join(', ')}.`];
  return [`### Evidence towards ${sentence(framework)}`, caveat, body, ...rest].join('\n\n');
}

function cells({ id, version, checks, counts }: ControlEvidence): string[] {
  const parts = checks
    .slice(0, mostChecks)
    .map(({ check, by }) => `${code(check.id)}${grounds[by] === '' ? '' : ` (${grounds[by]})`}`);
  const more = checks.length - parts.length;
  return [
    `${code(id)} (${sentence(version)})`,
    more > 0 ? `${parts.join(', ')} and ${more} more` : parts.join(', '),
    ...[counts.fail, counts.unknown, counts.pass, counts['not-applicable']].map(String),
  ];
}
