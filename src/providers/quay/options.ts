import { record, type Static } from '../../model/shape.ts';
import { urlOption } from '../host-target.ts';

/** Further keys of a configuration entry for Quay. */
export const quayOptions = record({ url: urlOption('https://quay.example.org') }, 'Quay');
export type QuayOptions = Static<typeof quayOptions>;
