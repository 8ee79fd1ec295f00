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

/** Google's discovery documents, which refer to a schema by its bare name. */
export const reduceDiscovery: Reduce = (text, keeps) => {
  const document: Fields = JSON.parse(text);
  const operations: string[] = [];
  const resources = branches(document['resources'], (id) => {
    if (!keeps(id)) return false;
    operations.push(id);
    return true;
  });
  const all = fieldsOf(document['schemas']);
  const names = closure(textsUnder(resources, '$ref'), (name) =>
    textsUnder(shapeOf(fieldsOf(all[name])), '$ref'),
  );
  const schemas = mapped(all, (schema, name) => (names.has(name) ? shapeOf(schema) : undefined));
  const head = only(document, ['id', 'name', 'version', 'revision', 'rootUrl', 'servicePath']);
  return { text: written({ ...head, resources, schemas }), operations };
};

/** The tree of resources, down to those with a method that is kept. */
function branches(resources: Json | undefined, keeps: (id: string) => boolean): Fields {
  return mapped(fieldsOf(resources), (resource) => {
    const { methods, resources: deeper } = fieldsOf(resource);
    const kept = mapped(fieldsOf(methods), (method) => {
      const { id } = fieldsOf(method);
      return typeof id === 'string' && keeps(id) ? methodOf(fieldsOf(method)) : undefined;
    });
    const below = branches(deeper, keeps);
    const filled = {
      ...(Object.keys(kept).length === 0 ? {} : { methods: kept }),
      ...(Object.keys(below).length === 0 ? {} : { resources: below }),
    };
    return Object.keys(filled).length === 0 ? undefined : filled;
  });
}

function methodOf(method: Fields): Json {
  const parameters = mapped(fieldsOf(method['parameters']), (one) => ({
    ...only(fieldsOf(one), ['location', 'repeated']),
    ...fieldsOf(shapeOf(one)),
  }));
  const plain = ['id', 'httpMethod', 'path', 'flatPath', 'request', 'response'];
  return { ...only(method, plain), parameters };
}
