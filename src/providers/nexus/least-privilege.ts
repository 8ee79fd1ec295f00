import { jsonDocument } from '../permissions.ts';
import { type OperationName, operations } from './operations.ts';

/** What only an administrator may read. */
const everything = 'nx-all';

/**
 * The role for exactly these operations, as `POST /service/rest/v1/security/roles` takes it. What would take
 * all rights stands in its description and is not granted. Out: JSON text, ready to paste.
 */
export function leastPrivilege(names: readonly OperationName[]): string {
  const needed = (name: OperationName): readonly string[] => operations[name].privileges;
  const beyond = names.filter((name) => needed(name).includes(everything));
  const privileges = new Set(names.flatMap(needed).filter((one) => one !== everything));
  const left = beyond.map((name) => `GET ${operations[name].path}`).join(', ');
  return jsonDocument({
    id: 'regaudit',
    name: 'regaudit',
    description:
      left === ''
        ? 'Reads the settings for regaudit'
        : `Reads the settings for regaudit, but for ${left}: only an administrator may`,
    privileges: [...privileges].sort(),
    roles: [],
  });
}
