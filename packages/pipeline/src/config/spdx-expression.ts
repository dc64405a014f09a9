// The form of a licence as SPDX writes it: identifiers, joined by AND, OR and WITH (SPDX 2.3, annex D). Which identifiers there are
// is a list of others that grows; it is not held here.

const idString = /^[A-Za-z0-9][A-Za-z0-9.-]*\+?$/;
const reference = /^(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+$/;
const words: ReadonlySet<string> = new Set(['AND', 'OR', 'WITH']);
const longest = 200;

export function isSpdxExpression(text: string): boolean {
  const tokens = text.replace(/[()]/g, ' $& ').trim().split(/\s+/);
  return text.length <= longest && !/[\r\n]/.test(text) && afterExpression(tokens, 0) === tokens.length;
}

/** Where the expression ends that begins at a token; undefined where none does. */
function afterExpression(tokens: readonly string[], at: number): number | undefined {
  const end = afterTerm(tokens, at);
  if (end === undefined) return undefined;
  return tokens[end] === 'AND' || tokens[end] === 'OR' ? afterExpression(tokens, end + 1) : end;
}

function afterTerm(tokens: readonly string[], at: number): number | undefined {
  if (tokens[at] === '(') {
    const end = afterExpression(tokens, at + 1);
    return end !== undefined && tokens[end] === ')' ? end + 1 : undefined;
  }
  if (!isIdentifier(tokens[at])) return undefined;
  if (tokens[at + 1] !== 'WITH') return at + 1;
  return isIdentifier(tokens[at + 2]) ? at + 3 : undefined;
}

function isIdentifier(token: string | undefined): boolean {
  return token !== undefined && !words.has(token.toUpperCase()) && (idString.test(token) || reference.test(token));
}
