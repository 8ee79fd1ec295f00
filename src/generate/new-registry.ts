import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { registryFacts } from '../model/registry.ts';
import { repositoryFacts } from '../model/repository.ts';
import type { Product } from './products.ts';

/** The files of a new registry, with ID, NAME, TYPE and VAR for what it is called; `.txt` is taken off. */
const template = fileURLToPath(new URL('registry-template/', import.meta.url));

/**
 * The files of a new registry: an adapter that lists repositories, a demo server that answers it, an estate,
 * and a test. In: the ids there are, and the new one. Out: the files, or why there are none. What is not
 * written yet is read by nothing: every verdict of it is unknown, never a pass.
 */
export function newRegistry(taken: readonly string[], id: string): readonly Product[] | string {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id))
    return `"${id}" is not the short name of a product in small letters, such as artifact-registry`;
  if (taken.includes(id)) return `there is a registry ${id} already`;
  const name = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const words: Readonly<Record<string, string>> = {
    ID: id,
    NAME: name,
    TYPE: name.replace(/^./, (letter) => letter.toUpperCase()),
    VAR: id.replaceAll('-', '_').toUpperCase(),
    REGISTRY_FACTS: notYet(registryFacts),
    REPOSITORY_FACTS: notYet(repositoryFacts),
  };
  const filled = (text: string) =>
    Object.entries(words).reduce((done, [word, own]) => done.replaceAll(word, own), text);
  return readdirSync(template, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .map((file) => ({
      path: filled(
        file
          .split(sep)
          .join('/')
          .replace(/\.txt$/, ''),
      ),
      text: filled(readFileSync(join(template, file), 'utf8')),
    }));
}

function notYet(facts: object): string {
  return Object.keys(facts)
    .filter((fact) => fact !== 'publicPull')
    .map((fact) => `    ${fact}: notYet,`)
    .join('\n');
}
