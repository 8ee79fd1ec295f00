import { type Bundle, bundleFromJSON, ValidationError } from '@sigstore/bundle';
import { toSignedEntity, toTrustMaterial, VerificationError, Verifier } from '@sigstore/verify';
import { type Certificate, certificateOf, formatName, nameOf, usages } from './certificate.ts';
import { type Claims, claimsOf } from './claims.ts';
import type { Envelope } from './envelope.ts';
import { Refused, Undecided } from './outcome.ts';
import type { IdentityTrust, Root } from './signer.ts';

/** Most log entries and time-stamps of one signature that are tried. */
const most = 4;

/**
 * The identity that signed, by a certificate that a Sigstore root vouches for. Each root is tried alone, and
 * what it needs (log, certificate transparency, time-stamp) follows from the root, never from the signature.
 * The library checks chain, log and time; extended key usage is checked here, statement and identity by the
 * caller. Throws `Refused` or `Undecided`.
 */
export function signerOf(envelope: Envelope, { roots, log }: IdentityTrust): Claims {
  if (envelope.bundle === null)
    throw new Refused('it is signed with a key, not by an identity', 'kind');
  const bundle = opened(envelope.bundle);
  const leaf = leafOf(bundle);
  let last: unknown = new Refused('no Sigstore root is given', 'kind');
  for (const root of roots) {
    try {
      verified(bundle, envelope, leaf, root, log);
      return claimsOf(leaf);
    } catch (error) {
      if (!(error instanceof Refused || error instanceof Undecided)) throw error;
      if (!(last instanceof Undecided)) last = error;
    }
  }
  throw last;
}

function opened(json: Record<string, unknown>): Bundle {
  try {
    return bundleFromJSON(json);
  } catch (error) {
    if (error instanceof ValidationError) throw new Refused('its bundle is malformed');
    throw error;
  }
}

function leafOf({ verificationMaterial: { content } }: Bundle): Certificate {
  switch (content.$case) {
    case 'certificate':
      return certificateOf(content.certificate.rawBytes);
    case 'x509CertificateChain': {
      const [first] = content.x509CertificateChain.certificates;
      if (first === undefined) throw new Refused('its bundle has no certificate');
      return certificateOf(first.rawBytes);
    }
    case 'publicKey':
      throw new Refused('it is signed with a key, not by an identity', 'kind');
  }
}

/** The certificate of a signature with one; null: it has none. */
export function certificateIn({ bundle }: Envelope): Certificate | null {
  return bundle === null ? null : leafOf(opened(bundle));
}

function verified(
  bundle: Bundle,
  { artifact }: Envelope,
  leaf: Certificate,
  root: Root,
  log: IdentityTrust['log'],
): void {
  const { tlogs, ctlogs } = root.root;
  const logged = log === 'required' && tlogs.length > 0;
  const thresholds = {
    tlogThreshold: logged ? 1 : 0,
    ctlogThreshold: ctlogs.length > 0 ? 1 : 0,
    timestampThreshold: 1,
  };
  const verifier = new Verifier(toTrustMaterial(root.root), thresholds);
  if (logged) refuseUnknownLog(bundle, root);
  refuseUnknownAuthority(leaf, root);
  let failure: VerificationError | null = null;
  for (const one of variants(bundle)) {
    try {
      verifier.verify(toSignedEntity(one, artifact ?? undefined));
      if (leaf.extendedUsage?.oids.includes(usages.codeSigning) !== true)
        throw new Refused('its certificate is not for signing code', 'signer');
      if (leaf.unknownCritical.length > 0)
        throw new Refused(
          `its certificate has a critical extension that is not enforced here`,
          'signer',
        );
      return;
    } catch (error) {
      if (!(error instanceof VerificationError)) throw error;
      failure ??= error;
    }
  }
  throw refusalOf(failure);
}

/** The library refuses a good entry beside one of a foreign log or time-stamp authority. */
function* variants(bundle: Bundle): Generator<Bundle> {
  const { tlogEntries, timestampVerificationData } = bundle.verificationMaterial;
  const stamps = timestampVerificationData?.rfc3161Timestamps ?? [];
  yield bundle;
  if (tlogEntries.length + stamps.length < 2) return;
  const choices = <T>(all: readonly T[]) => [
    [...all],
    [],
    ...all.slice(0, most).map((one) => [one]),
  ];
  for (const entries of choices(tlogEntries)) {
    for (const chosen of choices(stamps)) {
      if (entries.length + chosen.length === 0) continue;
      yield {
        ...bundle,
        verificationMaterial: {
          ...bundle.verificationMaterial,
          tlogEntries: entries,
          timestampVerificationData: { rfc3161Timestamps: chosen },
        },
      } as Bundle;
    }
  }
}

function refuseUnknownLog(bundle: Bundle, { root, shipped, date }: Root): void {
  const { tlogEntries } = bundle.verificationMaterial;
  if (tlogEntries.length === 0)
    throw new Refused('it has no entry in the transparency log', 'time');
  const ids = new Set(
    root.tlogs.flatMap(({ logId, checkpointKeyId }) =>
      [logId, checkpointKeyId].flatMap((id) =>
        id === undefined ? [] : [Buffer.from(id.keyId).toString('hex')],
      ),
    ),
  );
  const known = tlogEntries.some(
    ({ logId }) => logId !== undefined && ids.has(Buffer.from(logId.keyId).toString('hex')),
  );
  if (known) return;
  if (shipped) throw older(date, 'its transparency log');
  throw new Refused('its transparency log is not in the declared root', 'signer');
}

/** Organisations that run a Sigstore whose new certificates a later root may have. */
const operators = ['sigstore.dev', 'GitHub, Inc.'];

function refuseUnknownAuthority(leaf: Certificate, { root, shipped, date }: Root): void {
  const chains = root.certificateAuthorities.map(({ certChain }) =>
    (certChain?.certificates ?? []).map(({ rawBytes }) => certificateOf(rawBytes)),
  );
  const issued = (ca: Certificate) =>
    ca.subject.raw.equals(leaf.issuer.raw) && leaf.x509.verify(ca.x509.publicKey);
  const own = chains.filter((chain) => chain.some(issued));
  // The library enforces no name constraints.
  if (own.some((chain) => chain.every(({ unknownCritical }) => unknownCritical.length === 0)))
    return;
  if (own.length > 0)
    throw new Refused('its authority has a critical extension that is not enforced here', 'signer');
  const organization = organizationOf(leaf);
  if (shipped && organization !== null && operators.includes(organization))
    throw older(date, `its certificate authority (${organization})`);
  throw new Refused(
    `its certificate is from ${formatName(leaf.issuer)}, which the declared root does not have`,
    'signer',
  );
}

function organizationOf({ issuer }: Certificate): string | null {
  return nameOf(issuer).get('O') ?? null;
}

function older(date: string | null, what: string): Undecided {
  return new Undecided(
    `the Sigstore root of this regaudit (${date}) does not have ${what}: give a newer one with expect.trustedRoot`,
  );
}

function refusalOf(failure: VerificationError | null): Refused | Undecided {
  switch (failure?.code) {
    case 'SIGNATURE_ERROR':
      return new Refused('the signature does not fit what it signs');
    case 'TIMESTAMP_ERROR':
      return new Refused(
        'no trusted time says that it was signed while its certificate held',
        'time',
      );
    case 'CERTIFICATE_ERROR':
      return new Refused(
        'its certificate did not hold when it was signed, or its chain is broken',
        'time',
      );
    case 'TLOG_BODY_ERROR':
      return /unsupported/.test(failure.message)
        ? new Undecided('the kind of its log entry is unknown to this regaudit')
        : new Refused('its log entry is about another signature', 'time');
    default:
      return new Refused('its entry in the transparency log is not proved', 'time');
  }
}
