import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operations as acr } from '../../src/providers/acr/operations.ts';
import { operations as google } from '../../src/providers/artifact-registry/operations.ts';
import { operations as hub } from '../../src/providers/docker-hub/operations.ts';
import { operations as ecr } from '../../src/providers/ecr/operations.ts';
import { scopesFor as github } from '../../src/providers/ghcr/operations.ts';
import { operations as harbor } from '../../src/providers/harbor/operations.ts';
import { descriptionFile, readDescription } from './read.ts';
import { reduceOpenapi } from './reduce/openapi.ts';
import { harborPermissions } from './reduce/permissions.ts';
import { vendors } from './vendors.ts';

const documents = vendors.flatMap(({ folder, documents }) =>
  documents.map((document) => [`${folder}/${document.file}`, document] as const),
);

test.each(documents)('%s holds what is declared and nothing else', (file, document) => {
  const text = readDescription(file);
  const again = document.reduce(text, (name) => document.operations.includes(name));
  expect(again.text).toBe(text);
  const missing = document.operations.filter((name) => !again.operations.includes(name));
  expect(missing).toEqual(undescribed[file] ?? []);
});

/** Previews, which the vendor's SDK does not describe, and what is read as an image is pulled. */
const undescribed: Readonly<Record<string, readonly string[]>> = {
  'aws-ecr/ecr.json': ['BatchGetImage', 'GetDownloadUrlForLayer'],
  'aws-ecr/signer.json': ['GetRevocationStatus'],
  'azure-containerregistry/containerregistry.json': [
    'registries_getPreview',
    'registries_getCachePreview',
    'tasks_list',
  ],
};

test.each(vendors)(
  'what is kept of $folder is small, and all of it is accounted for',
  ({ folder, documents, permissions }) => {
    const kept = readdirSync(descriptionFile(folder)).sort();
    const names = permissions === null ? [] : ['permissions.txt'];
    expect(kept).toEqual([...documents.map(({ file }) => file), ...names].sort());
    const size = kept.reduce((sum, file) => sum + readDescription(`${folder}/${file}`).length, 0);
    expect(size).toBeLessThan(300_000);
  },
);

const granted: readonly (readonly [folder: string, names: readonly string[]])[] = [
  ['aws-ecr', permissionsOf(ecr, 'ecr:')],
  ['azure-containerregistry', permissionsOf(acr, 'Microsoft.ContainerRegistry/')],
  ['dockerhub', permissionsOf(hub, 'scope-')],
  ['gcp-artifactregistry', permissionsOf(google, 'artifactregistry.')],
  ['github', Object.keys(github).map((permission) => permission.replace(/:read$/, ''))],
  [
    'harbor',
    Object.values(harbor).flatMap(({ grants }) =>
      grants.map(({ level, resource, action }) => `${level} ${resource}:${action}`),
    ),
  ],
];

function permissionsOf(
  operations: Readonly<Record<string, { readonly permission: string }>>,
  prefix: string,
): string[] {
  const all = Object.values(operations).map(({ permission }) => permission);
  return all.filter((permission) => permission.startsWith(prefix));
}

test.each(granted)(
  'every permission of %s that an adapter asks for is one of its service',
  (folder, names) => {
    const all = readDescription(`${folder}/permissions.txt`).split('\n').slice(0, -1);
    expect(all.length).toBeGreaterThan(30);
    expect(all).toEqual([...new Set(all)].sort());
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !all.includes(name))).toEqual([]);
  },
);

test('of a description only the shape of what is kept is left', () => {
  const source = {
    openapi: '3.0.3',
    info: { title: 'Things', version: '1', description: 'About things.' },
    tags: [{ name: 'prose' }],
    paths: {
      '/things/{id}': {
        parameters: [{ $ref: '#/components/parameters/id' }],
        get: {
          operationId: 'getThing',
          summary: 'Gets a thing',
          responses: { 200: { $ref: '#/components/responses/thing' } },
        },
        delete: { operationId: 'deleteThing', responses: { 204: { description: 'Gone' } } },
      },
      '/others': { get: { operationId: 'listOthers', responses: {} } },
    },
    components: {
      parameters: {
        id: {
          name: 'id',
          in: 'path',
          required: true,
          description: 'x',
          schema: { type: 'string' },
        },
      },
      responses: {
        thing: {
          description: 'A thing',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Thing' },
              example: { description: 'a fine one' },
            },
          },
        },
      },
      schemas: {
        Thing: {
          type: 'object',
          title: 'Thing',
          required: ['description'],
          properties: {
            description: { type: 'string', example: 'a field may be called so' },
            kind: { type: 'string', enum: ['big', 'small'], default: 'big' },
            parts: { type: 'array', items: { $ref: '#/components/schemas/Thing' } },
          },
        },
        Other: { type: 'object' },
      },
    },
  };
  const { text, operations } = reduceOpenapi(JSON.stringify(source), (name) => name === 'getThing');
  expect(operations).toEqual(['getThing']);
  expect(JSON.parse(text)).toEqual({
    openapi: '3.0.3',
    info: { title: 'Things', version: '1' },
    paths: {
      '/things/{id}': {
        parameters: [{ $ref: '#/components/parameters/id' }],
        get: {
          operationId: 'getThing',
          responses: { 200: { $ref: '#/components/responses/thing' } },
        },
      },
    },
    components: {
      schemas: {
        Thing: {
          type: 'object',
          required: ['description'],
          properties: {
            description: { type: 'string' },
            kind: { type: 'string', enum: ['big', 'small'] },
            parts: { type: 'array', items: { $ref: '#/components/schemas/Thing' } },
          },
        },
      },
      parameters: { id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } } },
      responses: {
        thing: {
          description: '',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
        },
      },
    },
  });
});

test('what Harbor lets a robot be granted is read from its source, by level', () => {
  const source = `
    ScopeSystem  = scope("System")
    ActionPush = Action("push")
    ActionList   = Action("list")
    ResourceRepository = Resource("repository")
    ScopeSystem: {
      {Resource: ResourceRepository, Action: ActionList},
    ScopeProject  = scope("Project")
    ScopeProject: {
      &types.Policy{Resource: ResourceRepository, Action: ActionPush},`;
  const names = harborPermissions(source);
  expect(names).toEqual(['system repository:list', 'project repository:push']);
});
