import { parse } from 'yaml';
import {
  closure,
  type Fields,
  fieldsOf,
  type Json,
  mapped,
  only,
  type Reduce,
  textsUnder,
  written,
} from './json.ts';
import { shapeOf } from './schema.ts';

/*
 * OpenAPI 2 (Swagger) and 3. An operation is kept by its `operationId` or by `GET /path`.
 */

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete'];

/** Where each version keeps what is referred to, and what becomes of it. */
const shelves: readonly (readonly [path: readonly string[], keep: (part: Json) => Json])[] = [
  [['definitions'], shapeOf],
  [['parameters'], parameter],
  [['responses'], response],
  [['components', 'schemas'], shapeOf],
  [['components', 'parameters'], parameter],
  [['components', 'responses'], response],
  [['components', 'headers'], parameter],
  [['components', 'requestBodies'], body],
];

export const reduceOpenapi: Reduce = (text, keeps) => {
  const description: Fields = parse(text);
  const operations: string[] = [];
  const paths = mapped(fieldsOf(description['paths']), (item, path) => {
    const kept = mapped(fieldsOf(item), (operation, method) => {
      if (method === 'parameters') return (operation as Json[]).map(parameter);
      if (!methods.includes(method)) return undefined;
      const names = [fieldsOf(operation)['operationId'], `${method.toUpperCase()} ${path}`];
      const found = names.filter((name) => typeof name === 'string').filter(keeps);
      operations.push(...found);
      return found.length === 0 ? undefined : callOf(fieldsOf(operation));
    });
    return methods.some((method) => method in kept) ? kept : undefined;
  });
  const head = only(description, ['swagger', 'openapi', 'basePath', 'consumes', 'produces']);
  const info = only(fieldsOf(description['info']), ['title', 'version']);
  return { text: written({ ...head, info, paths, ...reached(description, paths) }), operations };
};

function callOf(operation: Fields): Json {
  return mapped(operation, (value, key) => {
    if (['operationId', 'consumes', 'produces'].includes(key)) return value;
    if (key === 'parameters') return (value as Json[]).map(parameter);
    if (key === 'requestBody') return body(value);
    if (key === 'responses') return mapped(fieldsOf(value), response);
    return undefined;
  });
}

/** A parameter or header, whose type OpenAPI 2 writes beside its name. */
function parameter(value: Json): Json {
  const fields = fieldsOf(value);
  const plain = ['name', 'in', 'style', 'explode', 'collectionFormat', 'allowReserved'];
  const { schema, content } = fields;
  return {
    ...only(fields, plain),
    ...fieldsOf(shapeOf(fields)),
    ...(schema === undefined ? {} : { schema: shapeOf(schema) }),
    ...(content === undefined ? {} : { content: media(content) }),
  };
}

function body(value: Json): Json {
  const fields = fieldsOf(value);
  if (fields['content'] === undefined) return only(fields, ['$ref']);
  return { ...only(fields, ['required']), content: media(fields['content']) };
}

/** A response has to have a description; it may say nothing. */
function response(value: Json): Json {
  const { $ref, schema, headers, content } = fieldsOf(value);
  if ($ref !== undefined) return { $ref };
  return {
    description: '',
    ...(headers === undefined ? {} : { headers: mapped(fieldsOf(headers), parameter) }),
    ...(schema === undefined ? {} : { schema: shapeOf(schema) }),
    ...(content === undefined ? {} : { content: media(content) }),
  };
}

function media(content: Json): Json {
  return mapped(fieldsOf(content), (one) => {
    const { schema } = fieldsOf(one);
    return schema === undefined ? {} : { schema: shapeOf(schema) };
  });
}

/** What the paths refer to, and what that refers to in turn, each on its shelf. */
function reached(description: Fields, paths: Json): Fields {
  const pointers = closure(textsUnder(paths, '$ref'), (pointer) =>
    textsUnder(partAt(description, pointer), '$ref'),
  );
  const filled: Record<string, Json> = {};
  for (const [path] of shelves) {
    const kept = mapped(fieldsOf(at(description, path)), (_, name) => {
      const pointer = `#/${[...path, name].join('/')}`;
      return pointers.has(pointer) ? partAt(description, pointer) : undefined;
    });
    if (Object.keys(kept).length === 0) continue;
    const [outer = '', inner] = path;
    filled[outer] = inner === undefined ? kept : { ...fieldsOf(filled[outer]), [inner]: kept };
  }
  return filled;
}

function partAt(description: Fields, pointer: string): Json {
  const path = pointer.slice('#/'.length).split('/');
  const keep = shelves.find(([shelf]) => shelf.join('/') === path.slice(0, -1).join('/'))?.[1];
  const part = at(description, path);
  if (keep === undefined || part === undefined) throw new Error(`${pointer} leads nowhere`);
  return keep(part);
}

function at(holder: Fields, path: readonly string[]): Json | undefined {
  let found: Json | undefined = holder;
  for (const name of path) found = fieldsOf(found)[name];
  return found;
}
