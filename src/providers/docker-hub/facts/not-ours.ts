/** Why Docker Hub refuses what is asked about an organization, or shows nothing of it. */
export function notOurs(namespace: string, caller: string): string {
  return `${namespace} is none of the organizations of ${caller}`;
}
