import {
  closure,
  type Fields,
  fieldsOf,
  isFields,
  type Json,
  mapped,
  only,
  type Reduce,
  textsUnder,
  written,
} from './json.ts';

const about = ['apiVersion', 'endpointPrefix', 'jsonVersion', 'protocol', 'serviceId'];
const naming = ['signatureVersion', 'signingName', 'targetPrefix'];
const calling = ['name', 'http', 'input', 'output', 'errors'];
const shape = ['type', 'required', 'members', 'member', 'key', 'value', 'enum', 'exception'];
const member = ['shape', 'location', 'locationName'];

/** AWS's own form of description, as botocore carries it (service-2.json). */
export const reduceBotocore: Reduce = (text, keeps) => {
  const model: Fields = JSON.parse(text);
  const operations = mapped(fieldsOf(model['operations']), (operation, name) =>
    keeps(name) ? tidy(only(fieldsOf(operation), calling)) : undefined,
  );
  const all = fieldsOf(model['shapes']);
  const names = closure(textsUnder(operations, 'shape'), (name) =>
    textsUnder(fieldsOf(all[name]), 'shape'),
  );
  const shapes = mapped(all, (one, name) =>
    names.has(name) ? tidy(only(fieldsOf(one), shape)) : undefined,
  );
  const metadata = only(fieldsOf(model['metadata']), [...about, ...naming]);
  return { text: written({ metadata, operations, shapes }), operations: Object.keys(operations) };
};

/** References without what is said about them. */
function tidy(value: Json): Json {
  if (Array.isArray(value)) return value.map(tidy);
  if (!isFields(value)) return value;
  return mapped(typeof value['shape'] === 'string' ? only(value, member) : value, tidy);
}
