/** Headings of `--help`, and what stands below them: the long names of options. */
const optionGroups: Readonly<Record<string, readonly string[]>> = {
  'What is scanned:': [
    'config',
    'no-config',
    'include',
    'exclude',
    'from',
    ...['plan', 'shard', 'resume', 'resume-max-age', 'shards'],
    'probe',
    'dry-run',
    'serve',
  ],
  'Checks:': ['profile', 'check', 'skip-check', 'checks-dir', 'plugin'],
  'Output:': [
    ...['format', 'output', 'report', 'details', 'compliance', 'sarif-include-suppressed'],
    ...['only', 'compare-with', 'redact', 'as', 'open', 'provider', 'json'],
  ],
  'Gate (exit code):': ['fail-on', 'strict', 'exit-zero', 'baseline', 'write-baseline'],
  'Connection:': [
    ...[
      'concurrency',
      'concurrency-total',
      'max-calls',
      'timeout',
      'registry-timeout',
      'ca-file',
      'client-cert',
      'client-key',
    ],
  ],
};

/** The heading of an option; undefined: the general one. In: its flags, such as `-c, --config <file>`. */
export function optionGroup(flags: string): string | undefined {
  const [, name = ''] = /--([a-z-]+)/.exec(flags) ?? [];
  return Object.entries(optionGroups).find(([, names]) => names.includes(name))?.[0];
}

const commandGroups: Readonly<Record<string, readonly string[]>> = {
  'Audit registries:': ['scan', 'collect', 'verify', 'diff', 'compare', 'plan', 'merge', 'demo'],
  'Set up:': ['init', 'doctor', 'permissions', 'config', 'completion'],
  'Act on findings:': ['fix', 'explain', 'waive'],
  'Look up:': ['list', 'verify-checks', 'version', 'help'],
};

/** The heading of a command. */
export function commandGroup(name: string): string | undefined {
  return Object.entries(commandGroups).find(([, names]) => names.includes(name))?.[0];
}

/** What people do with a command, most common first. */
const examples: Readonly<Record<string, readonly string[]>> = {
  '': ['demo', 'init', 'scan ecr', 'scan -c regaudit.yaml --report sarif=regaudit.sarif'],
  scan: [
    'scan ecr',
    'scan shop.azurecr.io ghcr.io/acme --details',
    'scan -c regaudit.yaml --baseline base.json --report sarif=regaudit.sarif',
    'scan ecr --check tags-immutable --include "team/*" -f json -o regaudit.json',
  ],
  collect: [
    'collect ecr -o today.jsonl',
    'collect --plan plan.json --shard 3/16 --resume -o parts',
  ],
  plan: ['plan -c regaudit.yaml -o plan.json', 'plan ecr --from yesterday.jsonl --shards 16'],
  merge: ['merge parts --plan plan.json -o all.jsonl'],
  verify: [
    'verify registry.example.org/shop/api:1.4.0',
    'verify -c regaudit.yaml registry.example.org/shop/api:1.4.0',
  ],
  doctor: ['doctor ecr', 'doctor -c regaudit.yaml'],
  diff: ['diff yesterday.json today.json', 'diff yesterday.json today.json -f markdown'],
  compare: ['compare ecr acr', 'compare --from today.json'],
  checks: ['list checks -f json'],
  providers: ['list providers'],
  frameworks: ['list frameworks'],
  fix: ['fix --from regaudit.json -o fix.sh', 'fix ecr --check tags-immutable --as terraform'],
  explain: [
    'explain tags-immutable --provider ecr',
    'explain 1f27c67f86419c06 --from regaudit.json',
  ],
  permissions: ['permissions ecr', 'permissions acr --check tags-immutable'],
  demo: ['demo', 'demo --serve', 'demo --report html=demo.html'],
  init: ['init', 'init ecr shop.azurecr.io'],
  waive: [
    'waive ecr://123456789012/eu-west-1/team/legacy tags-immutable --reason "Moves in spring" --expires 2027-01-31',
    'waive --unknown docker-hub://acme/web recent-images-scanned --reason "No scan yet" --owner web --expires 2027-01-31',
  ],
  'verify-checks': ['verify-checks ./registry-checks'],
  validate: ['config validate', 'config validate regaudit.yaml'],
  completion: ['completion bash > /etc/bash_completion.d/regaudit'],
  version: ['version --json'],
};

/** The examples of a command, to stand below its help. */
export function examplesOf(name: string): string {
  const lines = examples[name] ?? [];
  return lines.length === 0
    ? ''
    : `\nExamples:\n${lines.map((line) => `  regaudit ${line}`).join('\n')}`;
}
