/** Controls that nobody sees and that turn a line round or break a file: no letters are lost with them. */
const controls = /(?!\n)[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/** Text as it goes into a file that other programs open: without controls, lines parted by a line feed. */
export function fileText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\t', ' ').replace(controls, '')
}
