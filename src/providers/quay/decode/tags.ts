import { booleanAt, DecodeError, numberAt, objectOf, stringAt } from '../../../decode/fields.ts';

export interface Tag {
  readonly name: string;
  readonly digest: string;
  readonly isIndex: boolean;
  /** ISO 8601, when it was set. */
  readonly since: string;
  /** Whether it can be moved; null: the answer does not tell, because the feature is off. */
  readonly immutable: boolean | null;
}

/** A tag that is alive: one with an end may have one in the future. */
export function tag(raw: unknown): Tag {
  const entry = objectOf(raw, 'a tag');
  const digest = stringAt(entry, 'manifest_digest');
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) throw new DecodeError('manifest_digest is no digest');
  return {
    name: stringAt(entry, 'name'),
    digest,
    isIndex: booleanAt(entry, 'is_manifest_list'),
    since: new Date(numberAt(entry, 'start_ts') * 1000).toISOString(),
    immutable: entry['immutable'] === undefined ? null : booleanAt(entry, 'immutable'),
  };
}
