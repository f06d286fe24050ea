/**
 * Where a text layer is damaged, lines were made longer with alefs within words (`الأمااناة`). Words are found there by
 * what they have besides: the text itself stays as it is. None where too little is left.
 */
export function damagedToken(folded: string): string | undefined {
  if (!/\p{sc=Arabic}/u.test(folded)) return undefined
  const left = folded.replaceAll('ا', '')
  return left.length < 3 ? undefined : `~${left}`
}
