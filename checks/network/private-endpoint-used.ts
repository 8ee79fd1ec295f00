import { because, defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const privateEndpointUsed = defineCheck({
  id: 'private-endpoint-used',
  subject: 'registry',
  severity: 'medium',
  title: 'The registry can be reached over a private endpoint',
  why: 'Without a private path every pull crosses public networks, and the public path can never be closed.',
  checklist: ['C2'],
  topics: ['network-restricted-private-endpoint'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['privateEndpoints'],

  judge({ privateEndpoints }) {
    switch (privateEndpoints.mode) {
      case 'serving':
        return pass(
          `private endpoints: ${enumerate(privateEndpoints.endpoints)}; public-endpoint-closed checks the public path`,
        );
      case 'incomplete':
        return fail(
          `clients cannot use ${enumerate(privateEndpoints.endpoints)} alone: ${enumerate(privateEndpoints.missing)} missing`,
        );
      case 'none':
        return fail(`there is no private endpoint${because(privateEndpoints)}`);
    }
  },
});
