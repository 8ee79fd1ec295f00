import type { CheckSummary } from '../model/report.ts';

/** The fix of a check for a provider in one line: what to do by hand or in the console, then the command; '' without one. */
export function fixText(about: CheckSummary | undefined, provider: string): string {
  const { command, terraform, console, instead } = about?.fix[provider] ?? {};
  const steps = [...new Set([console, instead])].flatMap((step) =>
    step === undefined ? [] : [step],
  );
  const ways = [...steps, ...(command === undefined ? [] : [`run: ${oneLine(command)}`])];
  return ways.length === 0 ? (terraform ?? '') : ways.join(' | ');
}

/** Lines of shell in one line that still works: a comment would swallow what follows it. */
function oneLine(command: string): string {
  return command
    .split('\n')
    .map((line) => (line.startsWith('#') ? `(${line.replace(/^#\s*/, '')})` : line))
    .join('; ');
}
