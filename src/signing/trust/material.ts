import { TrustedRoot } from '@sigstore/protobuf-specs';
import { type Certificate, certificateOf, certificatesIn } from '../certificate.ts';
import shippedRoot from '../public-good-root.json' with { type: 'json' };
import { type Hash, type PublicKey, publicKeyIn } from '../public-key.ts';
import type { Root } from '../signer.ts';
import { type TrustFiles, under } from './files.ts';

/** When the root of the public good instance was taken into the build. */
export const shippedRootDate = '2026-12-01';

export function publicRoot(): Root {
  return { root: TrustedRoot.fromJSON(shippedRoot), shipped: true, date: shippedRootDate };
}

/** The public keys of PEM files. */
export async function keysOf(
  paths: readonly string[],
  hash: Hash | null,
  files: TrustFiles,
): Promise<readonly PublicKey[]> {
  const read = async (path: string) =>
    under('key', async () => {
      const text = await files.text(path);
      try {
        return { key: publicKeyIn(text), hash };
      } catch (error) {
        throw new Error(`${path}: ${error instanceof Error ? error.message : ''}`);
      }
    });
  return Promise.all(paths.map(read));
}

/** The certificates of files in PEM or DER. */
export async function certificatesOf(
  key: string,
  paths: readonly string[],
  files: TrustFiles,
): Promise<readonly Certificate[]> {
  const all = await Promise.all(
    paths.map((path) =>
      under(key, async () => {
        const text = await files.text(path);
        if (text.includes('PRIVATE KEY-----'))
          throw new Error(`${path}: this holds a private key, expected certificates`);
        const found = certificatesIn(text);
        if (found.length === 0) throw new Error(`${path}: expected certificates in PEM`);
        return found;
      }),
    ),
  );
  return all.flat();
}

/** The Sigstore roots of a file: `trusted_root.json`, or one root a line. None is merged with another. */
export async function rootsOf(
  key: string,
  path: string,
  files: TrustFiles,
  now: Date,
): Promise<readonly Root[]> {
  return under(key, async () => {
    const roots = jsonTexts(await files.text(path)).map((value) => rootIn(value, path));
    for (const { root } of roots) requireAuthorities(root, path, now);
    return roots;
  });
}

/** The file as one JSON text, or as one a line. */
function jsonTexts(text: string): readonly unknown[] {
  const parsed = parse(text);
  if (parsed !== undefined) return [parsed];
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [parse(line)]));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const rootType = 'application/vnd.dev.sigstore.trustedroot';

function rootIn(value: unknown, path: string): Root {
  const wrong = new Error(`${path}: expected a Sigstore root (trusted_root.json)`);
  if (typeof value !== 'object' || value === null) throw wrong;
  const type: unknown = Reflect.get(value, 'mediaType');
  if (typeof type !== 'string' || !type.startsWith(rootType)) throw wrong;
  try {
    const root = TrustedRoot.fromJSON(value);
    return { root, shipped: false, date: null };
  } catch {
    throw wrong;
  }
}

function requireAuthorities(
  { certificateAuthorities }: TrustedRoot,
  path: string,
  now: Date,
): void {
  if (certificateAuthorities.length === 0)
    throw new Error(`${path}: the root has no certificate authority`);
  const valid = certificateAuthorities.some(({ validFor, certChain }) => {
    const ended = validFor?.end !== undefined && validFor.end < now;
    const certificates = (certChain?.certificates ?? []).map(({ rawBytes }) =>
      certificateOf(rawBytes),
    );
    return !ended && certificates.every(({ notAfter }) => notAfter >= now);
  });
  if (!valid) throw new Error(`${path}: no certificate authority of the root is valid today`);
}
