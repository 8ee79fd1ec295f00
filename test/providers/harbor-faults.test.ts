import type { Estate } from '../../src/demo/harbor/estate.ts';
import { provider } from '../../src/providers/harbor/index.ts';
import type { OperationName } from '../../src/providers/harbor/operations.ts';
import { type FieldTable, lawHolds } from '../support/fault-injection.ts';
import { lawScenes } from '../support/harbor/law-scenes.ts';
import { scanEstate } from '../support/harbor/scan.ts';
import { spoiled } from '../support/spoiled.ts';

/** New words, and fields that must be there; those that blind some checks alone are in harbor-words. */
const fields: FieldTable<OperationName> = {
  getCurrentUserInfo: [['user_id'], ['username'], ['sysadmin_flag'], ['admin_role_in_auth']],
  getUser: [['user_id'], ['user_id', 2], ['username'], ['sysadmin_flag'], ['creation_time']],
  listUsers: [['[].user_id'], ['[].username'], ['[].sysadmin_flag'], ['[].sysadmin_flag', 'yes']],
  ListRobot: [
    ['[].level'],
    ['[].name'],
    ['[].disable'],
    ['[].editable'],
    ['[].editable', false],
    ['[].expires_at'],
    ['[].expires_at', 'never'],
    ['[].permissions'],
    ['[].permissions[].kind', 'galaxy'],
    ['[].permissions[].namespace'],
    ['[].permissions[].access[].effect', 'perhaps'],
  ],
  listRegistries: [['[].id'], ['[].url'], ['[].url', 'gopher://upstream.example.org']],
  listReplicationPolicies: [
    ['[].trigger.type', 'sometimes'],
    ['[].filters[].type', 'colour'],
    ['[].dest_registry'],
    ['[].src_registry.id'],
  ],
  getScanAllSchedule: [['schedule'], ['schedule.type'], ['schedule.type', 'Yearly']],
  getPurgeSchedule: [['schedule'], ['schedule.type', 'Yearly'], ['job_parameters']],
  getGCSchedule: [['schedule'], ['schedule.type', 'Yearly'], ['job_parameters']],
  getGCHistory: [['[].job_parameters'], ['[].creation_time'], ['[].schedule']],
  getSystemCVEAllowlist: [['items'], ['items[].cve_id'], ['expires_at', 'tomorrow']],
  listAuditLogExts: [['[].op_time'], ['[].operation', 'levitate']],
  listProjects: [['[].project_id'], ['[].name']],
  listProjectMembers: [
    ['[].project_id'],
    ['[].project_id', 99],
    ['[].role_id'],
    ['[].role_id', 9],
    ['[].entity_type', 'x'],
  ],
  ListImmuRules: [
    ['[].action'],
    ['[].action', 'mutable'],
    ['[].tag_selectors[].decoration', 'resembles'],
    ['[].tag_selectors[].kind', 'regexp'],
    ['[].tag_selectors[].pattern', 5],
  ],
  getRetention: [
    ['algorithm', 'and'],
    ['rules'],
    ['trigger'],
    ['trigger.kind', 'Event'],
    ['trigger.settings.cron', 5],
    ['scope'],
    ['scope.ref', 99],
    ['rules[].action', 'forget'],
    ['rules[].template', 'luckyK'],
    ['rules[].tag_selectors[].decoration', 'resembles'],
  ],
  getScannerOfProject: [['health'], ['health', 'tired'], ['disabled'], ['name']],
  ListWebhookPoliciesOfProject: [
    ['[].enabled'],
    ['[].project_id', 99],
    ['[].targets[].address'],
    ['[].targets[].address', 'smoke signals'],
  ],
  listArtifactsOfProject: [['[].digest'], ['[].repository_name'], ['[].push_time'], ['[].type']],
  getArtifact: [['digest'], ['digest', 'sha256:0'], ['annotations'], ['annotations', 'none']],
};

const nothingSet = 'an empty body is how Harbor says that nothing is set';

lawHolds<OperationName, Estate>({
  provider,
  scenes: lawScenes,
  scan: (estate, checks, faults) => scanEstate({ ...estate, faults }, { checks, ...spoiled }),
  fields,
  named: ['getArtifact', 'getRetention', 'getUser'],
  exempt: {
    getScanAllSchedule: { 'empty-body': nothingSet },
    getPurgeSchedule: { 'empty-body': nothingSet },
    getGCSchedule: { 'empty-body': nothingSet },
    getScannerOfProject: { 'empty-body': nothingSet },
  },
  unreached: { probeTls: 'what is pretended is served without TLS; harbor-transport has it' },
});
