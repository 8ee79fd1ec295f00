import { certificatesIn } from '../certificate.ts';
import { publicKeyIn } from '../public-key.ts';
import type { Place, Signer } from '../signer.ts';
import type { Surroundings, TrustFiles } from './files.ts';
import { type Common, keysIn, listIn, mistake, type PolicyFile, textsIn } from './policy-file.ts';

/**
 * The signers of a `policy.json` of containers (containers/image, docs/containers-policy.json.5.md): the
 * keys of `sigstoreSigned`. What accepts anything is no signer, and signatures of GPG are not read.
 */
export async function containersPolicy(
  file: PolicyFile,
  common: Common,
  { files }: Surroundings,
): Promise<readonly Signer[]> {
  const scopes = keysIn(keysIn(keysIn(file.document.value)['transports'])['docker']);
  const signers: Signer[] = [];
  for (const [scope, requirements] of Object.entries(scopes)) {
    for (const [index, requirement] of listIn(requirements).map(keysIn).entries()) {
      const at = ['transports', 'docker', scope, `${index}`];
      const { type } = requirement;
      if (type === 'insecureAcceptAnything' || type === 'reject' || type === 'signedBy') continue;
      if (type !== 'sigstoreSigned') throw mistake(file, at, `unknown type ${String(type)}`);
      signers.push({
        ...common,
        name: `${common.name}: ${scope === '' ? 'all registries' : scope}`,
        covers: (place) => common.covers(place) && within(place, scope, Object.keys(scopes)),
        trust: { kind: 'key', keys: await publicKeysIn(file, at, requirement, files) },
      });
    }
  }
  if (signers.length > 0) return signers;
  throw mistake(file, ['transports'], 'expected a requirement of type sigstoreSigned with a key');
}

/** The longest scope that fits decides. */
function within({ fullName }: Place, scope: string, all: readonly string[]): boolean {
  const fits = (one: string) =>
    one === '' || (fullName !== null && (fullName === one || fullName.startsWith(`${one}/`)));
  const longest = all.filter(fits).sort((a, b) => b.length - a.length)[0];
  return longest === scope;
}

async function publicKeysIn(
  file: PolicyFile,
  at: readonly string[],
  requirement: Readonly<Record<string, unknown>>,
  files: TrustFiles,
) {
  const { keyPath, keyPaths, keyData, keyDatas } = requirement;
  if (requirement['fulcio'] !== undefined || requirement['pki'] !== undefined)
    throw mistake(
      file,
      at,
      'fulcio and pki are not read: declare issuer and subject, or ca, instead',
    );
  const paths = [...textsIn([keyPath]), ...textsIn(keyPaths)];
  const data = [...textsIn([keyData]), ...textsIn(keyDatas)].map((one) =>
    Buffer.from(one, 'base64').toString(),
  );
  const texts = [
    ...data,
    ...(await Promise.all(paths.map((path) => files.text(files.beside(file.path, path))))),
  ];
  if (texts.length === 0)
    throw mistake(file, at, 'expected keyPath, keyPaths, keyData or keyDatas');
  return texts.map((text) => {
    try {
      return { key: publicKeyIn(text), hash: 'sha256' as const };
    } catch (error) {
      const certificate = certificatesIn(text).length > 0 ? ' (this is a certificate)' : '';
      throw mistake(file, at, `${error instanceof Error ? error.message : ''}${certificate}`);
    }
  });
}
