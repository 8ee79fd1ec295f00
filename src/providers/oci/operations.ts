import { refusedByHttp } from '../../http/http-errors.ts';
import type { HttpOperation } from '../http-api.ts';

/** Every call that the adapter can make, all of them reads. A code that is not in `means` is never "absent". */
export const operations = {
  listRepositories: {
    path: '/repositories',
    permission: 'repository:list',
    doc: 'https://oci.example.org/api',
    means: refusedByHttp,
  },
} as const satisfies Readonly<Record<string, HttpOperation>>;

export type OperationName = keyof typeof operations;
