/** What a reader reads: without bold, links to nowhere by their text alone, and web addresses without brackets. */
export function withoutMarkUp(text: string): string {
  return text
    .replace(/\*\*(.+?)\*\*/gu, '$1')
    .replace(/\*\*/gu, '')
    .replace(/\[([^\]]*)\]\(#\)/gu, '$1')
    .replace(/<(https?:\/\/[^\s<>]+)>/gu, '$1')
}

/** Joins what a page break parted: Chinese has no spaces between words. */
export function joinText(before: string, after: string): string {
  const isChinese = /[\p{Script=Han}，；：、。]$/u.test(before) && /^[\p{Script=Han}“《]/u.test(after)
  return `${before}${isChinese ? '' : ' '}${after}`.trim()
}
