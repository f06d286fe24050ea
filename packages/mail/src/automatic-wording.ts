import { absenceWordings } from './absence-wording.ts'
import { noticeWordings } from './notice-wording.ts'
import { receiptWordings } from './receipt-wording.ts'
import { topicWordings } from './topic-wording.ts'
import type { Wording } from './wording.ts'

/** Everything that automatic mail is known to say, in the six languages. */
export const wordings: readonly Wording[] = [
  ...absenceWordings,
  ...receiptWordings,
  ...noticeWordings,
  ...topicWordings,
]

/** What only somebody says who means to answer: it takes weak wording back to a question. */
export const acknowledging =
  /(?:\b(?:i|we) (?:hereby )?(?:can )?(?:confirm|acknowledge)|confirming (?:receipt|that)|(?:je|nous) confirm|j'accuse réception|accusons réception|confirm(?:o|amos) |acus(?:o|amos) recibo|подтверждаю|подтверждаем|确认(?:收到|无误|信息)|我们?确认|兹确认|(?:أؤكد|نؤكد|أوكد|اؤكد))/iu
