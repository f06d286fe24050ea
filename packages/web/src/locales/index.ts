import { defineText } from '../text.ts'
import ar from './ar.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }

export const webText = defineText({ ar, en })
