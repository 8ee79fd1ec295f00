import { createHash } from 'node:crypto';
import type { Artifact } from './estate.ts';
import type { Numbered } from './projects.ts';

type Fields = Readonly<Record<string, unknown>>;

export function digestOf(name: string): string {
  return `sha256:${createHash('sha256').update(name).digest('hex')}`;
}

/** An accessory with a manifest has the digest of that. */
export function accessoryDigest({ name, bytes = name }: { name: string; bytes?: string }): string {
  return digestOf(bytes);
}

/** The entries of listArtifactsOfProject, newest first, without accessories. */
export function artifactsOf({ id, name, project }: Numbered): Fields[] {
  return (project.artifacts ?? [])
    .toSorted((a, b) => b.pushedAt.localeCompare(a.pushedAt))
    .map((artifact) => entry(id, name, artifact));
}

/** GetArtifact, also for accessories; null: no artifact with that digest. */
export function artifactOf(
  { id, name, project }: Numbered,
  repository: string,
  digest: string,
): Fields | null {
  for (const artifact of project.artifacts ?? []) {
    if (artifact.repository !== repository) continue;
    if (digestOf(artifact.name) === digest) return entry(id, name, artifact);
    const found = (artifact.accessories ?? []).find((one) => accessoryDigest(one) === digest);
    if (found !== undefined) {
      return {
        ...common(id, `${name}/${repository}`, digest, artifact.pushedAt),
        type: 'SIGNATURE',
        ...found.manifest,
      };
    }
  }
  return null;
}

function common(project: number, repository: string, digest: string, pushedAt: string): Fields {
  return {
    id: 1,
    project_id: project,
    repository_id: 1,
    repository_name: repository,
    digest,
    size: 1024,
    push_time: pushedAt,
    pull_time: pushedAt,
    manifest_media_type: 'application/vnd.oci.image.manifest.v1+json',
  };
}

/** Media type of the configuration, by Harbor's word for the artifact (src/controller/artifact/processor). */
function configOf(type: string): string {
  return type === 'CHART'
    ? 'application/vnd.cncf.helm.config.v1+json'
    : 'application/vnd.oci.image.config.v1+json';
}

function entry(project: number, projectName: string, artifact: Artifact): Fields {
  const { repository, name, tags = [], pushedAt, type = 'IMAGE', scan, os, references } = artifact;
  const digest = digestOf(name);
  const repositoryName = `${projectName}/${repository}`;
  return {
    ...common(project, repositoryName, digest, pushedAt),
    type,
    media_type: configOf(type),
    artifact_type: configOf(type),
    labels: null,
    tags:
      tags.length === 0
        ? null
        : tags.map((tag, index) => ({
            id: index + 1,
            repository_id: 1,
            artifact_id: 1,
            name: tag,
            push_time: pushedAt,
            pull_time: pushedAt,
            immutable: false,
          })),
    ...(os === undefined ? {} : { extra_attrs: { architecture: 'amd64', os } }),
    references: references === undefined ? null : references,
    ...(scan === undefined ? {} : { scan_overview: { [reportType]: report(scan, pushedAt) } }),
    accessories:
      artifact.accessories === undefined
        ? null
        : artifact.accessories.map((one, index) => ({
            id: index + 1,
            artifact_id: index + 100,
            subject_artifact_digest: digest,
            subject_artifact_repo: repositoryName,
            size: 512,
            digest: accessoryDigest(one),
            type: one.type,
            icon: '',
            creation_time: pushedAt,
          })),
  };
}

const reportType = 'application/vnd.security.vulnerability.report; version=1.1';

function report(scan: NonNullable<Artifact['scan']>, at: string): Fields {
  const common = { report_id: 'r1', start_time: at, end_time: at, duration: 3 };
  // A scan that has not succeeded has neither a summary nor a percentage.
  if (typeof scan === 'string') return { ...common, scan_status: scan };
  const total = Object.values(scan).reduce((sum, count) => sum + count, 0);
  return {
    ...common,
    scan_status: 'Success',
    severity: Object.keys(scan)[0] ?? 'None',
    complete_percent: 100,
    summary: { total, fixable: 0, summary: scan },
  };
}
