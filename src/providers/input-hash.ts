import { createHash } from 'node:crypto';

const length = 32;

/** A hash of what was read, as hexadecimal digits. The order of keys and lists does not count. */
export function inputHash(input: unknown): string {
  return createHash('sha256').update(canonical(input)).digest('hex').slice(0, length);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`;
  if (value instanceof Map || value instanceof Set) return canonical([...value]);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(JSON.stringify(value));
  const pairs = Object.entries(value).map(
    ([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`,
  );
  return `{${pairs.sort().join(',')}}`;
}
