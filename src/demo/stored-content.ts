import { createHash } from 'node:crypto';
import { type Frozen, list, record, type Static, Type, text } from '../model/shape.ts';
import type { RestReply } from './rest.ts';

/** Manifests and blobs that a demo registry returns unchanged. */
export const storedContent = list(
  record({
    tag: Type.Optional(Type.String({ description: 'of a manifest; each has its digest besides' })),
    mediaType: text,
    content: Type.String({ description: 'the bytes, as text' }),
  }),
  'manifests and blobs that can be read',
);

/** The content of a tag or digest; null: none. */
export function contentAt(
  stored: Frozen<Static<typeof storedContent>> | undefined,
  reference: string,
): RestReply | null {
  const found = stored?.find(({ tag, content }) => {
    const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
    return tag === reference || digest === reference;
  });
  if (found === undefined) return null;
  return { headers: { 'content-type': found.mediaType }, text: found.content };
}
