/**
 * What a failing check lets happen, most urgent first: untrusted principals reach the registry; somebody can write
 * who should not; a control is not enforced; anything else. "Fix first" ranks by it before severity.
 */
export const impacts = ['exposure', 'write', 'enforcement', 'other'] as const;
export type Impact = (typeof impacts)[number];
