import { isLocale } from '@parley/kernel'

/** Where to return to: a page of our own in some language, or `otherwise`. Nothing that a browser reads as another site. */
export function safeBack(back: string | null, otherwise: string): string {
  if (back === null || !/^\/[a-z]{2}(\/[\w\-./~%]*)?(\?[\w\-.~%&=+]*)?$/.test(back)) return otherwise
  return isLocale(back.slice(1, 3)) ? back : otherwise
}

/** The place to return to, handed on in an address; nothing when none was asked for. */
export function backQuery(query: URLSearchParams): string {
  const back = safeBack(query.get('back'), '')
  return back === '' ? '' : `?${new URLSearchParams({ back })}`
}
