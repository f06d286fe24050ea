// The form in the place of the printable sheet. Its templates and texts come with the page; nothing is asked for later.
import { plainHandOver } from './hand-over.ts'
import { mount } from './mount.ts'

const main = document.querySelector<HTMLElement>('#main')
const words = document.querySelector<HTMLElement>('[data-composer]')?.dataset['composer']
if (main && words !== undefined) mount(main, JSON.parse(words), plainHandOver)
