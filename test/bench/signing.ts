import type { Candidate } from '../../src/model/candidates.ts';
import { judgeImage } from '../../src/signing/image.ts';
import type { Signer } from '../../src/signing/signer.ts';
import { bundleCertified, bundleSigned, digestOf, trustedRoot } from '../support/signing/cosign.ts';
import { notationSigned } from '../support/signing/notation.ts';
import {
  certificate,
  claim,
  codeSigning,
  keyPair,
  pemOf,
  timeStamping,
} from '../support/signing/pki.ts';
import { declare, now } from '../support/signing/verdict.ts';

const digest = digestOf('a');
const issuer = 'https://login.acme.example';
const subject = 'https://acme.example/release';

/** Each form with those who sign it. */
async function forms(): Promise<Record<string, readonly [Candidate, readonly Signer[]]>> {
  const { privateKey, publicKey } = keyPair('p256');
  const root = certificate({ name: 'O=acme,CN=root', ca: true });
  const tsaRoot = certificate({ name: 'O=acme,CN=stamp root', ca: true });
  const tsa = certificate({ name: 'O=acme,CN=stamps', usage: [timeStamping], issuer: tsaRoot });
  const extensions = [claim(8, issuer)];
  const wish = {
    name: 'O=acme,CN=leaf',
    issuer: root,
    usage: [codeSigning],
    uri: subject,
    extensions,
  };
  const leaf = certificate(wish);
  const files = {
    'k.pub': pemOf(publicKey),
    'ca.pem': root.pem,
    'root.json': JSON.stringify(trustedRoot({ ca: root, tsa: [tsa, tsaRoot] })),
  };
  const by = (entry: object) => declare([{ name: 'signer', ...entry }], files);
  return {
    key: [bundleSigned(digest, privateKey), await by({ key: 'k.pub' })],
    keyless: [
      bundleCertified(digest, leaf, { tsa, at: '2026-01-10T00:00:00Z' }),
      await by({ issuer, subject, root: 'root.json' }),
    ],
    Notation: [notationSigned({ digest, chain: [leaf, root] }), await by({ ca: 'ca.pem' })],
  };
}

/** Milliseconds of one verification of each form, and bytes that 10,000 images by a key leave on the heap. */
export async function signatures(): Promise<{
  readonly each: readonly (readonly [form: string, milliseconds: number])[];
  readonly growth: number;
}> {
  const all = await forms();
  const judge = ([candidate, signers]: readonly [Candidate, readonly Signer[]], times: number) => {
    const image = { image: 'v1', digest, candidates: [candidate], unread: [] };
    const start = process.cpuUsage();
    for (let count = 0; count < times; count += 1) {
      const { verdict, says } = judgeImage(image, signers, new Date(now), 'nothing');
      if (verdict !== 'good') throw new Error(says);
    }
    return process.cpuUsage(start).user / 1000 / times;
  };
  const each = Object.entries(all).map(([name, form]) => {
    judge(form, 20);
    return [name, judge(form, 200)] as const;
  });
  const { key } = all;
  if (key === undefined) throw new Error('no such form');
  judge(key, 1000);
  const heap = () => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  const before = heap();
  judge(key, 10_000);
  return { each, growth: heap() - before };
}
