import { digestOf } from '../../src/demo/harbor/artifacts.ts';
import type { Artifact, Estate, Project } from '../../src/demo/harbor/estate.ts';
import { provider } from '../../src/providers/harbor/index.ts';
import type { OperationName } from '../../src/providers/harbor/operations.ts';
import { type FieldTable, lawHolds } from '../support/fault-injection.ts';
import { lawScenes } from '../support/harbor/law-scenes.ts';
import { scanEstate } from '../support/harbor/scan.ts';
import { bundleSigned } from '../support/signing/cosign.ts';
import { filed } from '../support/signing/filed.ts';
import { keyPair } from '../support/signing/pki.ts';
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
  getToken: [['token']],
  getArtifact: [['digest'], ['digest', 'sha256:0'], ['annotations'], ['annotations', 'none']],
};

/** The scenes, with what hangs on their images ready to be read. */
async function scenes(): Promise<readonly Estate[]> {
  const key = keyPair('p256').privateKey;
  const readable = (artifact: Artifact, project: Project) => {
    const stored = filed(
      { ...bundleSigned(digestOf(artifact.name), key), form: 'sigstore-bundle' },
      digestOf(artifact.name),
    );
    const accessories = (artifact.accessories ?? []).map((one) => ({
      ...one,
      bytes: stored.manifest,
    }));
    return { ...project, artifacts: [{ ...artifact, accessories }], layers: [stored.layer] };
  };
  return (await lawScenes()).map((estate) => ({
    ...estate,
    projects: Object.fromEntries(
      Object.entries(estate.projects).map(([name, project]) => {
        const [artifact] = project.artifacts ?? [];
        return [name, artifact === undefined ? project : readable(artifact, project)];
      }),
    ),
  }));
}

/** What hangs on images is read as well. */
const context = { ...spoiled.context, images: { newest: 3, tags: [], mayPull: true } };
const stored = 'what is stored is bytes that are held to their digest, and no object of an API';
const nothingSet = 'an empty body is how Harbor says that nothing is set';

lawHolds<OperationName, Estate>({
  provider,
  scenes,
  scan: (estate, checks, faults) =>
    scanEstate({ ...estate, faults }, { checks, ...spoiled, context }),
  fields,
  named: ['getArtifact', 'getRetention', 'getUser'],
  exempt: {
    getScanAllSchedule: { 'empty-body': nothingSet },
    getPurgeSchedule: { 'empty-body': nothingSet },
    getGCSchedule: { 'empty-body': nothingSet },
    getScannerOfProject: { 'empty-body': nothingSet },
    getManifest: { 'empty-object': stored, 'error-object': stored },
  },
  unreached: { probeTls: 'what is pretended is served without TLS; harbor-transport has it' },
});
