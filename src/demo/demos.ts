import { acrDemo } from './acr/demo.ts';
import { ecrDemo } from './aws/demo.ts';
import type { ServedDemo } from './demo.ts';

/** Every demo there is, in the order they are shown. */
export const demos: readonly (() => Promise<ServedDemo>)[] = [ecrDemo, acrDemo];
