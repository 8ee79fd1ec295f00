import type { AnyCheck } from '../engine/check.ts';
import { evaluate } from '../engine/evaluate.ts';
import type { OfferedCheck } from '../model/comparison.ts';
import { collectedFor } from '../model/derived.ts';
import { nothingDeclared } from '../model/expectations.ts';
import type { AnyFact } from '../model/fact.ts';
import type { Verdict } from '../model/finding.ts';
import type { Provided, Provider } from '../providers/contract.ts';
import { coverage } from './coverage.ts';

/** Whether a registry offers what a check requires, from the adapter's table alone. */
export function offerOf(check: AnyCheck, provider: Provider): OfferedCheck {
  const covered = coverage(check, provider);
  switch (covered.kind) {
    case 'judged':
      return { check: check.id, offer: 'judged', note: null };
    case 'by-hand':
      return { check: check.id, offer: 'by-hand', note: covered.note };
    case 'cannot':
      return { check: check.id, offer: 'not-offered', note: covered.note };
    case 'always':
      return always(check, provider);
  }
}

/** A constant always passes or always fails. */
function always(check: AnyCheck, provider: Provider): OfferedCheck {
  const verdict = byConstants(check, provider);
  switch (verdict.verdict) {
    case 'pass':
      return { check: check.id, offer: 'holds', note: verdict.says };
    case 'fail':
      return { check: check.id, offer: 'never', note: verdict.says };
    default:
      throw new Error(`${check.id} cannot be judged by the constants of ${provider.id}`);
  }
}

/**
 * Whether a check can fail at a registry: the platform supports the control, an API exposes it, and its constants
 * do not already pass. A check that throws on the constants counts as able to fail.
 */
export function canFail(check: AnyCheck, provider: Provider): boolean {
  const table: Readonly<Record<string, Provided<string, unknown>>> =
    provider.provides[check.subject];
  const needed = check.needs.flatMap(collectedFor).map((name) => table[name]?.state);
  if (needed.includes('unsupported') || needed.includes('unknown')) return false;
  return (
    needed.some((state) => state !== 'known') || byConstants(check, provider).verdict !== 'pass'
  );
}

function byConstants(check: AnyCheck, provider: Provider): Verdict {
  const facts = provider.provides[check.subject] as Readonly<Record<string, AnyFact>>;
  return evaluate(check, facts, { ...nothingDeclared, now: epoch, repository: '' });
}

/** Constants do not depend on time. */
const epoch = '1970-01-01T00:00:00.000Z';
