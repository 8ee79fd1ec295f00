import { record, type Static } from '../../model/shape.ts';
import { urlOption } from '../host-target.ts';

/** Further keys of a configuration entry for Oci. */
export const ociOptions = record({ url: urlOption('https://oci.example.org') }, 'Oci');
export type OciOptions = Static<typeof ociOptions>;
