import { UsageError } from '../model/usage-error.ts';

/** One of several parts, counted from 0. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What tells a job which of how many it is. `first`: what the first one is called. */
interface Engine {
  readonly index: string;
  readonly count: string;
  readonly first: 0 | 1;
}

/**
 * The first that is set counts. `SHARD_INDEX` is for engines whose jobs are told by nothing or by an expression alone:
 * GitHub Actions (`strategy.job-index`), Azure Container Apps, Argo. Kubernetes tells no count.
 */
const engines: readonly Engine[] = [
  { index: 'SHARD_INDEX', count: 'SHARDS', first: 0 },
  { index: 'JOB_COMPLETION_INDEX', count: 'SHARDS', first: 0 },
  { index: 'AWS_BATCH_JOB_ARRAY_INDEX', count: 'AWS_BATCH_JOB_ARRAY_SIZE', first: 0 },
  { index: 'CLOUD_RUN_TASK_INDEX', count: 'CLOUD_RUN_TASK_COUNT', first: 0 },
  { index: 'CI_NODE_INDEX', count: 'CI_NODE_TOTAL', first: 1 },
];

/** As many as the largest of the engines starts. */
export const mostShards = 10_000;

/** `3/16`, or `auto`: what the environment says. Throws `UsageError` for anything else. */
export function shardFrom(given: string, environment: Environment): Shard {
  if (given === 'auto') return automatic(environment);
  const [, index, count] = /^(\d{1,5})\/(\d{1,5})$/.exec(given) ?? [];
  return shard(Number(index), Number(count), `--shard ${given}`);
}

function automatic(environment: Environment): Shard {
  const engine = engines.find(({ index }) => isSet(environment[index]));
  if (engine === undefined)
    throw new UsageError(
      '--shard auto: no variable tells which shard this is',
      `set SHARD_INDEX (from 0) and SHARDS, or write --shard 0/4; known are ${engines.map(({ index }) => index).join(', ')}`,
    );
  const [index, count] = [environment[engine.index] ?? '', environment[engine.count] ?? ''];
  if (count === '')
    throw new UsageError(
      `--shard auto: ${engine.index} is set, but ${engine.count} is not`,
      `set ${engine.count} to the number of shards`,
    );
  const whole = (text: string) => (/^\d{1,5}$/.test(text) ? Number(text) : Number.NaN);
  return shard(
    whole(index) - engine.first,
    whole(count),
    `${engine.index}=${index}, ${engine.count}=${count}`,
  );
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

function shard(index: number, count: number, said: string): Shard {
  if (count >= 1 && count <= mostShards && index >= 0 && index < count) return { index, count };
  throw new UsageError(
    `${said} is no shard`,
    `write --shard 0/16 for the first of 16 and 15/16 for the last; there are at most ${mostShards}`,
  );
}

/** `shard-00003-of-00016` */
export function shardName({ index, count }: Shard): string {
  const digits = (number: number) => String(number).padStart(5, '0');
  return `shard-${digits(index)}-of-${digits(count)}`;
}
