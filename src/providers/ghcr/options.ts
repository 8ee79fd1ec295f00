import { record, type Static } from '../../model/shape.ts';
import { urlOption } from '../host-target.ts';

/** Further keys of a configuration entry for Ghcr. */
export const ghcrOptions = record({ url: urlOption('https://ghcr.example.org') }, 'Ghcr');
export type GhcrOptions = Static<typeof ghcrOptions>;
