import PostalMime, { type Email } from 'postal-mime'

/** The parts and headers of a message; undefined where nesting, headers or the number of lines pass all measure. */
export async function parseMime(raw: Uint8Array): Promise<Email | undefined> {
  if (countLines(raw) > mostLines) return undefined
  try {
    // A message inside the message is a part like any other: what it says is not what this one says.
    return await PostalMime.parse(raw, {
      forceRfc822Attachments: true,
      maxNestingDepth: 20,
      maxHeadersSize: 256 * 1024,
    })
  } catch {
    return undefined
  }
}

// The parser pays per line: a million empty ones cost it ten seconds and two gigabytes. Base64 needs 14,000 for 1 MiB.
const mostLines = 40_000

function countLines(raw: Uint8Array): number {
  let lines = 0
  for (let at = raw.indexOf(lineFeed); at !== -1; at = raw.indexOf(lineFeed, at + 1)) lines += 1
  return lines
}

const lineFeed = 0x0a
