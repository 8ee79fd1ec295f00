import { checks } from '../../../checks/index.ts';
import { didYouMean } from '../../config/suggest.ts';
import { severities } from '../../model/finding.ts';
import { profiles } from '../../model/profile.ts';
import { UsageError } from '../../model/usage-error.ts';
import { providers } from '../../providers/index.ts';
import { reporters } from '../../reporters/reporters.ts';
import type { CommandContext } from '../command-context.ts';
import { bash } from '../completion/bash.ts';
import { fish } from '../completion/fish.ts';
import { grammarsOf } from '../completion/grammar.ts';
import { powershell } from '../completion/powershell.ts';
import { zsh } from '../completion/zsh.ts';
import { frameworkNames } from '../frameworks.ts';

const shells = { bash, zsh, fish, powershell };

/** `regaudit completion`: a script that completes every command, flag and check as of now. */
export async function completion(
  { program, print }: CommandContext,
  name: string,
): Promise<number> {
  const script = Object.entries(shells).find(([shell]) => shell === name)?.[1];
  if (script === undefined) {
    const names = Object.keys(shells);
    throw new UsageError(
      `there is no completion for "${name}"${didYouMean(name, names)}`,
      `there is: ${names.join(', ')}`,
    );
  }
  const ids = Object.keys(providers);
  const grammars = grammarsOf(program, {
    check: checks.map(({ id }) => id),
    provider: ids,
    target: ids,
    format: Object.keys(reporters),
    report: Object.keys(reporters).map((format) => `${format}=`),
    'fail-on': [...severities, 'none'],
    profile: profiles,
    compliance: Object.values(frameworkNames),
    color: ['auto', 'always', 'never'],
    as: ['cli', 'terraform'],
    shell: Object.keys(shells),
  });
  await print([script(program.name(), grammars)]);
  return 0;
}
