import { html, type Html, nothing } from './html.ts'

/** A field of a form as it stands on a letter that is filled in by hand. */
interface OnPaper {
  readonly name: string
  readonly label: string | Html
  readonly help?: string | Html
}

/** A line to write on, with what is known already. */
export function paperLine(
  field: OnPaper,
  value: string | Html | undefined,
  { rows, attributes = nothing }: { readonly rows?: number | undefined; readonly attributes?: Html } = {},
): Html {
  return onPaper(
    field,
    html`<div class="line${rows === undefined ? '' : ' tall'}"><bdi${attributes}>${value ?? ''}</bdi></div>`,
  )
}

/** Boxes to tick, with what is ticked already. */
export function paperBoxes(
  field: OnPaper,
  options: readonly { readonly label: string | Html; readonly ticked: boolean }[],
): Html {
  const boxes = options.map(
    ({ label, ticked }) => html`<li><span class="box">${ticked ? '×' : ''}</span> ${label}</li>`,
  )
  return onPaper(
    field,
    html`<ul class="boxes">
      ${boxes}
    </ul>`,
  )
}

/** The stylesheet counts the fields: the number is the same for whoever reads the letter out. */
function onPaper({ name, label, help }: OnPaper, body: Html): Html {
  return html`<div class="field" id="${name}">
    <div class="label">${label}</div>
    ${body}${help ? html`<div class="help">${help}</div>` : nothing}
  </div>`
}
