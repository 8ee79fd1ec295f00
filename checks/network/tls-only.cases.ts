import { cases } from '../../src/engine/cases.ts';
import { tlsOnly } from './tls-only.ts';

const served = { mode: 'https-only', minimumVersion: '1.2', certificateEnds: null } as const;

export default cases(tlsOnly, {
  'only HTTPS, with a certificate that the platform renews': [{ transport: served }, 'pass'],
  'TLS 1.3 and a certificate that is valid for months': [
    {
      transport: { ...served, minimumVersion: '1.3', certificateEnds: '2026-06-01T00:00:00Z' },
    },
    'pass',
  ],
  'plain HTTP is served too': [
    { transport: { mode: 'plain-http', where: 'port 80 answers without redirect' } },
    'fail',
  ],
  'tokens are fetched over plain HTTP': [
    { transport: { mode: 'plain-http', where: 'token realm http://auth.example.com' } },
    'fail',
  ],
  'the certificate cannot be verified': [
    { transport: { mode: 'weak', why: 'self-signed certificate' } },
    'fail',
  ],
  'TLS 1.0 is accepted': [{ transport: { ...served, minimumVersion: '1.0' } }, 'fail'],
  'an unrecognised TLS version': [{ transport: { ...served, minimumVersion: 'SSLv3' } }, 'fail'],
  'the certificate expired yesterday': [
    { transport: { ...served, certificateEnds: '2026-01-14T00:00:00Z' } },
    'fail',
  ],
  'the certificate expires today': [
    { transport: { ...served, certificateEnds: '2026-01-15T12:00:00Z' } },
    'fail',
  ],
  'the certificate expires in two weeks': [
    { transport: { ...served, certificateEnds: '2026-01-29T00:00:00Z' } },
    'fail',
  ],
  'the certificate expires in fifteen days': [
    { transport: { ...served, certificateEnds: '2026-01-30T00:00:00Z' } },
    'pass',
  ],
});
