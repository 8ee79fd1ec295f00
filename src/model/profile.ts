/** Which checks run when nothing else is said; `src/policy/profiles.ts` says which. */
export const profiles = ['baseline', 'recommended', 'strict'] as const;
export type Profile = (typeof profiles)[number];
