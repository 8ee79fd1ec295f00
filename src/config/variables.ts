import type { Path, Problem, SourceDocument } from './document.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** `${NAME}`, `$${NAME}` for that text itself, and anything else that begins like one. */
const variable = /\$?\$\{([^}]*)\}?/g;

/**
 * Configuration keys hold no secrets; their values appear in reports and messages. A word of the name, but for
 * `PWD` alone, which is the working folder.
 */
const secret =
  /(?:^|_)(?:SECRETS?|TOKENS?|JWT|PASS|PASSWORDS?|PASSWD|PASSPHRASE|PAT|CREDENTIALS?|CREDS|AUTH|COOKIE|SESSION|SALT|SIGNATURE|DSN|(?:API|ACCESS|PRIVATE|SECRET|ENCRYPTION|SIGNING|MASTER|REDACT|SSH|GPG|DEPLOY)?_?KEYS?|CONN(?:ECTION)?_?STR(?:ING)?|WEBHOOK)(?=_|\d|$)|[A-Z0-9]+_PWD$|(?:PGPASS|MYSQL_PWD|PASSWORD|PASSWD|SECRET|TOKEN|APIKEY)(?:_?\d*)$/i;

/** An address with a password in it, a private key, or a token of well-known shape. */
const secretValue =
  /:\/\/[^/\s@]*:[^/\s@]*@|-----BEGIN [A-Z ]*PRIVATE KEY|\b(?:gh[pousr]_|github_pat_|glpat-|dckr_(?:pat|oat)_|xox[abp]-|[sr]k_live_|npm_[A-Za-z0-9]{30}|AIza[\w-]{30}|eyJ[\w-]+\.eyJ)|\b(?:Account|SharedAccess)Key=|[?&]sig=|hooks\.slack\.com\/services\//;

/**
 * Puts the values of environment variables in the place of `${NAME}`, in texts but not in keys. In: a
 * document's value. Out: the same with all of them replaced, and what is wrong with those that were not.
 */
export function substituted(
  value: unknown,
  document: SourceDocument,
  environment: Environment,
): { readonly value: unknown; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const walk = (node: unknown, path: Path): unknown => {
    if (typeof node === 'string') {
      return node.replace(variable, (text, name: string) => {
        if (text.startsWith('$$')) return text.slice(1);
        const read = readVariable(text, name, environment);
        if (read.wrong === null) return read.value;
        problems.push({ ...document.place(path, 'value'), message: read.wrong });
        return text;
      });
    }
    if (Array.isArray(node)) return node.map((item, index) => walk(item, [...path, `${index}`]));
    if (typeof node !== 'object' || node === null) return node;
    const pairs = Object.entries(node).map(([key, inner]) => [key, walk(inner, [...path, key])]);
    return Object.fromEntries(pairs);
  };
  return { value: walk(value, []), problems };
}

type Read = { readonly wrong: null; readonly value: string } | { readonly wrong: string };

function readVariable(text: string, name: string, environment: Environment): Read {
  if (!text.endsWith('}')) return { wrong: `"${text}" is not closed; write \${NAME}` };
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,199}$/.test(name)) {
    return { wrong: `"${text}" is no variable; write \${NAME}, or $\${…} for the text itself` };
  }
  if (secret.test(name)) {
    return {
      wrong: `\${${name}} names a secret; a configuration holds none, a provider reads its own`,
    };
  }
  const value = environment[name];
  if (value === undefined || value === '') return { wrong: `the variable ${name} is not set` };
  if (secretValue.test(value)) {
    return { wrong: `the value of ${name} looks like a secret; a configuration holds none` };
  }
  return { wrong: null, value };
}
