import type { Signer } from '../signer.ts';
import { type TrustDocument, TrustError } from './files.ts';

/** What an entry says of all signers of its policy. */
export type Common = Omit<Signer, 'trust'>;

/** A policy file, as it is read. */
export interface PolicyFile {
  readonly path: string;
  readonly document: TrustDocument;
}

/** A mistake at a place of the policy file. */
export function mistake(
  { path, document }: PolicyFile,
  at: readonly string[],
  message: string,
): TrustError {
  return new TrustError('policy', `${path}:${document.line(at)}: ${message}`);
}

/** Keys and values, or nothing. */
export function keysIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textsIn(value: unknown): readonly string[] {
  return listIn(value).filter((one) => typeof one === 'string');
}
