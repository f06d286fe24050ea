// Shows the figures of a round as they change, while the page is looked at. Without it the page loads itself again.

const announcedEvery = 30_000
const askedAgainAfter = 30_000
const part = document.querySelector<HTMLElement>('[data-live]')
if (part) listen(part)

function listen(part: HTMLElement): void {
  const said = document.querySelector('[data-said]')
  const ended = document.querySelector<HTMLElement>('[data-ended]')
  let source: EventSource | undefined
  let isOver = false
  let announcedAt = Date.now()

  function open(): void {
    if (source || isOver || document.hidden) return
    const opened = new EventSource(part.dataset['live'] ?? '')
    source = opened
    opened.addEventListener('part', ({ data }) => {
      note(false)
      if (!isInUse(part)) part.replaceChildren(...nodesOf(String(data)))
    })
    // Now and then, and only what changed: whoever listens is doing something else.
    opened.addEventListener('said', ({ data }) => {
      if (!said || said.textContent === data || Date.now() - announcedAt < announcedEvery) return
      announcedAt = Date.now()
      said.textContent = String(data)
    })
    opened.addEventListener('over', () => {
      isOver = true
      close()
      note(true)
    })
    // After a broken line the browser asks again by itself, after a refusal it does not.
    opened.addEventListener('error', () => {
      if (opened.readyState !== EventSource.CLOSED) return
      close()
      note(true)
      setTimeout(open, askedAgainAfter)
    })
  }

  function close(): void {
    source?.close()
    source = undefined
  }

  function note(isEnded: boolean): void {
    if (ended) ended.hidden = !isEnded
  }

  // Nobody looks at a window that is hidden.
  document.addEventListener('visibilitychange', () => {
    isOver = false
    if (document.hidden) close()
    else open()
  })
  addEventListener('pagehide', close)
  addEventListener('pageshow', open)
  open()
}

/** Whoever has the focus or marks something in it is not disturbed. */
function isInUse(part: HTMLElement): boolean {
  const selection = getSelection()
  return (
    part.contains(document.activeElement) ||
    (selection !== null && !selection.isCollapsed && part.contains(selection.anchorNode))
  )
}

function nodesOf(markup: string): readonly Node[] {
  return Array.from(new DOMParser().parseFromString(markup, 'text/html').body.childNodes)
}
