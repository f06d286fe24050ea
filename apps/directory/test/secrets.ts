/** What secrets look like that somebody might leave in a file: keys in armor, and tokens that say whose they are. */
const shapes: readonly (readonly [what: string, shape: RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\\n|\s)+[A-Za-z0-9+/=]{16}/],
  ['a private key of age', /AGE-SECRET-KEY-1[A-Z0-9]{20}/],
  ['a token of a code host', /\b(?:gh[pousr]_[A-Za-z0-9]{30}|glpat-[\w-]{20})/],
  ['a key of a cloud', /\b(?:AKIA[0-9A-Z]{16}|AIza[\w-]{35})\b/],
  ['a token of a package registry', /\bnpm_[A-Za-z0-9]{30}|_authToken\s*=\s*\S/],
  ['a token of a messenger', /\bxox[abprs]-[\w-]{10}/],
  ['a signed web token', /\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{10}/],
  [
    'a password in an address',
    /\b(?:postgres(?:ql)?|smtps?|imaps?|https?):\/\/[^\s:@/'"`${}]+:(?!password@|…|\.\.\.)[^\s:@/'"`${}]{8,}@(?!localhost|127\.|[\w.-]+\.example)/,
  ],
]

export function secretsIn(text: string): readonly string[] {
  return shapes.filter(([, shape]) => shape.test(text)).map(([what]) => what)
}
