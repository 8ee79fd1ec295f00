import { createHash } from 'node:crypto';
import type { HubImage } from './estate.ts';

/** The digest of an image of that name. */
export function digestOf(name: string): string {
  return `sha256:${createHash('sha256').update(name).digest('hex')}`;
}

export interface PlatformImage {
  readonly os: string;
  readonly architecture: string;
  readonly digest: string;
}

/** The platform images of an image; with a single platform the image itself. */
export function platformsOf({ name, platforms = ['linux/amd64'] }: HubImage): PlatformImage[] {
  return platforms.map((platform) => {
    const [os = '', architecture = ''] = platform.split('/');
    return {
      os,
      architecture,
      digest: digestOf(platforms.length === 1 ? name : `${name} ${platform}`),
    };
  });
}
