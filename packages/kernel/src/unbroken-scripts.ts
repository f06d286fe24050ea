/** A letter of a script that writes words without a space between them, as a piece of a class in a rule. */
export const unbrokenLetter = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  .map((script) => `\\p{sc=${script}}`)
  .join('')
