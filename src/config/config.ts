import type { PlacedException } from '../model/exception.ts';
import type { ConfigFile } from './schema.ts';

/** A configuration with what it extends; exceptions know where they stand. */
export interface Config extends Omit<ConfigFile, 'extends' | 'waivers' | 'acceptUnknown'> {
  readonly waivers?: readonly PlacedException[];
  readonly acceptUnknown?: readonly PlacedException[];
}
