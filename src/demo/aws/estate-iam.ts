import { type Frozen, list, record, type Static, Type, text, texts } from '../../model/shape.ts';

/** A policy document. */
export const document = Type.Unsafe<object | string>({
  type: ['object', 'string'],
  description: 'a policy, sent as JSON text; a string is sent as it stands',
});
const documents = Type.Record(Type.String(), document, { description: 'by policy name' });

const grants = {
  path: Type.Optional(Type.String({ description: 'absent: /' })),
  attached: Type.Optional(
    Type.Array(Type.String(), {
      description: 'keys of `policies`: names of own, ARNs of AWS ones',
    }),
  ),
  inline: Type.Optional(documents),
};
const boundary = Type.Optional(Type.String({ description: 'a key of `policies`' }));

/** Users, groups, roles and managed policies, each by name. */
export const iam = record({
  users: Type.Optional(
    Type.Record(Type.String(), record({ ...grants, boundary, groups: Type.Optional(texts) })),
  ),
  groups: Type.Optional(Type.Record(Type.String(), record(grants))),
  roles: Type.Optional(
    Type.Record(Type.String(), record({ ...grants, boundary, trust: document })),
  ),
  policies: Type.Optional(documents),
  credentialReport: Type.Optional(
    record({ generatedAt: text, lines: list(text, 'of the CSV file, the header first') }),
  ),
});

export type Document = Frozen<Static<typeof document>>;
