const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u]

/** Whether one word takes letters from scripts that look like each other: a Latin name with a Cyrillic а. */
export function isLookAlike(text: string): boolean {
  return text
    .split(/[^\p{L}\p{M}]+/u)
    .some((word) => scripts.filter((script) => script.test(word)).length > 1)
}
