import type { PlacedException } from '../model/exception.ts';
import type { ConfigFile } from './schema.ts';
import type { Trust } from './trust.ts';

/** A configuration merged with what it extends; exceptions keep their position in the file. */
export interface Config extends Omit<ConfigFile, 'extends' | 'waivers' | 'acceptUnknown'> {
  readonly waivers?: readonly PlacedException[];
  readonly acceptUnknown?: readonly PlacedException[];
  /** The signers and builders of `expect`, with the keys and certificates that they name. */
  readonly trust?: Trust;
}
