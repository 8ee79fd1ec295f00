import { parseDocument } from 'yaml';

/** A document of YAML as plain values; undefined: it is none. Throws where its aliases multiply it. */
export function yamlValue(text: string): unknown {
  const document = parseDocument(text, { logLevel: 'silent' });
  return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 });
}
