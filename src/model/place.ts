/** Where a registry is, as its id tells. */
export interface Place {
  /** AWS account, Azure subscription, Google Cloud project, namespace, organization or group. */
  readonly account?: string;
  readonly region?: string;
  /** The cloud whose account it is; absent for a registry of no cloud. */
  readonly cloud?: Cloud;
}

export const clouds = ['aws', 'azure', 'gcp'] as const;
export type Cloud = (typeof clouds)[number];
