import type { Finding } from '../model/finding.ts';

/**
 * Computes a value once for all findings that differ in nothing but their subject: most findings of a check
 * say the same about many repositories. Findings of a stored report share nothing, and cost one look-up more.
 */
export function perTemplate<T>(compute: (finding: Finding) => T): (finding: Finding) => T {
  const known = new WeakMap<Finding['evidence'], { readonly of: Finding; readonly value: T }>();
  return (finding) => {
    const entry = known.get(finding.evidence);
    if (entry !== undefined && sameTemplate(entry.of, finding)) return entry.value;
    const value = compute(finding);
    known.set(finding.evidence, { of: finding, value });
    return value;
  };
}

/** By identity: `same` objects come from one template of the store. */
function sameTemplate(a: Finding, b: Finding): boolean {
  return (
    a.check === b.check &&
    a.registry === b.registry &&
    a.provider === b.provider &&
    a.verdict === b.verdict &&
    a.severity === b.severity &&
    a.owner === b.owner &&
    a.message === b.message &&
    a.blocked === b.blocked &&
    a.missing === b.missing &&
    a.byHand === b.byHand &&
    a.suppression === b.suppression
  );
}
