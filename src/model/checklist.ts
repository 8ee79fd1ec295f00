/** The registry security checklist that checks cover, by the letter and number of an item. */
export const checklist = [
  {
    title: 'Security checklist',
    items: {
      C1: 'Authentication is required for all operations',
      C2: 'Network access is restricted',
      C3: 'Vulnerability scanning is enabled and enforced',
      C4: 'Image signing is implemented',
      C5: 'Retention policies are configured',
      C6: 'Audit logs are exported to a SIEM',
    },
  },
  {
    title: 'Best practices',
    items: {
      B1: 'Images are scanned on push',
      B2: 'Old images are removed by retention policies',
      B3: 'Production images have immutable tags',
      B4: 'Deployment requires a signature',
      B5: 'Only CI/CD pipelines push',
      B6: 'Access is audited in a log',
    },
  },
  {
    title: 'Security features',
    items: {
      F1: 'Authentication',
      F2: 'Authorization by role and repository',
      F3: 'Vulnerability scanning',
      F4: 'Image signing',
      F5: 'Immutable tags',
      F6: 'Geo-replication',
    },
  },
  {
    title: 'Products of the cloud',
    items: {
      M1: 'Scanning product in use',
      M2: 'Signing product in use',
      M3: 'Replication in use',
    },
  },
] as const satisfies readonly {
  readonly title: string;
  readonly items: Readonly<Record<string, string>>;
}[];
