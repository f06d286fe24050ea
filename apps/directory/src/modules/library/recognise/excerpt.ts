/** The first words of a text, as a doubt prints them; a sign of two units is not cut in two. */
export function excerptOf(text: string): string {
  return Array.from(text.slice(0, 2 * most))
    .slice(0, most)
    .join('')
}

const most = 80
