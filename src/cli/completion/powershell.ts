import type { Flag, Grammar } from './grammar.ts';

/** A completion script for PowerShell: add it to `$PROFILE`. */
export function powershell(name: string, grammars: readonly Grammar[]): string {
  const commands = grammars.map(
    ({ path, flags, words }) =>
      `    ${quoted(path.join(' '))} = @(${[
        ...words.map(({ word }) => word),
        ...flags.flatMap(({ forms }) => forms),
      ]
        .map(quoted)
        .join(', ')})`,
  );
  const values = new Map(grammars.flatMap(({ flags }) => flags.flatMap(wordsAfter)));
  return `${[
    `# PowerShell completion of ${name}`,
    `Register-ArgumentCompleter -Native -CommandName ${quoted(name)} -ScriptBlock {`,
    '  param($wordToComplete, $commandAst, $cursorPosition)',
    '  $commands = @{',
    ...commands,
    '  }',
    '  $values = @{',
    ...[...values].map(([form, line]) => `    ${quoted(form)} = ${line}`),
    '  }',
    '  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })',
    "  if ($wordToComplete -ne '') { $typed = @($typed | Select-Object -SkipLast 1) }",
    "  $path = ''",
    '  foreach ($word in $typed) {',
    '    $next = "$path $word".Trim()',
    '    if ($commands.ContainsKey($next)) { $path = $next }',
    '  }',
    '  $offered = $commands[$path]',
    '  if ($typed.Count -gt 0 -and $values.ContainsKey($typed[-1])) { $offered = $values[$typed[-1]] }',
    '  $offered | Where-Object { $_.StartsWith($wordToComplete) } | ForEach-Object {',
    "    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)",
    '  }',
    '}',
  ].join('\n')}\n`;
}

/** PowerShell hashtables ignore case, so `-f` and `-F` would be one key. */
function wordsAfter({ forms, follows }: Flag): [string, string][] {
  if (typeof follows === 'string') return [];
  return forms.map((form) => [form, `@(${follows.map(quoted).join(', ')})`]);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
