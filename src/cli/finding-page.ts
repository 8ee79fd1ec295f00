import type { StoredReport } from '../findings/report-reader.ts';
import type { AllCommands } from '../model/commands.ts';
import type { CandidateVerdict, DerivedFacts } from '../model/derived.ts';
import type { Evidence, Finding } from '../model/finding.ts';
import type { CheckSummary } from '../model/report.ts';
import { UsageError } from '../model/usage-error.ts';
import { sourcesOf } from '../reporters/evidence.ts';
import { fill } from '../reporters/fix/command.ts';
import { placeOf } from '../reporters/fix/steps.ts';
import { safeJson, safeLine, safeText } from '../reporters/safe-text.ts';
import { suppressionText } from '../reporters/suppression-text.ts';

const mostText = 2000;

/**
 * Finds the finding whose fingerprint starts with this text. Throws `UsageError` for fewer than eight digits, and unless exactly one matches.
 */
export function findingOf({ findings }: StoredReport, start: string): Finding {
  if (!/^[0-9a-f]{8,64}$/.test(start)) {
    throw new UsageError(
      `"${start}" is neither a fingerprint nor its first eight digits`,
      'the JSON report has the fingerprint of every finding',
    );
  }
  const [found, ...others] = findings.filter(({ fingerprint }) => fingerprint.startsWith(start));
  if (found === undefined) throw new UsageError(`no finding of the report begins with ${start}`);
  if (others.length > 0) {
    throw new UsageError(`${others.length + 1} findings of the report begin with ${start}`);
  }
  return found;
}

/** Everything the report contains about a finding, as lines of text. */
export function findingPage(
  { checks }: StoredReport,
  finding: Finding,
  commands: AllCommands,
): string[] {
  const check = checks.find(({ id }) => id === finding.check);
  return [
    `${finding.check}, ${finding.severity}: ${finding.verdict}`,
    '',
    `  ${finding.subject}: ${finding.message}`,
    ...(finding.owner === null ? [] : ['', `Owner       ${finding.owner}`]),
    ...suppressionLines(finding),
    ...finding.evidence.flatMap(evidence),
    ...finding.blocked.flatMap(blocked),
    ...finding.missing.flatMap(blocked),
    ...finding.byHand.flatMap(step),
    ...(check === undefined
      ? []
      : [...about(check), ...fix(check, finding, commands), ...controls(check)]),
    '',
    `Fingerprint ${finding.fingerprint}`,
  ].map((line) => `${safeLine(indented(line))}\n`);
}

function indented(line: string): string {
  const indent = /^ */.exec(line)?.[0] ?? '';
  return indent + safeText(line.slice(indent.length), mostText);
}

function suppressionLines({ suppression }: Finding): string[] {
  return suppression === null ? [] : ['', suppressionText(suppression)];
}

function evidence(one: Evidence): string[] {
  if (judgedFacts.has(one.fact) && Array.isArray(one.value)) return judgedImages(one);
  const value = safeJson(one.value, 2).split('\n');
  return [
    '',
    `Evidence    ${one.fact}, from ${sourcesOf([one])}`,
    ...value.map((line) => `  ${line}`),
  ];
}

/** Facts whose entries list the candidates of an image. */
const judgedFacts: ReadonlySet<string> = new Set<keyof DerivedFacts>([
  'recentVerified',
  'recentProvenance',
]);

/** Each image, and each of its candidates with why it was refused. */
function judgedImages(one: Evidence): string[] {
  const images = one.value as readonly (Partial<JudgedImage> | string)[];
  return [
    '',
    `Evidence    ${one.fact}, from ${sourcesOf([one])}`,
    ...images.flatMap((image) => {
      if (typeof image === 'string') return [`  ${image}`];
      const { image: name = '', says, refused, candidates = [] } = image;
      const clause = says ?? refused ?? '';
      return [
        `  ${name}${clause === '' ? '' : `: ${clause}`}`,
        ...candidates.map(
          ({ form, digest, verdict, says: why }) =>
            `    ${verdict} ${form} ${digest.slice(0, 'sha256:'.length + 12)}: ${why}`,
        ),
      ];
    }),
  ];
}

interface JudgedImage {
  readonly image: string;
  readonly says: string;
  readonly refused: string | null;
  readonly candidates: readonly CandidateVerdict[];
}

function blocked({
  fact,
  operation,
  why,
  permission,
  detail,
  cure,
}: Finding['blocked'][number]): string[] {
  return [
    '',
    `Unknown     ${fact}: ${operation} ${why}`,
    ...(permission === null || cure !== null ? [] : [`  needs ${permission}`]),
    ...(cure === null ? [] : [`  ${cure}`]),
    ...(detail === null ? [] : [`  message: ${detail}`]),
  ];
}

function step({ note, step: what, page }: Finding['byHand'][number]): string[] {
  return ['', `By hand     ${what}: ${note}`, ...(page === null ? [] : [`  ${page}`])];
}

function about({ title, why, checklist }: CheckSummary): string[] {
  return ['', `Expected    ${title}`, `Why         ${why}`, `Checklist   ${checklist.join(', ')}`];
}

function fix(check: CheckSummary, finding: Finding, commands: AllCommands): string[] {
  if (finding.verdict !== 'fail') return [];
  const { command, terraform, console, instead, risk, undo, references } =
    check.fix[finding.provider] ?? {};
  const { values, variables, unfit, instead: there } = placeOf(finding, commands);
  const filled =
    command === undefined || unfit !== null ? undefined : fill(command, values, variables).text;
  const pages = references?.join('\n');
  // In another console the path and the resource of the fix are others.
  const fits = there === undefined;
  const ways = {
    command: filled,
    ...(fits ? { terraform, console, instead } : { console: there }),
    ...{ risk, undo, references: pages },
  };
  return Object.entries(ways).flatMap(([way, text]) =>
    text === undefined || text === ''
      ? []
      : ['', `Fix: ${way}`, ...text.split('\n').map((line) => `  ${line}`)],
  );
}

/** A pass is evidence towards a control, never compliance with it. */
function controls({ controls: all }: CheckSummary): string[] {
  const lines = all.map(
    ({ framework, version, id, by }) => `  ${framework} ${version}: ${id} (${by})`,
  );
  return lines.length === 0 ? [] : ['', 'Evidence towards', ...lines];
}
