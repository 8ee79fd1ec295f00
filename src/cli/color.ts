/** `auto`: as the environment and the stream say. */
export type ColorWhen = 'auto' | 'always' | 'never';

/**
 * Whether to colour. A choice made for regaudit beats `NO_COLOR`, which beats `FORCE_COLOR`, which
 * beats what the stream is; both count only when they are not empty (no-color.org, force-color.org).
 */
export function wantsColor(
  when: ColorWhen,
  environment: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (when !== 'auto') return when === 'always';
  if (environment['NO_COLOR']) return false;
  const force = environment['FORCE_COLOR'];
  if (force) return force !== '0' && force !== 'false';
  return isTerminal && environment['TERM'] !== 'dumb';
}
