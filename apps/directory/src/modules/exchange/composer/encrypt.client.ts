// The same form on a page of its own, which brings the encryption library and the keys of both sides.
import { encryptedHandOver } from './encrypted-hand-over.ts'
import { mount } from './mount.ts'

const main = document.querySelector<HTMLElement>('#main')
const words = document.querySelector<HTMLElement>('[data-composer]')?.dataset['composer']
if (main && words !== undefined) mount(main, JSON.parse(words), encryptedHandOver)
