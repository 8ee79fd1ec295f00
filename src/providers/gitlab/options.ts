import { record, type Static } from '../../model/shape.ts';
import { urlOption } from '../host-target.ts';

/** Further keys of a configuration entry for Gitlab. */
export const gitlabOptions = record({ url: urlOption('https://gitlab.example.org') }, 'Gitlab');
export type GitlabOptions = Static<typeof gitlabOptions>;
