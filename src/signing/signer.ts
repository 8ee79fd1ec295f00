import type { TrustedRoot } from '@sigstore/protobuf-specs';
import type { Certificate } from './certificate.ts';
import type { PublicKey } from './public-key.ts';

/** Somebody whose signatures count, ready to verify with. */
export interface Signer {
  readonly name: string;
  /** Whether it signs for this repository. */
  readonly covers: (place: Place) => boolean;
  /** Types of statements that count; plain signatures count as cosign's own statement. */
  readonly statements: readonly string[];
  /** Patterns of builders in provenance; empty: any. */
  readonly builders: readonly string[];
  readonly revocation: 'check' | 'off';
  /** Other repositories that hold its signatures. */
  readonly signaturesIn: readonly string[];
  readonly trust: KeyTrust | IdentityTrust | CaTrust | NoTrust;
}

/** A repository: its name, and the full name as clients write it, if known. */
export interface Place {
  readonly repository: string;
  readonly fullName: string | null;
}

export interface KeyTrust {
  readonly kind: 'key';
  readonly keys: readonly PublicKey[];
}

/** A Sigstore root, tried alone. `shipped`: of this build, which may be older than what it judges. */
export interface Root {
  readonly root: TrustedRoot;
  readonly shipped: boolean;
  /** Date of the shipped root. */
  readonly date: string | null;
}

export interface IdentityTrust {
  readonly kind: 'identity';
  readonly roots: readonly Root[];
  readonly log: 'required' | 'off';
  readonly identity: Identity;
}

export type Identity =
  | { readonly kind: 'subject'; readonly issuer: string; readonly subjects: readonly string[] }
  | {
      readonly kind: 'github';
      /** `acme/app` or `acme/*`. */
      readonly source: string;
      readonly ownerId: number | null;
      readonly workflow: string | null;
      readonly refs: readonly string[];
      readonly selfHosted: boolean;
    };

export type Subject = Readonly<Record<string, string>>;

export interface CaTrust {
  readonly kind: 'ca';
  readonly anchors: readonly Certificate[];
  /** One of them has to be part of the certificate's subject; null: any subject. */
  readonly subjects: readonly Subject[] | null;
  readonly stamps: readonly Certificate[];
  /** When a time-stamp is needed: always, or once the certificate has expired. */
  readonly stampWhen: 'always' | 'expired';
  /** Signing schemes of Notation. */
  readonly scheme: 'notary.x509' | 'notary.x509.signingAuthority';
  /** ARNs of AWS Signer profiles without version; empty for any other signer. */
  readonly profiles: readonly string[];
}

/** A repository whose policy says that nothing is verified. */
export interface NoTrust {
  readonly kind: 'skip';
}
