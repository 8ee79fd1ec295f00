import { alternativeNames, type Certificate } from './certificate.ts';
import { der, stringOf } from './der.ts';
import { globMatches } from './glob.ts';
import { Refused } from './outcome.ts';
import type { Identity } from './signer.ts';

/** What a Fulcio certificate says of who asked for it (sigstore/fulcio, docs/oid-info.md). */
export interface Claims {
  readonly subjects: readonly string[];
  readonly issuer: string | null;
  readonly workflow: string | null;
  readonly runner: string | null;
  readonly source: string | null;
  readonly ref: string | null;
  readonly ownerId: string | null;
}

const base = '1.3.6.1.4.1.57264.1';

export function claimsOf(certificate: Certificate): Claims {
  const text = (number: number) => {
    const value = certificate.extension(`${base}.${number}`);
    return value === null ? null : stringOf(der(value));
  };
  // The deprecated form holds the text itself, without DER around it.
  const deprecated = certificate.extension(`${base}.1`);
  return {
    subjects: ([6, 1] as const).flatMap((kind) => alternativeNames(certificate, kind)),
    issuer: text(8) ?? (deprecated === null ? null : deprecated.toString('utf8')),
    workflow: text(9),
    runner: text(11),
    source: text(12),
    ref: text(14),
    ownerId: text(17),
  };
}

const githubIssuer = 'https://token.actions.githubusercontent.com';
const github = 'https://github.com/';

/** Throws `Refused` unless the claims are those of the declared identity. */
export function requireIdentity(claims: Claims, identity: Identity): void {
  const whom = formatClaims(claims);
  const refuse = (why: string) => new Refused(`it is signed by ${whom}, ${why}`, 'identity');
  if (identity.kind === 'subject') {
    if (claims.issuer !== identity.issuer)
      throw refuse(`on the word of ${claims.issuer ?? 'no issuer'}, not of ${identity.issuer}`);
    const [subject, ...more] = claims.subjects;
    const fits = (pattern: string) => subject !== undefined && globMatches(pattern, subject);
    if (more.length > 0 || !identity.subjects.some(fits))
      throw refuse('who is not in expect.signers');
    return;
  }
  if (claims.issuer !== githubIssuer) throw refuse('not by GitHub Actions');
  const { source, workflow, runner, ref } = claims;
  if (source === null || !globMatches(github + identity.source, source))
    throw refuse(`for ${source ?? 'no repository'}, not for ${identity.source}`);
  if (identity.ownerId !== null && claims.ownerId !== String(identity.ownerId))
    throw refuse(`for an owner with id ${claims.ownerId ?? 'unknown'}, not ${identity.ownerId}`);
  if (!isWorkflow(workflow, source, identity.workflow))
    throw refuse(`by the workflow ${workflow ?? 'unknown'}, which is not declared`);
  if (
    identity.refs.length > 0 &&
    !identity.refs.some((one) => ref !== null && globMatches(one, ref))
  )
    throw refuse(`from ${ref ?? 'an unknown ref'}, which is not declared`);
  if (!identity.selfHosted && runner !== 'github-hosted')
    throw refuse('on a runner that GitHub does not host');
}

/** Whether the workflow is the declared one, at any ref unless one is given; null: any of the repository. */
function isWorkflow(workflow: string | null, source: string, declared: string | null): boolean {
  if (workflow === null) return false;
  const at = workflow.lastIndexOf('@');
  const path = at < 0 ? workflow : workflow.slice(0, at);
  if (declared === null) return path.startsWith(`${source}/.github/workflows/`);
  return globMatches(github + declared, declared.includes('@') ? workflow : path);
}

/** Who signed, for people. */
export function formatClaims({ subjects, source }: Claims): string {
  const subject = subjects.join(', ') || 'a certificate without a name';
  const other = source !== null && !subject.startsWith(`${source}/`);
  return other ? `${subject} for ${source}` : subject;
}
