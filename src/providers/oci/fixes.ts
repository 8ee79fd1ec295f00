import type { Fixes } from '../../model/fix.ts';

/** How to put right each check that can fail here: `npm run generate` writes `failable.ts`, which names them. */
export const fixes: Fixes = {};
