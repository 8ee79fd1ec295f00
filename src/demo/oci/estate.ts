import { type Frozen, list, record, type Static, Type, text, word } from '../../model/shape.ts';
import { fault } from '../fault.ts';

const optional = Type.Optional;

const repository = record({
  public: optional(Type.Boolean({ description: 'a token to pull it is issued without login' })),
  strangersPush: optional(Type.Boolean({ description: 'a token to push is issued without login' })),
  images: list(
    record({
      tag: text,
      signed: optional(Type.Boolean({ description: 'cosign has signed it' })),
      signature: optional(
        Type.String({
          description: 'in base64, over what cosign signs; default: no signature of anybody',
        }),
      ),
      attested: optional(Type.Boolean({ description: 'cosign has attested its provenance' })),
      chart: optional(Type.Boolean({ description: 'it is a Helm chart' })),
    }),
  ),
});

/** What a registry holds and how it is set up, as data; instants are ISO 8601 in UTC. */
export const estate = record({
  asOf: text,
  product: word(['distribution', 'zot', 'harbor']),
  authentication: word(['none', 'basic', 'token', 'silly']),

  readOnly: optional(Type.Boolean()),
  catalog: optional(word(['off', 'empty'], 'empty: as that of a pull-through cache')),

  caller: word(['user', 'wrong-password', 'nobody']),
  tokens: optional(
    word(['opaque', 'for-anybody'], 'for-anybody: without login one without rights'),
  ),
  pageSize: optional(Type.Integer({ minimum: 1 })),
  repositories: Type.Record(Type.String(), repository),
  faults: optional(list(fault)),
});

export type OciEstate = Frozen<Static<typeof estate>>;
export type OciRepository = OciEstate['repositories'][string];
