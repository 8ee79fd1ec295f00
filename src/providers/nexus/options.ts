import { record, type Static } from '../../model/shape.ts';
import { urlOption } from '../host-target.ts';

/** Further keys of a configuration entry for Nexus. */
export const nexusOptions = record({ url: urlOption('https://nexus.example.org') }, 'Nexus');
export type NexusOptions = Static<typeof nexusOptions>;
