/** Named sets of checks, defined in `src/policy/profiles.ts`. */
export const profiles = ['baseline', 'recommended', 'strict'] as const;
export type Profile = (typeof profiles)[number];
