import { configSchema } from '../config/schema.ts';
import { declaredCheck } from '../declarative/declared-check.ts';
import { differenceSchema } from '../model/difference-schema.ts';
import { reportSchema } from '../model/report-schema.ts';
import type { Provider } from '../providers/contract.ts';
import { reporters } from '../reporters/reporters.ts';
import { snapshotLine, source, unknownFact } from '../snapshot/schema.ts';
import type { Entry } from './catalogue.ts';

const draft = 'http://json-schema.org/draft-07/schema#';

/** The configuration, for editors: ids of checks enumerated, options of every provider allowed. */
export function configJsonSchema(
  entries: readonly Entry[],
  providers: readonly Provider[],
): object {
  const schema = structuredClone(configSchema) as unknown as {
    properties: Record<string, Record<string, unknown>>;
  };
  const { checks, registries, reports } = schema.properties;
  if (checks !== undefined)
    checks['propertyNames'] = {
      anyOf: [{ enum: entries.map(({ check }) => check.id) }, { pattern: '/' }],
    };
  const report = reports?.['items'] as { properties: Record<string, object> } | undefined;
  if (report !== undefined)
    report.properties['format'] = { ...report.properties['format'], enum: Object.keys(reporters) };
  const entry = registries?.['items'] as { properties: object } | undefined;
  const options = providers.map(
    (provider) => (provider.options as { properties: object }).properties,
  );
  if (entry !== undefined) entry.properties = Object.assign({}, entry.properties, ...options);
  return { $schema: draft, title: 'regaudit configuration', ...schema };
}

/** A check in YAML, for editors. */
export function checkJsonSchema(): object {
  return { $schema: draft, title: 'regaudit check', ...declaredCheck };
}

export function differenceJsonSchema(): object {
  return { $schema: draft, title: 'regaudit diff', ...differenceSchema };
}

export function reportJsonSchema(): object {
  return { $schema: draft, title: 'regaudit report', ...reportSchema };
}

/** A snapshot line by line: the schema is that of one line. What stands in it a hundred times is named. */
export function snapshotJsonSchema(): object {
  const definitions = { unknown: unknownFact, source };
  const line = Object.entries(definitions).reduce(
    (text, [name, schema]) =>
      text.replaceAll(JSON.stringify(schema), `{"$ref":"#/definitions/${name}"}`),
    JSON.stringify(snapshotLine),
  );
  const title = 'one line of a regaudit snapshot';
  return { $schema: draft, title, ...JSON.parse(line), definitions };
}
