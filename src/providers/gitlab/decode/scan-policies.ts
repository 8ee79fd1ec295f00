import {
  booleanAt,
  type JsonObject,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import { yamlValue } from '../../../decode/yaml.ts';
import { wholeNodes } from './graphql.ts';

/** A policy that adds container scanning to pipelines, by what starts it. */
export interface ScanPolicy {
  readonly name: string;
  /** `pipeline`, `schedule`, or another word. */
  readonly startedBy: readonly string[];
}

/**
 * The policies of a project that are in force and scan containers. A pipeline scans the one image that it is
 * told (docs, container scanning, CS_IMAGE), so that none of them proves that every image is.
 */
export function scanPolicies(project: JsonObject): readonly ScanPolicy[] {
  const policies = wholeNodes(project, 'scanExecutionPolicies', 'read_api:developer');
  return policies.flatMap((policy) => {
    if (!booleanAt(policy, 'enabled')) return [];
    const written = objectOf(yamlValue(stringAt(policy, 'yaml')), 'the policy');
    const scans = objectsAt(written, 'actions').map((action) => stringAt(action, 'scan'));
    if (!scans.includes('container_scanning')) return [];
    const startedBy = objectsAt(written, 'rules').map((rule) => stringAt(rule, 'type'));
    return [{ name: stringAt(policy, 'name'), startedBy }];
  });
}
