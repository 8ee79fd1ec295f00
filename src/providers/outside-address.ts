/** The parts of an image's name in facts: `1.2 (sha256:…)` or `web:1.2 (sha256:…)`; null: it has no tag. */
export function imageParts(image: string): { readonly name: string; readonly tag: string } | null {
  const [, name = '', tag] =
    /^(?:([^\s:@]+):)?([A-Za-z0-9_][A-Za-z0-9._-]{0,127}) \(sha/.exec(image) ?? [];
  return tag === undefined ? null : { name, tag };
}

/** The path of a registry's id: `['123456789012', 'eu-west-1']` of `ecr://123456789012/eu-west-1`. */
export function idParts(registry: string): readonly string[] {
  return registry.replace(/^[a-z-]+:\/\//, '').split('/');
}
