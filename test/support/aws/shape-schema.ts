import { Ajv, type ValidateFunction } from 'ajv';
import { readDescription } from '../../specs/read.ts';

/*
 * The vendor's own description of its API (botocore's data format) as JSON Schema of its answers: a
 * field that is not described, a missing required one, a wrong type or an unlisted word is invalid.
 */

interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, Reference>>;
  readonly member?: Reference;
  readonly value?: Reference;
  readonly enum?: readonly string[];
}
interface Reference {
  readonly shape: string;
  readonly location?: string;
}
interface ServiceModel {
  readonly operations: Readonly<Record<string, { readonly output?: Reference }>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** Services that are described, by the name their signatures carry. */
export const describedServices = ['ecr', 'ecr-public', 'inspector2', 'signer'] as const;
export type DescribedService = (typeof describedServices)[number];

/** In: a service. Out: for each of its operations that is described, what checks an answer as sent. */
export function answerValidators(service: DescribedService): ReadonlyMap<string, ValidateFunction> {
  const { operations, shapes }: ServiceModel = JSON.parse(
    readDescription(`aws-ecr/${service}.json`),
  );
  const ajv = new Ajv({ strict: false, allErrors: true });
  const $defs = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, schemaOf(shape)]),
  );
  ajv.addSchema({ $id: service, $defs });
  const validators = Object.entries(operations).flatMap(([name, { output }]) =>
    output === undefined
      ? []
      : [[name, ajv.compile({ $ref: `${service}#/$defs/${output.shape}` })] as const],
  );
  return new Map(validators);
}

function schemaOf(shape: Shape): object {
  switch (shape.type) {
    case 'structure':
      return {
        type: 'object',
        required: shape.required ?? [],
        additionalProperties: false,
        properties: Object.fromEntries(
          Object.entries(shape.members ?? {}).map(([name, member]) => [name, reference(member)]),
        ),
      };
    case 'list':
      return { type: 'array', items: reference(shape.member) };
    case 'map':
      return { type: 'object', additionalProperties: reference(shape.value) };
    case 'string':
      return shape.enum === undefined ? { type: 'string' } : { enum: shape.enum };
    case 'blob':
      return { type: 'string' };
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
    case 'long':
      return { type: 'integer' };
    case 'timestamp':
    case 'double':
    case 'float':
      return { type: 'number' };
    default:
      throw new Error(`a shape is of the type ${shape.type}, which is new`);
  }
}

function reference(member: Reference | undefined): object {
  if (member === undefined) throw new Error('a list or map does not say of what');
  return { $ref: `#/$defs/${member.shape}` };
}
