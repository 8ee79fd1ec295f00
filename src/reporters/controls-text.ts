import type { Control } from '../model/report.ts';

/**
 * Formats the controls that a check is evidence towards, grouped by title: `Access Enforcement (NIST SP 800-53
 * Rev. 5 AC-3); …`. Leaves out those that only regaudit relates: they must not look like a requirement.
 */
export function controlsText(controls: readonly Control[]): string {
  const byTitle = new Map<string, string[]>();
  for (const { framework, version, id, title = '', by } of controls) {
    if (by === 'related') continue;
    byTitle.set(title, [...(byTitle.get(title) ?? []), `${framework} ${version} ${id}`]);
  }
  return [...byTitle]
    .map(([title, ids]) => `${title.replace(/\.$/, '')} (${ids.join(', ')})`.trimStart())
    .join('; ');
}
