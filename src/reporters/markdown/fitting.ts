import { safeLine } from '../safe-text.ts';

/**
 * A comment may have 65,536 characters at GitHub, a job summary 1 MiB of bytes: this fits both, whatever
 * the characters.
 */
const mostBytes = 60_000;

/**
 * In: the blocks of a Markdown document, the most important first. Out: its text, of at most `most` bytes;
 * leaves out whole blocks, never a part of one, and says how many. No line is a command of a CI.
 */
export function* fitting(blocks: Iterable<string>, most = mostBytes): Generator<string> {
  const utf8 = new TextEncoder();
  let room = most - 200;
  let left = 0;
  for (const block of blocks) {
    const text = `${block.split('\n').map(safeLine).join('\n')}\n\n`;
    const size = utf8.encode(text).length;
    if (size > room) {
      left += 1;
      continue;
    }
    room -= size;
    yield text;
  }
  if (left > 0) yield `**${left} more parts do not fit here**; the JSON format has everything.\n\n`;
}
