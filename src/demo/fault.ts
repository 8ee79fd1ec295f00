import { type Frozen, record, type Static, Type, text } from '../model/shape.ts';

const where = {
  operation: Type.Unsafe<string | string[]>({
    type: ['string', 'array'],
    items: { type: 'string' },
    description:
      'an operation (at AWS service:Operation), several of them, or service:* for all of a service',
  }),
  region: Type.Optional(Type.String({ description: 'absent: in every region' })),
  match: Type.Optional(
    Type.Record(Type.String(), Type.String(), {
      description: 'fields of the request that must have, or contain, these values',
    }),
  ),
};
const plain = <const K extends string>(kind: K) => record({ ...where, kind: Type.Literal(kind) });

/** A fault injected into some calls. Several faults can apply to one call. */
export const fault = Type.Union([
  plain('denied'),
  plain('throttled'),
  plain('throttled-once'),
  plain('unreachable'),
  plain('cut-off'),
  plain('server-error-html'),
  plain('empty-body'),
  plain('malformed-body'),
  plain('odd-encoding'),
  plain('not-implemented'),
  plain('no-content'),
  plain('empty-object'),
  plain('error-object'),
  plain('other-subject'),
  plain('damaged-keys'),
  record({ ...where, kind: Type.Literal('slow'), ms: Type.Integer({ minimum: 1 }) }),
  record({ ...where, kind: Type.Literal('missing-field'), field: text }),
  record({ ...where, kind: Type.Literal('new-word'), field: text, value: Type.Unknown() }),
]);

export type Fault = Frozen<Static<typeof fault>>;
