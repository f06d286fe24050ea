import fc from 'fast-check'

/** Stands in all that must not come out as markup, as a header or in the log; nothing else is called that. */
export const mark = 'zq7'

/** Each would be an element, an attribute, a header or a link of a stranger's, where it came out as it went in. */
const markup = [
  `"><${mark}x>`,
  `'><${mark}x onclick=${mark}()>`,
  `" on${mark}="1`,
  `' on${mark}='1`,
  `<script>${mark}()</script>`,
  `</title></textarea></script><${mark}x>`,
  `<!--<${mark}x>-->`,
  `<![CDATA[<${mark}x>]]>`,
  `javascript:${mark}()`,
  `//${mark}.example/`,
  `\\\\${mark}.example`,
  `\r\nset-cookie: ${mark}=1\r\nx-${mark}: 1\r\n\r\n<${mark}x>`,
  `<!DOCTYPE a [<!ENTITY ${mark} SYSTEM "file:///etc/passwd">]><a>&${mark};</a>`,
]

/** What one looks for in programs of every kind: names, formats, dates, numbers, letters that do not behave. */
const classics = [
  '',
  ' ',
  '\0',
  `a\0${mark}`,
  '\ud800',
  `\udfff${mark}\ud83d`,
  '\u202e\u2066right to left\u2069',
  '\ufeff\u200b\u2060',
  '\uffff\ufffe\u{10ffff}',
  'ﷺ'.repeat(400),
  'e\u0301\u0302\u0303'.repeat(200),
  '👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'İıſKÅß',
  '%',
  '%00',
  '%zz%2',
  '%25252e%c0%ae',
  '../../../../etc/passwd',
  '..\\..\\',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  "'; drop table directory.entry; --",
  "\\'; select pg_sleep(20); --",
  '$1 $$ :a ?',
  '\\',
  '\\u0000',
  '*:* & | ! <-> (((',
  '[',
  '(a+)+$',
  '.*'.repeat(100),
  '{{7*7}}${7*7}#{7*7}',
  '%s%n%d',
  '=HYPERLINK("x")',
  '-1',
  '0',
  '00',
  '1e999',
  'NaN',
  'Infinity',
  '2147483648',
  '9223372036854775808',
  '9'.repeat(400),
  '0x10',
  '١٢٣',
  '2026-02-30',
  '2026-13-01',
  '0000-00-00',
  '-000001-01-01',
  '275760-09-14',
  '999999-12-31',
  '24:61',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'a@b',
  `"a b"@${mark}.example`,
  `a@${'x'.repeat(64)}.example`,
  'a@xn--.example',
  '+999',
  `+${'9'.repeat(60)}`,
  'XA',
  'XX',
  'en',
  'yes',
  'on',
  'null',
  'undefined',
  '[object Object]',
  '[]',
  '{"a":1}',
  'UN',
  'Europe/Nowhere',
  '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEZ\n-----END PGP PUBLIC KEY BLOCK-----',
  '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
  'kind,language,entity_name\ntechnical,en,"unclosed',
]

const overLong = fc
  .tuple(
    fc.constantFrom('a', 'é', '漢', 'م', '\u{1f600}', '<', '\n', ' '),
    fc.constantFrom(41, 201, 2_001, 30_000),
  )
  .map(([letter, times]) => letter.repeat(times) + mark)

/** A text that somebody sends who wishes the program ill, or who holds a telephone the wrong way round. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...markup) },
  { weight: 6, arbitrary: fc.constantFrom(...classics) },
  { weight: 1, arbitrary: overLong },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.integer().map(String) },
  { weight: 1, arbitrary: fc.double().map(String) },
  { weight: 1, arbitrary: fc.uuid() },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...classics), fc.constantFrom(...markup))
      .map(([one, other]) => one.slice(0, 60) + other),
  },
)

/** Percent-encoded for a path, a query or a form; half a pair goes out as the bytes that no UTF-8 has. */
export function percentEncoded(text: string): string {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]|[^A-Za-z0-9_.~-]/g, (letter) =>
    /^[\ud800-\udfff]$/.test(letter) ? bytesOfHalf(letter) : encodeURIComponent(letter).replace("'", '%27'),
  )
}

function bytesOfHalf(half: string): string {
  const code = half.charCodeAt(0)
  const bytes = [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]
  return bytes.map((byte) => `%${byte.toString(16).toUpperCase()}`).join('')
}
