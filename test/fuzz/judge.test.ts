import { browserHeaders } from '@parley/web'
import { expect, test } from 'vitest'
import { type Answer, faultsOf } from './judge.ts'

const headers = { ...browserHeaders, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }
const sound: Answer = {
  status: 200,
  headers: new Headers(headers),
  text: '<p class="a">&lt;zq7x&gt; &quot; onzq7=</p><input value="&quot; onzq7=&quot;1">',
}
const withHeaders = (more: Readonly<Record<string, string>>) => ({
  headers: new Headers({ ...headers, ...more }),
})
const withoutPolicy = Object.entries(headers).filter(([name]) => name !== 'content-security-policy')

test('planted: a sound answer has no fault', () => {
  expect(faultsOf(sound)).toEqual([])
  expect(
    faultsOf({ ...sound, text: 'zq7()', ...withHeaders({ location: '/en/sign-in?back=%2F%2Fzq7' }) }),
  ).toEqual([])
})

test.each<readonly [string, Partial<Answer>]>([
  ['status 500', { status: 500 }],
  ['a stack trace', { text: 'TypeError\n    at readForm (file:///form.ts:70:3)' }],
  ['markup that escaped', { text: '<p><zq7x></p>' }],
  ['markup that escaped', { text: '<input value="" onzq7="1">' }],
  ['markup that escaped', { text: '<script>zq7()</script>' }],
  ['markup that escaped', { text: '<a href="javascript:zq7()">here</a>' }],
  ['markup that escaped', { text: '<a href="//zq7.example/">here</a>' }],
  ['markup that escaped', { text: '<a><zq7x/></a>', ...withHeaders({ 'content-type': 'application/xml' }) }],
  ['a header of a stranger’s', withHeaders({ 'x-zq7': '1' })],
  ['a header of a stranger’s', withHeaders({ 'set-cookie': 'zq7=1' })],
  ['a way out', withHeaders({ location: '//zq7.example/' })],
  ['a page that a cache may keep', withHeaders({ 'cache-control': 'public' })],
  ['no JSON', { ...withHeaders({ 'content-type': 'application/json' }), text: '{' }],
  ['no type', withHeaders({ 'content-type': '' })],
  ['no header content-security-policy', { headers: new Headers(withoutPolicy) }],
])('planted: %s', (fault, answer) => {
  expect(faultsOf({ ...sound, ...answer })).toContain(fault)
})
