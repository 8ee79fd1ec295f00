/** Calls an operation through the AWS SDK, without retries. Rejects with what the SDK throws. */
export type SdkCall = (operation: string, input?: object, region?: string) => Promise<Fields>;
export type Fields = Readonly<Record<string, unknown>>;

type Load = () => Promise<object>;
const clients: Readonly<Record<string, readonly [Load, string]>> = {
  ecr: [() => import('@aws-sdk/client-ecr'), 'ECRClient'],
  'ecr-public': [() => import('@aws-sdk/client-ecr-public'), 'ECRPUBLICClient'],
  inspector2: [() => import('@aws-sdk/client-inspector2'), 'Inspector2Client'],
  signer: [() => import('@aws-sdk/client-signer'), 'SignerClient'],
  kms: [() => import('@aws-sdk/client-kms'), 'KMSClient'],
  cloudtrail: [() => import('@aws-sdk/client-cloudtrail'), 'CloudTrailClient'],
  ec2: [() => import('@aws-sdk/client-ec2'), 'EC2Client'],
  iam: [() => import('@aws-sdk/client-iam'), 'IAMClient'],
  sts: [() => import('@aws-sdk/client-sts'), 'STSClient'],
  organizations: [() => import('@aws-sdk/client-organizations'), 'OrganizationsClient'],
};

/** In: where AWS is to be found. Out: the function that calls operations there. */
export function sdkAt(endpoint: string): SdkCall {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const credentials = { accessKeyId: 'demo', secretAccessKey: 'demo' };
  return async (operation, input = {}, region = 'eu-west-1') => {
    const [service = '', command = ''] = operation.split(':');
    const [load, name] = clients[service] ?? [];
    if (load === undefined || name === undefined) throw new Error(`no SDK for ${service}`);
    const sdk = new Map(Object.entries(await load()));
    const Client = sdk.get(name);
    const Command = sdk.get(`${command}Command`);
    const client = new Client({ endpoint, region, credentials, maxAttempts: 1 });
    try {
      return await client.send(new Command(input));
    } finally {
      client.destroy();
    }
  };
}
