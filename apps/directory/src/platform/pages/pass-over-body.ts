/** More than this of a body that is refused is not read: then the line is cut. */
const mostPassedOver = 16 * 1024 * 1024

/**
 * Reads what is refused to its end and keeps nothing: whoever is still sending, a browser or a proxy, does not hear an
 * answer that comes before the line is cut.
 */
export async function passOverBody({ body, bodyUsed }: Request): Promise<void> {
  if (body === null || bodyUsed || body.locked) return
  const reader = body.getReader()
  let passed = 0
  while (passed <= mostPassedOver) {
    const part = await reader.read().catch(() => undefined)
    if (part?.value === undefined) return
    passed += part.value.byteLength
  }
}
