/** The entry of a log that a filter is asked about: an access to images, or a change of settings. */
export interface LogEntry {
  readonly project: string;
  readonly log: 'activity' | 'data_access';
}

/** Whether an entry is taken; `maybe`: the filter says something that is not understood. */
export type Taken = 'yes' | 'no' | 'maybe';

const longest = 4000;

/**
 * Does a filter in Google's logging query language take the entry? Understood are names of logs, the
 * service, the kind of payload and resource, and severities, joined by AND, OR, NOT and parentheses.
 * An empty filter takes everything. Whatever else is asked makes the answer `maybe`.
 */
export function takes(filter: string, entry: LogEntry): Taken {
  const text = filter.replace(/--[^\n]*/g, ' ').trim();
  if (text === '') return 'yes';
  if (text.length > longest) return 'maybe';
  const tokens = tokensOf(text);
  if (tokens === null) return 'maybe';
  const reader: Reader = { tokens, at: 0, terms: 0, entry };
  const answer = conjunction(reader);
  return reader.at === tokens.length ? answer : 'maybe';
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
  terms: number;
  readonly entry: LogEntry;
}

const token =
  /\s*(\(|\)|(?:LOG_ID|log_id)\(\s*"[^"]*"\s*\)|[A-Za-z_@.][\w.@-]*\s*(?:>=|<=|!=|=~|!~|=|:|>|<)\s*(?:"[^"]*"|\((?:[^()"]|"[^"]*")*\)|[^\s()"]+)|AND\b|OR\b|NOT\b|-)/y;

/** Null: something that is no token of ours. */
function tokensOf(text: string): string[] | null {
  const found: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) return null;
    found.push(match[1] ?? '');
  }
  return found;
}

/** OR binds tighter than AND, and terms side by side are joined by AND (logging query language). */
function conjunction(reader: Reader): Taken {
  let answer = disjunction(reader);
  for (;;) {
    const next = reader.tokens[reader.at];
    if (next === undefined || next === ')') return answer;
    if (next === 'AND') reader.at += 1;
    answer = both(answer, disjunction(reader));
  }
}

function disjunction(reader: Reader): Taken {
  let answer = negation(reader);
  while (reader.tokens[reader.at] === 'OR') {
    reader.at += 1;
    answer = opposite(both(opposite(answer), opposite(negation(reader))));
  }
  return answer;
}

/** Bounds the recursion as well. */
const mostTerms = 200;

function negation(reader: Reader): Taken {
  const next = reader.tokens[reader.at];
  reader.at += 1;
  reader.terms += 1;
  if (next === undefined || reader.terms > mostTerms) return 'maybe';
  if (next === 'NOT' || next === '-') return opposite(negation(reader));
  if (next !== '(') return comparison(next, reader.entry);
  const answer = conjunction(reader);
  if (reader.tokens[reader.at] !== ')') return 'maybe';
  reader.at += 1;
  return answer;
}

function both(a: Taken, b: Taken): Taken {
  if (a === 'no' || b === 'no') return 'no';
  return a === 'yes' && b === 'yes' ? 'yes' : 'maybe';
}

function opposite(taken: Taken): Taken {
  switch (taken) {
    case 'yes':
      return 'no';
    case 'no':
      return 'yes';
    case 'maybe':
      return 'maybe';
  }
}

const comparisonForm = /^([\w.@-]+)\s*(>=|<=|!=|=~|!~|=|:|>|<)\s*([\s\S]+)$/;

function comparison(term: string, entry: LogEntry): Taken {
  const id = /^(?:LOG_ID|log_id)\(\s*"([^"]*)"\s*\)$/.exec(term);
  if (id !== null) return equals(`cloudaudit.googleapis.com/${entry.log}`, id[1] ?? '');
  const [, field = '', operator = '', value = ''] = comparisonForm.exec(term) ?? [];
  if (value.startsWith('(')) return anyOf(field, operator, value, entry);
  const wanted = value.replace(/^"|"$/g, '');
  if (field === 'severity') return severity(operator, wanted);
  if (otherPayloads.test(field)) return operator === '!=' ? 'maybe' : 'no';
  const actual = actualOf(field, entry);
  if (actual === null) return 'maybe';
  switch (operator) {
    case '=':
      return equals(actual, wanted);
    case '!=':
      return opposite(equals(actual, wanted));
    case ':':
      return wanted === '*' ? 'yes' : has(actual, wanted);
    default:
      return 'maybe';
  }
}

/** An entry has one payload, and that of audit logs is a protoPayload (LogEntry). */
const otherPayloads = /^(textPayload|jsonPayload|httpRequest)(\.|$)/;

/** Comparisons do not mind case. What differs in its encoding alone is not documented to be the same. */
function equals(actual: string, wanted: string): Taken {
  if (actual.toLowerCase() === wanted.toLowerCase()) return 'yes';
  return plain(actual) === plain(wanted) ? 'maybe' : 'no';
}

function has(actual: string, wanted: string): Taken {
  if (actual.toLowerCase().includes(wanted.toLowerCase())) return 'yes';
  return plain(actual).includes(plain(wanted)) ? 'maybe' : 'no';
}

/** Slashes in the names of logs are encoded. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll('%2f', '/');
}

/** `logName = ("a" OR "b")` */
function anyOf(field: string, operator: string, list: string, entry: LogEntry): Taken {
  const values = list.slice(1, -1).match(/"[^"]*"|[^\s"]+/g) ?? [];
  const joints = values.filter((_, index) => index % 2 === 1);
  const terms = values.filter((_, index) => index % 2 === 0);
  const odd = terms.length !== joints.length + 1 || joints.some((joint) => joint !== 'OR');
  if (operator === '!=' || odd || terms.some((term) => /[()]/.test(term))) return 'maybe';
  const answers = terms.map((value) => comparison(`${field}${operator}${value}`, entry));
  return answers.reduce((all, one) => opposite(both(opposite(all), opposite(one))));
}

/** What audit entries of Artifact Registry hold (docs, audit-logging); null: not known or not fixed. */
function actualOf(field: string, { project, log }: LogEntry): string | null {
  switch (field) {
    case 'logName':
    case 'log_name':
      return `projects/${project}/logs/cloudaudit.googleapis.com%2F${log}`;
    case 'protoPayload.serviceName':
      return 'artifactregistry.googleapis.com';
    case 'protoPayload.@type':
      return 'type.googleapis.com/google.cloud.audit.AuditLog';
    case 'resource.type':
      return 'audited_resource';
    default:
      return null;
  }
}

/** Entries have severity INFO or NOTICE, and ERROR when the access was refused. */
const severities: Readonly<Record<string, Taken>> = {
  DEFAULT: 'yes',
  DEBUG: 'yes',
  INFO: 'yes',
  WARNING: 'no',
  ERROR: 'no',
  CRITICAL: 'no',
  ALERT: 'no',
  EMERGENCY: 'no',
};

function severity(operator: string, wanted: string): Taken {
  const word = wanted.toUpperCase();
  const least = Object.hasOwn(severities, word) ? (severities[word] ?? 'maybe') : 'maybe';
  switch (operator) {
    case '>=':
      return least;
    case '=':
    case ':':
    case '>':
      // What no entry reaches, none has either.
      return least === 'no' ? 'no' : 'maybe';
    default:
      return 'maybe';
  }
}
