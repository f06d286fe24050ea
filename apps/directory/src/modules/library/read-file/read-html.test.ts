import { expect, test } from 'vitest'
import { readSource } from './read-source.ts'

const read = (page: string, name = 'a.html') => readSource(new TextEncoder().encode(page), name)
const sourceOf = async (page: string) => {
  const result = await read(page)
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value.source
}

test('CAP-12: blocks of a page become lines, as a browser prints them', async () => {
  const page = `<!doctype html><html lang=en><head><title>Twice</title><style>p{}</style></head><body>
    <h1>Developments
      in the field</h1><script>alert(1)</script><!-- no --><p>The <b>General</b> Assembly,<p>Recalling&nbsp;A/78/265<br>
    and <a href="x">75/240</a>.<sup>1</sup></p><template>no</template><p hidden>no</p></body></html>`
  expect(await sourceOf(page)).toBe(
    'Developments in the field\n\nThe General Assembly,\n\nRecalling\u00a0A/78/265\nand 75/240.¹\n',
  )
})

test('CAP-12: what a page counts is printed with its number', async () => {
  const page = `<ol start=3><li>c<li><p>d</p><ol type=a><li>one<li value=4>two</ol></ol><ul><li>x</ul>`
  expect(await sourceOf(page)).toBe('3. c\n4. d\na. one\nd. two\n\n- x\n')
})

test('CAP-12: cells of a row are parted, and kept blanks stay', async () => {
  expect(await sourceOf('<table><tr><th>A<td>b c</table><pre>1  x\n2  y</pre>')).toBe(
    'A\tb c\n\n1  x\n2  y\n',
  )
})

test('CAP-12: marks of direction in a page are kept, and counted', async () => {
  expect(await read('<p>\u202ex')).toMatchObject({
    ok: true,
    value: { format: 'html', source: '\u202ex\n', remarks: [{ code: 'library/remark-direction', count: 1 }] },
  })
})

test.each([
  ['nested without end', '<div>'.repeat(100_000), 'library/too-nested'],
  ['of scripts alone', '<script>text</script>', 'library/no-text'],
  ['that is a picture', '%PDF-1.7', 'library/wrong-format'],
])('CAP-12: a page %s is refused', async (_, page, code) => {
  expect(await read(page)).toMatchObject({ ok: false, refusal: { code } })
})

test('CAP-12: a page cut off is read as far as it goes', async () => {
  expect(await sourceOf('<p>one</p><p>tw<a href="')).toBe('one\n\ntw\n')
})
