import { covers, matches } from './wildcard.ts';

/**
 * Tags with attachments of another image, named after its digest: `sha256-<hex>.sig`, `.att` and `.sbom` of
 * cosign, and `sha256-<hex>` of the OCI referrers fallback. Signing again moves them, so they may stay
 * mutable.
 */
export const signatureTags = 'sha256-*';

/** Whether the wildcard matches only signature tags. */
export function namesOnlySignatures(pattern: string): boolean {
  return covers(signatureTags, pattern);
}

const examples = ['', '.sig', '.att', '.sbom'].map((suffix) =>
  masked(`sha256-${'0'.repeat(64)}${suffix}`),
);

/**
 * Whether the wildcard can match a signature tag. Hexadecimal digits are masked on both sides, so that one
 * digest represents all: over-approximation, only false is certain.
 */
export function mayNameSignature(pattern: string): boolean {
  return examples.some((example) => matches(masked(pattern), example));
}

function masked(text: string): string {
  return text.replace(/[0-9a-f]/g, '0');
}
