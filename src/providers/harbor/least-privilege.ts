import { jsonDocument } from '../permissions.ts';
import { type Grant, type OperationName, operations } from './operations.ts';

/** What no robot can be granted (src/common/rbac/const.go has no `configuration`). */
const never: readonly OperationName[] = ['getConfigurations'];

/**
 * The robot account for exactly these operations, as `POST /api/v2.0/robots` takes it. What a robot can
 * never read stands in its description. Out: JSON text, ready to paste.
 */
export function leastPrivilege(names: readonly OperationName[]): string {
  const grants = names.flatMap((name): readonly Grant[] => operations[name].grants);
  const access = (level: Grant['level']) =>
    [...new Set(grants.filter((grant) => grant.level === level).map(keyOf))].sort().map((key) => {
      const [resource, action] = key.split(':');
      return { resource, action };
    });
  const permissions = [
    { kind: 'system', namespace: '/', access: access('system') },
    { kind: 'project', namespace: '*', access: access('project') },
  ];
  return jsonDocument({
    name: 'regaudit',
    description: description(names),
    level: 'system',
    duration: 30,
    disable: false,
    permissions: permissions.filter((one) => one.access.length > 0),
  });
}

function keyOf({ resource, action }: Grant): string {
  return `${resource}:${action}`;
}

function description(names: readonly OperationName[]): string {
  const missing = names.filter((name) => never.includes(name)).map((name) => operations[name].path);
  return missing.length === 0
    ? 'Reads the settings for regaudit'
    : `Reads the settings for regaudit, but for GET ${missing.join(', ')}: no robot can be granted that, only a system administrator may`;
}
