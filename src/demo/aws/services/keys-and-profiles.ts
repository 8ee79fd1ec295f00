import { AwsError } from '../aws-error.ts';
import { arn, type Handlers, textOf } from '../handler.ts';

/** AWS KMS API reference, DescribeKey; AWS Signer API reference, GetSigningProfile and GetRevocationStatus. */
export const keysAndProfiles: Handlers = {
  'kms:DescribeKey': (input, place) => {
    const asked = textOf(input, 'KeyId');
    const id = asked.split('/').at(-1) ?? asked;
    const key = place.here.keys?.[id];
    if (key === undefined) throw new AwsError('NotFoundException', `Key '${asked}' does not exist`);
    return {
      KeyMetadata: {
        AWSAccountId: place.estate.account,
        KeyId: id,
        Arn: arn(place, 'kms', `key/${id}`),
        CreationDate: '2025-01-15T09:00:00Z',
        Enabled: key['KeyState'] === 'Enabled',
        KeyUsage: 'ENCRYPT_DECRYPT',
        Origin: 'AWS_KMS',
        ...key,
      },
    };
  },
  'signer:GetRevocationStatus': (input, { here: { revoked = [] } }) => {
    const named = [textOf(input, 'profileVersionArn'), textOf(input, 'jobArn')];
    const hashes = input['certificateHashes'];
    const all = [...named, ...(Array.isArray(hashes) ? hashes.map(String) : [])];
    return { revokedEntities: all.filter((one) => revoked.includes(one)) };
  },
  'signer:GetSigningProfile': (input, place) => {
    const name = textOf(input, 'profileName');
    const owner = input['profileOwner'] ?? place.estate.account;
    const profile = owner === place.estate.account ? place.here.signingProfiles?.[name] : undefined;
    if (profile === undefined) {
      throw new AwsError('ResourceNotFoundException', `There is no signing profile ${name}`, 404);
    }
    return {
      profileName: name,
      profileVersion: 'Abcdefghij',
      arn: arn(place, 'signer', `/signing-profiles/${name}`),
      signatureValidityPeriod: { value: 135, type: 'MONTHS' },
      ...profile,
    };
  },
};
