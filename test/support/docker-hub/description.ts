import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { readDescription } from '../../specs/read.ts';
import examples from './examples.json' with { type: 'json' };

/*
 * Docker's own description of the Docker Hub API (OpenAPI 3.0) as JSON Schema of its answers, and the
 * schema of Docker Scout.
 */

type Json = Readonly<Record<string, unknown>>;

/** An answer of our own to each operation, made up in every value and as odd as Docker's examples are. */
export const exampleAnswers: Json = examples;

/** What an answer of 200 has to be, by `GET /v2/…` as the description writes the operation. */
export function describedAnswers(): ReadonlyMap<string, ValidateFunction> {
  const description: Json = JSON.parse(readDescription('dockerhub/hub.json'));
  asItIs(description);
  const ajv = formats.default(new Ajv({ strict: false, allErrors: true }));
  ajv.addSchema({ $id: 'hub', ...nullable(description) });
  const described = new Map<string, ValidateFunction>();
  for (const path of Object.keys(at(description, 'paths'))) {
    for (const method of ['get', 'post']) {
      const pointer = ['paths', path, method, 'responses', '200'];
      const content = contentAt(description, pointer);
      if (content === null) continue;
      const $ref = `hub#/${content.map(escaped).join('/')}/schema`;
      described.set(`${method.toUpperCase()} ${path}`, ajv.compile({ $ref }));
    }
  }
  return described;
}

/**
 * Where clients of Docker and what the API really says agree against the description: the images of a
 * tag are a list, members come as one page, and one of them may be an editor.
 */
function asItIs(description: Json): void {
  const tag = at(description, 'components', 'schemas', 'tag', 'properties');
  Object.assign(tag, { images: { type: 'array', items: { $ref: '#/components/schemas/image' } } });
  const members = ['get', 'responses', '200', 'content', 'application/json'];
  const media = at(description, 'paths', '/v2/orgs/{org_name}/members', ...members);
  Object.assign(media, { schema: { $ref: '#/components/schemas/org_member_paginated' } });
  const role = at(description, 'components', 'schemas', 'org_member', 'properties', 'role');
  Object.assign(role, { enum: ['Owner', 'Editor', 'Member', 'Invitee'] });
}

/** The description as text, with our answer as the example of each operation. */
export function descriptionWithExamples(): string {
  const description: Json = JSON.parse(readDescription('dockerhub/hub.json'));
  for (const [operation, example] of Object.entries(exampleAnswers)) {
    const [method = '', path = ''] = operation.split(' ');
    const content = contentAt(description, [
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      '200',
    ]);
    if (content === null) throw new Error(`${operation} is not described`);
    Object.assign(at(description, ...content), { example });
  }
  return JSON.stringify(description);
}

/** Where the JSON of a response is described, which may be among the components. */
function contentAt(description: Json, pointer: readonly string[]): readonly string[] | null {
  const reference = maybe(description, pointer)?.['$ref'];
  const target = typeof reference === 'string' ? reference.slice(2).split('/') : pointer;
  const inside = [...target, 'content', 'application/json'];
  return maybe(description, inside) === null ? null : inside;
}

/** OpenAPI 3.0 says `nullable` where JSON Schema has another type. */
function nullable<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(nullable) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const fields = Object.entries(schema).map(([key, value]) => [key, nullable(value)] as const);
  const copy: Record<string, unknown> = Object.fromEntries(fields);
  if (copy['nullable'] === true && typeof copy['type'] === 'string') {
    copy['type'] = [copy['type'], 'null'];
  }
  // A page that is the last one names no next: the description says so, and leaves it out of the type.
  for (const key of ['next', 'previous']) {
    const link = (copy['properties'] as Json | undefined)?.[key] as Record<string, unknown>;
    if (link?.['type'] === 'string') link['type'] = ['string', 'null'];
  }
  return copy as T;
}

function at(holder: Json, ...path: string[]): Json {
  const found = maybe(holder, path);
  if (found === null) throw new Error(`the description has no ${path.join(' ')}`);
  return found;
}

function maybe(holder: Json, path: readonly string[]): Json | null {
  let found: unknown = holder;
  for (const key of path) found = (found as Json | undefined)?.[key];
  return typeof found === 'object' && found !== null ? (found as Json) : null;
}

function escaped(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** The schema of Docker Scout, as Docker publishes it with its MCP server. */
export function scoutSchema(): string {
  return readDescription('dockerhub/scout.graphql');
}
