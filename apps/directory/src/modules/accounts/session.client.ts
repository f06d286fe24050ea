// Warns before the session ends, and prolongs it when its button is pressed.

const everySoOften = 10_000
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
  const others = new BroadcastChannel('parley-session')
  others.addEventListener('message', () => show((seenAt = Date.now())))
  const seen = () => {
    seenAt = Date.now()
    others.postMessage('seen')
  }

  form?.addEventListener('submit', (event) => {
    event.preventDefault()
    void fetch(form.action, { method: 'POST', redirect: 'manual' }).then((answer) => {
      if (answer.ok) seen()
      else isOver = true
      show(Date.now())
    })
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
