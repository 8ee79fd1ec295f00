import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';

/*
 * Docker's own description of the Docker Hub API (OpenAPI 3.0) as JSON Schema of its answers, and the
 * schema of Docker Scout. They lie beside the project, not in it.
 */

const folder = new URL('../../../../shared/specs/dockerhub/', import.meta.url);
export const descriptionsAreHere = existsSync(folder);

type Json = Readonly<Record<string, unknown>>;

interface Described {
  /** What an answer of 200 has to be. */
  readonly validate: ValidateFunction;
  /** The examples that the description gives of it. */
  readonly examples: readonly unknown[];
}

/** The operations that are described, by `GET /v2/…` as the description writes it. */
export function describedAnswers(): ReadonlyMap<string, Described> {
  const text = readFileSync(new URL('hub-readonly.openapi.yaml', folder), 'utf8');
  const description: Json = parse(text);
  asItIs(description);
  const ajv = formats.default(new Ajv({ strict: false, allErrors: true }));
  ajv.addSchema({ $id: 'hub', ...nullable(description) });
  const described = new Map<string, Described>();
  for (const path of Object.keys(at(description, 'paths'))) {
    for (const method of ['get', 'post']) {
      const pointer = ['paths', path, method, 'responses', '200'];
      const answer = contentAt(description, pointer);
      if (answer === null) continue;
      const $ref = `hub#/${answer.pointer.map(escaped).join('/')}/schema`;
      described.set(`${method.toUpperCase()} ${path}`, {
        validate: ajv.compile({ $ref }),
        examples: examplesOf(answer.content),
      });
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

function contentAt(description: Json, pointer: readonly string[]) {
  const answer = maybe(description, pointer);
  const reference = answer?.['$ref'];
  const target = typeof reference === 'string' ? reference.slice(2).split('/') : pointer;
  const inside = [...target, 'content', 'application/json'];
  const content = maybe(description, inside);
  return content === null ? null : { content, pointer: inside };
}

function examplesOf(content: Json): readonly unknown[] {
  const several = Object.values((content['examples'] ?? {}) as Json);
  const values = several.map((one) => (one as Json)['value']);
  return content['example'] === undefined ? values : [content['example'], ...values];
}

/** OpenAPI 3.0 says `nullable` where JSON Schema has another type, and gives examples of schemas. */
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
  return readFileSync(new URL('scout-graphql-schema.graphql', folder), 'utf8');
}
