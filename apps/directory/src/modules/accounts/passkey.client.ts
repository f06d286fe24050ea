// Makes or uses a passkey when its button is pressed, and sends what the authenticator says with the button's form.

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-passkey]')) prepare(button)

function prepare(button: HTMLButtonElement): void {
  const part = button.closest('.passkey')
  const answer = button.form?.elements.namedItem('answer')
  if (!part || !(answer instanceof HTMLInputElement) || !knowsPasskeys()) return
  show(part.querySelector('.note'), false)
  show(button, true)
  button.addEventListener('click', () => void run(button, answer, part.querySelector('.error')))
}

async function run(
  button: HTMLButtonElement,
  answer: HTMLInputElement,
  problem: Element | null,
): Promise<void> {
  button.disabled = true
  show(problem, false)
  try {
    answer.value = await ask(button.dataset['passkey'] ?? '', JSON.parse(button.dataset['options'] ?? '{}'))
    button.form?.submit()
  } catch {
    button.disabled = false
    show(problem, true)
  }
}

function knowsPasskeys(): boolean {
  return typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential
}

type Options = PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON

async function ask(what: string, options: Options): Promise<string> {
  const credential =
    what === 'create'
      ? await navigator.credentials.create({
          publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
        })
      : await navigator.credentials.get({
          publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
        })
  if (!(credential instanceof PublicKeyCredential)) throw new Error('no passkey')
  return JSON.stringify(credential)
}

function show(element: Element | null, visible: boolean): void {
  if (element instanceof HTMLElement) element.hidden = !visible
}
