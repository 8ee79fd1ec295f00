import type { Finding } from '../model/finding.ts';
import { type Scratch, type ScratchFile, scratchFile } from './scratch-file.ts';

/** What belongs to a subject, or follows from it. */
export type OfSubject = 'registry' | 'repository' | 'subject' | 'provider' | 'owner';

/** The part that findings about many subjects share, in one registry or in thousands. */
export type Template = Omit<Finding, OfSubject | 'fingerprint'>;

/** Numbers templates from 0 and returns them by number. */
export interface TemplateStore {
  readonly add: (template: Template) => number;
  readonly get: (number: number) => Template;
  /** Deletes the temporary file. Idempotent. */
  readonly remove: () => void;
}

const cached = 256;

/** Creates a store that holds `most` templates in memory and the rest in a private temporary file. */
export function templateStore(most: number, scratch: Scratch): TemplateStore {
  const held: Template[] = [];
  const recent = new Map<number, Template>();
  let file: ScratchFile | undefined;
  return {
    add(template) {
      if (held.length < most) return held.push(template) - 1;
      file ??= scratchFile(scratch);
      return most + file.append(JSON.stringify(template));
    },
    get(number) {
      const near = held[number] ?? recent.get(number);
      if (near !== undefined) return near;
      const template: Template = JSON.parse(file?.read(number - most) ?? '');
      for (const first of recent.keys()) {
        if (recent.size < cached) break;
        recent.delete(first);
      }
      recent.set(number, template);
      return template;
    },
    remove() {
      file?.remove();
      file = undefined;
    },
  };
}
