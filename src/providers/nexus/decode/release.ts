import { DecodeError, groupsOf, objectAt, objectOf, stringAt } from '../../../decode/fields.ts';

export interface Release {
  /** `3.71.0-06` */
  readonly text: string;
  readonly major: number;
  readonly minor: number;
}

const form = /^(\d{1,3})\.(\d{1,4})\.(\d{1,4})(?:-\d{1,4})?$/;

/** Parses a release. Throws `DecodeError` on anything else. */
export function release(text: string): Release {
  const [major, minor] = groupsOf(form, text);
  if (major === undefined || minor === undefined) {
    throw new DecodeError(`"${text.slice(0, 40)}" is not a release of Nexus Repository`);
  }
  return { text, major: Number(major), minor: Number(minor) };
}

/** Of the header `Nexus/3.71.0-06 (OSS)`; null: a proxy has put its own in its place. */
export function releaseInHeader(server: string): Release | null {
  const [text] = groupsOf(/^Nexus\/(\S+)(?: \(\w+\))?$/, server);
  return text === undefined ? null : release(text);
}

/** Of the description that the server gives of its own API. */
export function releaseInDescription(raw: unknown): Release {
  return release(stringAt(objectAt(objectOf(raw, 'the description'), 'info'), 'version'));
}
