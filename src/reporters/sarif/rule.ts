import type { ReportingDescriptor } from 'sarif';
import type { Severity } from '../../model/finding.ts';
import type { CheckSummary, Control } from '../../model/report.ts';
import { referencesOf } from '../references.ts';
import { safeText } from '../safe-text.ts';

/** Longest description that GitHub and GitLab accept; GitLab shows 255 characters of a name. */
export const mostText = 1024;
const mostName = 255;
const mostTags = 10;

export type Level = 'error' | 'warning' | 'note';

export const levels: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/** The middle of each GitHub range, so that rounding never changes the severity. */
const scores: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
};

const grounds: Readonly<Record<Control['by'], string>> = {
  registry: '',
  vendor: ' (mapped by a vendor)',
  related: ' (related, mapped by regaudit)',
};

/** The rule of a check for the provider of a run, as GitHub and GitLab show it. */
export function ruleOf(check: CheckSummary, provider: string): ReportingDescriptor {
  const references = referencesOf(check, [provider]);
  const sections = helpOf(check, provider, references);
  return {
    id: check.id,
    name: safeText(pascalCase(`${check.subject}-${check.id}`), mostName),
    // The title of the alert: without 'Expected', the good state would read like the finding.
    shortDescription: { text: safeText(`Expected: ${check.title}`, mostText) },
    fullDescription: { text: safeText(check.why, mostText) },
    help: {
      text: sections.map(asText).join('\n\n'),
      markdown: sections.map(asMarkdown).join('\n\n'),
    },
    ...(references[0] === undefined ? {} : { helpUri: references[0] }),
    defaultConfiguration: { level: levels[check.severity] },
    properties: {
      tags: tagsOf(check.controls),
      precision: 'very-high',
      'security-severity': scores[check.severity],
    },
  };
}

/**
 * Tags without CWE or CVE: GitLab would file some findings under Secret Detection or Dependency Scanning.
 * Related controls are in the help, which can name the source of the mapping.
 */
function tagsOf(controls: readonly Control[]): string[] {
  const tags = controls
    .filter(({ by, framework }) => by !== 'related' && !/\bC[WV]E\b/i.test(framework))
    .map(({ framework, id }) => `${slug(framework)}/${slug(id)}`);
  return [...new Set(['security', 'container-registry', ...tags])].slice(0, mostTags);
}

interface Section {
  readonly heading: string;
  readonly kind: 'prose' | 'command' | 'links' | 'list';
  readonly lines: readonly string[];
}

function helpOf(
  { why, fix, controls }: CheckSummary,
  provider: string,
  references: readonly string[],
): Section[] {
  const { command, terraform, console, instead } = fix[provider] ?? {};
  const sections: [string, Section['kind'], readonly (string | undefined)[]][] = [
    ['Why', 'prose', [why]],
    [`Fix (${provider})`, 'command', [command]],
    ['Terraform', 'command', [terraform]],
    ['Console', 'prose', [console]],
    ['Manual steps', 'prose', [instead]],
    ['References', 'links', references],
    ['Controls', 'list', controls.map(formatControl)],
  ];
  return sections.flatMap(([heading, kind, all]) => {
    const lines = all.flatMap((line) => (line === undefined ? [] : [safeText(line, mostText)]));
    return lines.length === 0 ? [] : [{ heading, kind, lines }];
  });
}

function formatControl({ framework, version, id, by }: Control): string {
  return `${framework} ${version}, ${id}${grounds[by]}`;
}

function asText({ heading, kind, lines }: Section): string {
  const bullet = kind === 'links' || kind === 'list' ? '- ' : '';
  return [`${heading}:`, ...lines.map((line) => bullet + line)].join('\n');
}

function asMarkdown({ heading, kind, lines }: Section): string {
  return `**${heading}**\n\n${markdown[kind](lines).join('\n')}`;
}

const markdown: Readonly<Record<Section['kind'], (lines: readonly string[]) => string[]>> = {
  prose: (lines) => lines.map(escapeMarkdown),
  command: (lines) => ['```sh', ...lines, '```'],
  links: (lines) => lines.map((line) => `- <${line}>`),
  list: (lines) => lines.map((line) => `- ${escapeMarkdown(line)}`),
};

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_<>[\]]/g, '\\$&');
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-|-$/g, '');
}
