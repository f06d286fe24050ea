/** Where any of these words stands in a folder, in the name of a file or in any spelling: `<file>: <word>`. */
export function findTyped(files: ReadonlyMap<string, Buffer>, words: readonly string[]): readonly string[] {
  return [...files].flatMap(([name, bytes]) => {
    const places = [Buffer.from(name), bytes, Buffer.from(bytes.toString('latin1').toLowerCase(), 'latin1')]
    return words
      .filter((word) => spellings(word).some((spelling) => places.some((place) => place.includes(spelling))))
      .map((word) => `${name}: ${word}`)
  })
}

function spellings(word: string): readonly Buffer[] {
  const utf8 = Buffer.from(word)
  const wide = Buffer.from(word, 'utf16le')
  const turned = Buffer.from(wide).swap16()
  return [utf8, wide, turned].flatMap((bytes) => [
    bytes,
    Buffer.from(bytes.toString('hex')),
    ...[0, 1, 2].flatMap((shift) => base64Within(bytes, shift)),
  ])
}

/** What a word becomes within longer base64, wherever it begins: without the signs that its neighbours share. */
function base64Within(bytes: Buffer, shift: number): readonly Buffer[] {
  const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
  const from = Math.ceil((shift * 8) / 6)
  const to = Math.floor(((shift + bytes.length) * 8) / 6)
  const within = text.slice(from, to)
  return [Buffer.from(within), Buffer.from(within.replaceAll('+', '-').replaceAll('/', '_'))]
}
