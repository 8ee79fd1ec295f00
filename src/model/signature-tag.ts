import { covers, matches } from './wildcard.ts';

/**
 * Tags that hold what belongs to another image, named after its digest: `sha256-<hex>.sig`, `.att` and
 * `.sbom` of cosign, and the bare `sha256-<hex>` of the OCI referrers fallback. Signing a second time
 * moves them, so a lock may leave them open.
 */
export const signatureTags = 'sha256-*';

/** Does the wildcard match nothing but signature tags? */
export function namesOnlySignatures(pattern: string): boolean {
  return covers(signatureTags, pattern);
}

const examples = ['', '.sig', '.att', '.sbom'].map((suffix) =>
  masked(`sha256-${'0'.repeat(64)}${suffix}`),
);

/**
 * Could the wildcard match a signature tag? Hexadecimal digits are masked on both sides, so that one
 * digest stands for all of them: this may say yes too often, but a no is certain.
 */
export function mayNameSignature(pattern: string): boolean {
  return examples.some((example) => matches(masked(pattern), example));
}

function masked(text: string): string {
  return text.replace(/[0-9a-f]/g, '0');
}
