import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes a snapshot with every repository of `from` so many times, under other names. */
export async function multiplied(from: string, to: string, times: number): Promise<void> {
  await pipeline(Readable.from(lines(from, times)), createWriteStream(to));
}

async function* lines(from: string, times: number): AsyncGenerator<string> {
  for await (const line of createInterface({ input: createReadStream(from) })) {
    const reading: {
      kind: string;
      name?: string;
      repositories?: number;
      listing?: { value?: { repositories: number } };
    } = JSON.parse(line);
    if (reading.kind === 'repository') {
      for (let index = 0; index < times; index += 1) {
        yield `${JSON.stringify({ ...reading, name: `${reading.name}-${index}` })}\n`;
      }
      continue;
    }
    if (typeof reading.repositories === 'number') reading.repositories *= times;
    if (reading.listing?.value !== undefined) reading.listing.value.repositories *= times;
    yield `${JSON.stringify(reading)}\n`;
  }
}
