import { booleanAt, DecodeError, numberAt, objectOf, stringAt } from '../../../decode/fields.ts';

/** What GitLab scans of a project by itself. */
export interface ScanSettings {
  readonly registry: boolean;
  readonly continuous: boolean;
}

export function scanSettings(raw: unknown, project: number): ScanSettings {
  const settings = objectOf(raw, 'the settings');
  if (numberAt(settings, 'project_id') !== project) {
    throw new DecodeError('the answer is about another project');
  }
  return {
    registry: booleanAt(settings, 'container_scanning_for_registry_enabled'),
    continuous: booleanAt(settings, 'continuous_vulnerability_scans_enabled'),
  };
}

/** Whether the project is closed to job tokens of others, but for those that it lists. */
export function limitsJobTokens(raw: unknown): boolean {
  return booleanAt(objectOf(raw, 'the scope of job tokens'), 'inbound_enabled');
}

/** An entry of listJobTokenProjects, by its path. */
export function allowedProject(raw: unknown): string {
  return stringAt(objectOf(raw, 'a project'), 'path_with_namespace');
}

/** An entry of listJobTokenGroups, by the path that its address ends with. */
export function allowedGroup(raw: unknown): string {
  const url = stringAt(objectOf(raw, 'a group'), 'web_url');
  if (!URL.canParse(url)) throw new DecodeError('web_url is no address');
  const { pathname } = new URL(url);
  const at = pathname.indexOf('/groups/');
  return pathname.slice(at === -1 ? 1 : at + '/groups/'.length);
}
