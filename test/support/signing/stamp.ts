import { element, integer, octets, oid, sequence, set, tagged, time } from './der.ts';
import { algorithmOf, type Party, sha256, signed } from './pki.ts';

const sha256Algorithm = sequence(oid('2.16.840.1.101.3.4.2.1'));
const stampInfo = oid('1.2.840.113549.1.9.16.1.4');

/** A time-stamp token (RFC 3161) of an authority over a message. */
export function stampToken(by: Party, message: Uint8Array, at: string): Buffer {
  const info = sequence(
    integer(1),
    oid('1.3.6.1.4.1.57264.2'),
    sequence(sha256Algorithm, octets(sha256(message))),
    integer(7),
    time(new Date(at)),
    sequence(integer(1)),
  );
  const attributes = [
    sequence(oid('1.2.840.113549.1.9.3'), set(stampInfo)),
    sequence(oid('1.2.840.113549.1.9.4'), set(octets(sha256(info)))),
    sequence(
      oid('1.2.840.113549.1.9.16.2.47'),
      set(sequence(sequence(sequence(octets(sha256(by.der)))))),
    ),
  ];
  const signer = sequence(
    integer(1),
    sequence(by.issuerName, integer(by.serial)),
    sha256Algorithm,
    tagged(0, ...attributes),
    algorithmOf(by.key),
    octets(signed(set(...attributes), by.key)),
  );
  const data = sequence(
    integer(3),
    set(sha256Algorithm),
    sequence(stampInfo, tagged(0, octets(info))),
    tagged(0, by.der),
    set(signer),
  );
  return sequence(oid('1.2.840.113549.1.7.2'), tagged(0, data));
}

/** The answer of an authority: a token, granted. */
export function stampResponse(token: Buffer): Buffer {
  return sequence(sequence(element(0x02, Buffer.from([0]))), token);
}
