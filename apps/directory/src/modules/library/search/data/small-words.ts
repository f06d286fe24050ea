import { fold, type Locale } from '@parley/kernel'

// Words that tell nothing of what is looked for: how questions are asked, and what joins words.

const written: Readonly<Record<Locale, string>> = {
  ar: 'في من على إلى عن مع أن إن ان ما ماذا هل كيف متى أين من التي الذي الذين اللذين هذا هذه ذلك تلك كل بعض أي أو و ثم قد لم لن لا كما بين حول بشأن كان كانت يكون هو هي هم يجب ينبغي التالية وأن وفي وإن إذ وإذ عند لدى بها به فيها فيه لها له منها بأن لأن حيث وما وهي وهو تم يتم ماهي ماهو',
  zh: '哪些 什么 哪个 哪里 如何 怎样 怎么 为什么 是否 多少 何时 谁 请问 应该 关于 以及 的 了 吗 呢 和 与 在 是 有 对 被 由 就',
  en: 'a an the of in on at to for from by with and or not is are was were be been being do does did has have had what which who whom whose when where why how shall should must may can could will would it its this that these those there their they them as about into over under than then so if',
  fr: 'le la les un une des du de d l et ou où à au aux en dans sur sous par pour avec sans est sont était être a ont avait que qui quoi quel quelle quels quelles quand comment pourquoi doit doivent peut peuvent ce cet cette ces se sa son ses leur leurs il elle ils elles on ne pas plus comme y dont qu s n c',
  ru: 'и в во на с со о об от до по за из к ко у для при что кто как когда где почему какие какой какая каких какое который которые которых ли не ни а но или же бы это эти этот эта этих их его ее они он она должны должен должна может могут быть есть был была были также',
  es: 'el la los las un una unos unas de del al y o u a en con por para sin sobre entre que qué quién quiénes cuál cuáles cuándo cómo dónde cuánto se su sus lo le les es son ser está están fue ha han no más como este esta estos estas ese eso debe deben puede pueden si',
}

const known: Readonly<Record<Locale, ReadonlySet<string>>> = {
  ar: setOf('ar'),
  zh: setOf('zh'),
  en: setOf('en'),
  fr: setOf('fr'),
  ru: setOf('ru'),
  es: setOf('es'),
}

export function isSmallWord(language: Locale, folded: string): boolean {
  return known[language].has(folded)
}

/** Where these stand as words of their own, they part what stands around them: Chinese has no spaces. */
export const partingWords: ReadonlySet<string> = known.zh

function setOf(language: Locale): ReadonlySet<string> {
  return new Set(written[language].split(' ').map(fold))
}
