/** What somebody pasted as the bytes of a mail: with its headers if they were copied, else as its text alone. */
export function rawMailOf(pasted: string): Buffer {
  const isWhole = /^(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+\n/.test(pasted) && namesItself.test(pasted)
  return Buffer.from(isWhole ? pasted : `Content-Type: text/plain; charset=utf-8\n\n${pasted}`)
}

const namesItself = /^(?:from|message-id|received|mime-version):/im
