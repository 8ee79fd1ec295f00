import { boundedDocument } from './bounded-yaml.ts';
import { DecodeError } from './fields.ts';

/**
 * A document of YAML as plain values; undefined: it is none. Throws `DecodeError` where it, or what its aliases
 * make of it, is more than is read.
 */
export function yamlValue(text: string): unknown {
  try {
    const document = boundedDocument(text, { logLevel: 'silent' });
    return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new DecodeError('the YAML is more than is read');
  }
}
