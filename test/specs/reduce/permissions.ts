/** The names that a pattern finds in a text: its first group that matched, or all of it. */
export function namesLike(pattern: RegExp, prefix = ''): (text: string) => readonly string[] {
  return (text) =>
    [...text.matchAll(pattern)].map(([all, ...groups]) => {
      const name = groups.find((group) => group !== undefined);
      return `${prefix}${name === undefined ? all : name}`;
    });
}

/**
 * What Harbor lets a robot be granted, as `project repository:push`. In: the Go source that lists it
 * (goharbor/harbor, src/common/rbac/const.go), with constants for levels, resources and actions.
 */
export function harborPermissions(source: string): readonly string[] {
  const constants = new Map(
    [...source.matchAll(/(\w+)\s*= (?:Resource|Action|scope)\("([^"]*)"\)/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );
  const names: string[] = [];
  let level = '';
  for (const [, scope, resource, action] of source.matchAll(
    /\b(Scope(?:System|Project))\b|Resource: (\w+), Action: (\w+)/g,
  )) {
    if (scope !== undefined) level = String(constants.get(scope)).toLowerCase();
    else names.push(`${level} ${constants.get(String(resource))}:${constants.get(String(action))}`);
  }
  return names;
}

/** The permissions of a GitHub App, of which GitHub describes an installation to have some. */
export function githubPermissions(text: string): readonly string[] {
  const description: {
    readonly components: {
      readonly schemas: Readonly<Record<string, { readonly properties?: object }>>;
    };
  } = JSON.parse(text);
  return Object.keys(description.components.schemas['app-permissions']?.properties ?? {});
}
