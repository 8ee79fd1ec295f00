import {
  Composer,
  type CST,
  type Document,
  type DocumentOptions,
  Lexer,
  type LineCounter,
  type ParseOptions,
  Parser,
  type SchemaOptions,
  YAMLParseError,
} from 'yaml';

/** Limits far above what people write, below what keeps a process busy for seconds. */
const deepest = 200;
const mostLexemes = 400_000;
const mostErrors = 100;
/** Anchors and aliases: the library compares each with all of them. */
const mostNames = 1000;
/** Keys of one mapping: the library compares each with those before it. */
const mostKeys = 1000;

/** Thrown for YAML whose parsing would take too long. The message quotes nothing; `offset` is where it ends. */
export class YamlTooCostly extends Error {
  override readonly name = 'YamlTooCostly';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

type YamlOptions = ParseOptions &
  DocumentOptions &
  SchemaOptions & { readonly lineCounter?: LineCounter };

/**
 * Parses the first document of YAML 1.2, in time linear to its length. Syntax errors are in the `errors` of the
 * document. Throws `YamlTooCostly`.
 */
export function boundedDocument(text: string, options: YamlOptions = {}): Document.Parsed {
  const tokens = boundedTokens(text, options.lineCounter);
  const composer = new Composer({ ...options, prettyErrors: false });
  const [first, second] = composer.compose(tokens, true, text.length);
  // Even an empty text is one document.
  if (first === undefined) throw new YamlTooCostly('no document', 0);
  if (second !== undefined && options.logLevel !== 'silent') {
    const [from, to] = second.range;
    first.errors.push(new YAMLParseError([from, to], 'MULTIPLE_DOCS', 'more than one document'));
  }
  return first;
}

function boundedTokens(text: string, lines: LineCounter | undefined): readonly CST.Token[] {
  const parser = new Parser(lines?.addNewLine);
  lines?.addNewLine(0);
  const tokens: CST.Token[] = [];
  const costly = (what: string) => new YamlTooCostly(what, parser.offset);
  let lexemes = 0;
  let names = 0;
  let errors = 0;
  const keep = (token: CST.Token) => {
    tokens.push(token);
    if (token.type === 'error') errors += 1;
  };
  for (const lexeme of new Lexer().lex(text)) {
    lexemes += 1;
    if (lexeme.startsWith('&') || lexeme.startsWith('*')) names += 1;
    if (lexemes > mostLexemes) throw costly('more values than any such file needs');
    if (names > mostNames) throw costly('more anchors and aliases than any such file needs');
    for (const token of parser.next(lexeme)) keep(token);
    const top = parser.stack.at(-1);
    if (parser.stack.length > deepest) throw costly('nested too deeply');
    if (keysOf(top) > mostKeys) throw costly(`more than ${mostKeys} keys in one place`);
    if (errors > mostErrors) throw costly('it is not YAML');
  }
  for (const token of parser.end()) keep(token);
  return tokens;
}

/** Items of the mapping that is being read, so far; none for a list. */
function keysOf(token: CST.Token | undefined): number {
  if (token?.type === 'block-map') return token.items.length;
  const isFlowMap = token?.type === 'flow-collection' && token.start.type === 'flow-map-start';
  return isFlowMap ? token.items.length : 0;
}
