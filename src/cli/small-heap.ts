import { setFlagsFromString } from 'node:v8';

const many = 20;

/**
 * For a scan of many targets, has the heap of the process collected before it is much larger than what is in use; by
 * itself V8 lets it grow to several times that, which for thousands of registries is hundreds of megabytes. Costs some
 * processor time.
 */
export function keepHeapSmall(targets: number): void {
  if (targets >= many) setFlagsFromString('--heap-growing-percent=60');
}
