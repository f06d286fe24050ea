import type { Break } from './verify.ts'

/** Where and how the history does not hold, for an operator. */
export function describeBreak(broken: Break): string {
  switch (broken.what) {
    case 'seal-missing':
      return `number ${broken.seq} is missing.`
    case 'act-missing':
      return `the act of number ${broken.seq} is missing.`
    case 'act-changed':
      return `act ${broken.act} (number ${broken.seq}), or its place, is not what was sealed.`
    case 'content-changed':
      return `the contents of act ${broken.act} (number ${broken.seq}) are not what was written.`
    case 'checkpoint-forged':
      return `the checkpoint at number ${broken.seq} is not signed by this Directory’s key, or not for this act.`
    case 'end-missing':
      return `a checkpoint stands at number ${broken.seq}, where the history has no act.`
    case 'act-not-sealed':
      return `act ${broken.act} has no place in the chain and waits for none.`
    case 'not-contained':
      return `the checkpoint kept of number ${broken.seq} is not contained in it.`
    case 'not-signed':
      return `the text given as checkpoint ${broken.seq} was never signed by this Directory’s key.`
  }
}
