/** Whether words stand in a text, whatever spaces and line breaks are between them. */
export function standsIn(text: string, words: string): boolean {
  return oneLine(text).includes(oneLine(words))
}

function oneLine(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim()
}
