/** Which version of the REST API is spoken (docs, API versions). */
export const versionHeader = { 'x-github-api-version': '2022-11-28' } as const;
