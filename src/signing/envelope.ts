import { createHash } from 'node:crypto';
import { objectAt, objectOf, objectsAt, stringAt } from '../decode/fields.ts';
import type { Candidate } from '../model/candidates.ts';
import { Refused, Undecided } from './outcome.ts';
import {
  base64Of,
  jsonOf,
  preAuthentication,
  type Said,
  simpleSigning,
  statementOf,
} from './statement.ts';

/** An opened cosign or Sigstore signature. */
export interface Envelope {
  readonly said: Said;
  /** The bytes that the signature covers. */
  readonly covered: Buffer;
  readonly signature: Buffer;
  /** A Sigstore bundle as JSON, for signatures with a certificate; null: signed with a bare key. */
  readonly bundle: Record<string, unknown> | null;
  /** The payload of a plain signature, which the bundle does not hold. */
  readonly artifact: Buffer | null;
}

const bundleTypes =
  /^application\/vnd\.dev\.sigstore\.bundle(?:\.v0\.3\+json|\+json;version=0\.[123])$/;

/** Opens a candidate of cosign or Sigstore. Throws `Refused`, `Undecided` or `DecodeError`. */
export function envelopeOf({ form, content, annotations }: Candidate): Envelope {
  const bytes = Buffer.from(content, 'base64');
  switch (form) {
    case 'simple-signing':
      return tagged(bytes, simpleSigning(bytes), annotations);
    case 'binary-authorization':
      return noted(bytes, annotations);
    case 'dsse':
      return attested(bytes, annotations);
    case 'sigstore-bundle':
      return bundled(bytes);
    default:
      throw new Undecided('its form is unknown');
  }
}

function bundled(bytes: Buffer): Envelope {
  const bundle = jsonOf(bytes, 'the bundle');
  if (!bundleTypes.test(stringAt(bundle, 'mediaType')))
    throw new Undecided('the version of its bundle is unknown to this regaudit');
  const { dsseEnvelope, messageSignature } = bundle;
  if (dsseEnvelope === undefined && messageSignature !== undefined)
    throw new Undecided('it signs a digest without a statement, which cannot be verified here');
  const material = objectAt(bundle, 'verificationMaterial');
  const keyed = material['publicKey'] !== undefined;
  const inner = dsseOf(objectOf(dsseEnvelope, 'dsseEnvelope'));
  return { ...inner, bundle: keyed ? null : { ...bundle }, artifact: null };
}

/** A DSSE envelope with exactly one signature. */
function dsseOf(
  envelope: ReturnType<typeof objectOf>,
): Pick<Envelope, 'said' | 'covered' | 'signature'> {
  const type = stringAt(envelope, 'payloadType');
  if (type !== 'application/vnd.in-toto+json')
    throw new Refused('what it signs is not an in-toto statement');
  const payload = base64Of(stringAt(envelope, 'payload'), 'its payload');
  const signatures = objectsAt(envelope, 'signatures');
  const [only] = signatures;
  if (only === undefined || signatures.length !== 1)
    throw new Refused('its envelope does not have exactly one signature');
  return {
    said: statementOf(payload),
    covered: preAuthentication(type, payload),
    signature: base64Of(stringAt(only, 'sig'), 'its signature'),
  };
}

const annotation = {
  signature: 'dev.cosignproject.cosign/signature',
  certificate: 'dev.sigstore.cosign/certificate',
  log: 'dev.sigstore.cosign/bundle',
  stamp: 'dev.sigstore.cosign/rfc3161timestamp',
} as const;

type Annotations = Candidate['annotations'];

function tagged(payload: Buffer, said: Said, annotations: Annotations): Envelope {
  const signature = base64Of(annotations[annotation.signature] ?? '', 'its signature');
  return {
    said,
    covered: payload,
    signature,
    bundle: rebuilt(annotations, {
      messageSignature: {
        messageDigest: { algorithm: 'SHA2_256', digest: sha256(payload).toString('base64') },
        signature: signature.toString('base64'),
      },
    }),
    artifact: payload,
  };
}

/** A PKIX signature of Binary Authorization, by a bare key (Binary Authorization, Creating attestations). */
function noted(payload: Buffer, annotations: Annotations): Envelope {
  return {
    said: simpleSigning(payload, /^google cloud binauthz container signature$/i),
    covered: payload,
    signature: base64Of(annotations['signature'] ?? '', 'its signature'),
    bundle: null,
    artifact: payload,
  };
}

function attested(bytes: Buffer, annotations: Annotations): Envelope {
  const envelope = jsonOf(bytes, 'the envelope');
  return {
    ...dsseOf(envelope),
    bundle: rebuilt(annotations, { dsseEnvelope: envelope }),
    artifact: null,
  };
}

/**
 * The annotations of cosign's tags as a bundle of version 0.1; null: no certificate is given.
 * (sigstore/cosign, specs/SIGNATURE_SPEC.md)
 */
function rebuilt(annotations: Annotations, content: object): Record<string, unknown> | null {
  const pem = annotations[annotation.certificate];
  if (pem === undefined) return null;
  const log = annotations[annotation.log];
  const stamp = annotations[annotation.stamp];
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1',
    verificationMaterial: {
      x509CertificateChain: {
        certificates: [{ rawBytes: pem.replace(/-----[A-Z ]+-----|\s/g, '') }],
      },
      tlogEntries: log === undefined ? [] : [logEntry(log)],
      ...(stamp === undefined ? {} : { timestampVerificationData: stamps(stamp) }),
    },
    ...content,
  };
}

function logEntry(text: string): object {
  const log = jsonOf(Buffer.from(text), 'its log entry');
  const payload = objectAt(log, 'Payload');
  const body = stringAt(payload, 'body');
  const kind = jsonOf(base64Of(body, 'its log entry'), 'its log entry');
  return {
    logIndex: String(payload['logIndex']),
    logId: { keyId: Buffer.from(stringAt(payload, 'logID'), 'hex').toString('base64') },
    kindVersion: { kind: stringAt(kind, 'kind'), version: stringAt(kind, 'apiVersion') },
    integratedTime: String(payload['integratedTime']),
    inclusionPromise: { signedEntryTimestamp: stringAt(log, 'SignedEntryTimestamp') },
    canonicalizedBody: body,
  };
}

function stamps(text: string): object {
  const holder = jsonOf(Buffer.from(text), 'its time-stamp');
  return { rfc3161Timestamps: [{ signedTimestamp: stringAt(holder, 'SignedRFC3161Timestamp') }] };
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
