import { safeLine } from '../safe-text.ts';

/** Fits a GitHub comment (65,536 characters) and a job summary (1 MiB), whatever the characters. */
const mostBytes = 60_000;

/**
 * Joins blocks of Markdown, the most important first, to at most `most` bytes. Omits whole blocks only, and
 * reports how many. No line is a command to a CI.
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
  if (left > 0) yield `**${left} more sections do not fit**; the JSON report has everything.\n\n`;
}
