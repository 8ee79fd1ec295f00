import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The path of a description, such as `harbor/harbor.json`. */
export function descriptionFile(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** The text of a description. */
export function readDescription(name: string): string {
  return readFileSync(descriptionFile(name), 'utf8');
}
