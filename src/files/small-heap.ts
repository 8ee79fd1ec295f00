import { setFlagsFromString } from 'node:v8';

/**
 * Has the heap of the process collected before it is much larger than what is in use; by itself V8 lets it grow to
 * several times that, which for a large estate is hundreds of megabytes. Costs some processor time.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=60');
}
