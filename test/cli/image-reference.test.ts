import { expect, test } from 'vitest';
import { imageReference } from '../../src/cli/image-reference.ts';

const digest = `sha256:${'a'.repeat(64)}`;

test.each([
  ['registry.example/app:1', ['registry.example', 'app', '1']],
  ['localhost:5000/team/app:1', ['localhost:5000', 'team/app', '1']],
  [`registry.example/app:1@${digest}`, ['registry.example', 'app', digest]],
  ['docker.io/alpine:3', ['registry-1.docker.io', 'library/alpine', '3']],
  ['index.docker.io/acme/app:3', ['registry-1.docker.io', 'acme/app', '3']],
])('%s is one image', (text, parts) => {
  const { host, repository, reference } = imageReference(text);
  expect([host, repository, reference]).toEqual(parts);
});

test.each(['app:1', 'acme/app:1', 'registry.example/app', 'registry.example/App:1', ''])(
  '"%s" could be several images, or is none',
  (text) => {
    expect(() => imageReference(text)).toThrow(/is not an image/);
  },
);
