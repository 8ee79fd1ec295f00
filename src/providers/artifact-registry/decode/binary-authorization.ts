import {
  DecodeError,
  enumAt,
  groupsOf,
  type JsonObject,
  maybeObject,
  maybeObjects,
  maybeString,
  maybeStrings,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import { Unreachable } from '../../facts.ts';

/** What an admission rule of Binary Authorization does with an image that nobody attested. */
export interface AdmissionRule {
  /** For whom it holds: `every deployment`, `cluster europe-west4.prod`. */
  readonly where: string;
  readonly evaluation: 'ALWAYS_ALLOW' | 'ALWAYS_DENY' | 'REQUIRE_ATTESTATION';
  readonly blocks: boolean;
  /** Names of attestors, `projects/P/attestors/A`; all of them must have attested. */
  readonly attestors: readonly string[];
}

export interface AdmissionPolicy {
  readonly rules: readonly AdmissionRule[];
  /** Images that are let in unseen: names with `*` for all but slashes, `**` for all. */
  readonly exempt: readonly string[];
}

const special = {
  clusterAdmissionRules: 'cluster',
  kubernetesNamespaceAdmissionRules: 'namespace',
  kubernetesServiceAccountAdmissionRules: 'service account',
  istioServiceIdentityAdmissionRules: 'service identity',
} as const;

const known = ['defaultAdmissionRule', ...Object.keys(special)];
const rulesForm = /AdmissionRules?$/;

/**
 * GetBinaryAuthorizationPolicy, `projects/P/policy`, as it came. P is the project's id, or its number, which
 * is not known here. Throws when it is the policy of another project.
 */
export function policyOfProject(raw: unknown, project: string): JsonObject {
  const policy = objectOf(raw, 'the policy');
  const name = stringAt(policy, 'name');
  const [owner] = groupsOf(/^projects\/([^/]+)\/policy$/, name);
  if (owner === project || (owner !== undefined && /^\d+$/.test(owner))) return policy;
  throw new DecodeError(`the policy is ${name.slice(0, 80)}`);
}

/** The rules of a policy. A project that never set one answers with the default, which lets everything in. */
export function admissionPolicy(answer: JsonObject): AdmissionPolicy {
  const strange = Object.keys(answer).find((key) => !known.includes(key) && rulesForm.test(key));
  if (strange !== undefined)
    throw new Error(`${strange.slice(0, 60)} are rules that are not known`);
  const rules = Object.entries(special).flatMap(([key, what]) => {
    const map = maybeObject(answer, key);
    const entries = map === null ? [] : Object.entries(map);
    return entries.map(([name, rule]) => admissionRule(`${what} ${name}`, rule));
  });
  return {
    rules: [admissionRule('every deployment', objectAt(answer, 'defaultAdmissionRule')), ...rules],
    exempt: maybeObjects(answer, 'admissionWhitelistPatterns').map((entry) =>
      stringAt(entry, 'namePattern'),
    ),
  };
}

function admissionRule(where: string, raw: unknown): AdmissionRule {
  const rule = objectOf(raw, 'an admission rule');
  return {
    where,
    evaluation: enumAt(rule, 'evaluationMode', [
      'ALWAYS_ALLOW',
      'ALWAYS_DENY',
      'REQUIRE_ATTESTATION',
    ]),
    blocks:
      enumAt(rule, 'enforcementMode', ['ENFORCED_BLOCK_AND_AUDIT_LOG', 'DRYRUN_AUDIT_LOG_ONLY']) ===
      'ENFORCED_BLOCK_AND_AUDIT_LOG',
    attestors: maybeStrings(rule, 'requireAttestationsBy'),
  };
}

export interface Attestor {
  /** `projects/P/attestors/A` */
  readonly name: string;
  /** An attestor without keys can verify nothing. */
  readonly keys: number;
}

export function attestor(raw: JsonObject): Attestor {
  const note = maybeObject(raw, 'userOwnedGrafeasNote');
  return {
    name: stringAt(raw, 'name'),
    keys: note === null ? 0 : maybeObjects(note, 'publicKeys').filter(hasKey).length,
  };
}

function hasKey(key: JsonObject): boolean {
  if (maybeString(key, 'asciiArmoredPgpPublicKey') !== null) return true;
  const pkix = maybeObject(key, 'pkixPublicKey');
  return pkix !== null && maybeString(pkix, 'publicKeyPem') !== null;
}

/** Something of the project that starts images, and which policy it enforces. */
export interface Runtime {
  readonly name: string;
  /** `another`: a platform policy in place of the project's. */
  readonly enforces: 'project-policy' | 'another' | 'none';
}

/**
 * GKE clusters. Without a mode that enforces the project's policy it is not enforced, not even
 * where the retired `enabled` flag is set without a mode (GKE v1, BinaryAuthorization).
 */
export function clusters(raw: unknown): readonly Runtime[] {
  if (raw === null) return [];
  const answer = objectOf(raw, 'the clusters');
  if (maybeStrings(answer, 'missingZones').length > 0) {
    throw new Unreachable('zones of Kubernetes Engine did not answer');
  }
  return maybeObjects(answer, 'clusters').map((cluster) => ({
    name: `cluster ${stringAt(cluster, 'location')}.${stringAt(cluster, 'name')}`,
    enforces: enforcesPolicy(maybeObject(cluster, 'binaryAuthorization'))
      ? 'project-policy'
      : 'none',
  }));
}

function enforcesPolicy(setting: JsonObject | null): boolean {
  if (setting === null || setting['evaluationMode'] === undefined) return false;
  const mode = enumAt(setting, 'evaluationMode', [
    'EVALUATION_MODE_UNSPECIFIED',
    'DISABLED',
    'PROJECT_SINGLETON_POLICY_ENFORCE',
    'POLICY_BINDINGS',
    'POLICY_BINDINGS_AND_PROJECT_SINGLETON_POLICY_ENFORCE',
  ]);
  return mode.endsWith('PROJECT_SINGLETON_POLICY_ENFORCE');
}

const policyAnnotation = 'run.googleapis.com/binary-authorization';
const breakglass = 'run.googleapis.com/binary-authorization-breakglass';

/** What Cloud Run starts, by the kind of a list of it (v1). */
const runKinds = {
  ServiceList: 'service',
  JobList: 'job',
  WorkerPoolList: 'worker pool',
} as const;

/**
 * A list of Cloud Run (v1), all in one answer; a token in its metadata says that there is more, and
 * regions that did not answer are named.
 */
export function runList(raw: unknown, expected: keyof typeof runKinds): readonly Runtime[] {
  if (raw === null) return [];
  const answer = objectOf(raw, 'the list');
  if (maybeStrings(answer, 'unreachable').length > 0) {
    throw new Unreachable('regions of Cloud Run did not answer');
  }
  const more = maybeObject(answer, 'metadata');
  if (more !== null && maybeString(more, 'continue') !== null) {
    throw new Error('there is more than one answer holds');
  }
  enumAt(answer, 'kind', [expected]);
  return maybeObjects(answer, 'items').map((entry) => runtime(entry, runKinds[expected]));
}

/** The annotation names the policy: `default` is the project's, anything else a platform policy. */
function runtime(raw: JsonObject, kind: string): Runtime {
  const metadata = objectAt(raw, 'metadata');
  const annotations = maybeObject(metadata, 'annotations');
  return {
    name: `Cloud Run ${kind} ${stringAt(metadata, 'name')}`,
    enforces: annotations === null ? 'none' : policyEnforcedBy(annotations),
  };
}

function policyEnforcedBy(annotations: JsonObject): Runtime['enforces'] {
  // Breakglass starts the image whatever the policy says.
  if (annotations[breakglass] !== undefined) return 'none';
  const policy = maybeString(annotations, policyAnnotation);
  if (policy === null) return 'none';
  return policy === 'default' ? 'project-policy' : 'another';
}
