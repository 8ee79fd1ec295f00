import type { ResponseWhy } from '../model/fact.ts';

/** Thrown by a decoder when a response is understood and does not settle the fact. */
export abstract class Unlearnt extends Error {
  abstract readonly why: ResponseWhy;
  /** What would have to be granted. */
  readonly permission: string | undefined;
  /** What helps where a grant does not: an imperative clause. */
  readonly cure: string | undefined;

  constructor(message: string, permission?: string, cure?: string) {
    super(message);
    this.permission = permission;
    this.cure = cure;
  }
}

/** The input was read whole and cannot be decided. */
export class Inconclusive extends Unlearnt {
  override readonly name = 'Inconclusive';
  override readonly why = 'inconclusive';
}

/** A scan, job or deletion is under way. */
export class Pending extends Unlearnt {
  override readonly name = 'Pending';
  override readonly why = 'pending';
}

/** The response leaves out what the caller has no right to. */
export class Denied extends Unlearnt {
  override readonly name = 'Denied';
  override readonly why = 'denied';
}

/** A part of the vendor's service did not respond. */
export class Unreachable extends Unlearnt {
  override readonly name = 'Unreachable';
  override readonly why = 'unreachable';
}
