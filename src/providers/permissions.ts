import type { Operation } from './contract.ts';

/** What must be granted for these operations: each permission once, sorted; those that need none left out. */
export function permissionsOf<O extends string>(
  operations: Readonly<Record<O, Operation>>,
  names: readonly O[],
  wanted: (name: O) => boolean = () => true,
): readonly string[] {
  const permissions = names.filter(wanted).map((name) => operations[name].permission);
  return [...new Set(permissions)].filter((permission) => permission !== '').sort();
}

/** A document as the vendor's tools take it: JSON text, ready to paste. */
export function jsonDocument(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
