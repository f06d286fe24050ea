// Warns before the session ends, and prolongs it when its button is pressed.

const everySoOften = 10_000
const seenName = 'parley-seen'
const warning = document.querySelector<HTMLElement>('.session[data-left]')
if (warning) watch(warning)

function watch(warning: HTMLElement): void {
  const form = warning.querySelector('form')
  const said = (name: string) => Number(warning.dataset[name])
  // Counted from here on: the clock of this machine may be wrong.
  const endsAt = Date.now() + said('left')
  let seenAt = Date.now()
  let isOver = false
  // A page in another window was asked for, so the session goes on here too.
  addEventListener('storage', ({ key }) => {
    if (key === seenName) show((seenAt = Date.now()))
  })
  const seen = () => {
    seenAt = Date.now()
    localStorage.setItem(seenName, String(seenAt))
  }
  const stay = async (address: string) => {
    const { ok } = await fetch(address, { method: 'POST', redirect: 'manual' })
    if (ok) seen()
    else isOver = true
    show(Date.now())
  }

  form?.addEventListener('submit', (event) => {
    event.preventDefault()
    void stay(form.action)
  })

  function show(now: number): void {
    const ends = Math.min(endsAt, seenAt + said('idle'))
    const soon = endsAt <= seenAt + said('idle') ? 'last' : 'soon'
    const state = isOver || now >= ends ? 'over' : ends - now <= said('warn') ? soon : ''
    if (warning.dataset['state'] === state) return
    warning.dataset['state'] = state
    for (const line of warning.querySelectorAll<HTMLElement>('[data-when]'))
      line.hidden = line.dataset['when'] !== state
    if (form) form.hidden = state !== 'soon'
    warning.hidden = state === ''
  }

  seen()
  setInterval(() => show(Date.now()), everySoOften)
}
