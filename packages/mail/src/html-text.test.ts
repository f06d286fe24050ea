import { expect, test } from 'vitest'
import { htmlToText } from './html-text.ts'

test.each([
  [
    'blocks and breaks become lines',
    '<div>one<div>two</div></div><p>three<br>four</p>',
    'one\ntwo\nthree\nfour',
  ],
  [
    'a quote is marked, also inside a quote',
    'a<blockquote>b<blockquote>c</blockquote>d</blockquote>e',
    'a\n> b\n> > c\n> d\ne',
  ],
  [
    'what is not shown is left out',
    '<head><title>t</title></head><style>p{}</style>a<!-- b --><script>c()</script>d',
    'ad',
  ],
  ['white space is one space', ' a \n\t b&nbsp;&nbsp;c ', 'a b c'],
  ['cells of a row are parted', '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
  [
    'characters by name and number',
    '&eacute;&Eacute;&lt;&#1605;&#x645;&amp;amp;&unknown;&#xD800;',
    'éÉ<مم&amp;&unknown;\ufffd',
  ],
  ['an end that never comes', 'a<b', 'a'],
  ['a comment that never ends', 'a<!-- b', 'a'],
  ['attributes that hold a quote', '<p title="x">a</p>', 'a'],
])('%s', (_what, html, text) => {
  expect(htmlToText(html)).toBe(text)
})
