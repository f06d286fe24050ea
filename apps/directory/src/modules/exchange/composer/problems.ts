import type { Control } from './control.ts'
import { make } from './element.ts'
import type { Speech } from './speech.ts'
import type { Problem } from './write-message.ts'

/** What is wrong, on top and at each field: it takes the focus, and each line leads to its field. */
export interface Problems {
  readonly node: HTMLElement
  show(problems: readonly Problem[]): void
}

export function openProblems(speech: Speech, controls: readonly Control[]): Problems {
  const heading = make('h2', { id: 'problem' })
  const list = make('ul')
  const node = make(
    'div',
    { class: 'errors', role: 'group', tabindex: '-1', 'aria-labelledby': heading.id },
    heading,
    list,
  )
  let shown: readonly Problem[] = []
  const tell = () => {
    heading.textContent = speech.t('problem')
    list.replaceChildren(
      ...shown.map((problem) => {
        const text = speech.t(problem.code, valuesOf(problem))
        const lead = make('button', { type: 'button', class: 'link' }, text)
        lead.addEventListener('click', () => controls.find(({ id }) => id === problem.control)?.focus())
        return make('li', {}, lead)
      }),
    )
    node.hidden = shown.length === 0
  }
  speech.always(tell)
  return {
    node,
    show: (problems) => {
      shown = problems
      tell()
      for (const control of controls) {
        const found = problems.find((each) => each.control === control.id)
        control.fail(found && { code: found.code, values: valuesOf(found) })
      }
      if (problems.length > 0) node.focus()
    },
  }
}

function valuesOf({ most }: Problem) {
  return { most: most ?? '' }
}
