import {
  type DefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  visit,
} from 'graphql';
import { closure, type Reduce } from './json.ts';

/** Schemas of GraphQL. Operations are the fields of `Query`; every type that they reach is kept whole. */
export const reduceGraphql: Reduce = (text, keeps) => {
  const operations: string[] = [];
  const definitions = parse(text).definitions.map((definition) => {
    if (!isQuery(definition)) return definition;
    const fields = (definition.fields ?? []).filter(({ name }) => keeps(name.value));
    operations.push(...fields.map(({ name }) => name.value));
    return { ...definition, fields };
  });
  const byName = new Map<string, DefinitionNode>();
  for (const definition of definitions) {
    if ('name' in definition && definition.name) byName.set(definition.name.value, definition);
  }
  const names = closure(['Query'], (name) => {
    const definition = byName.get(name);
    return definition === undefined
      ? []
      : [...typesIn(definition), ...membersOf(name, definitions)];
  });
  const kept = [...byName].filter(([name]) => names.has(name)).map(([, one]) => bare(one));
  return { text: `${kept.map(print).join('\n\n')}\n`, operations };
};

function isQuery(definition: DefinitionNode): definition is ObjectTypeDefinitionNode {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Query';
}

function typesIn(definition: DefinitionNode): string[] {
  const names: string[] = [];
  visit(definition, { NamedType: ({ name }) => void names.push(name.value) });
  return names;
}

/** The types that say of themselves that they implement an interface. */
function membersOf(name: string, definitions: readonly DefinitionNode[]): string[] {
  return definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION &&
    (definition.interfaces ?? []).some((one) => one.name.value === name)
      ? definition.name.value
      : [],
  );
}

/** Without descriptions and directives. */
function bare(definition: DefinitionNode): DefinitionNode {
  return visit(definition, {
    enter: (node) =>
      'description' in node && node.description !== undefined
        ? { ...node, description: undefined }
        : undefined,
    Directive: () => null,
  });
}
