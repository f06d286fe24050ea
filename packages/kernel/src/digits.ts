/**
 * The text with every decimal digit of any script written as 0 to 9 (٣ and ۳ and ３ become 3).
 * Digits of a script stand in runs of ten with the value in order (Unicode, property Nd).
 */
export function latinDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => String(digitValue(digit)))
}

function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  // Nd runs start at a multiple of ten only in name; walk back to the first digit of the run.
  let first = code
  while (code - first < 9 && /\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1
  return mathematical(code) ?? code - first
}

/** Mathematical digits (U+1D7CE to U+1D7FF) are five runs without a gap between them. */
function mathematical(code: number): number | undefined {
  return code >= 0x1d7ce && code <= 0x1d7ff ? (code - 0x1d7ce) % 10 : undefined
}
