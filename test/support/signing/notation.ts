import { constants, sign } from 'node:crypto';
import { encode, Tag } from 'cbor2';
import type { Candidate } from '../../../src/model/candidates.ts';
import { type Party, sha256 } from './pki.ts';
import { stampToken } from './stamp.ts';

const prefix = 'io.cncf.notary';

export interface NotationWish {
  readonly digest: string;
  /** Leaf first. */
  readonly chain: readonly [Party, ...Party[]];
  readonly form?: 'notation-jws' | 'notation-cose';
  readonly expiry?: string;
  /** Name of the authority, and when it stamps. */
  readonly stamp?: { readonly by: Party; readonly at: string; readonly over?: Buffer };
  /** Signed attributes besides, all of them critical. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly authenticTime?: string;
  readonly scheme?: string;
}

function algorithm({ publicKey }: Party): readonly [name: string, hash: string, cose: number] {
  const { asymmetricKeyType, asymmetricKeyDetails } = publicKey;
  if (asymmetricKeyType === 'rsa') return ['PS256', 'sha256', -37];
  return asymmetricKeyDetails?.namedCurve === 'secp384r1'
    ? ['ES384', 'sha384', -35]
    : ['ES256', 'sha256', -7];
}

function signatureOf(leaf: Party, bytes: Buffer): Buffer {
  const [, hash] = algorithm(leaf);
  return leaf.publicKey.asymmetricKeyType === 'rsa'
    ? sign(hash, bytes, {
        key: leaf.key,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      })
    : sign(hash, bytes, { key: leaf.key, dsaEncoding: 'ieee-p1363' });
}

/** A Notation signature, as `notation sign` makes it. */
export function notationSigned(wish: NotationWish): Candidate {
  const { digest, form = 'notation-jws' } = wish;
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const payload = Buffer.from(JSON.stringify({ targetArtifact: { mediaType, digest, size: 500 } }));
  const content = form === 'notation-jws' ? jws(wish, payload) : cose(wish, payload);
  return {
    form,
    digest: `sha256:${sha256(content).toString('hex')}`,
    content: content.toString('base64'),
    annotations: {},
  };
}

function criticalOf({ expiry, attributes = {}, authenticTime }: NotationWish): string[] {
  return [
    `${prefix}.signingScheme`,
    ...(expiry === undefined ? [] : [`${prefix}.expiry`]),
    ...(authenticTime === undefined ? [] : [`${prefix}.authenticSigningTime`]),
    ...Object.keys(attributes),
  ];
}

const cty = 'application/vnd.cncf.notary.payload.v1+json';

function jws(wish: NotationWish, payload: Buffer): Buffer {
  const [leaf] = wish.chain;
  const header = {
    alg: algorithm(leaf)[0],
    cty,
    crit: criticalOf(wish),
    [`${prefix}.signingScheme`]: wish.scheme ?? 'notary.x509',
    ...(wish.authenticTime === undefined
      ? { [`${prefix}.signingTime`]: '2026-01-10T00:00:00Z' }
      : { [`${prefix}.authenticSigningTime`]: wish.authenticTime }),
    ...(wish.expiry === undefined ? {} : { [`${prefix}.expiry`]: wish.expiry }),
    ...wish.attributes,
  };
  const head = Buffer.from(JSON.stringify(header)).toString('base64url');
  const body = payload.toString('base64url');
  const signature = signatureOf(leaf, Buffer.from(`${head}.${body}`));
  return Buffer.from(
    JSON.stringify({
      payload: body,
      protected: head,
      header: {
        x5c: wish.chain.map(({ der }) => der.toString('base64')),
        [`${prefix}.signingAgent`]: 'test/1',
        ...(wish.stamp === undefined
          ? {}
          : {
              [`${prefix}.timestampSignature`]: stampFor(wish.stamp, signature).toString('base64'),
            }),
      },
      signature: signature.toString('base64url'),
    }),
  );
}

function stampFor({ by, at, over }: NonNullable<NotationWish['stamp']>, signature: Buffer): Buffer {
  return stampToken(by, over ?? signature, at);
}

const seconds = (at: string) => new Tag(1, Math.floor(Date.parse(at) / 1000));
const raw = (bytes: Buffer) => new Uint8Array(bytes);

function cose(wish: NotationWish, payload: Buffer): Buffer {
  const [leaf] = wish.chain;
  const head = encode(
    new Map<number | string, unknown>([
      [1, algorithm(leaf)[2]],
      [2, criticalOf(wish)],
      [3, cty],
      [`${prefix}.signingScheme`, wish.scheme ?? 'notary.x509'],
      [`${prefix}.signingTime`, seconds('2026-01-10T00:00:00Z')],
      ...(wish.expiry === undefined ? [] : [[`${prefix}.expiry`, seconds(wish.expiry)] as const]),
      ...Object.entries(wish.attributes ?? {}),
    ]),
  );
  const bytes = Buffer.from(encode(['Signature1', head, new Uint8Array(), raw(payload)]));
  const signature = signatureOf(leaf, bytes);
  const loose = new Map<number | string, unknown>([
    [33, wish.chain.map(({ der }) => raw(der))],
    [`${prefix}.signingAgent`, 'test/1'],
    ...(wish.stamp === undefined
      ? []
      : [[`${prefix}.timestampSignature`, raw(stampFor(wish.stamp, signature))] as const]),
  ]);
  return Buffer.from(encode(new Tag(18, [head, loose, raw(payload), raw(signature)])));
}
