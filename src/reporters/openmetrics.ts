import type { Finding } from '../model/finding.ts';
import type { RegistrySummary, Report } from '../model/report.ts';
import { safeText } from './safe-text.ts';

const longest = 500;

type Labels = Readonly<Record<string, string>>;

interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

interface Family {
  readonly name: string;
  readonly help: string;
  readonly samples: Iterable<Sample>;
}

/**
 * Renders OpenMetrics 1.0 text, all gauges: findings by registry, owner, check, severity, verdict and suppression, and
 * what each scan read. For the textfile collector of the node exporter, or a push gateway. The number of
 * series grows with registries, owners and checks, never with repositories.
 */
export function* renderOpenMetrics(report: Report): Generator<string> {
  for (const { name, help, samples } of families(report)) {
    yield `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} gauge\n`;
    for (const { labels, value } of samples) yield `${name}${labelsText(labels)} ${value}\n`;
  }
  yield '# EOF\n';
}

function families(report: Report): readonly Family[] {
  const { registries, tool, startedAt, finishedAt, exitCode, failOn, interrupted } = report;
  const started = Date.parse(startedAt) / 1000;
  const finished = Date.parse(finishedAt) / 1000;
  const each = (value: (registry: RegistrySummary) => number | null): Sample[] =>
    registries.flatMap((registry) => {
      const { id, provider } = registry;
      const found = value(registry);
      return found === null ? [] : [{ labels: { provider, registry: id }, value: found }];
    });
  const single = (value: number, labels: Labels = {}): Sample[] => [{ labels, value }];
  return [
    {
      name: 'regaudit_info',
      help: 'The version of regaudit; always 1.',
      samples: single(1, { version: tool.version }),
    },
    {
      name: 'regaudit_findings',
      help: 'Findings of the last scan by registry, owner, check, severity, verdict and suppression.',
      samples: findingSamples(report),
    },
    {
      name: 'regaudit_scan_start_timestamp_seconds',
      help: 'When the last scan began.',
      samples: single(started),
    },
    {
      name: 'regaudit_scan_end_timestamp_seconds',
      help: 'When the last scan ended. Its age is time() minus this value.',
      samples: single(finished),
    },
    {
      name: 'regaudit_scan_duration_seconds',
      help: 'How long the last scan took.',
      samples: single(Number(Math.max(0, finished - started).toFixed(3))),
    },
    {
      name: 'regaudit_scan_exit_code',
      help: 'The exit code of the last scan: 0 passed, 1 failed, 3 unknown.',
      samples: single(exitCode, { fail_on: failOn }),
    },
    {
      name: 'regaudit_scan_interrupted',
      help: '1: the last scan was interrupted, and what it did not reach is unknown.',
      samples: single(Number(interrupted)),
    },
    {
      name: 'regaudit_registry_reachable',
      help: '0: sign-in failed or the registry was not reached, and all of it is unknown.',
      samples: each(({ reachable }) => Number(reachable)),
    },
    {
      name: 'regaudit_registry_complete',
      help: '0: not every repository was scanned.',
      samples: each(({ reachable, repositories: { complete, known, count } }) =>
        Number(reachable && complete && (known ?? count) === count),
      ),
    },
    {
      name: 'regaudit_registry_repositories',
      help: 'Repositories that were scanned.',
      samples: each(({ repositories }) => repositories.count),
    },
    {
      name: 'regaudit_registry_api_calls',
      help: 'API calls of the last scan, retries not counted; absent when it read a snapshot.',
      samples: each(({ calls }) => calls),
    },
    {
      name: 'regaudit_registry_read_timestamp_seconds',
      help: 'When the facts about the registry were read.',
      samples: each(({ takenAt }) => Date.parse(takenAt) / 1000),
    },
  ];
}

/** One sample for each combination of labels that a finding has; holds the counts, not the findings. */
function findingSamples({ findings }: Report): Sample[] {
  const counts = new Map<string, { readonly labels: Labels; value: number }>();
  for (const finding of findings) {
    const labels = labelsOf(finding);
    // As they are written: a series that stands twice makes a reader refuse the whole file.
    const key = labelsText(labels);
    const sample = counts.get(key);
    if (sample === undefined) counts.set(key, { labels, value: 1 });
    else sample.value += 1;
  }
  return [...counts.values()];
}

function labelsOf(finding: Finding): Labels {
  const { provider, registry, owner, check, severity, verdict, suppression } = finding;
  return {
    provider,
    registry,
    owner: owner ?? '',
    check,
    severity,
    verdict,
    suppression: suppression?.kind ?? 'none',
  };
}

function labelsText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escapeLabel(value: string): string {
  return safeText(value, longest).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}
