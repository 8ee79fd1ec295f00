import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fsErrorMessage } from '../files/fs-error-message.ts';
import type { Finding } from '../model/finding.ts';
import { UsageError } from '../model/usage-error.ts';

/** The part that findings about many subjects share. */
export type Template = Omit<Finding, 'repository' | 'subject' | 'fingerprint'>;

/** Numbers templates from 0 and returns them by number. */
export interface TemplateStore {
  readonly add: (template: Template) => number;
  readonly get: (number: number) => Template;
  /** Deletes the temporary file. Idempotent. */
  readonly remove: () => void;
}

const pageSize = 256 * 1024;
const cached = 256;

/** The folder of temporary files, and the callbacks that delete them at exit. */
export interface Scratch {
  readonly tmpdir: string;
  readonly atEnd: Set<() => void>;
}

/** Creates a store that holds `most` templates in memory and the rest in a private temporary file. */
export function templateStore(most: number, scratch: Scratch): TemplateStore {
  const held: Template[] = [];
  const recent = new Map<number, Template>();
  let file: TemplateFile | undefined;
  return {
    add(template) {
      if (held.length < most) return held.push(template) - 1;
      file ??= templateFile(scratch);
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

interface TemplateFile {
  readonly append: (text: string) => number;
  readonly read: (number: number) => string;
  readonly remove: () => void;
}

function templateFile({ tmpdir, atEnd }: Scratch): TemplateFile {
  const folder = possible(tmpdir, () => mkdtempSync(join(tmpdir, 'regaudit-')));
  const handle = possible(tmpdir, () => openSync(join(folder, 'findings'), 'wx+', 0o600));
  /** End offset of each text; it starts where the previous one ends. */
  const ends: number[] = [];
  let page: string[] = [];
  let buffer = Buffer.alloc(4096);
  let written = 0;
  let end = 0;
  const flush = () => {
    const bytes = Buffer.from(page.join(''));
    for (let done = 0; done < bytes.length; ) {
      done += possible(tmpdir, () =>
        writeSync(handle, bytes, done, bytes.length - done, written + done),
      );
    }
    written += bytes.length;
    page = [];
  };
  const remove = () => {
    atEnd.delete(remove);
    closeSync(handle);
    rmSync(folder, { recursive: true, force: true });
  };
  atEnd.add(remove);
  return {
    append(text) {
      page.push(text);
      end += Buffer.byteLength(text);
      if (end - written >= pageSize) flush();
      return ends.push(end) - 1;
    },
    read(number) {
      if (page.length > 0) flush();
      const start = ends[number - 1] ?? 0;
      const length = (ends[number] ?? start) - start;
      if (length > buffer.length) buffer = Buffer.alloc(2 * length);
      readSync(handle, buffer, 0, length, start);
      return buffer.toString('utf8', 0, length);
    },
    remove,
  };
}

function possible<T>(folder: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw new UsageError(
      `findings cannot be kept in ${folder}: ${fsErrorMessage(error)}`,
      'name another folder in TMPDIR',
    );
  }
}
